"""The addresses under which phones in the same network reach this computer."""

import ipaddress
import socket

_PROBES = ("192.168.255.255", "10.255.255.255", "172.31.255.255", "223.5.5.5")
"""Destinations that different routes lead to. Connecting a UDP socket picks the route and sends nothing."""


def lan_addresses() -> tuple[str, ...]:
    """The IPv4 addresses of this computer in its local networks, the likeliest first; empty without a network."""
    found = [address for probe in _PROBES if (address := _source_towards(probe))]
    found += _named()
    usable = [address for address in dict.fromkeys(found) if _reachable(address)]
    return tuple(sorted(usable, key=lambda address: not ipaddress.ip_address(address).is_private))


def url_of(host: str, port: int) -> str:
    """`http://192.168.31.20:8080`; the port is left out where it is the usual one."""
    return f"http://{host}" if port == 80 else f"http://{host}:{port}"


def _source_towards(destination: str) -> str | None:
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        try:
            probe.connect((destination, 9))
        except OSError:
            return None
        return str(probe.getsockname()[0])


def _named() -> list[str]:
    try:
        found = socket.getaddrinfo(socket.gethostname(), None, socket.AF_INET)
    except OSError:
        return []
    return [str(entry[4][0]) for entry in found]


def _reachable(address: str) -> bool:
    """Whether a phone could reach it: not this computer's own loop, and not one made up for want of a router."""
    ip = ipaddress.ip_address(address)
    return not (ip.is_loopback or ip.is_link_local or ip.is_unspecified)
