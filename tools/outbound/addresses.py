"""Which addresses a message may be sent to, whatever name or notation leads there."""

from collections.abc import Sequence
from ipaddress import (
    IPv4Address,
    IPv4Network,
    IPv6Address,
    IPv6Network,
    ip_address,
    ip_network,
)

Address = IPv4Address | IPv6Address
Network = IPv4Network | IPv6Network

METADATA = frozenset(
    map(
        ip_address,
        (
            "169.254.169.254",  # AWS, Azure, Google and others
            "169.254.170.2",  # credentials of AWS's containers
            "fd00:ec2::254",
            "100.100.100.200",  # Alibaba
            "192.0.0.192",  # Oracle
            "168.63.129.16",  # Azure's wire server, which is globally routable
        ),
    )
)
"""Where clouds hand out credentials: refused even if a network that holds them is allowed."""
NAT64 = IPv6Network("64:ff9b::/96")
TEREDO = IPv6Network("2001::/32")
SPECIAL = tuple(
    map(
        ip_network,
        (
            "0.0.0.0/8",
            "10.0.0.0/8",
            "100.64.0.0/10",
            "127.0.0.0/8",
            "169.254.0.0/16",
            "172.16.0.0/12",
            "192.0.0.0/24",
            "192.0.2.0/24",
            "192.88.99.0/24",
            "192.168.0.0/16",
            "198.18.0.0/15",
            "198.51.100.0/24",
            "203.0.113.0/24",
            "224.0.0.0/4",
            "240.0.0.0/4",
            "2001::/23",
            "2001:db8::/32",
            "2002::/16",
            "3fff::/20",
        ),
    )
)
"""Not on the public internet, by IANA's registries of special-purpose addresses (iana-ipv4- and
iana-ipv6-special-registry, RFC 6890), as of November 2025, and multicast. `is_global` isn't asked:
its list changes with Python's version. Some rows have exceptions that are reachable, all of them
services of the network itself: these are refused too."""
GLOBAL_UNICAST = IPv6Network("2000::/3")
"""All that IANA allocates to the public IPv6 internet (ipv6-address-space); the rest is not."""


def parse_address(text: str) -> Address:
    """Read an address.

    Raises:
        ValueError: it isn't one, or has a zone id, which chooses an interface of this machine.
    """
    if "%" in text:
        raise ValueError(f"{text} has a zone id")
    return ip_address(text)


def final(address: Address) -> Address:
    """Where packets to it end up: the IPv4 address that an IPv6 one may wrap.

    That is, an IPv4-mapped one, and one of 6to4, NAT64 or Teredo.
    """
    if isinstance(address, IPv4Address):
        return address
    if address in NAT64:
        return IPv4Address(address.packed[-4:])
    teredo = address.teredo
    return address.ipv4_mapped or address.sixtofour or (teredo and teredo[1]) or address


class Reach:
    """The public internet, and the private networks that the operator named."""

    def __init__(self, networks: Sequence[Network] = ()) -> None:
        self._networks = tuple(networks)

    def is_named(self, address: Address) -> bool:
        """Whether it is in a network that the operator named; plain http will do there."""
        end = final(address)
        return not is_metadata(address) and any(end in network for network in self._networks)

    def allows(self, address: Address) -> bool:
        """Whether a message may be sent there."""
        if is_metadata(address):
            return False
        return self.is_named(address) or _is_public(address)


def is_metadata(address: Address) -> bool:
    """Whether a cloud may hand out credentials there, so that nothing ever allows it."""
    return final(address) in METADATA


def _is_public(address: Address) -> bool:
    end = final(address)
    if address in TEREDO or any(end in network for network in SPECIAL):
        return False
    return isinstance(end, IPv4Address) or end in GLOBAL_UNICAST
