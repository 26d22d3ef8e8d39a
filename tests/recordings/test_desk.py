"""Recording a session that is running: what is handled, what is written, and what becomes of it."""

import asyncio
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pytest

from agent.contract.commands import InsertCode, InsertResult
from agent.contract.frames import ChatFrame, HelloFrame, PageState, RowsFrame, StateFrame
from agent.contract.recordings import RecordingFailure, RecordingWanted
from agent.contract.rows import Change, Direction, RowChange
from agent.contract.wishes import PickedFrame
from agent.core.effects import Insert, Tell
from agent.core.events import Event, FrameArrived, InsertEnded
from agent.core.state import State
from agent.flow import Flow
from agent.ports import Page
from agent.recordings.audit import audit
from agent.recordings.desk import RecordingDesk
from agent.recordings.editing import Bench
from agent.recordings.file import open_recording
from agent.recordings.recorder import Recorder
from agent.recordings.recovering import recovered
from agent.recordings.replaying import replay
from agent.storage.recorded import with_texts as recordings_with_texts
from tests.core.says import ANA, Session, row
from tests.recordings.conftest import Understood, empty_store


@dataclass
class Running:
    """A session as the desk sees it."""

    flow: Flow | None = None
    page: Page | None = None


@pytest.fixture
def desk(tmp_path: Path) -> RecordingDesk:
    return RecordingDesk(tmp_path, Running(), Understood(), empty_store)


def rows(wa_id: str, text: str, direction: Direction = Direction.IN) -> FrameArrived:
    change = RowChange(change=Change.NEW, row=row(wa_id, text, direction), seen_ms=1_783_857_600_000.0)
    frame = RowsFrame(kind="rows", seq=4, at_ms=1_783_857_600_000.0, chat=ANA, changes=(change,), window=(wa_id,))
    return FrameArrived(frame)


class Told(Session):
    """The core with the recorder listening."""

    def __init__(self, desk: RecordingDesk) -> None:
        super().__init__()
        self._desk = desk

    def __rshift__(self, event: Event) -> "Told":
        before = len(self.effects)
        super().__rshift__(event)
        self._desk.saw(self.state, event, self.effects[before:])
        return self


def afternoon(desk: RecordingDesk) -> None:
    """Ana asks, is offered a reply, gets it."""
    from agent.contract.commands import OfferCommand
    from agent.core.effects import Analyse
    from agent.core.events import Analysed

    told, at = Told(desk), 1_783_857_600_000.0
    told >> FrameArrived(HelloFrame(kind="hello", seq=1, at_ms=at, script="1", lang="pt-BR", zone="America/Sao_Paulo"))
    told >> FrameArrived(StateFrame(kind="state", seq=2, at_ms=at, state=PageState.READY, qr="2@secret-code"))
    told >> FrameArrived(ChatFrame(kind="chat", seq=3, at_ms=at, chat=ANA))
    told >> rows("3EB0AAAAAAAAAAAAAAAA01", "Quanto custa? Sou a Ana Beatriz Fulgêncio")
    ask = next(one for one in told.effects if isinstance(one, Analyse))
    analysis = asyncio.run(Understood().analyse(ask.question))
    told >> Analysed(ask.message_id, ask.wa_id, ask.conversation_id, ask.question.text, analysis)
    offer = next(one.command for one in told.effects if isinstance(one, Tell) and isinstance(one.command, OfferCommand))
    told >> FrameArrived(PickedFrame(kind="picked", seq=5, at_ms=at, offer_id=offer.offer_id, slot=1, via="click"))
    put = next(one for one in told.effects if isinstance(one, Insert))
    told >> InsertEnded(put.offer_id, put.slot, InsertResult(code=InsertCode.INSERTED, box_text=put.command.text))
    told >> rows("3EB0AAAAAAAAAAAAAAAA02", "texto saudacao", Direction.OUT)


