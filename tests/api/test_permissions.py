"""Every route of the OpenAPI document, with every role and with none, against the one table."""

import pytest

from agent.api import access
from agent.api.app import create_app
from agent.contract.access import Role
from tests.api.conftest import LOCAL_TOKEN, Office

METHODS = {"get", "put", "post", "delete", "patch"}


def operations(office: Office) -> list[tuple[str, str]]:
    paths = office.app.openapi()["paths"]
    return [(method.upper(), path) for path, found in paths.items() for method in found if method in METHODS]


async def test_every_route_has_an_entry_and_every_entry_a_route(office: Office) -> None:
    assert set(operations(office)) == set(access.NEEDS)


@pytest.mark.parametrize("who", [None, *Role, LOCAL_TOKEN, "no-token-of-ours"])
async def test_every_route_lets_in_whom_the_table_lets_in(office: Office, who: Role | str | None) -> None:
    client = await office.client(who)
    wrong = []
    for method, path in operations(office):
        need = access.NEEDS[(method, path)]
        role = Role.ADMIN if who == LOCAL_TOKEN else who if isinstance(who, Role) else None
        allowed = need.role is None or (role is not None and role.covers(need.role))
        known = who is None or role is not None
        expected = 401 if not known or (who is None and not allowed) else None if allowed else 403
        # What is asked for does not exist, so that an allowed request does no harm: any answer but a refusal is right.
        answer = await client.request(method, path.replace("{", "0").replace("}", ""))
        refused = answer.status_code if answer.json().get("code") in ("not_signed_in", "forbidden") else None
        if refused != expected:
            wrong.append(f"{method} {path}: {answer.status_code}, expected {expected}")
    assert wrong == []


async def test_a_route_without_an_entry_does_not_start(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delitem(access.NEEDS, ("GET", "/api/health"))
    with pytest.raises(LookupError, match="GET /api/health"):
        create_app(office.reach)
    monkeypatch.setitem(access.NEEDS, ("GET", "/api/health"), access.PUBLIC)
    monkeypatch.setitem(access.NEEDS, ("GET", "/api/nothing"), access.PUBLIC)
    with pytest.raises(LookupError, match="GET /api/nothing"):
        create_app(office.reach)
