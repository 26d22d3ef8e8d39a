"""Who may sign in, and who looks after them."""

from datetime import timedelta

import pytest

from agent.contract.access import Role
from tests.api.conftest import LOCAL_TOKEN, Office
from tests.api.signing import PASSWORD, SECRET, audited, code_of, login, person, signed_in

NEW = "oito cabras sobem o monte"


async def test_a_new_user_signs_in_once_with_a_password_of_ours_and_then_chooses_one(office: Office) -> None:
    admin = await office.client(Role.ADMIN)
    answer = await admin.post("/api/users", json={"name": "Ana Souza", "role": "attendant"})
    assert answer.status_code == 201
    made = answer.json()
    assert (made["user"]["name"], made["user"]["password_once"]) == ("ana souza", True)
    said = (await login(office, "ana souza", made["once"])).json()
    assert said["owes"] == ["password"]
    client = await office.client(said["access_token"])
    assert (await client.get("/api/users")).json()["code"] == "setup_needed"
    assert (await client.post("/api/auth/password", json={"old": made["once"], "new": NEW})).status_code == 204
    assert (await client.get("/api/users")).json()["code"] == "forbidden"
    assert (await login(office, "ana souza", made["once"])).status_code == 401
    assert (await login(office, "ana souza", NEW)).json()["owes"] == []


async def test_a_password_of_ours_runs_out(office: Office) -> None:
    admin = await office.client(Role.ADMIN)
    made = (await admin.post("/api/users", json={"name": "ana", "role": "attendant"})).json()
    office.clock.at += timedelta(days=3)
    assert (await login(office, "ana", made["once"])).json()["code"] == "wrong_login"


async def test_a_supervisor_owes_both(office: Office) -> None:
    admin = await office.client(Role.ADMIN)
    made = (await admin.post("/api/users", json={"name": "ana", "role": "supervisor"})).json()
    assert (await login(office, "ana", made["once"])).json()["owes"] == ["password", "second_factor"]


async def test_passwords_of_ours_differ_and_are_not_shown_again(office: Office) -> None:
    admin = await office.client(Role.ADMIN)
    made = [
        (await admin.post("/api/users", json={"name": f"user{number}", "role": "attendant"})).json()["once"]
        for number in range(5)
    ]
    assert len(set(made)) == 5
    assert {len(once) for once in made} == {19}
    shown = (await admin.get("/api/users")).text + "".join(
        line.model_dump_json() for line in await office.reach.audit.page()
    )
    assert not [once for once in made if once in shown]


@pytest.mark.parametrize("name", ["ana", "ANA", "Ana "])
async def test_a_name_is_taken_once(office: Office, name: str) -> None:
    await person(office)
    admin = await office.client(Role.ADMIN)
    answer = await admin.post("/api/users", json={"name": name, "role": "attendant"})
    assert (answer.status_code, answer.json()["code"]) == (409, "conflict")


@pytest.mark.parametrize("name", ["", " ana", "ana\x00", "ana<script>", "a" * 101, "ana\n", "ана", "=ana", "ﬁ" * 100])
async def test_what_may_be_a_name(office: Office, name: str) -> None:
    admin = await office.client(Role.ADMIN)
    assert (await admin.post("/api/users", json={"name": name, "role": "attendant"})).status_code in (400, 422)
    assert [user.name for user in await office.store.accounts.listed()] == ["admin-1"]


@pytest.mark.parametrize("wish", [{"disabled": 0}, {"disabled": "true"}, {"role": "owner"}, {"name": "bia"}])
async def test_what_cannot_be_changed(office: Office, wish: dict[str, object]) -> None:
    user_id = await person(office)
    admin = await office.client(Role.ADMIN)
    assert (await admin.patch(f"/api/users/{user_id}", json=wish)).status_code == 422


