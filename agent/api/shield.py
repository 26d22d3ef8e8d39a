"""What every request passes before a route is looked for: an id, limits, safe headers, a log line.

A request's body is read here, whole, within its limits; what comes after has it at once.
"""

import asyncio
import json
import re
import secrets
import time
from collections.abc import Iterable
from typing import Any

import structlog
from starlette.datastructures import Headers, MutableHeaders, QueryParams
from starlette.requests import Request
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from agent.api import access
from agent.api.problems import Code, Refused, answer
from agent.settings.schema import ApiSettings

log = structlog.get_logger(__name__)

DEPTH = 32
"""Objects and lists inside each other; nothing that is asked for has more than six."""

HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Content-Security-Policy": "default-src 'none'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
    "Cache-Control": "no-store",
}
"""On every answer, unless the route has set its own."""

STRICT_TRANSPORT = "max-age=63072000; includeSubDomains"

_JSON = "application/json"
_FORM = "application/x-www-form-urlencoded"
_READS = ("GET", "HEAD", "OPTIONS")
_NUL = re.compile(rb"%00|\x00")
_BRACKETS = re.compile(rb'"(?:[^"\\]|\\.)*"?|[\[{]|[\]}]', re.DOTALL)


class Shield:
    """An ASGI application around another one."""

    def __init__(self, app: ASGIApp, settings: ApiSettings) -> None:
        """``settings``: the limits."""
        self._app, self._settings = app, settings

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on, or answer it."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        scope["request_id"] = secrets.token_hex(8)
        scope.setdefault("state", {})
        started, status, answered = time.perf_counter(), 500, False

        async def sending(message: Message) -> None:
            nonlocal status, answered
            if message["type"] == "http.response.start":
                status, answered = message["status"], True
                self._complete(message, scope)
            await send(message)

        try:
            try:
                body = await self._body(scope, receive)
            except Refused as refused:
                await answer(Request(scope), refused)(scope, receive, sending)
            else:
                await self._app(scope, _again(body, receive), sending)
        except Exception as error:
            # Here, and not in FastAPI's own handler: that one lies outside of this, and answers without the headers.
            log.exception("a request failed", request=scope["request_id"], exc_info=error)
            if answered:
                raise
            await answer(Request(scope), Refused(Code.UNEXPECTED))(scope, receive, sending)
        finally:
            _tell(scope, status, (time.perf_counter() - started) * 1000)

    def _complete(self, message: Message, scope: Scope) -> None:
        headers = MutableHeaders(raw=message["headers"])
        for name, value in HEADERS.items():
            headers.setdefault(name, value)
        headers["X-Request-Id"] = scope["request_id"]
        if scope["scheme"] == "https":
            headers["Strict-Transport-Security"] = STRICT_TRANSPORT
        message["headers"] = headers.raw

    async def _body(self, scope: Scope, receive: Receive) -> bytes:
        """The whole body. ``Refused``: it is too large, too slow, or cannot be what it says it is."""
        if _NUL.search(scope.get("raw_path") or b"") or _NUL.search(scope.get("query_string", b"")):
            raise Refused(Code.BAD_REQUEST)
        # Of a name that is there twice one value would be looked at, and perhaps the other one meant.
        asked = QueryParams(scope.get("query_string", b""))
        if len(asked.multi_items()) > len(asked):
            raise Refused(Code.BAD_REQUEST)
        headers, most = Headers(scope=scope), self._settings.body_kb * 1024
        if (said := headers.get("content-length", "0")).isdecimal() and int(said[:18]) > most:
            raise Refused(Code.TOO_LARGE)
        try:
            async with asyncio.timeout(self._settings.slow_body_s):
                body = await _received(receive, most)
        except TimeoutError:
            # What is still to come of it would be taken for the next request.
            raise Refused(Code.TOO_SLOW, headers={"Connection": "close"}) from None
        if body:
            _check(body, headers.get("content-type", ""))
        return body


async def _received(receive: Receive, most: int) -> bytes:
    parts, size = list[bytes](), 0
    while True:
        message = await receive()
        if message["type"] == "http.disconnect":
            raise Refused(Code.BAD_REQUEST)
        part = message.get("body", b"")
        size += len(part)
        if size > most:
            raise Refused(Code.TOO_LARGE, headers={"Connection": "close"})
        parts.append(part)
        if not message.get("more_body"):
            return b"".join(parts)


def _check(body: bytes, content_type: str) -> None:
    kind = content_type.partition(";")[0].strip().lower()
    if kind == _FORM:
        if _NUL.search(body):
            raise Refused(Code.BAD_REQUEST)
        return
    if kind != _JSON:
        raise Refused(Code.MEDIA)
    if _depth(body) > DEPTH:
        raise Refused(Code.TOO_DEEP)
    try:
        value = json.loads(body, parse_constant=_no_number)
        # Half of a surrogate pair is no character: no database takes it.
        said = json.dumps(value, ensure_ascii=False).encode()
    except (ValueError, RecursionError) as error:
        raise Refused(Code.BAD_REQUEST) from error
    if rb"\u0000" in said and _has_nul(value):
        raise Refused(Code.BAD_REQUEST)


def _depth(body: bytes) -> int:
    """How deep objects and lists lie inside each other, at the deepest."""
    deepest = depth = 0
    for found in _BRACKETS.finditer(body):
        first = found[0][:1]
        if first in b"[{":
            depth += 1
            deepest = max(deepest, depth)
        elif first in b"]}":
            depth -= 1
    return deepest


def _has_nul(value: object) -> bool:
    if isinstance(value, str):
        return "\x00" in value
    inner: Iterable[Any] = ()
    if isinstance(value, dict):
        inner = [*value, *value.values()]
    elif isinstance(value, list):
        inner = value
    return any(map(_has_nul, inner))


def _no_number(name: str) -> None:
    raise ValueError(name)


def _again(body: bytes, receive: Receive) -> Receive:
    """Gives the body that was read; then what comes on the connection: that the client has gone."""
    given = False

    async def receiving() -> Message:
        nonlocal given
        if given:
            return await receive()
        given = True
        return {"type": "http.request", "body": body, "more_body": False}

    return receiving


def _matters(method: str, route: str | None) -> bool:
    """Whether a request that went well is told of by day: it changed something, or read what is audited.

    What else is read, a window or a watcher asks for every few seconds.
    """
    need = access.NEEDS.get((method, route or ""))
    return method not in _READS or (need is not None and need.audit is not None)


def _tell(scope: Scope, status: int, ms: float) -> None:
    """One line a request. The path may hold a telephone number: the route's own writing of it is logged."""
    route, actor = scope.get("route"), scope["state"].get("actor")
    path = getattr(route, "path", None)
    quiet = log.info if _matters(scope["method"], path) else log.debug
    level = log.warning if status >= 500 else log.info if status >= 400 else quiet
    level(
        "request",
        request=scope["request_id"],
        method=scope["method"] if scope["method"].isalpha() else "?",
        route=path,
        status=status,
        ms=round(ms, 1),
        actor=actor.label if actor else None,
    )
