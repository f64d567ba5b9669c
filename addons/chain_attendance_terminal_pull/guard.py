"""Which addresses this server may call. Plain Python.

Who may edit a terminal could otherwise make the server call anything it can reach.
Names are not looked up at all: one could mean another address at every call.
"""

import ipaddress
import os

from .faults import UnitFault

# Set for tests and for simulated terminals on the same machine.
LOCAL_VARIABLE = "CHAIN_ATTENDANCE_PULL_LOCAL"


def are_local_allowed():
    """Whether whoever runs the server allowed addresses of the machine itself."""
    return os.environ.get(LOCAL_VARIABLE) == "1"


def is_allowed(address, networks, is_local_allowed=False):
    """Whether a terminal may be at an address.

    :param address: an ``ipaddress.IPv4Address``.
    :param networks: those that the company allows.
    :param is_local_allowed: the machine itself too, whatever the company says.
    """
    if address.is_loopback:
        return is_local_allowed
    if (
        address.is_link_local
        or address.is_multicast
        or address.is_unspecified
        or address.is_reserved
    ):
        return False
    return any(address.version == net.version and address in net for net in networks)


def address_of(text, networks, is_local_allowed=False):
    """The address to call, as text.

    :raise UnitFault: it is none of version 4, or none that may be called.
    """
    try:
        address = ipaddress.IPv4Address(text or "")
    except ValueError as error:
        raise UnitFault("host", host=text or "") from error
    if not is_allowed(address, networks, is_local_allowed):
        raise UnitFault("address", address=str(address))
    return str(address)
