"""Which web pages may listen. A browser says where a page comes from; other programs say nothing."""

from starlette.types import Scope

from agent.api.server import is_loopback
from agent.settings import Settings

_HERE = ("localhost", "127.0.0.1", "[::1]")


def is_foreign(scope: Scope, settings: Settings) -> bool:
    """Whether a connection comes from a web page that is neither the server's own nor allowed by the settings.

    The server's own address is taken from its settings and its socket. The header ``Host`` says what the page wants:
    a page whose name was made to point here (DNS rebinding) would be its own.
    """
    origins = [value.decode("latin-1") for name, value in scope["headers"] if name == b"origin"]
    return bool(origins) and not set(origins) <= set(settings.api.cors_origins) | _own(scope, settings)


def _own(scope: Scope, settings: Settings) -> set[str]:
    host, port = scope["server"] or (settings.api.host, settings.api.port)
    scheme = "https" if scope["scheme"] in ("https", "wss") else "http"
    hosts = {_bracketed(host), _bracketed(settings.api.host), *(_HERE if is_loopback(host) else ())}
    ports = {port, settings.api.port, settings.websocket.port}
    return {f"{scheme}://{one}:{number}" for one in hosts for number in ports}


def _bracketed(host: str) -> str:
    return f"[{host}]" if ":" in host else host
