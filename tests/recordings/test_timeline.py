"""What happened in a recording, moment by moment."""

import shutil
from collections.abc import Iterable
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from agent.contract.recordings import MarkKind, RecordingMark
from agent.errors import BadInput
from agent.recordings import timeline as made_by
from agent.recordings.file import FRAMES, PAGE, Manifest, open_recording
from agent.recordings.lines import MOST_S
from agent.recordings.shelf import RecordingShelf
from agent.recordings.timeline import Timeline, clock_of, timeline
from agent.recordings.writing import RecordingWriter
from tests.recordings.conftest import FORMAT_1, STORED

DEMO = STORED / "demo.balcao"
START = {"t": 0.0, "k": "start", "at_ms": 1_000_000.0}


def fault(at: float, where: str = "overlay") -> dict[str, Any]:
    return {"t": at, "k": "frame", "v": {"seq": 1, "at_ms": 1, "kind": "fault", "where": where, "error": "x"}}


def row(at: float, key: str, **what: object) -> dict[str, Any]:
    known = {"change": "inserted", "chat": "Ana", "direction": "in", "kind": "text", "text": "oi", "origin": "new"}
    return {"k": "row", "t": at, "key": key, "what": {**known, **what}}


def recording(
    folder: Path,
    frames: Iterable[dict[str, Any]] = (),
    golden: Iterable[dict[str, Any]] = (),
    page: Iterable[dict[str, Any]] = (),
    seconds: float = 60.0,
) -> Path:
    writer = RecordingWriter(folder / "made.balcao")
    for layer, lines in ((FRAMES, frames), (PAGE, page)):
        for line in lines:
            writer.add(layer, line)
    return writer.finish(Manifest(created=date(2026, 11, 22), program="0", duration_s=seconds), golden)


def told(path: Path) -> Timeline:
    with open_recording(path) as opened:
        return timeline(opened)


def kinds(marks: Iterable[RecordingMark]) -> list[str]:
    return [one.kind.value for one in marks]


def test_the_demo_begins_when_something_happens() -> None:
    found = told(DEMO)
    assert found.marks[0].at_s < 1
    assert 50 < found.seconds < 60  # the agent stood idle for the first 40 of its 93 seconds
    assert found.page_from_s is not None
    assert 1 < found.page_from_s < 3
    assert found.left_out == 0
    by_kind = {kind: [one for one in found.marks if one.kind is kind] for kind in MarkKind}
    assert (len(by_kind[MarkKind.IN]), len(by_kind[MarkKind.OUT]), len(by_kind[MarkKind.CARD])) == (45, 13, 16)
    assert sum(not one.before for one in by_kind[MarkKind.IN]) == 3
    assert {one.code for one in by_kind[MarkKind.OUTCOME]} == {"picked", "sent", "edited", "ignored"}
    understood = [one for one in by_kind[MarkKind.IN] if one.intent == "store_info"]
    assert (understood[0].text, understood[0].sentiment) == ("Qual o horário de vocês no sábado?", "neutral")
    assert {one.message_kind for one in by_kind[MarkKind.IN]} == {None, "image", "voice", "sticker"}
    assert [one.at_s for one in found.marks] == sorted(one.at_s for one in found.marks)


def test_a_chat_of_days_has_no_page() -> None:
    found = told(FORMAT_1)
    assert found.page_from_s is None
    assert found.seconds > 86_000
    assert kinds(found.marks).count("in") == 4


def test_faults_and_losses_come_from_the_frames(tmp_path: Path) -> None:
    frames = [START, fault(10.0), {"t": 12.5, "k": "lost"}]
    changed = {"k": "event", "t": 11.0, "key": "message.deleted", "what": {"data": {}}}
    other = {"k": "event", "t": 11.0, "key": "message.captured", "what": {"data": {}}}
    found = told(recording(tmp_path, frames, [row(11.5, "A"), changed, other]))
    assert [(one.kind.value, one.code, one.at_s) for one in found.marks] == [
        ("fault", "overlay", 0.0), ("changed", "message.deleted", 1.0), ("in", None, 1.5), ("fault", "lost", 2.5),
    ]  # fmt: skip
    assert found.seconds == 50.0


def test_who_wrote_and_what_is_no_text(tmp_path: Path) -> None:
    rows = [
        row(1.0, "A", direction="out", kind="image", text=None),
        row(1.0, "B", direction="unknown", kind="system", text="x" * 2000),
        row(1.0, "A", change="updated"),
    ]
    out, note = told(recording(tmp_path, [START], rows)).marks
    assert (out.kind, out.message_kind, out.text, out.title) == (MarkKind.OUT, "image", None, "Ana")
    assert (note.kind, len(note.text or ""), (note.text or "")[-1]) == (MarkKind.NOTE, made_by.MOST_TEXT, "…")


