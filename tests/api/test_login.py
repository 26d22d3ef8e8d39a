"""Signing in: what is answered, what is counted, what is told to whom does not know."""

import asyncio
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import event

from agent.api.app import create_app
from agent.api.passwords import Cost, Passwords, Verdict
from agent.contract.access import Role
from agent.settings import Settings
from agent.settings.schema import SecuritySettings
from agent.storage.opening import open_store
from tests.api.conftest import Office
from tests.api.signing import PASSWORD, SECRET, audited, code_of, login, person, signed_in

WRONG = "nenhum gato pula nada"


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    """As they are, but for the limit by address, which would come first."""
    return Settings(
        profiles_dir=tmp_path / "profiles", profile="loja", security=SecuritySettings(logins_a_minute=10_000)
    )


class Watched(Passwords):
    """Counts what it compares."""

    compared = 0

    async def verify(self, password: str, stored: str | None) -> Verdict:
        type(self).compared += 1
        return await super().verify(password, stored)


@pytest.fixture
def compared(office: Office, monkeypatch: pytest.MonkeyPatch) -> type[Watched]:
    """How many passwords were compared."""
    monkeypatch.setattr(Watched, "compared", 0)
    office.reach.passwords.__class__ = Watched
    return Watched


async def test_a_right_password_lets_in_as_oauth2_says(office: Office) -> None:
    user_id = await person(office)
    answer = await login(office, "Ana ")
    assert answer.status_code == 200
    said = answer.json()
    assert (said["token_type"], said["expires_in"], said["role"], said["owes"]) == ("bearer", 900, "attendant", [])
    me = await (await office.client(said["access_token"])).get("/api/auth/me")
    assert me.json() == {
        "kind": "user", "id": user_id, "name": "ana", "role": "attendant", "owes": [], "second_factor": False
    }  # fmt: skip
    user = await office.store.accounts.user(user_id)
    assert user is not None
    assert user.last_login_at == office.clock()
    assert await audited(office, "auth.login") == [(f"user:{user_id}", {"second_factor": False})]


async def test_a_wrong_name_a_wrong_password_and_a_disabled_user_are_answered_alike(office: Office) -> None:
    await person(office, "ana")
    await person(office, "bia")
    gone = await person(office, "caio")
    await office.store.accounts.change(gone, disabled=True)
    await person(office, "duda", once_until=office.clock() - timedelta(seconds=1))
    answers = [
        await login(office, "ana", WRONG),
        await login(office, "nobody"),
        await login(office, "caio"),
        await login(office, "duda"),
    ]
    assert {answer.status_code for answer in answers} == {401}
    told = [{**answer.json(), "request": None} for answer in answers]
    assert told == told[:1] * 4
    assert told[0]["code"] == "wrong_login"
    assert len({frozenset(answer.headers) for answer in answers}) == 1


async def test_an_unknown_name_takes_the_same_work(office: Office, compared: type[Watched]) -> None:
    await person(office)
    engine = office.store._database.engine.sync_engine
    statements: list[str] = []
    event.listen(engine, "before_cursor_execute", lambda *args: statements.append(args[2].split(" WHERE ")[0]))
    await login(office, "ana", WRONG)
    known = list(statements)
    assert compared.compared == 1
    statements.clear()
    await login(office, "nobody", WRONG)
    assert statements == known
    assert compared.compared == 2
    assert await audited(office, "auth.failed") == [
        ("nobody", {"user_id": None, "reason": "password"}),
        ("nobody", {"user_id": 1, "reason": "password"}),
    ]


async def test_what_stands_in_for_a_missing_hash_costs_the_same(office: Office) -> None:
    passwords = Passwords()
    stored = await Passwords().hash("x" * 12)
    assert passwords._nobodys.split("$")[1:4] == stored.split("$")[1:4]
    assert [len(part) for part in passwords._nobodys.split("$")] == [len(part) for part in stored.split("$")]


