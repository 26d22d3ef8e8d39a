"""``customer export``, ``erase``, ``anonymise``, ``erasures`` and ``retention``, on a real encrypted database."""

import json
import os
from datetime import date
from functools import partial
from pathlib import Path

import pytest

from agent.errors import ProfileLocked
from agent.page.profile import locked_profile
from agent.recordings.file import Manifest
from agent.recordings.lines import StartLine, to_json
from agent.recordings.writing import RecordingWriter
from agent.storage.key import Derived, database_key, profile_secret
from agent.storage.reports import Reports
from agent.storage.store import SqlStore
from tests.cli.conftest import Command
from tests.cli.database import with_store
from tests.storage.chats import row, shows, table
from tests.storage.plainly import everything


@pytest.fixture
def customer(command: Command) -> Command:
    return partial(command, "customer")


@pytest.fixture(autouse=True)
def stored(folder: Path) -> None:
    async def two(store: SqlStore) -> None:
        await store.save(shows(row("A", "meu CPF é 529.982.247-25"), title="Ana Souza", phone="+5511911112222"))
        await store.save(shows(row("B", "olá"), title="Bia"))

    with_store(folder, two)


def audited(folder: Path) -> list[tuple[str, str, tuple[int, ...]]]:
    async def lines(store: SqlStore) -> list[tuple[str, str, tuple[int, ...]]]:
        audit = store.audit(Derived(profile_secret(folder)).key("audit"))
        return [(one.actor, one.action, one.customers) for one in await audit.page()]

    found: list[tuple[str, str, tuple[int, ...]]] = with_store(folder, lines)
    return found


def test_three_files_for_the_person_and_for_nobody_else(customer, folder, tmp_path):
    files = [Path(one) for one in json.loads(customer("export", "Ana Souza", "--json"))]
    assert [one.suffix for one in files] == [".json", ".html", ".csv"]
    assert all(one.parent.parent == folder / "exports" for one in files)
    assert os.name != "posix" or {one.stat().st_mode & 0o777 for one in files} == {0o600}
    assert json.loads(files[0].read_text("utf-8"))["chats"][0]["messages"][0]["text"] == "meu CPF é 529.982.247-25"
    assert "hand them over, then delete them" in customer("export", "1", "--mask", "--out", str(tmp_path / "out"))
    (masked,) = (tmp_path / "out").glob("*/dados.html")
    assert "529.982" not in masked.read_text("utf-8")
    assert audited(folder) == [("command", "customer.exported", (1,))] * 2


def test_an_erasure_takes_the_exports_too_and_leaves_a_report(customer, folder):
    customer("export", "1")
    assert "Nothing was removed" in customer("erase", "1", answer="n\n", code=1)
    told = customer("erase", "(11) 91111-2222", "--yes")
    assert "Removed: 1 messages" in told
    assert "Signed report: " in told
    assert list((folder / "exports").iterdir()) == []
    listed = customer("erasures")
    assert "erased" in listed
    assert "NOT AS IT WAS SIGNED" not in listed
    (report,) = json.loads(customer("erasures", "--phone", "11 91111-2222", "--json"))
    assert json.loads(customer("erasures", "--phone", "11 91111-9999", "--json")) == []
    path = folder / "erasures" / f"{report['report']['id']}.json"
    assert os.name != "posix" or path.stat().st_mode & 0o777 == 0o600
    path.write_text(path.read_text("utf-8").replace('"messages": 1', '"messages": 2'), "utf-8")
    assert "NOT AS IT WAS SIGNED" in customer("erasures")
    assert audited(folder)[0] == ("command", "customer.erased", (1,))


def test_nobody_is_made_anonymous_by_accident(customer, folder):
    assert "Nothing was changed" in customer("anonymise", "1", answer="n\n", code=1)
    assert "Made anonymous: 1 messages" in customer("anonymise", "1", "--yes")
    assert "Ana" not in customer("list")
    assert "Anônimo" in customer("list")
    assert ("command", "customer.anonymised", (1,)) in audited(folder)


def test_retention_says_first_whom_it_would_erase(customer, folder, monkeypatch):
    assert "0 customers would be erased" in customer("retention", "--dry-run")
    monkeypatch.setenv("BALCAO_PRIVACY__KEEP_DAYS_BY_TAG", '{"candidato": 1}')
    with_store(folder, lambda store: store.desk.tag(1, "candidato"))
    assert "1 customers would be erased" in customer("retention", "--dry-run")
    assert [one["customer_id"] for one in json.loads(customer("retention", "--dry-run", "--json"))] == [1]
    assert "0 customers were erased" in customer("retention", answer="n\n")
    assert "1 customers were erased" in customer("retention", "--yes")
    assert [one["name"] for one in with_store(folder, lambda store: table(store, "customers"))] == ["Bia"]


@pytest.mark.parametrize("words", [("erase", "1"), ("anonymise", "1"), ("retention",)])
def test_nobody_is_taken_out_under_a_running_agent(customer, folder, words):
    with locked_profile(folder):
        with pytest.raises(ProfileLocked):
            customer(*words, "--yes")
        customer("export", "1")


def test_a_backup_made_before_and_restored_after_does_not_bring_anybody_back(customer, command, folder):
    command("backup")
    (made,) = folder.glob("backups/*.db")
    customer("erase", "1", "--yes")
    command("restore", made.stem, "--yes")
    assert [one["name"] for one in with_store(folder, lambda store: table(store, "customers"))] == ["Bia"]
    there = everything(folder, database_key(folder))
    assert b"529.982.247-25" not in there
    assert "olá".encode() in there
    reasons = [one["report"]["reason"] for one in json.loads(customer("erasures", "--json"))]
    assert sorted(reasons) == ["request", "restored"]
    assert ("restore", "customer.erased", (1,)) in audited(folder)


def test_recordings_with_real_texts_go_with_the_person_or_are_named(customer, folder):
    for name, keeps in (("masked", False), ("texts", True)):
        path = folder / "recordings" / f"{name}.balcao"
        writer = RecordingWriter(path, keeps_text=keeps)
        writer.add("frames.jsonl", to_json(StartLine(t=0.0, at_ms=0.0)))
        writer.add("frames.jsonl", {"k": "frame", "title": "Ana Souza"})
        writer.finish(Manifest(created=date(2026, 11, 22), program="0", duration_s=1.0, keeps_text=keeps))
    (found, *_) = [Path(one) for one in json.loads(customer("export", "1", "--json"))]
    assert json.loads(found.read_text("utf-8"))["recordings"] == ["texts.balcao"]
    (folder / "recordings" / "cut.balcao").write_bytes(b"PK")
    told = customer("erase", "1", "--yes")
    assert "may hold the person; remove them yourself: cut.balcao." in told
    assert sorted(path.name for path in (folder / "recordings").iterdir()) == ["cut.balcao", "masked.balcao"]
    reports = Reports(folder, Derived(profile_secret(folder)))
    (signed,) = reports.all()
    assert (signed.report.recordings, reports.is_ours(signed)) == (("cut.balcao",), True)
    assert signed.report.files["recordings"] == 1
    (folder / "recordings" / "cut.balcao").unlink()
    customer("erase", "2", "--yes")
    newest = json.loads(max((folder / "erasures").glob("*.json"), key=lambda file: file.stat().st_mtime_ns).read_text())
    assert "recordings" not in newest["report"], "what was signed before there was such a field stays as it was signed"
    assert all(map(reports.is_ours, reports.all()))
