"""The commands of recordings: import, look, replay, accept; what is wrong ends in one sentence."""

import json
import shutil
from contextlib import nullcontext
from pathlib import Path

import pytest
from typer.testing import CliRunner

from agent.cli import app, recordings, running
from agent.errors import BadInput
from agent.recordings.file import FORMAT
from tests.recordings.conftest import CHAT, FORMAT_1, Understood

runner = CliRunner()


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return Path(shutil.copy(FORMAT_1, tmp_path / "monday.balcao"))


def test_a_recording_is_replayed_and_reported(file: Path, tmp_path: Path) -> None:
    done = runner.invoke(
        app, ["replay", str(file), "--json", "--junit", str(tmp_path / "o.xml"), "--html", str(tmp_path / "o.html")]
    )
    assert done.exit_code == 0, done.output
    (told,) = json.loads(done.stdout)
    assert (told["name"], told["layer"], told["differences"]) == ("monday.balcao", "frames", [])
    assert 'failures="0"' in (tmp_path / "o.xml").read_text("utf-8")
    assert "0 differences" in (tmp_path / "o.html").read_text("utf-8")


def test_what_is_otherwise_ends_with_exit_code_1(file: Path, tmp_path: Path) -> None:
    from agent.recordings.file import FRAMES, open_recording
    from agent.recordings.replaying import rewrite
    from agent.recordings.writing import json_line

    short = tmp_path / "short.balcao"
    with open_recording(file) as recording:
        frames = list(recording.lines(FRAMES))[:-1]
        rewrite(recording, short, recording.manifest, {FRAMES: map(json_line, frames)})
    done = runner.invoke(app, ["replay", str(short)])
    assert done.exit_code == 1
    assert "6 differences" in done.stdout
    assert "it did not" in done.stdout


def test_one_that_cannot_be_read_takes_no_others_result_away(file: Path, tmp_path: Path) -> None:
    broken = tmp_path / "broken.balcao"
    broken.write_bytes(b"PK no <recording>")
    reports = ["--junit", str(tmp_path / "o.xml"), "--html", str(tmp_path / "o.html")]
    done = runner.invoke(app, ["replay", str(broken), str(file), *reports])
    assert done.exit_code == 1
    assert "broken.balcao: not replayed." in done.stdout
    assert "monday.balcao (frames): 0 differences" in done.stdout
    xml = (tmp_path / "o.xml").read_text("utf-8")
    assert 'tests="2" failures="0" errors="1"' in xml
    assert "<error " in xml
    page = (tmp_path / "o.html").read_text("utf-8")
    assert "not replayed" in page
    assert "0 differences" in page
    alone = runner.invoke(app, ["replay", str(broken), *reports])
    assert isinstance(alone.exception, BadInput)


@pytest.mark.parametrize("option", ["--junit", "--html"])
def test_a_report_that_cannot_be_written_is_told_before_the_replay(file: Path, tmp_path: Path, option: str) -> None:
    for target in (tmp_path / "missing" / "o.xml", tmp_path):
        done = runner.invoke(app, ["replay", str(file), option, str(target)])
        assert isinstance(done.exception, BadInput)
        assert "cannot be written" in str(done.exception)
        assert done.stdout == ""


def test_a_recording_is_looked_into(file: Path) -> None:
    done = runner.invoke(app, ["inspect-recording", str(file)])
    assert done.exit_code == 0
    assert "whole and unchanged" in done.stdout
    assert "messages: 7" in done.stdout
    assert json.loads(runner.invoke(app, ["inspect-recording", str(file), "--json"]).stdout)["format"] == FORMAT


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["replay", "{file}", "--accept"], "for a reason only"),
        (["replay", "{file}", "--reason", "x"], "--accept"),
        (["replay", "{file}", "--layer", "page"], "no such layer"),
        (["replay", "{file}.none"], "no recording"),
        (["inspect-recording", "{chat}"], "no whole ZIP"),
        (["import-chat", "{file}", "--out", "x.balcao"], "holds no chats"),
        (["import-chat", "{chat}", "--out", "x.zip", "--me", "Loja"], "no name of a recording"),
        (["import-chat", "{chat}", "--out", "x.balcao", "--me", "Other"], "Nobody called"),
    ],
)
def test_what_is_wrong_is_said_in_one_sentence(
    file: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, arguments: list[str], said: str
) -> None:
    chat = tmp_path / "chat.txt"
    chat.write_text(CHAT, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    done = runner.invoke(app, [one.format(file=file, chat=chat) for one in arguments])
    assert isinstance(done.exception, BadInput)
    assert said in str(done.exception)
    assert not (tmp_path / "x.balcao").exists()


def test_keeping_texts_needs_the_sentence(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(recordings, "analysis", lambda _settings: nullcontext(Understood()))
    chat, out = tmp_path / "chat.txt", tmp_path / "x.balcao"
    chat.write_text(CHAT, encoding="utf-8")
    asked = ["import-chat", str(chat), "--out", str(out), "--me", "Loja", "--keep-text"]
    done = runner.invoke(app, asked, input="yes\n")
    assert isinstance(done.exception, BadInput)
    assert "Nothing was made" in str(done.exception)
    assert not out.exists()
    done = runner.invoke(app, asked, input="keep the texts\n")
    assert done.exit_code == 0, done.exception
    assert "keeps text: True" in runner.invoke(app, ["inspect-recording", str(out)]).stdout


def test_a_run_keeps_texts_only_with_the_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    began = list[str]()
    monkeypatch.setattr(running, "settings_for", lambda *_, **__: began.append("run"))
    monkeypatch.setattr(running, "run_again_and_again", lambda _: None)
    done = runner.invoke(app, ["run", "--record", "--keep-text"], input="yes\n")
    assert isinstance(done.exception, BadInput)
    assert "Nothing was made" in str(done.exception)
    assert isinstance(runner.invoke(app, ["run", "--keep-text"]).exception, BadInput)
    assert began == []
    done = runner.invoke(app, ["run", "--record", "--keep-text"], input="keep the texts\n")
    assert done.exit_code == 0, done.exception
    assert "Erasing a customer in Balcão does not reach it" in done.output
    assert began == ["run"]
