"""Errands: what is done beside the conversations because a person asked for it, or the page is to know it."""

from dataclasses import dataclass

from agent.contract.analysis import Turn
from agent.contract.workplace import CustomerEdit, Language, Preferences, Task


@dataclass(frozen=True, slots=True)
class ListReplies:
    """Tell the page all canned replies, and again whenever they have changed."""


@dataclass(frozen=True, slots=True)
class FillReply:
    """Fill a canned reply's variables for the open chat. Answered by ``ReplyFilled``."""

    chat_token: int
    conversation_id: int | None
    customer: str | None
    """None in a group."""
    context: tuple[Turn, ...]
    """The last texts of both sides, oldest first: a variable's value may stand in them."""
    reply_id: str
    typed: str


@dataclass(frozen=True, slots=True)
class AddReply:
    """Make a canned reply of a text that was sent."""

    text: str
    title: str
    shortcut: str | None
    intents: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class CountReply:
    """A canned reply was put into a box: the list shows the most used first."""

    reply_id: str


@dataclass(frozen=True, slots=True)
class Write:
    """Let the model rewrite a text, or explain the conversation. A newer one takes the place of an older one."""

    ask_id: int
    chat_token: int
    conversation_id: int | None
    task: Task
    text: str | None
    language: Language | None


@dataclass(frozen=True, slots=True)
class StopWriting:
    """Nobody wants it any more. None: whatever it is, because another chat is open."""

    ask_id: int | None


@dataclass(frozen=True, slots=True)
class ShowCustomer:
    """Tell the page the open chat's customer."""

    chat_token: int
    conversation_id: int
    attendant: str = ""


@dataclass(frozen=True, slots=True)
class RefreshCustomer:
    """Tell the page the open chat's customer again, in a while: something may have changed."""

    chat_token: int
    conversation_id: int
    attendant: str = ""


@dataclass(frozen=True, slots=True)
class EditCustomer:
    """Change something on the customer's card, and tell the page the new one."""

    chat_token: int
    conversation_id: int
    edit_id: int
    edit: CustomerEdit
    attendant: str
    reminder: str | None = None
    """The session whose reminder it is, of whatever conversation; None: the open chat's customer is changed."""


@dataclass(frozen=True, slots=True)
class LookForReminders:
    """Tell the page the conversations whose time has come."""

    session: str
    again: bool = False
    """The page knows them already: only where they have changed."""


@dataclass(frozen=True, slots=True)
class RecallQueue:
    """Look up what an earlier run knew of who waits. Answered by ``Recalled``."""

    session: str


@dataclass(frozen=True, slots=True)
class ShowPreferences:
    """Tell the page how this person likes the card."""

    session: str
    attendant: str


@dataclass(frozen=True, slots=True)
class KeepPreferences:
    """Remember how this person likes the card."""

    session: str
    attendant: str
    preferences: Preferences


Errand = (
    ListReplies
    | FillReply
    | AddReply
    | CountReply
    | Write
    | StopWriting
    | ShowCustomer
    | RefreshCustomer
    | EditCustomer
    | LookForReminders
    | RecallQueue
    | ShowPreferences
    | KeepPreferences
)
