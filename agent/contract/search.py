"""What is looked for in what was stored, and what was found."""

from datetime import datetime
from enum import StrEnum

from pydantic import Field

from agent.contract.analysis import Sentiment
from agent.contract.base import Value
from agent.contract.rows import Direction, Kind


class Order(StrEnum):
    """What is shown first."""

    NEWEST = "newest"
    BEST = "best"
    """Whole words and words that follow each other as they were typed, among the newest thousand found."""


class MessageSearch(Value):
    """Messages with all these words, each as the beginning of a word, and all that is said besides.

    What is typed is text: there are no operators. Case, accents and punctuation make no difference.
    """

    words: str = Field(max_length=400)
    since: datetime | None = None
    """With a time zone, as ``before``; to the minute. Messages of which no moment is known count with the moment at
    which they were first seen."""
    before: datetime | None = None
    in_chat: str | None = Field(default=None, max_length=400)
    """Words of the chat's title, or a phone number or part of one."""
    sentiment: Sentiment | None = None
    intent: str | None = None
    """As the analysis said, or as a person has corrected it."""
    direction: Direction | None = None
    order: Order = Order.NEWEST
    limit: int = Field(default=50, ge=1, le=500)
    cursor: str | None = None
    """Of an earlier page: what follows that one, whatever has come in since."""


class FoundMessage(Value):
    """A message that was found."""

    message_id: int
    chat_title: str
    conversation_id: int
    author: str | None
    direction: Direction
    kind: Kind
    """``deleted``: it was taken back after it was read; the text is what had been read."""
    text: str
    marks: tuple[tuple[int, int], ...]
    """The words found: the first character of each and the one behind its last, in ``text``."""
    sent_at: datetime | None
    """UTC, to the minute; None where the page did not show it."""
    first_seen: datetime
    """UTC."""
    sentiment: Sentiment | None
    intent: str | None


class FoundPage(Value):
    """A page of what was found."""

    messages: tuple[FoundMessage, ...]
    cursor: str | None
    """For the next page; None when this is the last one."""


class FoundCustomer(Value):
    """A customer that was found."""

    customer_id: int
    customer: str
    """Their name, as the chat's title shows it."""
    phone: str | None
    titles: tuple[str, ...]
    """Of all their chats."""
