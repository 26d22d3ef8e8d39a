"""Tokens that are not ours, not good any more, or come a second time."""

import asyncio
import base64
import json
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import jwt
import pytest
from sqlalchemy import event

from agent.api.tokens import AccessTokens
from agent.contract.access import Role
from tests.api.conftest import LOCAL_TOKEN, Office
from tests.api.signing import SECRET, audited, code_of, login, person, signed_in, status


def forged(office: Office, token: str, **changes: Any) -> str:
    """The same token with other claims, signed by ``key`` and ``algorithm``, with another ``typ``; None removes one."""
    key = changes.pop("key", office.reach.secrets.key("tokens"))
    algorithm, typ = changes.pop("algorithm", "HS256"), changes.pop("typ", "at+jwt")
    claims = {**jwt.decode(token, options={"verify_signature": False}), **changes}
    kept = {name: value for name, value in claims.items() if value is not None}
    return jwt.encode(kept, key, algorithm, headers={"typ": typ})


def unsigned(token: str) -> str:
    """The same claims with ``alg: none`` and no signature."""
    header = base64.urlsafe_b64encode(json.dumps({"alg": "none", "typ": "at+jwt"}).encode()).rstrip(b"=").decode()
    return f"{header}.{token.split('.')[1]}."


Forge = Callable[[Office, str], str]

FORGERIES: dict[str, Forge] = {
    "another key": lambda office, token: forged(office, token, key=b"x" * 32),
    "another key of ours": lambda office, token: forged(office, token, key=office.reach.secrets.key("audit")),
    "alg none": lambda _, token: unsigned(token),
    "another algorithm": lambda office, token: forged(office, token, algorithm="HS512"),
    "another type": lambda office, token: forged(office, token, typ="JWT"),
    "another issuer": lambda office, token: forged(office, token, iss="balcao.example"),
    "another audience": lambda office, token: forged(office, token, aud="crm"),
    "no audience": lambda office, token: forged(office, token, aud=None),
    "no end": lambda office, token: forged(office, token, exp=None),
    "no number": lambda office, token: forged(office, token, jti=None),
    "from the future": lambda office, token: forged(office, token, iat=office.clock().timestamp() + 120),
    "another sign-in": lambda office, token: forged(office, token, fam="0" * 32),
    "another user": lambda office, token: forged(office, token, sub="99"),
    "a user that is no number": lambda office, token: forged(office, token, sub="ana"),
    "a user beyond all numbers": lambda office, token: forged(office, token, sub="9" * 30),
    "an end that is no number": lambda office, token: forged(office, token, exp="soon"),
    "an end that is a list": lambda office, token: forged(office, token, exp=[1]),
    "a sign-in that is a list": lambda office, token: forged(office, token, fam=["x"]),
    "signature cut off": lambda _, token: token.rpartition(".")[0] + ".",
    "claims changed": lambda _, token: ".".join((token.split(".")[0], "eyJzdWIiOiIxIn0", token.split(".")[2])),
    "no token": lambda *_: "x",
    "very long": lambda _, token: token + "A" * 10_000,
}


@pytest.mark.filterwarnings("ignore::jwt.warnings.InsecureKeyLengthWarning")
@pytest.mark.parametrize("forge", FORGERIES.values(), ids=FORGERIES)
async def test_a_forged_token_is_refused(office: Office, forge: Forge) -> None:
    await person(office)
    token = (await login(office)).json()["access_token"]
    assert await status(office, token) == 200
    assert await status(office, forge(office, token)) == 401


async def test_the_same_claims_signed_by_us_are_taken(office: Office) -> None:
    """Else the forgeries could be refused for any other reason."""
    await person(office)
    token = (await login(office)).json()["access_token"]
    assert await status(office, forged(office, token)) == 200


