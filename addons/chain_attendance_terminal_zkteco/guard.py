"""Whether a call with a known serial number may be that terminal's. Plain Python.

The serial number is printed on the box: whoever knows it can call with it. A terminal
may therefore be held to a key, to network addresses and to a path of its own.
"""

import ipaddress
from collections import namedtuple
from hmac import compare_digest

from odoo.addons.chain_attendance_terminal.addresses import networks_of

Trust = namedtuple(
    "Trust", "communication_key is_bound_to_address allowed_addresses path_secret"
)


def refusal(trust, request):
    """Why a request is refused: ``path``, ``key``, ``address``; or ``None``.

    :param trust: a :class:`Trust`; empty values ask for nothing.
    """
    if trust.path_secret and not _same(trust.path_secret, request.path_secret):
        return "path"
    if trust.communication_key and not _has_key(trust.communication_key, request):
        return "key"
    if trust.is_bound_to_address and not _is_allowed(
        request.address, trust.allowed_addresses
    ):
        return "address"
    return None


def _has_key(key, request):
    sent = [request.query.get(name) for name in ("pushcommkey", "comkey")]
    return any(_same(key, value) for value in sent if value)


def _same(wanted, given):
    """Compared in constant time, so that a guess cannot be measured."""
    return compare_digest(wanted.encode(), given.encode(errors="replace"))


def _is_allowed(address, allowed):
    try:
        caller = ipaddress.ip_address(address)
    except ValueError:
        return False
    return any(
        caller.version == network.version and caller in network
        for network in networks_of(allowed)
    )
