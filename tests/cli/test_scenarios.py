"""The commands that make a scenario of a recording and play it: what they say, and what they refuse."""

import json
import shutil
from pathlib import Path

import pytest
from typer.testing import CliRunner

from agent.cli import app
from agent.errors import BadInput
from simulator.scenario_file import read_scenario
from tests.recordings.conftest import FORMAT_1

runner = CliRunner()


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return Path(shutil.copy(FORMAT_1, tmp_path / "monday.balcao"))


def test_a_recording_becomes_a_scenario_and_says_what_is_otherwise(file: Path, tmp_path: Path) -> None:
    out = tmp_path / "monday.yaml"
    done = runner.invoke(app, ["recording-to-scenario", str(file), "--out", str(out), "--business", "pizzaria"])
    assert done.exit_code == 0, done.exception
    assert "1 chats" in done.stdout
    assert "pseudonyms in place of names" in done.stdout
    assert "1 messages without a text, of a kind that the page did not tell: left out" in done.stdout
    scenario = read_scenario(out)
    assert (scenario.replies, scenario.attendant, scenario.business) == ("pizzaria", "script", "monday, played again")
    assert [item.sender for item in scenario.script].count("attendant") == 2
    assert "# 1 messages without a text" in out.read_text("utf-8")
    out.unlink()
    told = json.loads(runner.invoke(app, ["recording-to-scenario", str(file), "--out", str(out), "--json"]).stdout)
    assert (told["file"], told["keeps_text"], told["messages"]) == (str(out), False, len(scenario.script))


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["recording-to-scenario", "{text}", "--out", "x.yaml"], "no whole ZIP"),
        (["recording-to-scenario", "{file}.none", "--out", "x.yaml"], "no recording"),
        (["recording-to-scenario", "{file}", "--out", "{text}"], "there already"),
        (["recording-to-scenario", "{file}", "--out", "none/x.yaml"], "cannot be written"),
        (["recording-to-scenario", "{file}", "--out", "x.yaml", "--business", "../etc"], "no replies of a business"),
        (["demo", "--scenario", "{text}"], "no scenario"),
        (["demo", "--scenario", "{text}.none"], "no file"),
        (["demo", "--scenario", "{text}", "--business", "pizzaria"], "Leave one of them out"),
        (["demo", "--speed", "2", "--seconds", "20"], "Leave one of them out"),
    ],
)
def test_what_is_wrong_is_said_in_one_sentence(
    file: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, arguments: list[str], said: str
) -> None:
    text = tmp_path / "text.yaml"
    text.write_text("oi", encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    done = runner.invoke(app, [one.format(file=file, text=text) for one in arguments])
    assert isinstance(done.exception, BadInput), done.output
    assert said in str(done.exception)
    assert not (tmp_path / "x.yaml").exists()
    assert text.read_text("utf-8") == "oi"
