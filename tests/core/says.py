"""A small language for the core's tests: ``page >> message("Quanto custa?")`` then ``page << (Save, Analyse)``."""

from datetime import UTC, datetime
from typing import TypeVar

from agent.contract.analysis import Analysis, Sentiment, SuggestedResponse
from agent.contract.frames import ChatFrame, RowsFrame, TypingFrame
from agent.contract.rows import Change, Direction, Kind, OpenChat, Row, RowChange
from agent.contract.stored import MessageState, SavedBatch, StoredMessage
from agent.contract.wishes import CorrectedFrame, DismissedFrame, PickedFrame
from agent.core.effects import Analyse, Effect, Save
from agent.core.events import Analysed, Event, FrameArrived, ModelChanged, Saved
from agent.core.machine import handle
from agent.core.state import State

E = TypeVar("E", bound=Effect)

ANA = OpenChat(token=1, title="Ana Beatriz", is_group=False)
BIA = OpenChat(token=2, title="Bia", is_group=False)


def row(wa_id: str, text: str | None, direction: Direction = Direction.IN, kind: Kind = Kind.TEXT) -> Row:
    return Row(id=wa_id, kind=kind, direction=direction, text=text, time="10:32")


class Session:
    """Drives ``handle`` and keeps what came out. Saves are answered at once, as the store does."""

    def __init__(self, drafts: bool = False) -> None:
        self.state = State(session="test", run="r")
        self.effects: list[Effect] = []
        self._seq = 0
        self._ids: dict[str, int] = {}
        self._windows: dict[int, list[str]] = {}
        if drafts:
            self >> ModelChanged("ready", "modelo")
            self.effects.clear()

    def __rshift__(self, event: Event) -> "Session":
        self.state, effects = handle(self.state, event)
        self.effects += effects
        for effect in effects:
            if isinstance(effect, Save):
                self >> Saved(effect.chat, self._store(effect))
        return self

    def take(self) -> list[Effect]:
        taken, self.effects = self.effects, []
        return taken

    def kinds(self) -> list[type[Effect]]:
        return [type(effect) for effect in self.take()]

    def _store(self, save: Save) -> SavedBatch:
        inserted = []
        for change in save.batch.changes:
            if change.row.id in self._ids:
                continue
            self._ids[change.row.id] = len(self._ids) + 1
            inserted.append(self._stored(save.chat, change))
        ids = {change.row.id: self._ids[change.row.id] for change in save.batch.changes}
        return SavedBatch(conversation_id=save.chat.token, inserted=tuple(inserted), updated=(), ids=ids)

    def _stored(self, chat: OpenChat, change: RowChange) -> StoredMessage:
        read = change.row
        return StoredMessage(
            id=self._ids[read.id],
            wa_id=read.id,
            conversation_id=chat.token,
            chat_title=chat.title,
            direction=read.direction,
            kind=read.kind,
            author=None,
            text=read.text,
            state=MessageState.RECEIVED,
            origin=change.change,
            first_seen=datetime(2026, 7, 11, tzinfo=UTC),
        )

    def frame(self, **fields: object) -> dict[str, object]:
        self._seq += 1
        return {"seq": self._seq, "at_ms": 0.0, **fields}

    def opens(self, chat: OpenChat | None) -> "Session":
        return self >> FrameArrived(ChatFrame(**self.frame(kind="chat", chat=chat)))

    def shows(self, chat: OpenChat, *rows: Row, change: Change = Change.NEW) -> "Session":
        window = self._windows.setdefault(chat.token, [])
        new = [r.id for r in rows if r.id not in window]
        self._windows[chat.token] = window = [*new, *window] if change is Change.HISTORY else [*window, *new]
        changes = tuple(RowChange(change=change, row=r, seen_ms=1000.0) for r in rows)
        return self >> FrameArrived(
            RowsFrame(**self.frame(kind="rows", chat=chat, changes=changes, window=tuple(window)))
        )

    def understands(self, ask: Analyse, *replies: str) -> "Session":
        return self >> Analysed(ask.message_id, ask.wa_id, ask.conversation_id, ask.question.text, analysis(*replies))

    def picks(self, offer_id: str, slot: int = 0) -> "Session":
        return self >> FrameArrived(
            PickedFrame(**self.frame(kind="picked", offer_id=offer_id, slot=slot, via="shortcut"))
        )

    def dismisses(self, offer_id: str) -> "Session":
        return self >> FrameArrived(DismissedFrame(**self.frame(kind="dismissed", offer_id=offer_id)))

    def corrects(self, offer_id: str, intent: str) -> "Session":
        return self >> FrameArrived(CorrectedFrame(**self.frame(kind="corrected", offer_id=offer_id, intent=intent)))

    def types(self, chat: OpenChat) -> "Session":
        return self >> FrameArrived(TypingFrame(**self.frame(kind="typing", chat_token=chat.token)))

    def one(self, kind: type[E]) -> E:
        found = [effect for effect in self.take() if isinstance(effect, kind)]
        assert len(found) == 1, f"expected one {kind.__name__}, got {found}"
        return found[0]


def analysis(*replies: str) -> Analysis:
    return Analysis(
        sentiment_score=0.0,
        sentiment=Sentiment.NEUTRAL,
        intent="price",
        confidence_scores={"sentiment": 0.9, "intent": 0.8},
        suggested_responses=tuple(SuggestedResponse(text=r, source="Preços", score=0.9) for r in replies),
        model_version="test",
    )
