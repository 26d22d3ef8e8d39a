"""Commands: what the agent asks the script inside the page to do. None of them can send a message."""

from datetime import date
from enum import StrEnum
from typing import Annotated, Literal

from pydantic import Field, TypeAdapter

from agent.contract.analysis import IntentChoice, Sentiment, SuggestionKind
from agent.contract.base import Value
from agent.contract.cares import CareCode
from agent.contract.connector import RecordField
from agent.contract.life import Life
from agent.contract.workplace import (
    Care,
    CustomerView,
    Preferences,
    QueueLine,
    Reminder,
    ShelfReply,
    Unanswered,
)


class Suggestion(Value):
    """One reply that the person may pick."""

    slot: int
    """0, 1 or 2: the place in the card, and the shortcut Alt+1 to Alt+3."""
    text: str
    source: str
    """Where it comes from, as shown to the person: the canned reply's title, or the model's name."""
    score: float | None = None
    """0 to 1; None for a draft."""
    kind: SuggestionKind = SuggestionKind.CANNED
    missing: tuple[str, ...] = ()
    """Variables that stand in the text as ``{name}`` and that the person has to fill."""
    sent_by: str = ""
    """Who sent a learned reply; empty where nobody had signed in."""
    sent_on: date | None = None
    """The day on which a learned reply was sent: the card says so in its language instead of ``source``."""
    cares: tuple[CareCode, ...] = ()
    """Why to look twice before it goes out."""


class OfferCommand(Value):
    """Show a card for the open chat (tier 0). Replaces the card that is there."""

    kind: Literal["offer"] = "offer"
    offer_id: str
    chat_token: int
    message_id: str
    seen_ms: float
    """The row's ``seen_ms``: the page measures the time to paint from it."""
    sentiment: Sentiment
    intent: str
    """The intent's key (``price``); the overlay has the words for the built-in ones in each language."""
    unsure: bool = False
    """The intent is a guess that is not worth telling."""
    intents: tuple[IntentChoice, ...] = ()
    """What a person may correct it to, likeliest first; the overlay adds the built-in ones that are not here."""
    mood_score: float | None = None
    """-1 to 1: the conversation's mood so far; None where only one message was seen."""
    suggestions: tuple[Suggestion, ...]
    draft_slot: int | None = None
    """The slot kept free for the model's draft, which will stream in; None when there will be none."""


class DraftCommand(Value):
    """More of the model's draft for a card that is shown (tier 1)."""

    kind: Literal["draft"] = "draft"
    offer_id: str
    slot: int
    text: str
    """The whole text so far, not the addition."""
    source: str
    state: Literal["streaming", "done", "none"]
    """``none``: there will be no draft after all; the slot is given up."""
    cares: tuple[CareCode, ...] = ()
    """As in ``Suggestion``."""
    instead: Suggestion | None = None
    """With ``none``: the found reply that takes the slot, where there is one more."""


class ClearCommand(Value):
    """Take the card away: it is stale."""

    kind: Literal["clear"] = "clear"


class RecordCommand(Value):
    """What another system knows of the open chat's customer. One for a chat that is not open any more changes nothing.

    Without fields it only keeps the room free: the question is under way, and nothing is to move when it is answered.
    Without a source it takes away what is shown: the customer was erased.
    """

    kind: Literal["record"] = "record"
    chat_token: int
    source: str
    """Which system says so."""
    fields: tuple[RecordField, ...] = ()


class InsertCommand(Value):
    """Put a text into the message box of the named chat. The person sends it, or does not."""

    kind: Literal["insert"] = "insert"
    chat_token: int
    chat_title: str
    text: str
    way: Literal["paste", "copy"] = "paste"
    """``copy``: into the clipboard instead, after pasting and filling have both failed."""
    where: Literal["empty", "cursor", "over"] = "empty"
    """Into an empty box only; at the cursor of what the person has written; or over exactly ``over``."""
    over: str = ""
    """``cursor``: what stands right before the cursor and is to go. ``over``: all that stands in the box."""
    select: str | None = None
    """A variable, with its braces, to be selected afterwards: the person fills it."""


class NoticeCommand(Value):
    """Tell the person in one line why something was not done."""

    kind: Literal["notice"] = "notice"
    code: str
    """Key of the text in the overlay's catalogue, e.g. an ``InsertCode``."""


class StatusCommand(Value):
    """The small state line of the card: are messages captured, is the model there."""

    kind: Literal["status"] = "status"
    model: Literal["off", "loading", "ready", "failed"]
    model_name: str | None = None
    life: Life | None = None
    """None before the first verdict."""


