"""A report by the command line."""

import json
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from agent.errors import BadInput
from agent.storage.store import SqlStore
from tests.cli.conftest import Command
from tests.cli.database import with_store
from tests.storage.reported_days import ZONE, says

TODAY = datetime.now(ZoneInfo(ZONE)).date()


@pytest.fixture
def profile(folder: Path) -> Path:
    """One message, of today."""

    async def one(store: SqlStore) -> None:
        await says(store, 1, "Ana", datetime.now(ZoneInfo(ZONE)).replace(hour=0, minute=0, second=1), "in")

    folder.mkdir()
    with_store(folder, one)
    return folder


def test_figures_as_json_and_files_in_the_profile(command: Command, profile: Path) -> None:
    told = json.loads(command("report", "--json"))
    assert (told["first"], told["volume"]["messages_in"], told["volume"]["unanswered"]) == (f"{TODAY}", 1, 1)
    said = command("report", "--period", "month", "--format", "csv", "--language", "en")
    path = profile / "reports" / f"report-{TODAY:%Y-%m}.csv"
    assert str(path) in said
    assert "(not over yet)" in said
    assert path.stat().st_mode & 0o777 == 0o600
    assert "Messages received,1" in path.read_text("utf-8-sig")


def test_it_goes_where_out_says_and_is_replaced(command: Command, profile: Path, tmp_path: Path) -> None:
    del profile
    file = tmp_path / "semana.pdf"
    file.write_bytes(b"old")
    command("report", "--period", "week", "--format", "pdf", "--out", str(file))
    assert file.read_bytes().startswith(b"%PDF")
    command("report", "--format", "xlsx", "--out", str(tmp_path))
    assert (tmp_path / f"relatorio-{TODAY}.xlsx").read_bytes().startswith(b"PK")
    with_audit = command("report", "--period", "range", "--from", f"{TODAY}", "--to", f"{TODAY}", "--format", "csv")
    assert f"relatorio-{TODAY}.csv" in with_audit


def test_every_file_is_in_the_audit_log(command: Command, profile: Path) -> None:
    command("report", "--format", "csv")

    async def lines(store: SqlStore) -> list[str]:
        return [one.action for one in await store.audit(b"").page(None, 5)]

    assert with_store(profile, lines) == ["report.exported"]


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (("--from", "ontem"), "2026-11-30"),
        (("--from", "9000-01-01"), "has not begun"),
        (("--attendant", "Zoé"), "no attendant"),
        (("--out", "/no such folder/x.pdf"), "--out"),
    ],
)
def test_what_cannot_be_done_is_said(command: Command, profile: Path, words: tuple[str, ...], says: str) -> None:
    del profile
    with pytest.raises(BadInput, match=says):
        command("report", *words)


def test_a_profile_without_anything(command: Command, folder: Path) -> None:
    del folder
    with pytest.raises(BadInput, match="Nothing has been stored"):
        command("report")
