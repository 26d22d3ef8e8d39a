"""Three things that break, on the stored afternoon: each makes the replay fail, and the difference names the cause."""

import json
import shutil
from contextlib import nullcontext
from pathlib import Path

import pytest
from playwright.async_api import Browser
from typer.testing import CliRunner

from agent.cli import app, recordings
from agent.recordings.file import open_recording
from agent.recordings.page_differences import RULE, SELECTORS
from agent.recordings.replaying import Replayed
from agent.recordings.reports import html
from agent.recordings.sides import by_cause
from tests.recordings.conftest import Understood
from tests.recordings.gallery import DEMO, Failure, failed

pytestmark = pytest.mark.browser


async def broken(failure: Failure, browser: Browser) -> Replayed:
    with open_recording(DEMO) as recording:
        return await failed(recording, failure, browser)


async def test_a_broken_anchor(chromium: Browser) -> None:
    done = await broken("anchor", chromium)
    assert by_cause(done.differences)[0].said == SELECTORS
    lost = [one for one in done.differences if one.where.endswith(" status") and one.where.startswith("row ")]
    assert lost
    assert all(one.cause.startswith("anchor meta: sign 1, 10 times, now not found") for one in lost)
    assert {one.where for one in lost} & set(done.pictures)
    assert html([done]).count("<img") == 2 * len(done.pictures) >= 8


async def test_a_changed_rule_of_the_reader(chromium: Browser) -> None:
    done = await broken("rule", chromium)
    assert {(one.expected, one.found, one.cause) for one in done.differences} == {('"read"', '"delivered"', RULE)}
    assert {one.where for one in done.differences} == set(done.pictures)


async def test_a_changed_ranking(chromium: Browser) -> None:
    done = await broken("ranking", chromium)
    first = by_cause(done.differences)[0]
    assert first.said == "another order of the replies"
    assert len(first.differences) > 5
    for one in first.differences:
        before, now = (one.expected or "").split("\n"), (one.found or "").split("\n")
        assert [line.partition(". ")[2] for line in before] == [line.partition(". ")[2] for line in reversed(now)]


def test_accepting_renews_both_layers_with_one_reason(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(recordings, "analysis", lambda _settings: nullcontext(Understood()))
    file = Path(shutil.copy(DEMO, tmp_path / "day.balcao"))
    with open_recording(file) as recording:
        before = recording.manifest
    runner = CliRunner()
    done = runner.invoke(app, ["replay", str(file), "--accept", "--reason", "another shop"])
    assert done.exit_code == 0, done.exception
    assert "(frames and page)" in done.stdout
    with open_recording(file) as recording:
        recording.verify()
        after = recording.manifest
        cards = [line["what"]["suggestions"] for line in recording.golden() if line["k"] == "suggestions"]
    assert after.history[:-1] == before.history
    assert (after.history[-1].reason, after.history[-1].layers) == ("another shop", ("frames", "page"))
    assert after.counts["golden_page"] == before.counts["golden_page"]
    assert after.counts["golden_suggestions"] == len(cards)
    assert {one["reply"] for card in cards for one in card} == {"preco", "saudacao"}
    assert "(frames and page): another shop" in runner.invoke(app, ["inspect-recording", str(file)]).stdout
    again = runner.invoke(app, ["replay", str(file), "--json", "--html", str(tmp_path / "o.html")])
    assert again.exit_code == 0, again.output
    assert [(one["layer"], one["differences"]) for one in json.loads(again.stdout)] == [("frames", []), ("page", [])]
    assert "<img" not in (tmp_path / "o.html").read_text("utf-8")