async def test_a_token_runs_out(office: Office) -> None:
    await person(office)
    token = (await login(office)).json()["access_token"]
    office.clock.at += timedelta(minutes=15, seconds=-1)
    assert await status(office, token) == 200
    office.clock.at += timedelta(seconds=1)
    assert await status(office, token) == 401


async def test_a_token_of_another_profile_is_refused(office: Office) -> None:
    await person(office)
    claims = AccessTokens(office.reach.secrets.key("tokens")).read(
        (await login(office)).json()["access_token"], office.clock()
    )
    assert claims is not None
    assert await status(office, AccessTokens(b"o" * 32).issue(claims, office.clock(), 15)) == 401


async def test_a_refresh_token_is_no_access_token_nor_the_other_way_round(office: Office) -> None:
    await person(office)
    said = (await login(office)).json()
    assert await status(office, said["refresh_token"]) == 401
    client = await office.client()
    answer = await client.post(
        "/api/auth/refresh", json={"refresh_token": said["access_token"].replace(".", "_")[:200]}
    )
    assert (answer.status_code, answer.json()["code"]) == (401, "not_signed_in")


@pytest.mark.parametrize("header", ["Basic YW5hOng=", "Bearer", "Bearer ", "bearer\tx", "x", "Bearer é"])
async def test_what_is_no_bearer_token_is_refused(office: Office, header: str) -> None:
    client = await office.client()
    answer = await client.get("/api/auth/me", headers={b"Authorization": header.encode("latin-1")})
    assert answer.status_code == 401
    assert answer.headers["www-authenticate"] == "Bearer"


async def test_refreshing_goes_on_from_token_to_token(office: Office) -> None:
    await person(office)
    _, refresh_token = await signed_in(office)
    client = await office.client()
    for _ in range(3):
        office.clock.at += timedelta(minutes=20)
        said = (await client.post("/api/auth/refresh", json={"refresh_token": refresh_token})).json()
        assert said["refresh_token"] != refresh_token
        refresh_token = said["refresh_token"]
        assert await status(office, said["access_token"]) == 200


async def test_a_refresh_token_that_comes_again_ends_its_whole_sign_in(office: Office) -> None:
    user_id = await person(office)
    (client, stolen), (other, _) = await signed_in(office), await signed_in(office)
    said = (await (await office.client()).post("/api/auth/refresh", json={"refresh_token": stolen})).json()
    assert await status(office, said["access_token"]) == 200
    again = await (await office.client()).post("/api/auth/refresh", json={"refresh_token": stolen})
    assert (again.status_code, again.json()["code"]) == (401, "not_signed_in")
    assert await status(office, said["access_token"]) == 401
    assert (await client.get("/api/auth/me")).status_code == 401
    newest = await (await office.client()).post("/api/auth/refresh", json={"refresh_token": said["refresh_token"]})
    assert newest.status_code == 401
    assert (await other.get("/api/auth/me")).status_code == 200
    assert await audited(office, "auth.refresh_reused") == [(f"user:{user_id}", {})]


async def test_of_twenty_refreshes_at_once_one_succeeds_and_the_sign_in_ends(office: Office) -> None:
    await person(office)
    _, refresh_token = await signed_in(office)
    client = await office.client()
    answers = await asyncio.gather(
        *(client.post("/api/auth/refresh", json={"refresh_token": refresh_token}) for _ in range(20))
    )
    assert sorted(answer.status_code for answer in answers) == [200] + [401] * 19
    (won,) = (answer.json() for answer in answers if answer.status_code == 200)
    assert await status(office, won["access_token"]) == 401
    answer = await client.post("/api/auth/refresh", json={"refresh_token": won["refresh_token"]})
    assert answer.status_code == 401