@pytest.mark.parametrize("name", ["ana", "nobody"])
async def test_a_name_is_locked_for_longer_and_longer_whether_there_is_such_a_user_or_not(
    office: Office, name: str, compared: type[Watched]
) -> None:
    await person(office)
    for _ in range(5):
        assert (await login(office, name, WRONG)).status_code == 401
    for minutes in (15, 30, 60, 120, 240, 480, 960, 1440, 1440):
        before = compared.compared
        answer = await login(office, name)
        assert (answer.status_code, answer.json()["code"]) == (429, "locked")
        assert int(answer.headers["retry-after"]) == minutes * 60
        office.clock.at += timedelta(minutes=minutes, seconds=-1)
        assert (await login(office, name)).status_code == 429
        assert compared.compared == before
        office.clock.at += timedelta(seconds=1)
        assert (await login(office, name, WRONG)).status_code == 401
    office.clock.at += timedelta(days=1)
    assert (await login(office, name)).status_code == (200 if name == "ana" else 401)


async def test_a_restart_does_not_clear_a_lock(office: Office) -> None:
    await person(office)
    for _ in range(5):
        await login(office, "ana", WRONG)
    store = await open_store(office.reach.settings.profile_dir / "data.db", "0" * 64, now=office.clock)
    object.__setattr__(office.reach, "store", store)
    office.app = create_app(office.reach)
    assert (await login(office)).status_code == 429
    await store.close()


async def test_twenty_at_once_are_not_more_than_five_one_after_another(office: Office, compared: type[Watched]) -> None:
    await person(office)
    answers = await asyncio.gather(*(login(office, "ana", f"{WRONG} {number}") for number in range(20)))
    assert sorted(answer.status_code for answer in answers) == [401] * 5 + [429] * 15
    assert compared.compared == 5


async def test_a_right_password_forgets_the_wrong_ones(office: Office) -> None:
    await person(office)
    for _ in range(3):
        for _ in range(4):
            await login(office, "ana", WRONG)
        assert (await login(office)).status_code == 200


async def test_a_password_without_its_code_forgets_nothing(office: Office) -> None:
    """Else whoever knows the password could try codes for ever."""
    await person(office, secret=SECRET)
    for _ in range(5):
        answer = await login(office)
        assert (answer.status_code, answer.json()["code"]) == (401, "code_needed")
        await login(office, code="000000")
    assert (await login(office, code=code_of(office.clock()))).status_code == 429


async def test_after_a_lock_the_password_may_be_given_before_the_code(office: Office) -> None:
    await person(office, secret=SECRET)
    for _ in range(5):
        await login(office, "ana", WRONG)
    office.clock.at += timedelta(minutes=15)
    assert (await login(office)).json()["code"] == "code_needed"
    assert (await login(office, code=code_of(office.clock()))).status_code == 200


async def test_an_address_may_try_only_so_often(office: Office) -> None:
    office.app.state.logins = type(office.app.state.logins)(3)
    await person(office)
    for name in ("ana", "bia", "caio"):
        assert (await login(office, name, WRONG)).status_code == 401
    answer = await login(office)
    assert (answer.status_code, answer.json()["code"]) == (429, "too_many")
    assert 0 < int(answer.headers["retry-after"]) <= 60
    assert (await login(office, address="192.0.2.9")).status_code == 200


async def test_a_password_that_was_hashed_for_less_is_hashed_anew(office: Office) -> None:
    await person(office)
    object.__setattr__(office.reach, "passwords", Passwords(Cost(memory_kib=128, passes=1, lanes=1)))
    assert (await login(office)).status_code == 200
    credential = await office.store.accounts.credential(name="ana")
    assert credential is not None
    assert "m=128,t=1,p=1" in (credential.password_hash or "")
    assert (await login(office)).status_code == 200


@pytest.mark.parametrize(
    ("form", "status"),
    [
        ({"username": "ana", "password": PASSWORD, "grant_type": "client_credentials"}, 422),
        ({"username": "ana", "password": "x" * 257}, 422),
        ({"username": "ana' OR 1=1 --", "password": PASSWORD}, 422),
        ({"username": "ana", "password": PASSWORD, "code": "12345６"}, 422),
        ({"username": "ana", "password": ""}, 422),
        ({"username": "ana", "password": PASSWORD, "grant_type": "password", "scope": "", "client_id": "x"}, 200),
    ],
)
async def test_only_oauth2s_password_flow_is_taken(office: Office, form: dict[str, str], status: int) -> None:
    await person(office)
    assert (await (await office.client()).post("/api/auth/login", data=form)).status_code == status