def test_what_is_too_much_is_counted_and_not_listed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(made_by, "MOST_MARKS", 3)
    found = told(recording(tmp_path, [START], [row(float(at), str(at)) for at in range(10)]))
    assert (len(found.marks), found.left_out) == (3, 7)


def test_seconds_and_the_worlds_time_also_after_a_second_beginning(tmp_path: Path) -> None:
    again = {"t": 100.0, "k": "start", "at_ms": 9_000_000.0}
    with open_recording(recording(tmp_path, [START, fault(40.0), again, fault(110.0)])) as opened:
        clock = clock_of(opened)
    assert clock.epoch_ms(0) == 1_040_000.0
    assert clock.epoch_ms(60) == 9_100_000.0
    assert clock.at_s(1_041_000.0) == 1.0
    assert clock.seconds == 70.0


def test_a_page_alone_begins_with_its_first_whole_picture(tmp_path: Path) -> None:
    page = [
        {"doc": 1, "event": {"type": 4, "timestamp": 4_000, "data": {}}},
        {"doc": 1, "event": {"type": 2, "timestamp": 5_000, "data": {}}},
    ]
    found = told(recording(tmp_path, page=page))
    assert (found.page_from_s, found.seconds, found.marks) == (0.0, 60.0, ())


def test_lines_that_are_none_of_ours_are_refused(tmp_path: Path) -> None:
    with pytest.raises(BadInput, match="none of ours"):
        told(recording(tmp_path, [START, {"t": "soon", "k": "lost"}]))


def test_a_file_that_somebody_else_made_is_told_in_numbers_that_can_be(tmp_path: Path) -> None:
    inf = 1e999
    golden = [
        row(1.0, "A", text=["x"], chat={}, kind=3, direction=[], origin=[]),
        {"k": "mark", "t": 1.0, "key": "A", "what": {"outcome": ["sent"]}},
        {"k": "suggestions", "t": 1.0, "key": "A", "what": {"suggestions": 7, "intent": [], "sentiment": 1}},
        {"k": "suggestions", "t": 1.0, "key": "A", "what": {"suggestions": [1, {"text": 2}, {"text": "oi"}]}},
        {"k": "state", "t": 1.0, "key": "chat", "what": {"open": 5}},
        {"k": "life", "t": 1.0, "key": "verdict", "what": {}},
    ]
    page = [{"doc": 1, "event": {"type": 2, "timestamp": at, "data": {}}} for at in ("x", -1, 1e300, None)]
    path = recording(tmp_path, [START], golden, page)
    with open_recording(path) as opened:
        opened.manifest = opened.manifest.model_copy(update={"duration_s": inf})
        found = timeline(opened)
    assert (found.page_from_s, found.seconds) == (None, MOST_S)
    assert kinds(found.marks) == ["note", "card", "card", "chat", "life"]
    assert [one.replies for one in found.marks if one.kind is MarkKind.CARD] == [(), ("oi",)]


def test_the_shelf_lists_what_can_be_opened_and_nothing_from_elsewhere(tmp_path: Path) -> None:
    folder = tmp_path / "recordings"
    assert RecordingShelf(folder).files() == []
    folder.mkdir()
    shutil.copy(DEMO, folder / "a.balcao")
    (folder / "broken.balcao").write_bytes(b"PK")
    (folder / "made.balcao.part").mkdir()
    (folder / "folder.balcao").mkdir()
    (tmp_path / "outside.balcao").write_bytes(DEMO.read_bytes())
    (folder / "link.balcao").symlink_to(tmp_path / "outside.balcao")
    shelf = RecordingShelf(folder)
    assert [(one.name, one.messages, one.page, one.frames) for one in shelf.files()] == [("a.balcao", 65, True, True)]
    for name in ("link.balcao", "folder.balcao", "../outside.balcao", "no.balcao", ""):
        with pytest.raises(LookupError):
            shelf.path(name)
    details = shelf.details("a.balcao")
    assert {one.name for one in details.parts} == {"frames.jsonl", "page.jsonl", "golden.jsonl", "page_golden.jsonl"}
    with pytest.raises(BadInput):
        shelf.details("broken.balcao")
    shelf.remove("a.balcao")
    assert shelf.files() == []


def test_what_was_changed_by_a_byte_is_not_told(tmp_path: Path) -> None:
    data = bytearray(FORMAT_1.read_bytes())
    data[len(data) // 3] ^= 1
    (tmp_path / "x.balcao").write_bytes(data)
    with pytest.raises(BadInput):
        RecordingShelf(tmp_path).details("x.balcao")
