"""The recordings over the API: the list, what happened in one, its pictures, its file; and no way out of the folder."""

import shutil
from dataclasses import replace
from pathlib import Path
from urllib.parse import quote

import pytest

from agent.api.app import create_app
from agent.contract.access import Role
from agent.contract.recordings import MarkKind, RecordingDetails
from agent.recordings.desk import FOLDER, RecordingDesk
from agent.recordings.screening import Screening
from tests.api.conftest import Office
from tests.api.test_recordings import Running, with_desk
from tests.recordings.conftest import STORED, Understood, empty_store

DEMO, CHAT = "demo.balcao", "format-1.balcao"
AT = "/api/recordings"
ROUTES = (("GET", ""), ("GET", "/picture"), ("GET", "/file"), ("DELETE", ""))


@pytest.fixture
def shelved(office: Office) -> Path:
    """The folder, with two of them in it, and a file beside the folder that nobody may have."""
    with_desk(office)
    folder = office.reach.settings.profile_dir / FOLDER
    folder.mkdir(mode=0o700)
    for name in (DEMO, CHAT):
        shutil.copy(STORED / name, folder / name)
    shutil.copy(STORED / DEMO, folder.parent / "outside.balcao")
    return folder


async def test_they_are_listed_told_given_and_removed(office: Office, shelved: Path) -> None:
    client = await office.client(Role.SUPERVISOR)
    listed = (await client.get(AT)).json()["items"]
    assert {one["name"]: (one["page"], one["frames"], one["messages"]) for one in listed} == {
        DEMO: (True, True, 65), CHAT: (False, True, 7),
    }  # fmt: skip
    answer = await client.get(f"{AT}/{DEMO}")
    details = RecordingDetails.model_validate_json(answer.content)
    assert (details.file.name, details.page_from_s is not None, details.left_out) == (DEMO, True, 0)
    assert len([one for one in details.marks if one.kind is MarkKind.CARD]) == 16
    file = await client.get(f"{AT}/{DEMO}/file")
    assert file.content == (STORED / DEMO).read_bytes()
    assert file.headers["cache-control"] == "no-store"
    assert file.headers["content-disposition"] == f'attachment; filename="{DEMO}"'
    removed = await client.delete(f"{AT}/{DEMO}")
    assert (removed.status_code, removed.content) == (204, b"")
    assert not (shelved / DEMO).exists()
    for method, path in ROUTES:
        if path != "/picture":
            assert (await client.request(method, f"{AT}/{DEMO}{path}")).status_code == 404


async def test_what_was_read_and_removed_stands_in_the_audit_log(office: Office, shelved: Path) -> None:
    client = await office.client(Role.SUPERVISOR)
    await client.get(f"{AT}/{CHAT}")
    await client.get(f"{AT}/{CHAT}/file")
    await client.delete(f"{AT}/{CHAT}")
    lines = {line.action: line.data for line in await office.reach.audit.page()}
    assert lines["recording.read"] == {"recording": CHAT, "keeps_text": False}
    assert lines["recording.downloaded"] == lines["recording.removed"] == {"recording": CHAT}


async def test_an_attendant_may_nothing_of_it(office: Office, shelved: Path) -> None:
    client = await office.client(Role.ATTENDANT)
    assert (await client.get(AT)).status_code == 403
    for method, path in ROUTES:
        assert (await client.request(method, f"{AT}/{DEMO}{path}")).status_code == 403
    assert (shelved / DEMO).exists()


@pytest.mark.parametrize(
    "name",
    [
        "../outside.balcao", "..\\outside.balcao", "/etc/passwd", "..%2foutside.balcao", "x/../demo.balcao",
        ".balcao", "demo", "demo.balcao/", "demo.balcao\x00", "demo.balcao\n", "DEMO.balcao", "*.balcao", "a" * 999,
    ],
)  # fmt: skip
async def test_no_name_leads_out_of_the_folder(office: Office, shelved: Path, name: str) -> None:
    client = await office.client(Role.SUPERVISOR)
    for method, path in ROUTES:
        answer = await client.request(method, f"{AT}/{quote(name, safe='')}{path}")
        assert answer.status_code in (307, 400, 404, 405, 409, 422), (method, path)
        assert b"PK" not in answer.content[:4]
    assert (shelved.parent / "outside.balcao").exists()
    assert (shelved / DEMO).exists()


async def test_a_damaged_one_is_said_and_can_be_removed(office: Office, shelved: Path) -> None:
    client = await office.client(Role.SUPERVISOR)
    (shelved / "x.balcao").write_bytes(b"no recording")
    answer = await client.get(f"{AT}/x.balcao")
    assert (answer.status_code, answer.json()["code"]) == (409, "unfit_recording")
    assert (await client.delete(f"{AT}/x.balcao")).status_code == 204


async def test_where_no_page_can_be_shown_that_is_said(office: Office, shelved: Path, tmp_path: Path) -> None:
    client = await office.client(Role.SUPERVISOR)
    assert (await client.get(f"{AT}/{DEMO}/picture")).json()["code"] == "no_browser"
    office.reach = replace(office.reach, recordings=_desk(office, tmp_path / "no chromium"))
    office.app = create_app(office.reach)
    client = await office.client(Role.SUPERVISOR)
    answer = await client.get(f"{AT}/{DEMO}/picture")
    assert (answer.status_code, answer.json()["code"]) == (409, "no_browser")
    assert "browser.executable" in answer.json()["detail"]
    answer = await client.get(f"{AT}/{CHAT}/picture")
    assert (answer.status_code, answer.json()["code"]) == (409, "no_picture")
    assert (await client.get(f"{AT}/none.balcao/picture")).status_code == 404
    for wrong in ("at=-1", "at=nan", "width=1", "height=99999", "at=x"):
        assert (await client.get(f"{AT}/{DEMO}/picture?{wrong}")).status_code == 422


@pytest.mark.browser
async def test_a_picture_of_the_page_at_a_moment(office: Office, shelved: Path, chromium_path: str) -> None:
    desk = _desk(office, Path(chromium_path))
    office.reach = replace(office.reach, recordings=desk)
    office.app = create_app(office.reach)
    client = await office.client(Role.SUPERVISOR)
    answer = await client.get(f"{AT}/{DEMO}/picture?at=20&width=640&height=480")
    assert answer.status_code == 200
    assert (answer.headers["content-type"], answer.headers["cache-control"]) == ("image/png", "no-store")
    assert answer.headers["balcao-shows"] == "20.000"
    assert answer.content.startswith(b"\x89PNG")
    assert (await client.delete(f"{AT}/{DEMO}")).status_code == 204
    assert desk.screening is not None
    assert not desk.screening.is_open  # what is removed is shown no longer
    await desk.close()


def _desk(office: Office, browser: Path) -> RecordingDesk:
    folder = office.reach.settings.profile_dir
    return RecordingDesk(folder, Running(), Understood(), empty_store, screening=Screening(browser))
