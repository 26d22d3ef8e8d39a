"""Messages that another system hands over, as if a page had shown them."""

from pydantic import Field

from agent.contract.base import Value
from agent.contract.rows import Direction, Kind
from agent.contract.written import Moment, OneLine, Written


class CapturedChat(Value):
    """The chat that they belong to."""

    title: OneLine = Field(min_length=1, max_length=400, examples=["Maria"])
    phone: str | None = Field(
        default=None,
        max_length=30,
        pattern=r"^\+?[0-9 ().-]+$",
        description="In any form. One that is no possible number is not kept.",
        examples=["+55 11 90000-0012"],
    )
    is_group: bool = False


class CapturedMessage(Value):
    """One message. What the other system does not know is left out."""

    id: OneLine = Field(min_length=1, max_length=200, description="The other system's; unique in its session.")
    direction: Direction
    kind: Kind = Kind.TEXT
    text: Written | None = Field(default=None, max_length=65_536, examples=["Bom dia! Ainda tem do azul?"])
    author: OneLine | None = Field(default=None, max_length=400, description="In groups.")
    at: Moment | None = Field(default=None, description="When it was written, with a time zone.")


class CaptureRequest(Value):
    """Some messages of one chat, in the order of the chat."""

    session: str = Field(
        pattern=r"^[a-z0-9][a-z0-9_-]{0,39}$",
        description="The caller's name for where they come from. Kept as api:NAME, apart from what the page shows.",
        examples=["loja-online"],
    )
    chat: CapturedChat
    messages: tuple[CapturedMessage, ...] = Field(min_length=1, max_length=100)


class CapturedIds(Value):
    """What a message was stored as."""

    id: str
    message_id: int
    is_new: bool


class Captured(Value):
    """What was stored. The analysis follows in the background, and is told by the event ``analysis.stored``."""

    session: str = Field(examples=["api:loja-online"])
    conversation_id: int | None
    """None where nothing was stored."""
    phone: str | None
    """As it is kept."""
    messages: tuple[CapturedIds, ...]
    erased: tuple[str, ...] = ()
    """Ids of messages that were not stored: their customer was erased, or made anonymous."""
