"""The second factor: who needs one, what they may do until then, and that a code is good once."""

from datetime import timedelta

import httpx
import pytest
from sqlalchemy import text

from agent.api import access
from agent.api.second_factor import step_of
from agent.contract.access import Role
from agent.settings.schema import SecuritySettings
from tests.api.conftest import Office
from tests.api.signing import PASSWORD, SECRET, audited, code_of, login, person, signed_in


async def set_up(client: httpx.AsyncClient, office: Office) -> str:
    """Set up an authenticator app; its secret."""
    begun = await client.post("/api/auth/totp", json={"password": PASSWORD})
    assert begun.status_code == 200, begun.text
    secret = str(begun.json()["secret"])
    first = await client.post("/api/auth/totp/confirm", json={"code": code_of(office.clock(), secret)})
    assert first.status_code == 204, first.text
    return secret


@pytest.mark.parametrize("role", [Role.SUPERVISOR, Role.ADMIN])
async def test_without_it_a_token_serves_to_set_it_up_and_to_nothing_else(office: Office, role: Role) -> None:
    await person(office, role=role)
    answer = await login(office)
    assert (answer.status_code, answer.json()["owes"]) == (200, ["second_factor"])
    client = await office.client(answer.json()["access_token"])
    for (method, path), need in access.NEEDS.items():
        said = await client.request(method, path.replace("{", "0").replace("}", ""))
        is_setup = said.status_code == 403 and said.json()["code"] == "setup_needed"
        assert is_setup == (need.role is not None and not need.owed), f"{method} {path}"
    assert (await client.get("/api/auth/me")).json()["owes"] == ["second_factor"]
    await set_up(client, office)
    assert (await client.get("/api/auth/me")).json()["owes"] == []
    assert (await client.get("/api/users")).status_code == 200


async def test_only_what_serves_to_set_it_up_is_open_to_who_owes_it() -> None:
    owed = {path for (_, path), need in access.NEEDS.items() if need.owed}
    assert owed == {"/api/auth/me", "/api/auth/password", "/api/auth/totp", "/api/auth/totp/confirm"}


async def test_an_attendant_needs_none_and_may_have_one(office: Office) -> None:
    await person(office)
    client, _ = await signed_in(office)
    assert (await client.get("/api/auth/me")).json()["owes"] == []
    secret = await set_up(client, office)
    assert (await login(office)).json()["code"] == "code_needed"
    office.clock.at += timedelta(seconds=30)
    assert (await login(office, code=code_of(office.clock(), secret))).status_code == 200


async def test_who_becomes_a_supervisor_needs_one_at_once(office: Office) -> None:
    user_id = await person(office)
    client, _ = await signed_in(office)
    await office.store.accounts.change(user_id, role=Role.SUPERVISOR)
    assert (await client.get("/api/users")).json()["code"] == "setup_needed"


async def test_it_can_be_switched_off(office: Office) -> None:
    await person(office, role=Role.ADMIN)
    settings = office.reach.settings.model_copy(update={"security": SecuritySettings(second_factor=False)})
    object.__setattr__(office.reach, "settings", settings)
    answer = await login(office)
    assert answer.json()["owes"] == []
    assert (await (await office.client(answer.json()["access_token"])).get("/api/users")).status_code == 200


async def test_a_code_is_good_once(office: Office) -> None:
    await person(office, secret=SECRET)
    code = code_of(office.clock())
    assert (await login(office, code=code)).status_code == 200
    answer = await login(office, code=code)
    assert (answer.status_code, answer.json()["code"]) == (401, "wrong_login")
    earlier = code_of(office.clock(), later=timedelta(seconds=-30))
    assert (await login(office, code=earlier)).status_code == 401
    office.clock.at += timedelta(seconds=30)
    assert (await login(office, code=code_of(office.clock()))).status_code == 200


@pytest.mark.parametrize(("seconds", "taken"), [(-60, False), (-30, True), (0, True), (30, True), (60, False)])
async def test_a_code_is_good_one_step_early_or_late(office: Office, seconds: int, taken: bool) -> None:
    await person(office, secret=SECRET)
    code = code_of(office.clock(), later=timedelta(seconds=seconds))
    assert (await login(office, code=code)).status_code == (200 if taken else 401)


