"""Commands: what the agent asks the script inside the page to do. None of them can send a message."""

from enum import StrEnum
from typing import Annotated, Literal

from pydantic import Field, TypeAdapter

from agent.contract.analysis import IntentChoice, Sentiment, SuggestionKind
from agent.contract.base import Value
from agent.contract.life import Life


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


class ClearCommand(Value):
    """Take the card away: it is stale."""

    kind: Literal["clear"] = "clear"


class InsertCommand(Value):
    """Put a text into the message box of the named chat. The person sends it, or does not."""

    kind: Literal["insert"] = "insert"
    chat_token: int
    chat_title: str
    text: str
    way: Literal["paste", "copy"] = "paste"
    """``copy``: into the clipboard instead, after pasting and filling have both failed."""


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
    | InsertCommand
    | NoticeCommand
    | StatusCommand
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
