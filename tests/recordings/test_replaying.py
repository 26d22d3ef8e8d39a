"""The frame layer, replayed: the same comes of it each time, and what is otherwise is told with its cause."""

import io
from pathlib import Path
from xml.etree import ElementTree as Xml

import pytest
from rich.console import Console

from agent.errors import BadInput
from agent.recordings.facts import Difference, Pair
from agent.recordings.file import FRAMES, open_recording
from agent.recordings.renewing import renewed
from agent.recordings.replaying import Replayed, paced, replay
from agent.recordings.reports import html, junit, show
from agent.recordings.sides import Piece, sides
from tests.recordings.conftest import TODAY, Understood, empty_store


async def replayed(path: Path, analyst: Understood | None = None) -> Replayed:
    with open_recording(path) as recording:
        return (await replay(recording, empty_store, analyst))[0]


async def test_a_replay_does_the_same_twenty_times(recorded: Path) -> None:
    for _ in range(20):
        done = await replayed(recorded)
        assert done.differences == ()
        assert done.facts > 20
    assert (await replayed(recorded, Understood())).differences == ()


async def test_another_ranking_is_told_as_such(recorded: Path) -> None:
    done = await replayed(recorded, Understood(turned=True))
    told = [one for one in done.differences if one.kind == "suggestions"]
    assert len(told) == 3
    assert 'another order of the replies: ["preco", "saudacao"] -> ["saudacao", "preco"]' in told[0].cause


async def test_another_golden_result_needs_a_reason_and_keeps_it(recorded: Path) -> None:
    with pytest.raises(BadInput, match="reason"):
        await renewed(recorded, "  ", "0.2.0", Understood(turned=True), empty_store, TODAY)
    manifest = await renewed(recorded, "the new ranking", "0.2.0", Understood(turned=True), empty_store, TODAY)
    assert [one.reason for one in manifest.history] == ["the new ranking"]
    assert (await replayed(recorded)).differences == ()
    assert (await replayed(recorded, Understood(turned=True))).differences == ()
    assert (await replayed(recorded, Understood())).differences != ()


async def test_the_golden_result_holds_rows_events_and_suggestions(recorded: Path) -> None:
    with open_recording(recorded) as recording:
        golden = list(recording.golden())
        counts = recording.manifest.counts
    rows = [one for one in golden if one["k"] == "row"]
    assert len(rows) == counts["golden_row"] == counts["messages"] == 7
    assert [one["what"]["direction"] for one in rows] == ["unknown", "in", "out", "in", "in", "out", "in"]
    assert [one["what"]["kind"] for one in rows][3] == "unknown"
    assert rows[1]["what"]["sent_at"] == "2026-07-12T13:22:00+00:00"
    assert {one["key"] for one in golden if one["k"] == "event"} >= {"message.captured", "offer.shown", "page.state"}
    assert counts["golden_suggestions"] == 3


async def test_a_message_that_is_gone_is_told(recorded: Path, tmp_path: Path) -> None:
    from agent.recordings.replaying import rewrite
    from agent.recordings.writing import json_line

    shorter = tmp_path / "shorter.balcao"
    with open_recording(recorded) as recording:
        frames = list(recording.lines(FRAMES))
        rewrite(recording, shorter, recording.manifest, {FRAMES: map(json_line, frames[:-1])})
    told = (await replayed(shorter)).differences
    gone = [one for one in told if one.kind == "row"]
    assert len(gone) == 1
    assert gone[0].found is None
    assert gone[0].cause == "it did not happen"


async def test_a_question_that_nobody_asked_before_is_told(recorded: Path, tmp_path: Path) -> None:
    from agent.recordings.replaying import rewrite
    from agent.recordings.writing import json_line

    changed = tmp_path / "changed.balcao"
    with open_recording(recorded) as recording:
        frames = list(recording.lines(FRAMES))
        frames[-1]["v"]["changes"][0]["row"]["text"] = "outra coisa"
        rewrite(recording, changed, recording.manifest, {FRAMES: map(json_line, frames)})
    told = (await replayed(changed)).differences
    assert any("unanswered" in one.cause for one in told)


