"""Backups over the API: a list for supervisors, the rest for administrators, and no way out of the folder."""

import asyncio
from pathlib import Path
from urllib.parse import quote

import pytest

from agent.contract.access import Role
from agent.storage import copying
from tests.api.conftest import Office
from tests.storage.chats import kinds_of_events, row, shows


@pytest.fixture
async def stored(office: Office) -> Office:
    await office.store.save(shows(row("A", "oi"), title="Maria"))
    return office


async def test_one_is_made_listed_proven_and_removed(stored: Office):
    admin = await stored.client(Role.ADMIN)
    made = await admin.post("/api/backups")
    assert made.status_code == 201
    assert (made.json()["messages"], made.json()["proven_at"]) == (1, None)
    assert "key" not in made.json()
    name = made.json()["name"]
    supervisor = await stored.client(Role.SUPERVISOR)
    listed = (await supervisor.get("/api/backups")).json()
    assert [one["name"] for one in listed["backups"]] == [name]
    assert (listed["last_proven_at"], listed["every_hours"], listed["keep"]) == (None, 24, 7)
    verdict = (await admin.post(f"/api/backups/{name}/verify")).json()
    assert (verdict["proven"], verdict["fault"]) == (True, None)
    listed = (await supervisor.get("/api/backups")).json()
    assert listed["backups"][0]["proven_at"] == listed["last_proven_at"] == "2026-11-22T12:00:00Z"
    removed = await admin.delete(f"/api/backups/{name}")
    assert (removed.status_code, removed.content) == (204, b"")
    listed = (await supervisor.get("/api/backups")).json()
    assert listed["backups"] == []
    assert listed["last_proven_at"] == "2026-11-22T12:00:00Z"  # also when the copy is gone
    for method, path in (("POST", f"/api/backups/{name}/verify"), ("DELETE", f"/api/backups/{name}")):
        assert (await admin.request(method, path)).status_code == 404


async def test_who_may_what(stored: Office):
    for role, expected in ((Role.ATTENDANT, (403, 403, 403)), (Role.SUPERVISOR, (200, 403, 403))):
        client = await stored.client(role)
        answers = (
            await client.get("/api/backups"),
            await client.post("/api/backups"),
            await client.delete("/api/backups/20261122T120000Z"),
        )
        assert tuple(one.status_code for one in answers) == expected
    assert stored.reach.backups.listed() == []


async def test_what_was_done_stands_in_the_audit_log(stored: Office):
    admin = await stored.client(Role.ADMIN)
    name = (await admin.post("/api/backups")).json()["name"]
    await admin.post(f"/api/backups/{name}/verify")
    await admin.delete(f"/api/backups/{name}")
    lines = await stored.reach.audit.page()
    done = [(line.action, line.data.get("backup")) for line in lines if line.action.startswith("backup.")]
    assert done == [("backup.removed", name), ("backup.verified", name), ("backup.made", name)]


WAYS_OUT = [
    "../data.db",
    "..",
    "../../loja/data",
    "/etc/passwd",
    "20261122T120000Z/../../data",
    "20261122T120000Z.db",
    "20261122T120000Z\n",
    "20261122T120000Z\x00",
    "20261122T120000Z-100",
    "２０２６1122T120000Z",
    "*",
    ".lock",
    "",
]


def _write(file: Path) -> None:
    file.parent.mkdir(exist_ok=True)
    file.write_text("no backup")


@pytest.mark.parametrize("name", WAYS_OUT)
async def test_no_name_leads_out_of_the_folder(stored: Office, name: str):
    admin = await stored.client(Role.ADMIN)
    await admin.post("/api/backups")
    folder = stored.reach.backups.folder
    _write(folder / "notes.db")
    before = sorted(str(file) for file in folder.parent.rglob("*"))
    for written in (quote(name, safe=""), name):
        if any(ord(letter) < 32 for letter in written):
            continue  # no client can write it so
        for answer in (
            await admin.delete(f"/api/backups/{written}"),
            await admin.post(f"/api/backups/{written}/verify"),
        ):
            assert answer.status_code in (400, 404, 405, 422), (written, answer.text)
    assert sorted(str(file) for file in folder.parent.rglob("*")) == before


