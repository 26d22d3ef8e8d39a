"""Recordings that are cut and put together: what comes of it replays without a difference, and keeps nothing else."""

import hashlib
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import pytest

from agent.errors import BadInput
from agent.recordings.chat_export import parse_export
from agent.recordings.editing import Bench, check_target
from agent.recordings.file import FRAMES, GOLDEN, Recording, open_recording
from agent.recordings.making import imported
from agent.recordings.merging import merged
from agent.recordings.pseudonyms import KeptText, Pseudonyms
from agent.recordings.replaying import replay
from agent.recordings.trimming import trimmed
from agent.recordings.writing import json_line, write_recording
from tests.recordings.conftest import CHAT, STORED, TODAY, Understood, empty_store


async def no_page(_: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
    raise AssertionError("there is no page layer")


BENCH = Bench(empty_store, no_page, TODAY)


def files_in(folder: Path) -> set[str]:
    return {one.name for one in folder.iterdir()}


def bytes_of(path: Path) -> bytes:
    return path.read_bytes()


def mode_of(path: Path) -> int:
    return path.stat().st_mode & 0o777


def frames_alone(source: Path, path: Path) -> Path:
    with open_recording(source) as recording:
        layers = {name: [json_line(line) for line in recording.lines(name)] for name in (FRAMES, GOLDEN)}
        write_recording(path, recording.manifest, layers)
    return path


@pytest.fixture
def afternoon(tmp_path: Path) -> Path:
    """The demo's frame layer."""
    return frames_alone(STORED / "demo.balcao", tmp_path / "afternoon.balcao")


async def chat_of(folder: Path, name: str, customer: str, *, keep: bool = False, day: str = "12") -> Path:
    text = CHAT.replace("Genoveva Fulgêncio", customer).replace("12/07/2026", f"{day}/07/2026")
    return await imported(
        parse_export(text, title=customer),
        folder / name,
        KeptText() if keep else Pseudonyms.fresh(),
        Understood(),
        empty_store,
        me="Loja",
        zone="America/Sao_Paulo",
        today=TODAY,
        keeps_text=keep,
    )


async def same(path: Path) -> Recording:
    """Opened; nobody else may read it, every byte of it is right, and a replay does the same."""
    assert mode_of(path) == 0o600
    recording = open_recording(path)
    recording.verify()
    done, _ = await replay(recording, empty_store)
    assert [one.cause for one in done.differences] == []
    assert done.facts > 0
    return recording


def rows(recording: Recording) -> dict[str, str | None]:
    told = [line["v"] for line in recording.frames() if line["k"] == "frame" and line["v"]["kind"] == "rows"]
    return {one["row"]["id"]: one["row"].get("text") for frame in told for one in frame["changes"]}


@pytest.mark.parametrize(
    ("from_s", "to_s"), [(0, 50), (43, 60), (49.9, 80), (60, 61), (75, None), (93, 93.5), (0, None)]
)
async def test_a_stretch_of_it_replays_alone(afternoon: Path, tmp_path: Path, from_s: float, to_s: float) -> None:
    before = bytes_of(afternoon)
    with open_recording(afternoon) as whole:
        made = await trimmed(whole, tmp_path / "cut.balcao", from_s, to_s, BENCH)
        all_rows = rows(whole)
        told = [line for line in whole.frames() if line["k"] == "frame"]
    assert bytes_of(afternoon) == before
    with await same(made.path) as cut:
        lines = list(cut.frames())
        assert (lines[0]["k"], lines[0]["t"]) == ("start", 0)
        last = (to_s or 93.7) - from_s
        assert all(0 <= line["t"] <= last for line in lines)
        assert cut.manifest.duration_s == pytest.approx(last)
        kept = rows(cut)
        assert kept.keys() <= all_rows.keys()
        # What came later is not in it, and of what came before only what stood in the open chat.
        shown = {id_ for line in told if line["t"] <= (to_s or 93.7) for id_ in line["v"].get("window", ())}
        assert set(kept) <= shown
        inside = [line for line in told if line["t"] >= from_s and line["t"] <= (to_s or 93.7)]
        assert [line["v"] for line in lines if line["k"] == "frame"][-len(inside) or len(lines) :] == [
            line["v"] for line in inside
        ]
        renewal = cut.manifest.history[-1]
        assert hashlib.sha256(before).hexdigest() in renewal.reason
        assert cut.manifest.counts["messages"] == made.messages == len(kept)
    assert files_in(tmp_path) == {"afternoon.balcao", "cut.balcao"}


async def test_a_cut_begins_with_the_chat_that_stood_open(afternoon: Path, tmp_path: Path) -> None:
    with open_recording(afternoon) as whole:
        told = [line for line in whole.frames() if line["k"] == "frame" and line["v"]["kind"] == "chat"]
        at = told[3]["t"] + 2
        await trimmed(whole, tmp_path / "cut.balcao", at, None, BENCH)
        texts = {one["key"]: one["what"]["text"] for one in whole.golden() if one["k"] == "row"}
        first = next(whole.frames())["at_ms"]
    with await same(tmp_path / "cut.balcao") as cut:
        lines = list(cut.frames())
        begun = [line["v"] for line in lines if line["t"] == 0 and line["k"] == "frame"]
        assert [frame["kind"] for frame in begun][:6] == ["hello", "state", "pulse", "chats", "chat", "rows"]
        assert begun[4]["chat"]["title"] == told[3]["v"]["chat"]["title"]
        assert {one["change"] for one in begun[5]["changes"]} == {"baseline"}
        assert lines[0]["at_ms"] == pytest.approx(first + at * 1000)
        found = {one["key"]: one["what"]["text"] for one in cut.golden() if one["k"] == "row"}
        assert found.items() <= texts.items()
        assert len(found) > 10


async def test_a_cut_of_a_silent_chat_needs_no_pulse(recorded: Path, tmp_path: Path) -> None:
    with open_recording(recorded) as whole:
        await trimmed(whole, tmp_path / "cut.balcao", 3600, None, BENCH)
    with await same(tmp_path / "cut.balcao") as cut:
        assert not [one for one in cut.golden() if one["k"] == "life"]
        assert len(rows(cut)) == 7


@pytest.mark.parametrize(("from_s", "to_s"), [(94, None), (50, 50), (50, 40), (1e12, None)])
async def test_a_stretch_that_is_none_is_an_error(
    afternoon: Path, tmp_path: Path, from_s: float, to_s: float | None
) -> None:
    with open_recording(afternoon) as whole, pytest.raises(BadInput, match="no stretch"):
        await trimmed(whole, tmp_path / "cut.balcao", from_s, to_s, BENCH)
    assert not (tmp_path / "cut.balcao").exists()


async def test_two_recordings_become_one_in_the_order_of_their_time(tmp_path: Path) -> None:
    early = await chat_of(tmp_path, "early.balcao", "Genoveva Fulgêncio")
    late = await chat_of(tmp_path, "late.balcao", "Zoroastro Bragantim", day="13")
    with open_recording(late) as one, open_recording(early) as other:
        made = await merged([one, other], tmp_path / "both.balcao", BENCH)
        wanted = {**rows(one), **rows(other)}
        moments = [fact["what"]["sent_at"] for part in (other, one) for fact in part.golden() if fact["k"] == "row"]
    with await same(made.path) as both:
        assert rows(both) == wanted
        assert made.messages == len(wanted) == 14
        lines = list(both.frames())
        assert [line["t"] for line in lines] == sorted(line["t"] for line in lines)
        assert sum(line["k"] == "start" for line in lines) == 2
        # Each part keeps its own clock.
        assert [fact["what"]["sent_at"] for fact in both.golden() if fact["k"] == "row"] == moments
        assert both.manifest.history[-1].reason.startswith("merged of 2 recordings")


async def test_ids_that_collide_are_kept_apart(afternoon: Path, tmp_path: Path) -> None:
    with open_recording(afternoon) as one, open_recording(afternoon) as other:
        made = await merged([one, other], tmp_path / "twice.balcao", BENCH)
        single = [fact for fact in one.golden() if fact["k"] in ("mark", "suggestions")]
        messages = len(rows(one))
    assert "message ids" in made.notes[0]
    with await same(made.path) as twice:
        assert len(rows(twice)) == made.messages == 2 * messages
        golden = list(twice.golden())
        facts = [fact for fact in golden if fact["k"] in ("mark", "suggestions")]
        assert [one["what"] for one in facts] == [one["what"] for one in (*single, *single)]
        assert not [fact for fact in golden if fact["k"] != "answer" and "unanswered" in fact["what"]]
        offered = [line["offer"] for line in twice.frames() if line["k"] == "offered"]
        assert len(set(offered)) == len(offered)


async def test_a_cut_across_the_seam_keeps_both_clocks(afternoon: Path, tmp_path: Path) -> None:
    with open_recording(afternoon) as one, open_recording(afternoon) as other:
        made = await merged([one, other], tmp_path / "twice.balcao", BENCH)
    with open_recording(made.path) as twice:
        starts = [line for line in twice.frames() if line["k"] == "start"]
        await trimmed(twice, tmp_path / "cut.balcao", 80, 160, BENCH)
    with await same(tmp_path / "cut.balcao") as cut:
        again = [line for line in cut.frames() if line["k"] == "start"]
    assert [line["t"] for line in again] == [0, pytest.approx(starts[1]["t"] - 80)]
    assert again[1]["at_ms"] == pytest.approx(starts[1]["at_ms"] + 80_000)


async def test_what_does_not_go_together_is_said(recorded: Path, tmp_path: Path) -> None:
    with open_recording(recorded) as one, pytest.raises(BadInput, match="Two to"):
        await merged([one], tmp_path / "x.balcao", BENCH)
    odd = tmp_path / "odd.balcao"
    with open_recording(recorded) as one:
        write_recording(odd, one.manifest, {FRAMES: [json_line(line) for line in list(one.frames())[1:]]})
    with open_recording(recorded) as one, open_recording(odd) as other, pytest.raises(BadInput, match="when it began"):
        await merged([one, other], tmp_path / "x.balcao", BENCH)
    assert files_in(tmp_path) == {recorded.name, odd.name}


def test_nothing_is_written_over_without_consent(recorded: Path) -> None:
    with pytest.raises(BadInput, match="is there already"):
        check_target(recorded, replace=False)
    check_target(recorded, replace=True)
    with pytest.raises(BadInput, match="no name"):
        check_target(recorded.with_suffix(".zip"), replace=True)
