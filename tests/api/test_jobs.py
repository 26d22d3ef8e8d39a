"""What runs by the clock, over the API."""

from datetime import timedelta

import pytest

from agent.contract.access import Role
from agent.contract.jobs import JobName
from agent.jobs.backups import BackupSchedule
from agent.storage import copying
from tests.api.conftest import NOW, Office
from tests.storage.chats import row, shows


async def job(office: Office, name: str, role: Role = Role.SUPERVISOR) -> dict[str, object]:
    answer = await (await office.client(role)).get("/api/jobs")
    assert answer.status_code == 200
    found = {one["name"]: one for one in answer.json()["jobs"]}
    assert list(found) == [one.value for one in JobName]
    return found[name]


def schedule(office: Office) -> BackupSchedule:
    copies = office.reach.backups
    assert copies is not None
    return BackupSchedule(copies, 24, 7, office.clock, office.reach.rota)


async def test_a_job_before_and_after_its_first_run(office: Office) -> None:
    await office.store.save(shows(row("A", "oi"), title="Maria"))
    nothing = {"began_at": None, "ended_at": None, "outcome": None, "fault": None, "next_at": None}
    assert await job(office, "backups") == {"name": "backups", "state": "off", **nothing}
    copies = schedule(office)
    with office.reach.rota.planned(JobName.BACKUPS, copies.next_at):
        due = await job(office, "backups")
        assert (due["state"], due["next_at"]) == ("waiting", "2026-11-22T12:00:00Z")
        assert await copies.look(office.store) is not None
        done = await job(office, "backups", Role.ADMIN)
    assert (done["state"], done["outcome"], done["fault"]) == ("waiting", "well", None)
    assert (done["began_at"], done["ended_at"]) == ("2026-11-22T12:00:00Z", "2026-11-22T12:00:00Z")
    assert done["next_at"] == "2026-11-23T12:00:00Z"


async def test_a_failed_one_says_why_and_when_it_is_tried_again(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(copying, "SPARE", 10**18)
    copies = schedule(office)
    with office.reach.rota.planned(JobName.BACKUPS, copies.next_at):
        assert await copies.look(office.store) is None
        failed = await job(office, "backups")
    assert (failed["outcome"], failed["fault"], failed["next_at"]) == ("failed", "disk_full", "2026-11-22T13:00:00Z")


async def test_a_copy_that_a_person_asks_for_is_a_run_and_puts_off_the_next(office: Office) -> None:
    copies = schedule(office)
    office.clock.at = NOW + timedelta(hours=5)
    admin = await office.client(Role.ADMIN)
    with office.reach.rota.planned(JobName.BACKUPS, copies.next_at):
        assert (await admin.post("/api/backups")).status_code == 201
        done = await job(office, "backups")
    assert (done["began_at"], done["outcome"]) == ("2026-11-22T17:00:00Z", "well")
    assert done["next_at"] == "2026-11-23T17:00:00Z"


async def test_one_that_a_person_asks_for_in_vain(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(copying, "SPARE", 10**18)
    admin = await office.client(Role.ADMIN)
    assert (await admin.post("/api/backups")).status_code == 503
    assert (await job(office, "backups"))["fault"] == "disk_full"


async def test_an_attendant_may_not(office: Office) -> None:
    assert (await (await office.client(Role.ATTENDANT)).get("/api/jobs")).status_code == 403
    assert (await (await office.client()).get("/api/jobs")).status_code == 401
