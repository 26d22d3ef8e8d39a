"""Customers, as far as it takes to tell them from each other, and what was done to them by hand."""

from datetime import datetime

from agent.contract.base import Value
from agent.contract.rows import Direction, Kind


class Chat(Value):
    """One chat of a customer."""

    conversation_id: int
    customer_id: int
    """The customer that it was stored for, before any merge: ``customer split`` takes this number."""
    title: str
    phone: str | None
    messages: int
    since: datetime
    """When its first message was seen; UTC."""
    last_seen: datetime | None
    joined: bool = False
    """A person has put its messages into another chat of this customer."""


class Person(Value):
    """A customer with everything that a person has merged into them."""

    id: int
    customer: str
    """Their name, as the chat's title shows it."""
    phone: str | None
    """The first number that is known of them."""
    messages: int
    corrections: int
    """Of their messages, those of which a person said what they really wanted."""
    since: datetime
    """When their first message was seen; UTC."""
    last_seen: datetime | None
    chats: tuple[Chat, ...]
    """Oldest first, with those that were joined to another one."""

    @property
    def open_chats(self) -> int:
        """How many chats there are in WhatsApp, as far as anybody has said."""
        return sum(not chat.joined for chat in self.chats)


class Said(Value):
    """One message of a customer's chat, to find the one from which a chat is another person's."""

    id: int
    conversation_id: int
    date: str | None
    """As the page showed it."""
    time: str | None
    direction: Direction
    kind: Kind
    text: str | None


class Merged(Value):
    """What a merge did."""

    customer_id: int
    merged_id: int
    """The customer that is the other one now; ``customer split`` with this number takes it back."""
    moved: int
    """Messages that went into the other's chat; 0 where the chats stayed two."""


class Split(Value):
    """What a split did, or the taking back of a merge."""

    customer_id: int
    split_id: int
    """The customer that is one of their own now."""
    moved: int
    """Messages that went to that one's chat."""
    left: int
    """Messages that stayed with the first."""


class Erased(Value):
    """How many of each were removed."""

    messages: int
    analyses: int
    cards: int
    suggestions: int
    corrections: int
    proposals: int
    events: int