def test_what_the_agent_did_comes_again(tmp_path: Path) -> None:
    async def record() -> Path | None:
        desk.start(RecordingWanted(), tmp_path / "x.balcao")
        await asyncio.to_thread(afternoon, desk)
        assert desk.state.state == "recording"
        assert desk.state.messages == 2
        assert desk.start(RecordingWanted()) is None, "one at a time"
        assert desk.stop()
        assert not desk.stop()
        return await desk.done()

    desk = RecordingDesk(tmp_path, Running(), Understood(), empty_store)
    path = asyncio.run(record())
    assert path is not None
    assert desk.state.state == "idle"
    with open_recording(path) as recording:
        marks = [one["what"] for one in recording.golden() if one["k"] == "mark"]
        # The person picked the second card's reply and sent it as it was: so it is in the replay, by its text's twin.
        assert [(one["outcome"], one["slot"]) for one in marks] == [("picked", 1), ("inserted", 1), ("sent", 1)]
        assert recording.manifest.live == {"offers": 1, "outcome_picked": 1, "outcome_inserted": 1, "outcome_sent": 1}
        assert asyncio.run(replay(recording, empty_store))[0].differences == ()
        written = "".join(map(str, recording.frames()))
    assert "secret-code" not in written
    assert audit(path, ["Fulgêncio", "Beatriz", "Ana Beatriz", "secret-code", "3EB0AAAAAAAAAAAAAAAA01"]) == []


async def test_a_recording_that_begins_late_knows_where_the_session_stands(tmp_path: Path) -> None:
    from agent.recordings.pseudonyms import Pseudonyms
    from agent.recordings.recorder import Recorder

    asked = list[int]()
    recorder = Recorder(tmp_path / "x.balcao", Pseudonyms.fresh())
    recorder.read_again = lambda: asked.append(1)
    recorder.begin(State(session="loja", run="r", zone="America/Sao_Paulo", page=PageState.READY))
    kinds = [line["v"]["kind"] for line in recorder.writer.lines("frames.jsonl") if line["k"] == "frame"]
    assert kinds == ["hello", "state", "pulse", "chats", "chat"]
    assert asked == [1]
    recorder.writer.abandon()
    assert not recorder.writer.part.exists()


async def test_a_rolling_recording_can_be_understood_from_its_first_line(tmp_path: Path) -> None:
    from agent.recordings.pseudonyms import Pseudonyms
    from agent.recordings.recorder import Recorder

    clock = [0.0]
    recorder = Recorder(tmp_path / "x.balcao", Pseudonyms.fresh(), keep_s=60, clock=lambda: clock[0], wall=lambda: 1e9)
    state = State(session="loja", run="r", zone="UTC", page=PageState.READY)
    for minute in range(5):
        clock[0] = 60.0 * minute
        recorder.saw(state, rows(f"3EB0{minute:018d}", f"mensagem {minute}"), ())
    lines = list(recorder.writer.lines("frames.jsonl"))
    assert lines[0]["k"] == "start"
    assert [line["v"]["kind"] for line in lines if line["k"] == "frame"].count("rows") < 5
    recorder.writer.abandon()


async def no_page(_: object) -> int:
    """There is no page layer in these."""
    return 0


class Full(RecordingDesk):
    """Its disk fills up: whatever is written from then on goes to a device without room."""

    @property
    def recorder(self) -> Recorder:
        assert self._recorder is not None
        return self._recorder

    def fill(self) -> None:
        for piece in self.recorder.writer._open.values():
            piece._file = Path("/dev/full").open("wb")  # noqa: SIM115 (the piece closes it)
            piece._flushed -= 60.0


