"""Makes facts of what the core and the store do in a replay."""

from collections.abc import Iterable, Mapping, Sequence

from agent.contract.commands import (
    CareCommand,
    ClearCommand,
    InsertCommand,
    NoticeCommand,
    OfferCommand,
    PauseCommand,
    QueueCommand,
)
from agent.contract.stored import SavedBatch, StoredEvent, StoredMessage
from agent.core.effects import Analyse, Announce, Effect, Glance, Insert, Mark, Measure, Put, Serve, StoreAnalysis, Tell
from agent.core.state import State
from agent.recordings.facts import Fact, FactKind
from agent.recordings.offers_again import OffersAgain


class Notes:
    """Facts that were not taken yet."""

    def __init__(self, offers: OffersAgain) -> None:
        """``offers`` learns of each card."""
        self.at_s = 0.0
        self._offers = offers
        self._facts = list[Fact]()
        self._messages = dict[int, str]()
        self._cards = dict[str, str]()

    def taken(self) -> list[Fact]:
        """All since the last call."""
        taken, self._facts = self._facts, []
        return taken

    def step(self, before: State, after: State, effects: Sequence[Effect], *, asked: bool = True) -> None:
        """The core has decided. ``asked``: errands count; those that the clock alone sends do not."""
        if (before.page, before.notices) != (after.page, after.notices):
            notices = [notice.value for notice in after.notices]
            self._note("state", "page", {"page": after.page.value, "notices": notices})
        opened, was = after.open and after.open.chat, before.open and before.open.chat
        if opened != was:
            self._note("state", "chat", {"open": opened and opened.title})
        if before.life != after.life and after.life is not None:
            self._note("life", "verdict", after.life.model_dump(mode="json", exclude_defaults=True))
        for effect in effects:
            if asked or not isinstance(effect, Serve):
                self._effect(after, effect)

    def rows(self, saved: SavedBatch) -> None:
        """A batch was stored."""
        for change, messages in (("inserted", saved.inserted), ("updated", saved.updated)):
            for message in messages:
                self._messages[message.id] = message.wa_id
                self._note("row", message.wa_id, {"change": change, **_row(message)})

    def events(self, batch: Iterable[StoredEvent]) -> None:
        """The event log has grown."""
        for event in batch:
            about = self._messages.get(event.message_id or 0)
            data = event.data
            if event.kind == "analysis.stored":  # Its figures differ with each model; what they lead to is a fact.
                data = {name: data.get(name) for name in ("intent", "sentiment")}
            what = {"conversation": event.conversation_id, "message": about, "data": data}
            self._note("event", event.kind, what)

    def unanswered(self, ask: Analyse | Glance, why: str) -> None:
        """The recorded answers have none for this."""
        key = ask.wa_id if isinstance(ask, Analyse) else f"list: {ask.title}"
        self._note("understood", key, {"unanswered": why})

    def _effect(self, state: State, effect: Effect) -> None:
        match effect:
            case Tell(OfferCommand() as command):
                self._card(state, command)
            case Tell(NoticeCommand() | ClearCommand() | CareCommand() | QueueCommand() | PauseCommand() as command):
                told = command.model_dump(mode="json", exclude_defaults=True, exclude={"kind"})
                self._note("told", command.kind, told)
            case Insert(command=InsertCommand() as command) | Put(command=InsertCommand() as command):
                self._note("told", "insert", {"chat": command.chat_title, "text": command.text, "where": command.where})
            case Mark(offer_id, slot, outcome, distance, code, edit):
                became = {"slot": slot, "outcome": outcome.value, "distance": distance, "code": code}
                self._note("mark", self._cards.get(offer_id, ""), {**became, "edit": edit and edit.value})
            case StoreAnalysis(message_id, analysis):
                understood = {
                    "intent": analysis.intent,
                    "sentiment": analysis.sentiment.value,
                    "unsure": analysis.unsure,
                }
                self._note("understood", self._messages.get(message_id, ""), understood)
            case Measure(name, ms):
                self._note("measured", name, {"ms": round(ms, 1)})
            case Serve(errand):
                self._note("asked", type(errand).__name__, {})
            case Announce():  # It comes back as an event.
                pass
            case _:
                pass

    def _card(self, state: State, command: OfferCommand) -> None:
        offer = state.offer
        found = offer.analysis.suggested_responses if offer is not None else ()
        replies = [found[one.slot].reply_id if one.slot < len(found) else "" for one in command.suggestions]
        self._offers.made(command.message_id, command.offer_id, replies)
        self._cards[command.offer_id] = command.message_id
        shown = [
            {"reply": reply, "kind": one.kind.value, "text": one.text}
            for reply, one in zip(replies, command.suggestions, strict=True)
        ]
        what = {"intent": command.intent, "sentiment": command.sentiment.value, "suggestions": shown}
        self._note("suggestions", command.message_id, what)

    def _note(self, kind: FactKind, key: str, what: Mapping[str, object]) -> None:
        self._facts.append(Fact(k=kind, t=round(self.at_s, 3), key=key, what=dict(what)))


def _row(message: StoredMessage) -> dict[str, object]:
    return {
        "chat": message.chat_title,
        "direction": message.direction.value,
        "kind": message.kind.value,
        "author": message.author,
        "text": message.text,
        "origin": message.origin.value,
        "sent_at": message.sent_at and message.sent_at.isoformat(),
    }
