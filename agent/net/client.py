"""Asks other machines, at addresses that were checked.

It stands on httpx's transport and not on its client: what a client adds (redirects, cookies, proxies and passwords of
the environment) is exactly what must not happen here.
"""

import asyncio
import contextlib
import ssl
from collections.abc import Mapping
from dataclasses import dataclass

import certifi
import httpx

from agent.net.addresses import LookUp, Unreachable, resolved, system_look_up

_NAMES = 64
"""Connections are kept for so many names."""

_TRIES = 3
"""Addresses of a name that are tried, one after another."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back. A redirect is an answer like any other: it is not followed."""

    status: int
    headers: Mapping[str, str]
    """By name in lower case."""
    body: bytes
    whole: bool
    """False: there was more than was to be read, or it broke off."""


class Outside:
    """Asks by HTTP; every connection goes to an address that was checked for it."""

    def __init__(
        self,
        *,
        private: bool,
        timeout_s: float,
        look_up: LookUp = system_look_up,
        trust: ssl.SSLContext | None = None,
    ) -> None:
        """``private``: addresses inside are allowed; ``timeout_s``: for a whole question, with its answer."""
        self._private, self._timeout_s, self._look_up = private, timeout_s, look_up
        self._trust = trust
        # One for each name: connections are reused by address, and one address may have many names and certificates.
        self._transports: dict[str, httpx.AsyncHTTPTransport] = {}

    async def ask(
        self, method: str, url: str, *, headers: Mapping[str, str], body: bytes = b"", limit: int = 16_384
    ) -> Answer:
        """One question. At most ``limit`` bytes of the answer are read.

        Raises:
            Unreachable: there is no answer; its reason says why.
        """
        sent = {"User-Agent": "Balcao", "Accept-Encoding": "identity", **headers}
        if self._trust is None:
            self._trust = await asyncio.to_thread(_trust)
        try:
            async with asyncio.timeout(self._timeout_s):
                try:
                    request = httpx.Request(method, url, headers=sent, content=body)
                except (httpx.InvalidURL, ValueError) as error:
                    raise Unreachable("refused_url") from error
                response = await self._send(request)
        except TimeoutError as error:
            raise Unreachable("timeout") from error
        read, whole = bytearray(), False
        try:
            # The status is known: an answer that breaks off, or never ends, takes nothing of that back.
            with contextlib.suppress(TimeoutError, httpx.HTTPError):
                async with asyncio.timeout(self._timeout_s):
                    whole = await _read(response, read, limit)
        finally:
            with contextlib.suppress(httpx.HTTPError, OSError):
                await response.aclose()
        found = {name.lower(): value for name, value in response.headers.items()}
        return Answer(response.status_code, found, bytes(read[:limit]), whole)

    async def close(self) -> None:
        """Close every connection."""
        while self._transports:
            _, transport = self._transports.popitem()
            await transport.aclose()

    async def _send(self, request: httpx.Request) -> httpx.Response:
        name = request.url.raw_host.decode("ascii")
        addresses = await resolved(request.url, private=self._private, look_up=self._look_up)
        transport = await self._transport(name)
        request.extensions = {
            **request.extensions,
            "sni_hostname": name,
            "timeout": httpx.Timeout(self._timeout_s).as_dict(),
        }
        for address in addresses[:_TRIES]:
            request.url = request.url.copy_with(host=address)
            try:
                return await transport.handle_async_request(request)
            except (httpx.ConnectError, httpx.ConnectTimeout) as error:
                failed = Unreachable(_reason(error))
                failed.__cause__ = error
            except (httpx.HTTPError, httpx.InvalidURL) as error:
                raise Unreachable(_reason(error)) from error
        raise failed

    async def _transport(self, name: str) -> httpx.AsyncHTTPTransport:
        if name not in self._transports:
            while len(self._transports) >= _NAMES:
                oldest = self._transports.pop(next(iter(self._transports)))
                await oldest.aclose()
            self._transports[name] = httpx.AsyncHTTPTransport(verify=self._trust or True, trust_env=False, retries=0)
        return self._transports[name]


async def _read(response: httpx.Response, into: bytearray, limit: int) -> bool:
    stream = response.stream
    assert isinstance(stream, httpx.AsyncByteStream)  # noqa: S101 (an asynchronous transport gives no other)
    async for chunk in stream:
        into += chunk
        if len(into) > limit:
            return False
    return True


def _reason(error: BaseException) -> str:
    cause: BaseException | None = error
    while cause is not None:
        if isinstance(cause, ssl.SSLError):
            return "tls"
        cause = cause.__cause__ or cause.__context__
    if isinstance(error, httpx.TimeoutException):
        return "timeout"
    return "connect" if isinstance(error, httpx.NetworkError) else "protocol"


def _trust() -> ssl.SSLContext:
    """The certificates that browsers know, and those of this machine: a company may have its own authority."""
    trust = ssl.create_default_context(cafile=certifi.where())
    trust.load_default_certs()
    return trust