async def test_reports_show_both_sides_and_escape_them(recorded: Path) -> None:
    done = await replayed(recorded, Understood(turned=True))
    console = Console(record=True, width=160, file=io.StringIO())
    show(done, console)
    printed = console.export_text()
    assert "saudacao" in printed
    assert "another order" in printed
    suite = Xml.fromstring(junit([done]))  # noqa: S314 (ours)
    assert suite.get("failures") == "1"
    assert "another order of the replies" in (suite.find("testcase/failure").text or "")
    where = done.differences[0].where
    evil = done.model_copy(
        update={"name": "<script>alert(1)</script>[red]", "pictures": {where: Pair(b"\x89PNG", b"\x89PNG")}}
    )
    page = html([evil])
    assert "<script" not in page
    assert "&lt;script&gt;" in page
    assert "default-src 'none'" in page
    assert page.count("data:image/png;base64,iVBORw==") == 2
    assert "Golden result" in page
    assert "PNG" not in repr(evil)
    assert "pictures" not in evil.model_dump(mode="json")


def _told(*differences: Difference) -> Replayed:
    return Replayed(name="x.balcao", differences=differences, duration_s=1, took_s=1, facts=9)


def _printed(replayed: Replayed, width: int) -> str:
    console = Console(record=True, width=width, file=io.StringIO())
    show(replayed, console)
    return console.export_text()


def test_both_sides_stand_beside_each_other_where_there_is_room() -> None:
    told = _told(Difference(kind="row", where="00:01 A", expected='"antes"', found='"depois"', cause="a rule"))
    wide, narrow = _printed(told, 100).splitlines(), _printed(told, 60).splitlines()
    assert [line for line in wide if "antes" in line and "depois" in line]
    assert [line for line in narrow if "antes" in line and "depois" not in line]
    assert '  now     "depois"' in narrow


def test_differences_of_one_cause_are_told_together() -> None:
    each = [Difference(kind="row", where=f"{n} X", expected="a", found="b", cause="anchor meta") for n in range(9)]
    other = Difference(kind="row", where="7 Y", expected="a", found=None, cause="it did not happen")
    printed = _printed(_told(*each[:4], other, *each[4:]), 100)
    assert printed.count("anchor meta") == 1
    assert "9 differences" in printed
    assert "4 more of this cause" in printed
    assert printed.index("anchor meta") < printed.index("it did not happen")
    page = html([_told(*each[:4], other, *each[4:])])
    assert (page.count("<article"), page.count('class="difference"')) == (2, 10)


def test_what_differs_is_marked_and_what_is_there_is_not() -> None:
    one, other = sides("1. preco: 19,90\n2. horario: das 9 às 18", "1. preco: 19,90\n2. horario: das 9 às 17")
    assert "".join(piece.text for piece in one) == "1. preco: 19,90\n2. horario: das 9 às 18\n"
    assert [piece.text for piece in one if piece.other] == ["18"]
    assert [piece.text for piece in other if piece.other] == ["17"]
    assert sides(None, "x") == ((), (Piece("x", other=True),))


def test_a_terminal_obeys_nothing_of_a_recording() -> None:
    told = _told(Difference(kind="row", where="\x1b[2J A", expected="\x1b]0;x\x07", found=None, cause="\x1b[31mred"))
    assert "\x1b" not in _printed(told, 100)
    assert "\x07" not in _printed(told, 60)


async def test_what_is_the_same_is_a_good_report(recorded: Path) -> None:
    done = await replayed(recorded)
    assert b'failures="0"' in junit([done])
    assert "0 differences" in html([done])


async def test_a_pace_waits_for_the_seconds_of_the_recording() -> None:
    waited, clock = list[float](), [100.0]

    async def sleep(seconds: float) -> None:
        waited.append(seconds)
        clock[0] += seconds

    pace = paced(10, sleep, lambda: clock[0])
    for at_s in (0.0, 20.0, 20.0, 35.0):
        await pace(at_s)
    assert waited == [2.0, 1.5]
