"""The FastAPI application."""

from collections.abc import Sequence

import structlog
from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from starlette.exceptions import HTTPException
from starlette.middleware.cors import CORSMiddleware

from agent import __version__
from agent.api import access, document, repeats
from agent.api.guard import GuardedRoute
from agent.api.limits import RateLimit
from agent.api.problems import Code, Fault, Refused, answer
from agent.api.reach import Reach
from agent.api.routes import ROUTERS
from agent.api.shield import Shield
from agent.errors import BadInput, BalcaoError

log = structlog.get_logger(__name__)


def create_app(reach: Reach) -> FastAPI:
    """All routes, each behind the guard.

    Raises:
        LookupError: a route is missing in ``access.NEEDS``, or an entry there has no route.
    """
    app = FastAPI(title="Balcão", version=__version__, openapi_url="/api/openapi.json", docs_url=None, redoc_url=None)
    _check()
    app.state.reach = reach
    app.state.limit = RateLimit(reach.settings.security.requests_a_minute)
    app.state.logins = RateLimit(reach.settings.security.logins_a_minute)
    app.router.redirect_slashes = False
    for router in ROUTERS:
        app.include_router(router)
    document.describe(app)
    app.add_exception_handler(Refused, _refused)  # type: ignore[arg-type]
    app.add_exception_handler(BadInput, _bad_input)  # type: ignore[arg-type]
    app.add_exception_handler(RequestValidationError, _invalid)  # type: ignore[arg-type]
    app.add_exception_handler(HTTPException, _http)  # type: ignore[arg-type]
    app.add_exception_handler(BalcaoError, _unavailable)  # type: ignore[arg-type]
    if origins := reach.settings.api.cors_origins:
        app.add_middleware(
            CORSMiddleware,
            allow_origins=list(origins),
            allow_methods=["GET", "POST", "PUT", "PATCH", "DELETE"],
            allow_headers=["Authorization", "Content-Type", "If-Match", repeats.HEADER],
            expose_headers=["ETag", "Retry-After", "X-Request-Id"],
            max_age=600,
        )
    app.add_middleware(Shield, settings=reach.settings.api)
    return app


def _check() -> None:
    routes = [route for router in ROUTERS for route in router.routes]
    if unguarded := [route for route in routes if not isinstance(route, GuardedRoute)]:
        raise LookupError(f"routes without a guard: {unguarded}")
    found = {(method, route.path) for route in routes for method in route.methods or ()}  # type: ignore[attr-defined]
    if wrong := sorted(f"{method} {path}" for method, path in found ^ access.NEEDS.keys()):
        raise LookupError(f"routes and permissions do not agree on {', '.join(wrong)}")


async def _refused(request: Request, refused: Refused) -> JSONResponse:
    return answer(request, refused)


async def _bad_input(request: Request, error: BadInput) -> JSONResponse:
    return answer(request, Refused(Code.CONFLICT, str(error)))


async def _unavailable(request: Request, error: BalcaoError) -> JSONResponse:
    """A full disk, a damaged file: the log says it whole, since the sentence may name files of this machine."""
    log.error("a request could not be answered", request=request.scope.get("request_id"), reason=str(error))
    return answer(request, Refused(Code.UNAVAILABLE))


async def _invalid(request: Request, error: RequestValidationError) -> JSONResponse:
    return answer(request, Refused(Code.INVALID, faults=_faults(error.errors())))


def _faults(errors: Sequence[dict[str, object]]) -> list[Fault]:
    return [
        Fault(where=".".join(str(part) for part in one["loc"]), what=str(one["type"]))  # type: ignore[attr-defined]
        for one in errors
    ]


_BY_STATUS = {404: Code.NOT_FOUND, 405: Code.METHOD, 415: Code.MEDIA}


async def _http(request: Request, error: HTTPException) -> JSONResponse:
    code, headers = _BY_STATUS.get(error.status_code, Code.BAD_REQUEST), dict(error.headers or {})
    if code is Code.METHOD:
        # Each method is a route of its own: the one that was met first knows nothing of the others.
        path = getattr(request.scope.get("route"), "path", None)
        headers["Allow"] = ", ".join(sorted(method for method, known in access.NEEDS if known == path) or ["GET"])
    return answer(request, Refused(code, headers=headers))
