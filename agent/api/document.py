"""The OpenAPI document: FastAPI's own, with who may do what and how a request is refused, from the tables."""

from typing import Any

from fastapi import FastAPI
from fastapi.openapi.utils import get_openapi

from agent.api import access
from agent.api.problems import MEDIA_TYPE, Problem

_BEARER = "bearer"
_METHODS = {"get", "put", "post", "delete", "patch"}
_ALWAYS = (400, 405, 408, 413, 415, 422, 429, 500, 503)
_SIGNED_IN = (401, 403)
_WITH_PARAMETERS = (404,)
_WRITES = (409,)


def describe(app: FastAPI) -> None:
    """Let the application describe itself so."""

    def openapi() -> dict[str, Any]:
        if app.openapi_schema is None:
            app.openapi_schema = _document(app)
        return app.openapi_schema

    app.openapi = openapi  # type: ignore[method-assign]


def _document(app: FastAPI) -> dict[str, Any]:
    document = get_openapi(title=app.title, version=app.version, routes=app.routes)
    components = document.setdefault("components", {})
    components.setdefault("schemas", {}).update(_problem())
    components["securitySchemes"] = {
        _BEARER: {
            "type": "http",
            "scheme": "bearer",
            "description": "An access token of /api/auth/login, an API key, or this machine's local token.",
        }
    }
    for path, operations in document["paths"].items():
        for method, operation in operations.items():
            if method in _METHODS:
                _complete(operation, path, method)
    return document


def _complete(operation: dict[str, Any], path: str, method: str) -> None:
    need = access.NEEDS[(method.upper(), path)]
    statuses = [*_ALWAYS, *(_WITH_PARAMETERS if "{" in path else ()), *(() if method == "get" else (*_WRITES, 404))]
    if operation.get("parameters"):
        statuses.append(409)  # Several customers may have one number, a cursor be of another list, days be too many.
    if need.role is not None:
        operation["security"] = [{_BEARER: []}]
        operation["x-balcao-role"] = need.role.value
        operation["x-balcao-scope"] = need.scope.value if need.scope else None
    statuses += _SIGNED_IN
    content = {MEDIA_TYPE: {"schema": {"$ref": "#/components/schemas/Problem"}}}
    for status in sorted(set(statuses)):
        operation["responses"][str(status)] = {"description": "A problem (RFC 9457).", "content": content}


def _problem() -> dict[str, Any]:
    schema = Problem.model_json_schema(ref_template="#/components/schemas/{model}")
    inner = schema.pop("$defs", {})
    return {"Problem": schema, **inner}
