"""docs/api.md lists the routes as the program has them."""

import pytest
from api_routes import MARK, PAGE, document, table
from marked import replaced

from agent.api import access

KNOWN = {"paths": {"/api/x": {"get": {"tags": ["x"], "summary": "An x", "x-balcao-role": "admin"}}}}


def test_the_routes_are_as_the_program_has_them() -> None:
    text = PAGE.read_text("utf-8")
    assert replaced(text, MARK, table(document())) == text, "run .venv/bin/python scripts/api_routes.py"
    assert text.count("\n| `") >= len(access.NEEDS)


def test_every_route_says_what_it_is_for() -> None:
    without = [row for row in table(document()).splitlines() if "` |  |" in row]
    assert without == []


def test_another_route_changes_the_list() -> None:
    text = f"a\n<!-- api-routes -->\n{table(KNOWN)}<!-- /api-routes -->\nb\n"
    assert "| `GET /api/x` | An x | admin |  |\n" in text
    assert replaced(text, MARK, table(KNOWN)) == text
    assert replaced(text, MARK, table({"paths": {}})) != text
    with pytest.raises(ValueError, match="lacks the lines"):
        replaced("a\n", MARK, "")
