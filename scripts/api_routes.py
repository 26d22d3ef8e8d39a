"""Writes the list of routes into docs/api.md, between its two ``api-routes`` marks, from the OpenAPI document.

``python scripts/api_routes.py`` writes; a structure test compares.
"""

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from marked import replaced

ROOT = Path(__file__).resolve().parent.parent
PAGE = ROOT / "docs" / "api.md"
MARK = "api-routes"


def document() -> dict[str, Any]:
    """The OpenAPI document, without an agent."""
    from fastapi import FastAPI

    from agent.api.document import describe
    from agent.api.routes import ROUTERS

    app = FastAPI()
    for router in ROUTERS:
        app.include_router(router)
    describe(app)
    return app.openapi()


def table(known: dict[str, Any]) -> str:
    """The routes as a Markdown table, by theme."""
    rows = "".join(f"{row}\n" for row in _rows(known))
    return f"\n| route | | role | scope of a key |\n| --- | --- | --- | --- |\n{rows}\n"


def _rows(known: dict[str, Any]) -> Iterator[str]:
    found = [
        (operation["tags"][0], path, method.upper(), operation)
        for path, operations in known["paths"].items()
        for method, operation in operations.items()
    ]
    for _, path, method, operation in sorted(found, key=lambda one: one[:3]):
        role = operation.get("x-balcao-role") or "anybody"
        scope = operation.get("x-balcao-scope")
        about = operation.get("summary", "")
        yield f"| `{method} {path}` | {about} | {role} | {f'`{scope}`' if scope else ''} |"


if __name__ == "__main__":
    sys.path.insert(0, str(ROOT))
    PAGE.write_text(replaced(PAGE.read_text("utf-8"), MARK, table(document())), "utf-8")
