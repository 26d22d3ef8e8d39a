"""A customer as the people at the counter see them."""

from datetime import date, datetime

from pydantic import Field

from agent.contract.base import Value
from agent.contract.desk import ConversationOutcome, Id
from agent.contract.people import Chat
from agent.contract.written import OneLine, Written


class CustomerLine(Value):
    """A customer in the list."""

    id: int
    customer: str = Field(examples=["Maria"])
    """Their name: the chat's title, or what a person has written in its place."""
    phone: str | None = Field(examples=["+5511900000012"])
    tags: tuple[str, ...]
    chats: int
    messages: int
    since: datetime
    """When their first message was seen; UTC."""
    last_seen: datetime | None


class Note(Value):
    """What a person wrote down about a customer."""

    id: int
    text: str
    written_by: str = Field(examples=["user:3"])
    at: datetime
    updated_at: datetime


class Mood(Value):
    """How a customer felt on a day."""

    day: date
    """In the company's time zone."""
    score: float
    """Average of the day's messages; -1 to 1."""
    messages: int


class LastIntent(Value):
    """What one of the last messages wanted."""

    message_id: int
    intent: str
    unsure: bool
    at: datetime


class CustomerCard(Value):
    """All that is known of a customer, but for their messages."""

    id: int
    customer: str = Field(examples=["Maria"])
    phone: str | None = Field(examples=["+5511900000012"])
    tags: tuple[str, ...]
    fields: dict[str, str]
    """The company's own, by name."""
    notes: tuple[Note, ...]
    """The newest first; 20 at most, the rest has a route of its own."""
    consents: int
    """How many lines of consent or legal basis are noted and not withdrawn."""
    chats: tuple[Chat, ...]
    messages: int
    first_contact: datetime | None
    """When the first message was written, or seen where that is not known; UTC."""
    last_contact: datetime | None
    mood: tuple[Mood, ...]
    """Of the last 90 days on which they wrote, oldest first."""
    intents: tuple[LastIntent, ...]
    """Of their last ten messages that were understood, the newest first."""
    outcomes: dict[ConversationOutcome, int]
    """How many of their conversations came to what."""
    anonymised_at: datetime | None


class CustomerName(Value):
    """Another name for a customer."""

    customer: OneLine | None = Field(
        max_length=200, min_length=1, description="null: the chat's title again.", examples=["Maria (oficina)"]
    )


class NoteText(Value):
    """The text of a note."""

    text: Written = Field(min_length=1, max_length=4000, examples=["Prefere entrega à tarde."])


class FieldValue(Value):
    """The value of a field."""

    value: Written = Field(max_length=1000, examples=["39"])


class MergeRequest(Value):
    """Another customer is the same person."""

    other: Id = Field(description="The other customer's number.")
    same_chat: bool = Field(
        default=False, description="Their two chats are one chat of WhatsApp that was stored as two."
    )


class SplitRequest(Value):
    """A chat is two people's, or a merge was wrong."""

    message_id: Id | None = Field(
        default=None,
        description="The first message that is another person's. null: take back that this customer, named by the "
        "number of before, was merged into another one.",
    )
