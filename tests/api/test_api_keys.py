"""Keys of other systems: what they may do, and for how long."""

from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import text

from agent.api import access
from agent.contract.access import Role, Scope
from agent.contract.signing_in import MadeKey
from agent.settings import Settings
from agent.settings.schema import SecuritySettings
from tests.api.conftest import Office
from tests.api.signing import audited


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    """As they are, but for the limit of requests: one test walks every route with every scope."""
    security = SecuritySettings(requests_a_minute=100_000)
    return Settings(profiles_dir=tmp_path / "profiles", profile="loja", security=security)


async def made(office: Office, *scopes: Scope, days: int | None = 365) -> MadeKey:
    """A key that an administrator has made."""
    admin = await office.client(Role.ADMIN)
    answer = await admin.post("/api/keys", json={"name": "CRM", "scopes": list(scopes), "days": days})
    assert answer.status_code == 201, answer.text
    return MadeKey.model_validate(answer.json())


async def test_a_key_may_do_what_its_scopes_say_and_nothing_else(office: Office) -> None:
    for scope in Scope:
        client = await office.client((await made(office, scope)).key)
        for (method, path), need in access.NEEDS.items():
            said = await client.request(method, path.replace("{", "0").replace("}", ""))
            refused = said.status_code == 403 and said.json()["code"] == "forbidden"
            assert refused == (need.role is not None and need.scope is not scope), f"{scope} {method} {path}"


def test_no_key_looks_after_users_or_keys_or_signs_in() -> None:
    mine = [
        need for (_, path), need in access.NEEDS.items() if path.startswith(("/api/users", "/api/keys", "/api/auth"))
    ]
    assert len(mine) > 10
    assert {need.scope for need in mine} == {None}


async def test_it_is_taken_from_either_header(office: Office) -> None:
    key = (await made(office, Scope.METRICS_READ)).key
    client = await office.client()
    assert (await client.get("/api/sessions")).status_code == 401
    for headers in ({"Authorization": f"Bearer {key}"}, {"X-API-Key": key}):
        assert (await client.get("/api/sessions", headers=headers)).status_code == 200
    for wrong in ("bk_x", "", key[:-1], key + "x", key[3:], "bk_" + "A" * 43):
        assert (await client.get("/api/sessions", headers={"X-API-Key": wrong})).status_code == 401


@pytest.mark.parametrize("name", ["X-API-Key"])
async def test_that_header_takes_nothing_but_keys(office: Office, name: str) -> None:
    client = await office.client()
    for token in (await office.token(Role.ADMIN), office.reach.local_token):
        assert (await client.get("/api/sessions", headers={name: token})).status_code == 401


async def test_only_its_digest_is_kept(office: Office) -> None:
    key = await made(office, Scope.METRICS_READ)
    assert len(key.key) == 46
    assert key.info.hint == key.key[:8]
    async with office.store._database.engine.connect() as db:
        kept = repr((await db.execute(text("SELECT * FROM api_keys"))).all())
    assert key.key not in kept
    admin = await office.client(Role.ADMIN)
    assert key.key not in (await admin.get("/api/keys")).text
    assert key.key not in "".join(line.model_dump_json() for line in await office.reach.audit.page())


async def test_it_runs_out(office: Office) -> None:
    client = await office.client((await made(office, Scope.METRICS_READ, days=1)).key)
    office.clock.at += timedelta(days=1, seconds=-1)
    assert (await client.get("/api/sessions")).status_code == 200
    office.clock.at += timedelta(seconds=1)
    assert (await client.get("/api/sessions")).status_code == 401


async def test_one_without_an_end_does_not(office: Office) -> None:
    client = await office.client((await made(office, Scope.METRICS_READ, days=None)).key)
    office.clock.at += timedelta(days=4000)
    assert (await client.get("/api/sessions")).status_code == 200


async def test_a_revoked_one_is_refused_at_once(office: Office) -> None:
    key = await made(office, Scope.METRICS_READ)
    client, admin = await office.client(key.key), await office.client(Role.ADMIN)
    assert (await client.get("/api/sessions")).status_code == 200
    assert (await admin.delete(f"/api/keys/{key.info.id}")).status_code == 204
    assert (await client.get("/api/sessions")).status_code == 401
    assert (await admin.delete(f"/api/keys/{key.info.id}")).status_code == 404
    who = f"user:{office.users[Role.ADMIN]}"
    assert await audited(office, "key.revoked") == [(who, {"key_id": key.info.id})]
    assert await audited(office, "key.made") == [(who, {"key_id": key.info.id, "scopes": ["metrics:read"]})]


async def test_its_use_is_written_once_a_minute_at_most(office: Office) -> None:
    key = await made(office, Scope.METRICS_READ)
    client = await office.client(key.key)
    written = []
    for seconds in (0, 30, 29, 1, 59):
        office.clock.at += timedelta(seconds=seconds)
        await client.get("/api/sessions")
        (info,) = await office.store.api_keys.listed()
        written.append((office.clock() - info.used_at).total_seconds() if info.used_at else None)
    assert written == [0, 30, 59, 0, 59]


async def test_keys_are_listed_in_pages_the_newest_first(office: Office) -> None:
    numbers = [(await made(office, Scope.ANALYSIS)).info.id for _ in range(3)]
    admin = await office.client(Role.ADMIN)
    first = (await admin.get("/api/keys", params={"limit": 2})).json()
    second = (await admin.get("/api/keys", params={"limit": 2, "cursor": first["cursor"]})).json()
    assert [key["id"] for key in [*first["items"], *second["items"]]] == numbers[::-1]
    assert second["cursor"] is None


@pytest.mark.parametrize(
    "wish",
    [
        {"name": "CRM", "scopes": []},
        {"name": "CRM", "scopes": ["everything"]},
        {"name": "CRM", "scopes": ["analysis"], "days": 0},
        {"name": "CRM", "scopes": ["analysis"], "days": "5"},
        {"name": "CRM", "scopes": ["analysis"], "days": True},
        {"name": "CRM", "scopes": ["analysis"], "days": 3651},
        {"name": "", "scopes": ["analysis"]},
        {"name": "a\nb", "scopes": ["analysis"]},
        {"name": "CRM", "scopes": ["analysis"], "digest": "0"},
    ],
)
async def test_what_cannot_be_a_key(office: Office, wish: dict[str, object]) -> None:
    admin = await office.client(Role.ADMIN)
    assert (await admin.post("/api/keys", json=wish)).status_code == 422