@pytest.mark.parametrize("name", ["../data", "..", "notes", "20261122T120000Z/../notes", "20261122T120000Z\n"])
async def test_the_folder_itself_knows_only_the_names_in_its_list(stored: Office, name: str):
    """Where a route's pattern were missing, the look-up in the list would hold."""
    _write(stored.reach.settings.profile_dir / "backups" / "notes.db")
    with pytest.raises(LookupError):
        stored.reach.backups.file(name)
    with pytest.raises(LookupError):
        await stored.reach.backups.remove(stored.store, name)


async def test_a_damaged_copy_is_an_answer_and_not_an_error(stored: Office):
    admin = await stored.client(Role.ADMIN)
    name = (await admin.post("/api/backups")).json()["name"]
    path = stored.reach.backups.file(name)
    data = bytearray(path.read_bytes())
    data[5000] ^= 1
    path.write_bytes(data)
    verdict = await admin.post(f"/api/backups/{name}/verify")
    assert verdict.status_code == 200
    assert (verdict.json()["proven"], verdict.json()["fault"]) == (False, "CorruptDatabase")
    assert (await kinds_of_events(stored.store))[-1] != "backup.proven"


async def test_no_room_is_a_problem_without_a_path(stored: Office, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(copying, "SPARE", 10**18)
    answer = await (await stored.client(Role.ADMIN)).post("/api/backups")
    assert answer.status_code == 503
    assert str(stored.reach.settings.profile_dir) not in answer.text


async def test_two_at_once(stored: Office):
    admin = await stored.client(Role.ADMIN)
    answers = await asyncio.gather(*(admin.post("/api/backups") for _ in range(3)))
    assert {one.status_code for one in answers} <= {201, 409}
    made = [one.json()["name"] for one in answers if one.status_code == 201]
    assert made
    assert sorted(made) == sorted(one.name for one in stored.reach.backups.listed())


async def test_a_restore_is_ordered_once_it_is_confirmed(stored: Office):
    admin = await stored.client(Role.ADMIN)
    name = (await admin.post("/api/backups")).json()["name"]
    order = stored.reach.settings.profile_dir / "restore.order"
    path = f"/api/backups/{name}/restore"
    refused = await admin.post(path, json={"confirm": "20200101T000000Z"})
    assert (refused.status_code, refused.json()["code"]) == (409, "not_confirmed")
    assert (await admin.post(path)).status_code == 422
    other = await admin.post("/api/backups/20200101T000000Z/restore", json={"confirm": "20200101T000000Z"})
    assert other.status_code == 404
    for role in (Role.ATTENDANT, Role.SUPERVISOR):
        assert (await (await stored.client(role)).post(path, json={"confirm": name})).status_code == 403
    assert (order.exists(), stored.session.starts_again) == (False, 0)
    assert (await admin.post(path, json={"confirm": name})).status_code == 202
    assert (order.exists(), stored.session.starts_again) == (True, 1)
    (line,) = await stored.reach.audit.page(action="backup.restore_asked")
    assert (line.actor, line.data) == (f"user:{stored.users[Role.ADMIN]}", {"backup": name})


async def test_a_copy_that_is_seen_to_be_none_is_refused_at_once(stored: Office, monkeypatch: pytest.MonkeyPatch):
    admin = await stored.client(Role.ADMIN)
    name = (await admin.post("/api/backups")).json()["name"]
    side = stored.reach.backups.file(name).with_suffix(".json")
    whole = side.read_text()
    side.write_text(whole.replace('"messages": 1', '"messages": 9'))
    refused = await admin.post(f"/api/backups/{name}/restore", json={"confirm": name})
    assert (refused.status_code, refused.json()["code"]) == (409, "unfit_backup")
    side.write_text(whole)
    with monkeypatch.context() as patch:
        patch.setattr(copying, "SPARE", 10**18)
        refused = await admin.post(f"/api/backups/{name}/restore", json={"confirm": name})
    assert refused.status_code == 503
    assert stored.session.starts_again == 0
