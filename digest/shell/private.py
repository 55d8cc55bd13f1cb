"""Private addresses: none is asked that is not allowed, whatever a redirect or a name server says."""

from collections.abc import Collection
from contextlib import suppress
from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_address
from socket import AF_INET, AddressFamily

from aiohttp import ThreadedResolver
from aiohttp.abc import AbstractResolver, ResolveResult

from digest.errors import FetchError

_UNICAST = IPv6Network("2000::/3")  # all that is given out for the open network; the rest is old, local or a trick
_NAT64 = IPv6Network("64:ff9b::/96")  # an IPv4 address stands in the last 32 bits
REFUSED = "a private address: if it is meant, name its host under fetch.allow_private"


class PublicResolver(AbstractResolver):
    """The addresses of a host, private ones left out: what is checked here is what is connected to."""

    def __init__(self, allow_private: Collection[str]) -> None:
        self._allow_private = allow_private
        self._system = ThreadedResolver()

    async def resolve(self, host: str, port: int = 0, family: AddressFamily = AF_INET) -> list[ResolveResult]:
        found = await self._system.resolve(host, port, family)
        usable = [one for one in found if may_ask(one["host"], host, port, self._allow_private)]
        if not usable:
            raise FetchError(REFUSED)
        return usable

    async def close(self) -> None:
        await self._system.close()


def refuse_literal(host: str, port: int, allow_private: Collection[str]) -> None:
    """Refuses a private address that stands where a host's name would: no resolver is asked for such a one."""
    with suppress(ValueError):
        if not may_ask(str(ip_address(host)), host, port, allow_private):
            raise FetchError(REFUSED)


def may_ask(address: str, host: str, port: int, allow_private: Collection[str]) -> bool:
    """May this address of the host be asked: it is public, or one of those allowed."""
    names = {host, address, f"[{address}]"}
    allowed = names | {f"{name}:{port}" for name in names}
    return not allowed.isdisjoint(allow_private) or is_public(address)


def is_public(text: str) -> bool:
    """Does the IP address lie in the open network, also where it wraps an IPv4 address."""
    address = ip_address(text.partition("%")[0])
    if isinstance(address, IPv6Address):
        within = IPv4Address(int(address) & 0xFFFFFFFF) if address in _NAT64 else None
        if inner := address.ipv4_mapped or address.sixtofour or within:
            return is_public(str(inner))
        if address not in _UNICAST:
            return False
    return address.is_global and not address.is_multicast
