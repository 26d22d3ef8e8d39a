"""Which addresses may be asked. A person, or whoever got hold of their token, names a URL: it must not reach inside.

What counts is the address that is connected to, not the name: names are resolved by us, and ``client`` connects to
exactly what was checked here. IPv6 goes by what is allowed (global unicast without the tunnels), because forms that
carry an IPv4 address inside (mapped, compatible, 6to4, Teredo, NAT64) are many.
"""

import asyncio
import ipaddress
import re
import socket
from collections.abc import Awaitable, Callable, Sequence
from enum import StrEnum

import httpx


class Reach(StrEnum):
    """Where an address lies."""

    PUBLIC = "public"
    PRIVATE = "private"
    """This machine, or the company's own network."""
    NEVER = "never"
    """Nobody's server: multicast, link-local (where clouds keep their secrets), reserved, tunnels."""


class Unreachable(ConnectionError):
    """Nothing was answered. ``reason`` is a label that may be stored and shown."""

    def __init__(self, reason: str) -> None:
        """``reason``: refused_address, refused_url, plain_http, unresolved, timeout, tls, connect, protocol ..."""
        super().__init__(reason)
        self.reason = reason


LookUp = Callable[[str, int], Awaitable[Sequence[str]]]
"""The addresses of a name."""

_V4_PRIVATE = [
    ipaddress.IPv4Network(net)
    for net in ("10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16")
]
_V4_NEVER = [
    ipaddress.IPv4Network(net)
    for net in (
        "0.0.0.0/8",
        "100.100.100.200/32",  # A cloud's metadata in the range of carriers.
        "169.254.0.0/16",
        "192.0.0.0/24",
        "192.0.2.0/24",
        "192.88.99.0/24",
        "198.18.0.0/15",
        "198.51.100.0/24",
        "203.0.113.0/24",
        "224.0.0.0/3",
    )
]
_V6_PRIVATE = [ipaddress.IPv6Network(net) for net in ("::1/128", "fc00::/7")]
_V6_PUBLIC = ipaddress.IPv6Network("2000::/3")
_V6_NEVER = [
    ipaddress.IPv6Network(net)
    for net in (
        "2001::/23",  # Protocols: Teredo, ORCHID, benchmarks.
        "2001:db8::/32",
        "2002::/16",  # 6to4.
        "3fff::/20",
        "fd00:ec2::/32",  # Clouds' metadata in the range of companies.
        "fd20:ce::/32",
    )
]

_NUMERIC = re.compile(r"(^|\.)(0x[0-9a-f]*|[0-9]+)\.?$", re.IGNORECASE)
"""A host whose last part is a number: an IPv4 address in one of its many forms, and never a name."""

_LABEL = r"[a-z0-9_]([a-z0-9_-]{0,61}[a-z0-9_])?"
_HOST = re.compile(rf"^(?=.{{1,253}}$){_LABEL}(\.{_LABEL})*$", re.IGNORECASE)


def reach_of(address: str) -> Reach:
    """Where an address lies. Whatever is no plain address is never to be asked."""
    try:
        parsed = ipaddress.ip_address(address)
    except ValueError:
        return Reach.NEVER
    if isinstance(parsed, ipaddress.IPv4Address):
        if any(parsed in net for net in _V4_NEVER):
            return Reach.NEVER
        private = any(parsed in net for net in _V4_PRIVATE)
        return Reach.PRIVATE if private else Reach.PUBLIC if parsed.is_global else Reach.NEVER
    if parsed.scope_id is not None or any(parsed in net for net in _V6_NEVER):
        return Reach.NEVER
    if any(parsed in net for net in _V6_PRIVATE):
        return Reach.PRIVATE
    return Reach.PUBLIC if parsed in _V6_PUBLIC and parsed.is_global else Reach.NEVER


def check_url(url: str, *, private: bool) -> httpx.URL:
    """A URL that may be asked as far as it can be said without resolving its name.

    HTTP without encryption is only for addresses inside: over the internet anybody on the way could read and change it.

    Raises:
        Unreachable: it may not (``refused_url``, ``plain_http``, ``refused_address``).
    """
    try:
        parsed = httpx.URL(url)
        port = parsed.port
    except (httpx.InvalidURL, ValueError) as error:
        raise Unreachable("refused_url") from error
    authority = re.split(r"[/?#]", url.partition("://")[2])[0]
    odd = not url.isascii() or not url.isprintable() or " " in url or "\\" in url
    if odd or parsed.scheme not in ("http", "https") or parsed.userinfo or "@" in authority:
        raise Unreachable("refused_url")
    if port is not None and not 1 <= port <= 65_535:
        raise Unreachable("refused_url")
    literal = _literal(parsed.host)
    if literal is None and (_NUMERIC.search(parsed.host) or not _HOST.match(parsed.host)):
        raise Unreachable("refused_url")
    if parsed.scheme == "http" and not private:
        raise Unreachable("plain_http")
    if literal is not None:
        _check(literal, parsed.scheme, private=private)
    return parsed


async def resolved(url: httpx.URL, *, private: bool, look_up: LookUp) -> list[str]:
    """The addresses to connect to, each of them checked: one bad address of a name refuses it.

    Raises:
        Unreachable: they may not be asked, or there are none (``unresolved``).
    """
    checked = check_url(str(url), private=private)
    if (literal := _literal(checked.host)) is not None:
        return [literal]
    port = checked.port or (443 if checked.scheme == "https" else 80)
    try:
        found = list(dict.fromkeys(await look_up(checked.host, port)))
    except (OSError, UnicodeError) as error:
        raise Unreachable("unresolved") from error
    if not found:
        raise Unreachable("unresolved")
    for address in found:
        _check(address, checked.scheme, private=private)
    return found


async def system_look_up(host: str, port: int) -> Sequence[str]:
    """The operating system's answer."""
    loop = asyncio.get_running_loop()
    found = await loop.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return [str(where[0]) for *_, where in found]


def _literal(host: str) -> str | None:
    """The address that a host is; None for a name, and for an address in an odd form."""
    try:
        return str(ipaddress.ip_address(host))
    except ValueError:
        return None


def _check(address: str, scheme: str, *, private: bool) -> None:
    where = reach_of(address)
    if where is Reach.NEVER or (where is Reach.PRIVATE and not private):
        raise Unreachable("refused_address")
    if scheme == "http" and where is not Reach.PRIVATE:
        raise Unreachable("plain_http")
