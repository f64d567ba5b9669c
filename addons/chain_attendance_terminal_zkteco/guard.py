"""Whether a call with a known serial number may be that terminal's. Plain Python.

The serial number is printed on the box: whoever knows it can call with it. A terminal
may therefore be held to a key, to network addresses and to a path of its own.
"""

import hmac
import ipaddress
from collections import namedtuple
from hmac import compare_digest

from odoo.addons.chain_attendance_terminal.addresses import networks_of

Trust = namedtuple(
    "Trust",
    "communication_key is_bound_to_address allowed_addresses path_secret key_proof",
)


def refusal(trust, request):
    """Why a request is refused: ``path``, ``key``, ``address``; or ``None``.

    :param trust: a :class:`Trust`; empty values ask for nothing.
    """
    if trust.path_secret and not _same(trust.path_secret, request.path_secret):
        return "path"
    if trust.communication_key and not _is_keyed(trust, request):
        return "key"
    if trust.is_bound_to_address and not _is_allowed(
        request.address, trust.allowed_addresses
    ):
        return "address"
    return None


def key_proof(key, address):
    """What is kept of a handshake with the right key: worthless with another one."""
    return hmac.digest(key.encode(), address.encode(), "sha256").hex()


def vouches(key, request):
    """Whether what follows from this address may come without the key.

    Only ``pushcommkey`` is sent once; ``ComKey`` belongs into every request.
    """
    sent = request.query.get("pushcommkey")
    return bool(key and sent and _same(key, sent))


def _is_keyed(trust, request):
    """Whether a request has the key, or comes from where a handshake had it.

    Most units send the key in the handshake and in nothing else; a wrong one is
    refused wherever it comes from.
    """
    sent = [request.query.get(name) for name in ("pushcommkey", "comkey")]
    sent = [key for key in sent if key]
    if sent or request.is_handshake:
        return any(_same(trust.communication_key, key) for key in sent)
    wanted = key_proof(trust.communication_key, request.address)
    return _same(wanted, trust.key_proof or "")


def _same(wanted, given):
    """Compared in constant time, so that a guess cannot be measured."""
    return compare_digest(wanted.encode(), given.encode(errors="replace"))


def _is_allowed(address, allowed):
    try:
        caller = ipaddress.ip_address(address)
    except ValueError:
        return False
    # A server that listens to both families at once writes IPv4 as ::ffff:1.2.3.4.
    caller = getattr(caller, "ipv4_mapped", None) or caller
    return any(
        caller.version == network.version and caller in network
        for network in networks_of(allowed)
    )
