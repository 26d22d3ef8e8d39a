"""The commands that cut, clean, join and recover recordings; what is wrong ends in one sentence."""

import json
import shutil
from contextlib import nullcontext
from pathlib import Path

import pytest
from typer.testing import CliRunner

from agent.cli import app, recording_edits
from agent.errors import BadInput
from agent.recordings.file import FRAMES, open_recording
from agent.recordings.lines import StartLine, to_json
from agent.recordings.writing import RecordingWriter
from tests.recordings.conftest import FORMAT_1, Understood

runner = CliRunner()


@pytest.fixture
def file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return Path(shutil.copy(FORMAT_1, tmp_path / "monday.balcao"))


def replays(path: Path) -> bool:
    return runner.invoke(app, ["replay", str(path)]).exit_code == 0


def test_a_stretch_gets_a_name_of_its_own(file: Path) -> None:
    done = runner.invoke(app, ["trim", str(file), "--from", "0:30", "--to", "24:01:00"])
    assert done.exit_code == 0, done.exception
    assert "Made" in done.stdout
    assert "`replay` finds no difference" in done.stdout
    made = file.with_name("monday-trimmed.balcao")
    assert made.stat().st_mode & 0o777 == 0o600
    assert replays(made)
    again = runner.invoke(app, ["trim", str(file)])
    assert isinstance(again.exception, BadInput)
    assert "--force" in str(again.exception)
    assert runner.invoke(app, ["trim", str(file), "--force"]).exit_code == 0
    assert replays(made)


def test_a_word_is_replaced_and_told_as_json(file: Path, tmp_path: Path) -> None:
    out = tmp_path / "clean.balcao"
    done = runner.invoke(app, ["redact", str(file), "Bom DIA", "obrigada", "--out", str(out), "--json"])
    assert done.exit_code == 0, done.exception
    told = json.loads(done.stdout)
    assert told["path"] == str(out)
    assert told["messages"] == 7
    assert replays(out)
    with open_recording(out) as recording:
        assert "bom dia" not in str(list(recording.frames())).lower()


def test_two_become_one(file: Path, tmp_path: Path) -> None:
    done = runner.invoke(app, ["merge", str(file), str(file), "--out", str(tmp_path / "both.balcao")])
    assert done.exit_code == 0, done.exception
    assert "14 messages" in done.stdout
    assert replays(tmp_path / "both.balcao")


def test_what_a_crash_left_gets_the_name_it_was_to_have(
    file: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(recording_edits, "analysis", lambda _settings: nullcontext(Understood()))
    writer = RecordingWriter(tmp_path / "crashed.balcao")
    with open_recording(file) as recording:
        for line in recording.frames():
            writer.add(FRAMES, line)
    busy = runner.invoke(app, ["recover", str(writer.part)])
    assert isinstance(busy.exception, BadInput)
    assert "still being recorded" in str(busy.exception)
    writer._close()
    writer._lock.release()
    done = runner.invoke(app, ["recover", str(writer.part)])
    assert done.exit_code == 0, done.exception
    assert "0 torn lines" in done.stdout
    assert not writer.part.exists()
    assert replays(tmp_path / "crashed.balcao")


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["trim", "{none}"], "no recording"),
        (["trim", "{new}"], "newer Balcão"),
        (["trim", "{text}"], "no whole ZIP"),
        (["trim", "{file}", "--from", "half"], "no moment"),
        (["trim", "{file}", "--from", "99:00:00"], "no stretch"),
        (["trim", "{file}", "--out", "x.zip"], "no name of a recording"),
        (["redact", "{text}", "Maria"], "no whole ZIP"),
        (["redact", "{file}"], "Nothing was named"),
        (["redact", "{file}", "Wolfgang"], "Nothing of it"),
        (["redact", "{file}", "--chat", "Wolfgang"], "no chat with the title"),
        (["redact", "{file}", "obrigada", "--out", "{file}"], "is there already"),
        (["merge", "{file}"], "Two to"),
        (["merge", "{file}", "{new}"], "newer Balcão"),
        (["recover", "{file}"], "no folder that a crash"),
        (["recover", "{none}"], "no folder that a crash"),
    ],
)
def test_what_is_wrong_is_said_and_nothing_is_written(
    file: Path, tmp_path: Path, arguments: list[str], said: str
) -> None:
    paths = {"file": file, "none": tmp_path / "none.balcao", "new": tmp_path / "new.balcao", "text": tmp_path / "t.txt"}
    paths["text"].write_text("oi", encoding="utf-8")
    newer(file, paths["new"])
    before = {one.name for one in tmp_path.iterdir()}
    done = runner.invoke(app, [one.format(**paths) for one in arguments])
    assert isinstance(done.exception, BadInput), done.output
    assert said in str(done.exception)
    assert {one.name for one in tmp_path.iterdir()} == before


def newer(source: Path, path: Path) -> None:
    from tests.recordings.test_file import again, manifest

    again(source, path, lambda members: manifest(members, format=99))


def test_a_recording_that_ends_at_once_can_be_recovered(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(recording_edits, "analysis", lambda _settings: nullcontext(Understood()))
    writer = RecordingWriter(tmp_path / "short.balcao")
    writer.add(FRAMES, to_json(StartLine(t=0, at_ms=1.8e12)))
    writer._close()
    writer._lock.release()
    done = runner.invoke(app, ["recover", str(writer.part)])
    assert done.exit_code == 0, done.exception
    assert "0 messages" in done.stdout