async def test_users_are_listed_in_pages_with_their_locks(office: Office) -> None:
    supervisor = await office.client(Role.SUPERVISOR)
    for name in ("ana", "bia", "caio"):
        await person(office, name)
    for _ in range(5):
        await login(office, "bia", "nenhum gato pula nada")
    first = (await supervisor.get("/api/users", params={"limit": 2})).json()
    second = (await supervisor.get("/api/users", params={"limit": 2, "cursor": first["cursor"]})).json()
    found = [*first["items"], *second["items"]]
    assert [user["name"] for user in found] == ["supervisor-1", "ana", "bia", "caio"]
    assert [user["name"] for user in found if user["locked_until"]] == ["bia"]
    assert second["cursor"] is None
    assert (await supervisor.get(f"/api/users/{found[2]['id']}")).json() == found[2]
    assert not [key for user in found for key in user if "hash" in key or "secret" in key]


async def test_the_last_administrator_stays(office: Office) -> None:
    admin = await office.client(Role.ADMIN)
    mine = office.users[Role.ADMIN]
    for wish in ({"role": "attendant"}, {"disabled": True}, {"role": "admin", "disabled": True}):
        assert (await admin.patch(f"/api/users/{mine}", json=wish)).json()["code"] == "conflict"
    other = await person(office, "bia", Role.ADMIN)
    await office.store.accounts.change(other, disabled=True)
    assert (await admin.patch(f"/api/users/{mine}", json={"disabled": True})).status_code == 409
    await office.store.accounts.change(other, disabled=False)
    assert (await admin.patch(f"/api/users/{mine}", json={"role": "supervisor"})).status_code == 200
    assert (await admin.patch(f"/api/users/{mine}", json={"role": "admin"})).json()["code"] == "forbidden"


async def test_a_reset_takes_password_app_lock_and_sign_ins_away(office: Office) -> None:
    user_id = await person(office, secret=SECRET)
    client, refresh_token = await signed_in(office, code=code_of(office.clock()))
    for _ in range(5):
        await login(office, "ana", "nenhum gato pula nada")
    made = (await (await office.client(LOCAL_TOKEN)).post(f"/api/users/{user_id}/reset")).json()
    assert (made["user"]["second_factor"], made["user"]["locked_until"]) == (False, None)
    assert (await client.get("/api/auth/me")).status_code == 401
    nobody = await office.client()
    assert (await nobody.post("/api/auth/refresh", json={"refresh_token": refresh_token})).status_code == 401
    assert (await login(office, "ana", PASSWORD)).status_code == 401
    assert (await login(office, "ana", made["once"])).json()["owes"] == ["password"]
    assert await audited(office, "user.reset") == [("local", {"user_id": user_id})]


async def test_what_does_not_exist_is_not_found(office: Office) -> None:
    admin = await office.client(Role.ADMIN)
    for method, path in (("GET", ""), ("PATCH", ""), ("POST", "/reset")):
        answer = await admin.request(method, f"/api/users/99{path}", json={} if method == "PATCH" else None)
        assert answer.status_code == 404, method


async def test_changes_are_audited_without_names(office: Office) -> None:
    admin = await office.client(Role.ADMIN)
    made = (await admin.post("/api/users", json={"name": "maria", "role": "attendant"})).json()["user"]
    await admin.patch(f"/api/users/{made['id']}", json={"role": "supervisor"})
    await admin.patch(f"/api/users/{made['id']}", json={"disabled": True})
    who = f"user:{office.users[Role.ADMIN]}"
    assert await audited(office, "user.added") == [(who, {"user_id": made["id"], "role": "attendant"})]
    assert await audited(office, "user.changed") == [
        (who, {"user_id": made["id"], "disabled": True}),
        (who, {"user_id": made["id"], "role": "supervisor"}),
    ]
    lines = "".join(line.model_dump_json() for line in await office.reach.audit.page())
    assert "maria" not in lines
    told = [event for event in await office.store.events_after(0) if event.kind == "user.changed"]
    assert [event.data for event in told if event.data["user_id"] == made["id"]] == [{"user_id": made["id"]}] * 3
