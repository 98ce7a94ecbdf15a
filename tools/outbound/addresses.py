"""Which addresses a message may be sent to, whatever name or notation leads there."""

from collections.abc import Sequence
from ipaddress import (
    IPv4Address,
    IPv4Network,
    IPv6Address,
    IPv6Network,
    ip_address,
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


def final(address: Address) -> Address:
    """Where packets to it end up: the IPv4 address inside of an IPv4-mapped, 6to4 or NAT64 one."""
    if isinstance(address, IPv4Address):
        return address
    if address in NAT64:
        return IPv4Address(address.packed[-4:])
    return address.ipv4_mapped or address.sixtofour or address


class Reach:
    """The public internet, and the private networks that the operator named."""

    def __init__(self, networks: Sequence[Network] = ()) -> None:
        self._networks = tuple(networks)

    def is_named(self, address: Address) -> bool:
        """Whether it is in a network that the operator named; plain http will do there."""
        end = final(address)
        return end not in METADATA and any(end in network for network in self._networks)

    def allows(self, address: Address) -> bool:
        """Whether a message may be sent there."""
        end = final(address)
        if end in METADATA:
            return False
        return self.is_named(end) or _is_public(end)


def _is_public(address: Address) -> bool:
    # Python calls some multicast and reserved ones global.
    return address.is_global and not (
        address.is_multicast or address.is_reserved or address.is_unspecified
    )
