"""Writes down what a session's core is told and what it does, with pseudonyms, as it happens.

It hears of each step from the flow (``flow.Witness``). A frame that was written in the clear never reaches the disk:
the writer gets what ``frames.pseudonymised`` made of it. The key goes with this object.
"""

import time
from collections import Counter
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from pathlib import Path

from agent.contract.commands import OfferCommand
from agent.contract.frames import RowsFrame
from agent.contract.rows import Change
from agent.contract.stored import OfferRecord
from agent.core.effects import Effect, Mark, StoreOffer, Tell
from agent.core.events import Event, FrameArrived, FramesLost, InsertEnded, PutEnded
from agent.core.state import State
from agent.recordings.file import FRAMES, Manifest
from agent.recordings.frames import pseudonymised
from agent.recordings.lines import FrameLine, InsertedLine, Line, LostLine, OfferedLine, Shown, StartLine, to_json
from agent.recordings.pseudonyms import KeptText, Pseudonyms
from agent.recordings.standing import standing
from agent.recordings.writing import RecordingWriter

PIECE_S = 30.0
"""In rolling mode a new piece begins this often: so much more than asked for may be kept."""


class Recorder:
    """One recording. For one task; ``manifest`` and ``writer`` make the file of it."""

    def __init__(
        self,
        path: Path,
        names: Pseudonyms,
        *,
        keep_s: float | None = None,
        limit: int = 3,
        clock: Callable[[], float] = time.monotonic,
        wall: Callable[[], float] = time.time,
    ) -> None:
        """Begin.

        Args:
            path: the file to be.
            names: the pseudonyms; the page layer shares them.
            keep_s: rolling: how much before the end is kept.
            limit: how many suggestions a card has.
            clock: seconds that never jump.
            wall: seconds since the Unix epoch.
        """
        self.names = names
        self.writer = RecordingWriter(path, keep_s=keep_s, keeps_text=self.keeps_text)
        self.writer.heads.append(self._head)
        self.live = Counter[str]()
        self.counts = Counter[str]()
        self.state: State | None = None
        """Where the session stands; set before the first checkpoint."""
        self.read_again: Callable[[], None] = lambda: None
        """Asks the page to tell everything once more."""
        self._clock, self._wall, self._limit = clock, wall, limit
        self._began, self._piece = clock(), 0.0
        self._keep_s = keep_s
        self._seen = set[str]()
        self._write(self._start())

    @property
    def keeps_text(self) -> bool:
        """Names and texts stay as they are."""
        return isinstance(self.names, KeptText)

    @property
    def at_s(self) -> float:
        """Seconds since it began."""
        return self._clock() - self._began

    def begin(self, state: State) -> None:
        """The session is under way already: note where it stands, and have the page read again."""
        self.state = state
        self._stands()
        self.read_again()

    def saw(self, state: State, event: Event, effects: Sequence[Effect]) -> None:
        """See ``flow.Witness``."""
        self.state = state
        if self._keep_s is not None and self.at_s - self._piece > PIECE_S:
            self._piece = self.at_s
            self.writer.checkpoint(self.at_s)
        match event:
            case FrameArrived(frame):
                self._count(frame)
                if (kept := pseudonymised(frame, self.names)) is not None:
                    self._write(FrameLine(t=self.at_s, v=kept))
            case FramesLost():
                self._write(LostLine(t=self.at_s))
            case InsertEnded() | PutEnded():
                self._write(InsertedLine(t=self.at_s, code=event.result.code))
            case _:
                pass
        self._offers(effects)

    def manifest(self, *, program: str, origin: str = "page") -> Manifest:
        """What is known of the recording; its members are added when it is written."""
        return Manifest(
            created=datetime.fromtimestamp(self._wall(), UTC).date(),
            program=program,
            origin=origin,
            duration_s=round(self.at_s, 1),
            zone=self.state.zone if self.state else None,
            keeps_text=self.keeps_text,
            counts=dict(self.counts),
            live=dict(self.live),
        )

    def _offers(self, effects: Sequence[Effect]) -> None:
        told = [effect.command for effect in effects if isinstance(effect, Tell)]
        of = {command.offer_id: command.message_id for command in told if isinstance(command, OfferCommand)}
        for effect in effects:
            if isinstance(effect, StoreOffer):
                self._offered(effect.offer, of.get(effect.offer.offer_id))
            elif isinstance(effect, Mark):
                self.live[f"outcome_{effect.outcome.value}"] += 1

    def _offered(self, offer: OfferRecord, wa_id: str | None) -> None:
        if wa_id is None:  # The draft has grown: the card is known.
            return
        self.live["offers"] += 1
        shown = tuple(Shown(slot=s.slot, reply=s.reply_id, text=self.names.text(s.text)) for s in offer.suggestions)
        named = self.names.identifier(wa_id)
        self._write(OfferedLine(t=self.at_s, offer=offer.offer_id, of=named, shown=shown))

    def _count(self, frame: object) -> None:
        self.counts["frames"] += 1
        if isinstance(frame, RowsFrame):
            self._seen |= {one.row.id for one in frame.changes if one.change is not Change.DELETED}
            self.counts["messages"] = len(self._seen)

    def _start(self) -> StartLine:
        return StartLine(t=self.at_s, at_ms=(self._wall() - self.at_s) * 1000, limit=self._limit)

    def _head(self) -> None:
        """After a cut: the lines that follow must be understood without those before."""
        self._write(self._start())
        self._stands()
        self.read_again()

    def _stands(self) -> None:
        """The session's state as frames, as if the page had just been opened."""
        state, now = self.state, self._wall() * 1000
        if state is None:
            return
        for frame in standing(state, now):
            if (kept := pseudonymised(frame, self.names)) is not None:
                self._write(FrameLine(t=self.at_s, v=kept))

    def _write(self, line: Line) -> None:
        self.writer.add(FRAMES, to_json(line))