async def test_no_audit_line_holds_a_name_or_a_password(office: Office) -> None:
    await person(office, "ana")
    await login(office, "ana", WRONG)
    await login(office, "nenhum gato pula nada", "outra senha qualquer")
    await login(office)
    written = "".join(line.model_dump_json() for line in await office.reach.audit.page())
    assert "auth.failed" in written
    for word in ("gato", "outra", '"ana"'):
        assert word not in written


async def test_another_password_needs_the_old_one_and_ends_all_other_sign_ins(office: Office) -> None:
    user_id = await person(office)
    (here, _), (elsewhere, refresh_token) = await signed_in(office), await signed_in(office)
    wish = {"old": PASSWORD, "new": "oito cabras sobem o monte"}
    assert (await here.post("/api/auth/password", json={**wish, "old": WRONG})).json()["code"] == "wrong_login"
    assert (await here.post("/api/auth/password", json=wish)).status_code == 204
    assert (await here.get("/api/auth/me")).status_code == 200
    assert (await elsewhere.get("/api/auth/me")).status_code == 401
    nobody = await office.client()
    assert (await nobody.post("/api/auth/refresh", json={"refresh_token": refresh_token})).status_code == 401
    assert (await login(office)).status_code == 401
    assert (await login(office, password=wish["new"])).status_code == 200
    assert await audited(office, "auth.password") == [(f"user:{user_id}", {"user_id": user_id})]


async def test_guessing_the_old_password_from_an_open_window_locks_too(office: Office) -> None:
    await person(office)
    client, _ = await signed_in(office)
    for _ in range(5):
        answer = await client.post("/api/auth/password", json={"old": WRONG, "new": "oito cabras sobem o monte"})
        assert answer.json()["code"] == "wrong_login"
    answer = await client.post("/api/auth/password", json={"old": PASSWORD, "new": "oito cabras sobem o monte"})
    assert answer.json()["code"] == "locked"


@pytest.mark.parametrize(
    ("new", "taken"),
    [
        ("oito cabras sobem o monte", True),
        ("ß語😀é ünï cödé", True),
        ("kT9#vbQ2x!pLw", True),
        ("só letras minúsculas", True),
        ("curta demais"[:11], False),
        ("x" * 257, False),
        (PASSWORD, False),
        ("Mariana.Souza 7gf", False),
        ("com souza dentro dela", False),
        ("senha123456789", False),
        ("S3nh@12345678", False),
        ("Mudar@123456", False),
        ("qwertyuiop12", False),
        ("1q2w3e4r5t6y", False),
        ("1qaz2wsx3edc", False),
        ("flamengo1981!!", False),
        ("brasilbrasil2026", False),
        ("Balcão-Balcão-Balcão", False),
        ("aaaaaaaaaaaaaaaa", False),
        ("abcdabcdabcdabcd", False),
    ],
)
async def test_what_may_be_a_password(office: Office, new: str, taken: bool) -> None:
    await person(office, "mariana.souza")
    client, _ = await signed_in(office, "mariana.souza")
    answer = await client.post("/api/auth/password", json={"old": PASSWORD, "new": new})
    assert answer.status_code == (204 if taken else 409 if 12 <= len(new) <= 256 else 422)
    credential = await office.store.accounts.credential(name="mariana.souza")
    assert credential is not None
    now = new if taken else PASSWORD
    assert (await office.reach.passwords.verify(now, credential.password_hash)).right


async def test_who_has_no_password_of_their_own_cannot_change_it(office: Office) -> None:
    client = await office.client(office.reach.local_token)
    answer = await client.post("/api/auth/password", json={"old": PASSWORD, "new": "oito cabras sobem o monte"})
    assert answer.json()["code"] == "conflict"
    assert (await client.get("/api/auth/me")).json()["kind"] == "local"


async def test_the_first_start_makes_no_user(office: Office) -> None:
    assert await office.store.accounts.listed() == []
    for name in ("admin", "root", "balcao"):
        for password in ("admin", "balcao", name):
            assert (await login(office, name, password)).status_code in (401, 429)
    assert Role.ADMIN not in office.users