class RepliesCommand(Value):
    """All canned replies, for the list behind ``/``."""

    kind: Literal["replies"] = "replies"
    replies: tuple[ShelfReply, ...]


class TaskCommand(Value):
    """How far the model has come with what the person asked for."""

    kind: Literal["task"] = "task"
    ask_id: int
    chat_token: int
    state: Literal["writing", "done", "stopped", "failed", "off"]
    """``off``: there is no model. ``failed``: nothing fit to be shown came out."""
    text: str = ""
    """The whole text so far."""
    reason: Literal["nothing", "long", "unfit"] | None = None
    """Why it failed: there is no text for it; it is too long; what came out was not good enough."""
    unanswered: tuple[Unanswered, ...] = ()
    """What is known without the model of what the customer waits for."""


class CustomerCommand(Value):
    """The open chat's customer. One for a chat that is not open any more changes nothing."""

    kind: Literal["customer"] = "customer"
    chat_token: int
    customer: CustomerView | None
    """None: nothing is known, or not any more."""
    edit_id: int | None = None
    """The edit that this answers."""
    failed: str | None = None
    """Key of the text that says why that edit was not done."""


class QueueCommand(Value):
    """Who waits, the most pressing first, and how long is too long."""

    kind: Literal["queue"] = "queue"
    lines: tuple[QueueLine, ...]
    more: int = 0
    """So many others wait, who come after these."""
    told_ms: float
    """When ``waited_s`` was right, in milliseconds since the Unix epoch."""
    is_open: bool
    """The company is there now: business time passes."""
    target_s: float
    """The first answer is to come within so many seconds of business time."""


class RemindersCommand(Value):
    """Conversations whose time has come."""

    kind: Literal["reminders"] = "reminders"
    reminders: tuple[Reminder, ...]


class CareCommand(Value):
    """Cautions about the open chat. Replaces those before."""

    kind: Literal["care"] = "care"
    chat_token: int
    cares: tuple[Care, ...]


class PauseCommand(Value):
    """Stop the capture, or let it go on: while it is paused no row and no chat is read."""

    kind: Literal["pause"] = "pause"
    on: bool


class PreferencesCommand(Value):
    """How the person who sits here likes the card."""

    kind: Literal["preferences"] = "preferences"
    preferences: Preferences


class ReadCommand(Value):
    """Read everything again and send it as new frames: nothing is taken as known."""

    kind: Literal["read"] = "read"


class SelectorsCommand(Value):
    """Try these selectors before the built-in ones. Answered by a ``SelectorsFrame`` once the page has been read."""

    kind: Literal["selectors"] = "selectors"
    overrides: dict[str, tuple[str, ...]]
    """By anchor; all that are not named go back to the built-in ones."""


class EchoCommand(Value):
    """Answer with an ``EchoFrame``."""

    kind: Literal["echo"] = "echo"
    nonce: int


AnyCommand = Annotated[
    OfferCommand
    | DraftCommand
    | ClearCommand
    | RecordCommand
    | InsertCommand
    | NoticeCommand
    | StatusCommand
    | RepliesCommand
    | TaskCommand
    | CustomerCommand
    | QueueCommand
    | RemindersCommand
    | CareCommand
    | PauseCommand
    | PreferencesCommand
    | ReadCommand
    | SelectorsCommand
    | EchoCommand,
    Field(discriminator="kind"),
]

COMMAND: TypeAdapter[AnyCommand] = TypeAdapter(AnyCommand)


class InsertCode(StrEnum):
    """How an insertion ended."""

    INSERTED = "inserted"
    WRONG_CHAT = "wrong_chat"
    NO_BOX = "no_box"
    """No chat is open, or this chat cannot be written to."""
    BOX_NOT_EMPTY = "box_not_empty"
    """The person has a draft there: it is kept."""
    DIALOG_OPEN = "dialog_open"
    NOT_THERE = "not_there"
    """What was to be replaced is not what stands there: the person has written on."""
    NOT_VERIFIED = "not_verified"
    """The box did not show the text afterwards; what was there before has been put back."""
    COPIED = "copied"
    """The box, or whose it is, could not be made sure of, or it did not take the text: the text is in the clipboard."""


class InsertResult(Value):
    """The answer to an ``InsertCommand``."""

    code: InsertCode
    box_text: str | None = None
    """What the box holds now, read back from the page, one line a paragraph."""
    copy_failed: bool = False
    """The text could not be copied either."""
