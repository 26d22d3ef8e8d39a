"""One draft: what the writer says, passed through the guard as it grows."""

import time
from collections.abc import Callable, Iterator, Sequence

from agent.analysis.drafting.writer import Stopped, Writer
from agent.analysis.guarding.guard import Guard
from agent.analysis.guarding.sources import Sources
from agent.contract.rows import Direction
from agent.contract.stored import StoredMessage


class DraftRun:
    """Writes one draft. Afterwards its figures stand in the attributes."""

    def __init__(self, writer: Writer, sources: Sources, clock: Callable[[], float] = time.perf_counter) -> None:
        """``sources``: what the business says. ``clock``: seconds."""
        self._writer = writer
        self._sources = sources
        self._clock = clock
        self.raw = ""
        """What the model wrote, which nobody sees."""
        self.shown: str | None = None
        """What may be shown in the end."""
        self.refusal: str | None = None
        """Why the guard refused it."""
        self.first_token_s: float | None = None
        """From the beginning to the model's first token, before the guard."""
        self.stopped = False
        self.tokens = 0

    def texts(
        self, turns: Sequence[StoredMessage], hints: Sequence[str], stopped: Stopped, asked_at: float | None = None
    ) -> Iterator[str]:
        """The guarded text so far, each time it changes; an empty text takes back what was given.

        Args:
            turns: The conversation, oldest first; the last one is to be answered.
            hints: Texts that may help.
            stopped: Whether nobody wants it any more.
            asked_at: When it was asked for, by ``clock``; None: now.
        """
        begun = self._clock() if asked_at is None else asked_at
        guard = self._guard(turns)
        given, ended = "", None
        for addition, ended in self._writer.write(turns, hints, stopped):
            if self.first_token_s is None and ended is None:
                self.first_token_s = self._clock() - begun
            self.tokens += ended is None
            self.raw += addition
            text = guard.grow(self.raw)
            if text and text != given:
                given = text
                yield text
            if guard.refusal is not None:
                break
        if ended == "stopped":
            self.stopped = True  # Overtaken by a newer request: half a draft is none.
        else:
            self.shown = guard.finish(self.raw, cut=ended != "finished")
            self.refusal = guard.refusal
        if (self.shown or "") != given:
            yield self.shown or ""

    def _guard(self, turns: Sequence[StoredMessage]) -> Guard:
        said = [(turn.direction is Direction.OUT, turn.text) for turn in turns if turn.text]
        return Guard(
            [text for out, text in said if not out],
            [text for out, text in said if out],
            sources=self._sources,
            names=[turns[-1].chat_title],
        )