async def test_a_code_of_a_step_before_the_last_one_is_none(office: Office) -> None:
    now = office.clock()
    here = int(now.timestamp()) // 30
    assert step_of(SECRET, code_of(now), now, None) == here
    assert step_of(SECRET, code_of(now), now, here - 1) == here
    assert step_of(SECRET, code_of(now), now, here) is None


async def test_wrong_codes_lock(office: Office) -> None:
    await person(office, secret=SECRET)
    right = code_of(office.clock())
    wrong = f"{(int(right) + 500_000) % 1_000_000:06}"
    for _ in range(5):
        assert (await login(office, code=wrong)).json()["code"] == "wrong_login"
    assert (await login(office, code=right)).json()["code"] == "locked"


async def test_a_code_does_not_stand_for_a_password(office: Office) -> None:
    await person(office, secret=SECRET)
    answer = await login(office, password="nenhum gato pula nada", code=code_of(office.clock()))
    assert answer.json()["code"] == "wrong_login"
    assert (await login(office, code=code_of(office.clock()))).status_code == 200, "the code was not used up"


async def test_what_the_app_is_given_and_where_it_stays(office: Office) -> None:
    await person(office, "joão.souza")
    client, _ = await signed_in(office, "joão.souza")
    said = (await client.post("/api/auth/totp", json={"password": PASSWORD})).json()
    assert len(said["secret"]) == 32
    assert said["uri"].startswith("otpauth://totp/Balc%C3%A3o:jo%C3%A3o.souza?secret=" + said["secret"])
    assert said["qr_svg"].startswith("<svg")
    assert "<script" not in said["qr_svg"]
    async with office.store._database.engine.connect() as db:
        kept = (await db.execute(text("SELECT totp_pending FROM users"))).scalar_one()
        written = (await db.execute(text("SELECT group_concat(data) FROM events"))).scalar_one()
    assert kept == said["secret"]
    assert said["secret"] not in written
    lines = "".join(line.model_dump_json() for line in await office.reach.audit.page())
    assert said["secret"] not in lines
    raw = (office.reach.settings.profile_dir / "data.db").read_bytes()
    assert said["secret"].encode() not in raw


async def test_a_secret_counts_only_once_its_first_code_is_given(office: Office) -> None:
    await person(office)
    client, _ = await signed_in(office)
    said = (await client.post("/api/auth/totp", json={"password": PASSWORD})).json()
    assert (await login(office)).status_code == 200
    wrong = f"{(int(code_of(office.clock(), said['secret'])) + 500_000) % 1_000_000:06}"
    assert (await client.post("/api/auth/totp/confirm", json={"code": wrong})).json()["code"] == "wrong_login"
    assert (await login(office)).status_code == 200


async def test_nothing_is_set_up_from_an_open_window_alone(office: Office) -> None:
    user_id = await person(office, secret=SECRET)
    client, _ = await signed_in(office, code=code_of(office.clock()))
    wish = {"password": "nenhum gato pula nada"}
    assert (await client.post("/api/auth/totp", json=wish)).json()["code"] == "wrong_login"
    assert (await client.post("/api/auth/totp", json={"password": PASSWORD})).json()["code"] == "code_needed"
    assert (await client.post("/api/auth/totp/confirm", json={"code": "123456"})).json()["code"] == "conflict"
    office.clock.at += timedelta(seconds=30)
    both = {"password": PASSWORD, "code": code_of(office.clock())}
    begun = await client.post("/api/auth/totp", json=both)
    assert begun.status_code == 200
    assert (await client.post("/api/auth/totp", json=both)).json()["code"] == "wrong_login", "the code was used"
    office.clock.at += timedelta(seconds=30)
    assert (await login(office, code=code_of(office.clock()))).status_code == 200, "the old app counts until then"
    credential = await office.store.accounts.credential(user_id=user_id)
    assert credential is not None
    assert credential.totp_secret == SECRET


async def test_another_app_ends_all_other_sign_ins(office: Office) -> None:
    user_id = await person(office)
    (here, _), (elsewhere, _) = await signed_in(office), await signed_in(office)
    await set_up(here, office)
    assert (await here.get("/api/auth/me")).status_code == 200
    assert (await elsewhere.get("/api/auth/me")).status_code == 401
    assert await audited(office, "auth.second_factor") == [(f"user:{user_id}", {"user_id": user_id})]
