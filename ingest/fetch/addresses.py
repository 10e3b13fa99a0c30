"""Which addresses a partner may make us ask: public ones, and those that we opened ourselves (SSRF).

The list of what is private follows the IANA special-purpose registries (RFC 6890); addresses that carry another one
inside them (mapped, NAT64, 6to4, Teredo) count as what they carry. httpx-secure asks this policy at each connection,
for the very address that it then connects to.
"""

from __future__ import annotations

import asyncio
import socket
from collections.abc import Iterable
from dataclasses import dataclass
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address, ip_network
from typing import Final, TypeAlias

from ingest.errors import BlockedAddressError, ConfigError, UnreachableError

IPAddress: TypeAlias = IPv4Address | IPv6Address
IPNetwork: TypeAlias = IPv4Network | IPv6Network

#: The well-known NAT64 prefix (RFC 6052) and IPv4-compatible addresses (RFC 4291): an IPv4 address in the last bytes.
_CARRIERS: Final = (IPv6Network("64:ff9b::/96"), IPv6Network("::/96"))

#: What Python 3.11 takes for public, or knows only parts of: protocol assignments (RFC 6890), the old 6to4 relays
#: (RFC 7526), NAT64 within one's own network (RFC 8215), examples (RFC 9637), segment routing (RFC 9602), and what
#: was once local to a site (RFC 3879).
_SPECIAL: Final[tuple[IPNetwork, ...]] = (
    *map(IPv4Network, ("192.0.0.0/24", "192.88.99.0/24")),
    *map(IPv6Network, ("64:ff9b:1::/48", "3fff::/20", "5f00::/16", "fec0::/10", "100:0:0:1::/64")),
)

#: Ports of other services that would take a request for a command: the Fetch standard's "bad ports".
# fmt: off
BAD_PORTS: Final = frozenset({
    0, 1, 7, 9, 11, 13, 15, 17, 19, 20, 21, 22, 23, 25, 37, 42, 43, 53, 69, 77, 79, 87, 95, 101, 102, 103, 104, 109,
    110, 111, 113, 115, 117, 119, 123, 135, 137, 139, 143, 161, 179, 389, 427, 465, 512, 513, 514, 515, 526, 530, 531,
    532, 540, 548, 554, 556, 563, 587, 601, 636, 989, 990, 993, 995, 1719, 1720, 1723, 2049, 3659, 4045, 4190, 5060,
    5061, 6000, 6566, 6665, 6666, 6667, 6668, 6669, 6679, 6697, 10080,
})
# fmt: on


@dataclass(frozen=True, kw_only=True)
class AddressPolicy:
    """Public addresses, and those in `allowed`."""

    allowed: tuple[IPNetwork, ...] = ()

    def admits(self, _hostname: str, address: IPAddress, _port: int) -> bool:
        """Tell whether we may connect to an address; takes what httpx-secure's `custom_validator` is given."""
        bare = _unwrapped(address)
        return any(item in network for item in (address, bare) for network in self.allowed) or is_public(bare)

    async def check(self, host: str, port: int, *, where: str) -> None:
        """Refuse a host all of whose addresses are refused, before anything is sent or even connected.

        The binding check is made at the connection; this one spares the private service a probe and the user a
        "connection refused". Raises BlockedAddressError, or UnreachableError when the name is not known.
        """
        addresses = await _resolved(host, port, where=where)
        if not any(self.admits(host, address, port) for address in addresses):
            raise blocked(where, f"{host} is at {addresses[0]}, which is no public address")


def policy_of(networks: Iterable[str]) -> AddressPolicy:
    """Return the policy that opens these networks ("127.0.0.0/8") besides the public ones.

    Raises ConfigError where one is no network.
    """
    try:
        return AddressPolicy(allowed=tuple(ip_network(network) for network in networks))
    except ValueError as error:
        raise ConfigError(
            f"allowed networks: {error}", next_step="write each as address/length, such as 127.0.0.0/8"
        ) from error


def is_public(address: IPAddress) -> bool:
    """Tell whether the whole internet may reach an address."""
    bare = _unwrapped(address)
    special = bare.is_multicast or bare.is_reserved or bare.is_unspecified
    special = special or any(bare in network for network in _SPECIAL)
    return bare.is_global and not special


def blocked(where: str, what: str) -> BlockedAddressError:
    """Return the error for an address that partners have no business naming."""
    return BlockedAddressError(
        what,
        where=where,
        next_step="correct the address; a network of your own is opened with REPRINT_ALLOW_NETWORKS",
    )


def _unwrapped(address: IPAddress) -> IPAddress:
    if isinstance(address, IPv4Address):
        return address
    inner = address.ipv4_mapped or address.sixtofour or (address.teredo[1] if address.teredo else None)
    if inner is None and any(address in carrier for carrier in _CARRIERS) and int(address) > 1:
        inner = IPv4Address(address.packed[-4:])
    return inner or address


async def _resolved(host: str, port: int, *, where: str) -> list[IPAddress]:
    try:
        return [ip_address(host)]
    except ValueError:
        pass
    try:
        found = await asyncio.get_running_loop().getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError) as error:
        raise UnreachableError(
            f"the host {host[:100]} has no address ({error})", where=where, next_step="check the host's name"
        ) from error
    return [ip_address(str(sockaddr[0]).partition("%")[0]) for *_, sockaddr in found]