async def test_a_full_disk_ends_the_recording_and_not_the_session(tmp_path: Path) -> None:
    desk = Full(tmp_path, Running(), Understood(), empty_store)
    desk.start(RecordingWanted(), tmp_path / "a.balcao")
    await asyncio.to_thread(afternoon, desk)
    assert desk.state.state == "recording"
    desk.recorder.writer.checkpoint(1.0)
    desk.saw(State(session="loja", run="r"), rows("3EB0AAAAAAAAAAAAAAAA03", "oi"), ())
    desk.fill()
    for name in ("04", "05"):
        desk.saw(State(session="loja", run="r"), rows(f"3EB0AAAAAAAAAAAAAAAA{name}", "oi"), ())
    assert (desk.state.state, desk.state.failure) == ("idle", RecordingFailure.UNWRITABLE)
    assert "No space left" in (desk.state.last_error or "")
    assert not (tmp_path / "a.balcao").exists()
    # There is room again.
    desk.start(RecordingWanted(), tmp_path / "b.balcao")
    await asyncio.to_thread(afternoon, desk)
    assert (desk.state.state, desk.state.failure) == ("recording", None)
    desk.stop()
    assert await desk.done() == tmp_path / "b.balcao"
    bench = Bench(empty_store, no_page, date(2026, 11, 23))
    await recovered(tmp_path / "a.balcao.part", tmp_path / "a.balcao", Understood(), bench)
    with open_recording(tmp_path / "a.balcao") as left:
        assert left.manifest.counts["messages"] == 2


async def test_what_a_recording_that_ended_still_gives_is_nobodys(tmp_path: Path) -> None:
    desk = Full(tmp_path, Running(), Understood(), empty_store)
    desk.start(RecordingWanted(), tmp_path / "a.balcao")
    await asyncio.to_thread(afternoon, desk)
    dead = desk.recorder
    desk.fill()
    desk.saw(State(session="loja", run="r"), rows("3EB0AAAAAAAAAAAAAAAA03", "oi"), ())
    why = desk.state.last_error
    desk._write_page(dead, {"t": 1})
    assert desk.state.last_error == why
    desk.start(RecordingWanted(), tmp_path / "b.balcao")
    desk._write_page(dead, {"t": 1})
    assert (desk.state.state, desk.state.last_error) == ("recording", None)
    await asyncio.to_thread(afternoon, desk)
    desk.stop()
    assert await desk.done() == tmp_path / "b.balcao"


async def test_a_fault_of_the_recorder_is_not_the_sessions(tmp_path: Path) -> None:
    desk = Full(tmp_path, Running(), Understood(), empty_store)
    desk.start(RecordingWanted())
    desk.recorder.names = None  # type: ignore[assignment]
    desk.saw(State(session="loja", run="r"), rows("3EB0AAAAAAAAAAAAAAAA01", "oi"), ())
    assert (desk.state.state, desk.state.failure) == ("idle", RecordingFailure.DAMAGED)


async def test_the_files_are_listed_and_what_is_none_is_left_out(desk: RecordingDesk, tmp_path: Path) -> None:
    desk.start(RecordingWanted())
    desk.stop()
    assert await desk.done() is not None
    (tmp_path / "recordings" / "zz.balcao").write_bytes(b"no")
    assert [one.seconds >= 0 for one in desk.shelf.files()] == [True]
    await desk.close()


async def test_with_a_consent_the_texts_stay_and_whoever_looks_is_told(tmp_path: Path) -> None:
    desk = RecordingDesk(tmp_path, Running(), Understood(), empty_store)
    assert desk.start(RecordingWanted(), keep_text=True) is not None
    assert desk.state.keeps_text
    await asyncio.to_thread(afternoon, desk)
    assert recordings_with_texts(tmp_path) == (f"{desk.state.name}.part",), "it says so from the first line on"
    desk.stop()
    path = await desk.done()
    assert path is not None
    with open_recording(path) as recording:
        assert recording.manifest.keeps_text
        written = "".join(map(str, recording.frames()))
    assert "Ana Beatriz Fulgêncio" in written
    assert "secret-code" not in written, "what links a phone is never recorded"
    desk.start(RecordingWanted(), tmp_path / "recordings" / "second.balcao")
    await asyncio.to_thread(afternoon, desk)
    desk.stop()
    await desk.done()
    assert recordings_with_texts(tmp_path) == (path.name,)
    (tmp_path / "recordings" / "torn.balcao").write_bytes(b"PK\x03\x04")
    assert recordings_with_texts(tmp_path) == (path.name, "torn.balcao"), "it cannot be read, and may hold them"