async def test_a_sign_in_ends_after_a_week_unused_and_after_thirty_days_in_any_case(office: Office) -> None:
    await person(office)
    client = await office.client()
    _, unused = await signed_in(office)
    office.clock.at += timedelta(days=7)
    assert (await client.post("/api/auth/refresh", json={"refresh_token": unused})).status_code == 401
    _, refresh_token = await signed_in(office)
    for _ in range(5):
        office.clock.at += timedelta(days=5, hours=23)
        said = await client.post("/api/auth/refresh", json={"refresh_token": refresh_token})
        assert said.status_code == 200
        refresh_token = said.json()["refresh_token"]
    office.clock.at += timedelta(hours=6)
    assert (await client.post("/api/auth/refresh", json={"refresh_token": refresh_token})).status_code == 401
    assert await status(office, said.json()["access_token"]) == 401


async def test_signing_out_ends_both_tokens_at_once(office: Office) -> None:
    user_id = await person(office)
    (client, refresh_token), (other, _) = await signed_in(office), await signed_in(office)
    nobody = await office.client()
    assert (await nobody.post("/api/auth/logout", json={"refresh_token": refresh_token})).status_code == 204
    assert (await client.get("/api/auth/me")).status_code == 401
    assert (await nobody.post("/api/auth/refresh", json={"refresh_token": refresh_token})).status_code == 401
    assert (await other.get("/api/auth/me")).status_code == 200
    for unknown in (refresh_token, "never-given"):
        assert (await nobody.post("/api/auth/logout", json={"refresh_token": unknown})).status_code == 204
    assert await audited(office, "auth.logout") == [(f"user:{user_id}", {})]


async def test_a_disabled_users_tokens_die_at_once_and_do_not_come_back(office: Office) -> None:
    user_id = await person(office)
    client, refresh_token = await signed_in(office)
    admin = await office.client(Role.ADMIN)
    assert (await admin.patch(f"/api/users/{user_id}", json={"disabled": True})).status_code == 200
    assert (await client.get("/api/auth/me")).status_code == 401
    nobody = await office.client()
    assert (await nobody.post("/api/auth/refresh", json={"refresh_token": refresh_token})).status_code == 401
    assert (await login(office)).status_code == 401
    assert (await admin.patch(f"/api/users/{user_id}", json={"disabled": False})).status_code == 200
    assert (await client.get("/api/auth/me")).status_code == 401
    assert (await login(office)).status_code == 200


async def test_another_role_counts_at_once(office: Office) -> None:
    user_id = await person(office, role=Role.SUPERVISOR, secret=SECRET)
    client, _ = await signed_in(office, code=code_of(office.clock()))
    admin = await office.client(Role.ADMIN)
    assert (await client.get("/api/users")).status_code == 200
    await admin.patch(f"/api/users/{user_id}", json={"role": "attendant"})
    assert (await client.get("/api/users")).json()["code"] == "forbidden"
    await admin.patch(f"/api/users/{user_id}", json={"role": "admin"})
    assert (await client.get("/api/keys")).status_code == 200


@pytest.mark.parametrize(
    ("address", "headers", "expected"),
    [
        ("127.0.0.1", {}, 200),
        ("::1", {}, 200),
        ("192.0.2.1", {}, 401),
        ("127.0.0.1", {"X-Forwarded-For": "192.0.2.1"}, 401),
        ("127.0.0.1", {"Forwarded": "for=192.0.2.1"}, 401),
    ],
)
async def test_the_local_token_is_good_on_this_machine_only(
    office: Office, address: str, headers: dict[str, str], expected: int
) -> None:
    client = await office.client(LOCAL_TOKEN, address)
    assert (await client.get("/api/auth/me", headers=headers)).status_code == expected


async def test_a_token_needs_one_query(office: Office) -> None:
    await person(office)
    token = (await login(office)).json()["access_token"]
    statements: list[str] = []
    engine = office.store._database.engine.sync_engine
    event.listen(engine, "before_cursor_execute", lambda *args: statements.append(args[2]))
    assert await status(office, token) == 200
    assert len([one for one in statements if "token_families" in one]) == 1
    assert len(statements) == 2  # And the one of the answer itself.
