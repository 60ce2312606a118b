"""From whom a request comes, as far as its address tells."""

import ipaddress

from starlette.requests import Request

from clothingline.kit.access import Caller

NEIGHBOURS = 64
"""So many first bits of an IPv6 address belong to one customer."""


def address_of(request: Request) -> str | None:
    """The address of the sender in the public network; None for one that tells nobody apart.

    An address of this machine or its network is that of a proxy that is not known to us (`proxies` in the settings):
    everybody would be counted as one. One of IPv4 that came over a socket of both (`::ffff:36.66.1.9`) is the same one.
    """
    try:
        found = ipaddress.ip_address(request.client.host if request.client else "")
    except ValueError:
        return None
    found = getattr(found, "ipv4_mapped", None) or found
    if not found.is_global:
        return None
    if found.version == 4:
        return str(found)
    return str(ipaddress.ip_network((found, NEIGHBOURS), strict=False))


def sender_of(request: Request, caller: Caller) -> str | None:
    """The account of whoever is signed in, else the address."""
    return str(caller.account) if caller.account is not None else address_of(request)
