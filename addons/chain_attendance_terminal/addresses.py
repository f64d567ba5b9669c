"""Network addresses as people write them. Plain Python."""

import ipaddress


def networks_of(text):
    """The networks that a comma-separated text names.

    :raise ValueError: naming the part that is neither an address nor a network.
    """
    parts = [part.strip() for part in (text or "").split(",") if part.strip()]
    return [ipaddress.ip_network(part, strict=False) for part in parts]


def is_address(text):
    """Whether a text is one address that a server can call."""
    try:
        address = ipaddress.ip_address(text)
    except ValueError:
        return False
    return not (address.is_unspecified or address.is_multicast)
