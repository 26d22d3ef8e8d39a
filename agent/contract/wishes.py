"""Frames by which the person at the page asks for something. All of them come from trusted input only."""

from typing import Literal

from agent.contract.framing import Frame
from agent.contract.workplace import CustomerEdit, Language, Preferences, Task


class PickedFrame(Frame):
    """The person chose a suggestion (trusted input only)."""

    kind: Literal["picked"]
    offer_id: str
    slot: int
    via: Literal["click", "shortcut"]
    text: str | None = None
    """As the person changed it before it was inserted; None: as it was offered."""
    at_cursor: bool = False
    """The person has a text in the box, was asked, and wants this one where the cursor is."""
    chat_token: int | None = None
    """Of the chat that ``text`` was written for: such a text is the person's, and outlives its card."""


class DismissedFrame(Frame):
    """The person closed the card (trusted input only)."""

    kind: Literal["dismissed"]
    offer_id: str


class CorrectedFrame(Frame):
    """The person says that the card's message wanted something else (trusted input only)."""

    kind: Literal["corrected"]
    offer_id: str
    intent: str


class JudgedFrame(Frame):
    """The person says that a suggestion was no good, and why."""

    kind: Literal["judged"]
    offer_id: str
    slot: int
    reason: Literal["wrong", "tone", "outdated", "other"]


class CannedFrame(Frame):
    """The person chose a canned reply from the list."""

    kind: Literal["canned"]
    chat_token: int
    reply_id: str
    typed: str
    """What stands before the cursor and opened the list, with its slash: the reply takes its place. Empty: nothing."""


class NewReplyFrame(Frame):
    """The person makes a canned reply of a message that was sent."""

    kind: Literal["new_reply"]
    chat_token: int
    wa_id: str
    text: str
    """As the person wants it: the sent text, perhaps with variables in it."""
    title: str
    shortcut: str | None
    intents: tuple[str, ...] = ()


class AskFrame(Frame):
    """The person wants a text rewritten, or the conversation explained."""

    kind: Literal["ask"]
    ask_id: int
    """Counts up for each document."""
    chat_token: int
    task: Task
    text: str | None
    """What stands in the box, or the customer's message; None where the task is about the conversation."""
    language: Language | None = None
    """Into which one, for translations."""


class StopFrame(Frame):
    """The person does not want it any more."""

    kind: Literal["stop"]
    ask_id: int


class UseFrame(Frame):
    """The person has seen the result and wants it in the box."""

    kind: Literal["use"]
    ask_id: int
    chat_token: int
    text: str
    over: str
    """What stands in the box and is to go; empty: the box is empty."""


class EditFrame(Frame):
    """The person changes something on the customer's card."""

    kind: Literal["edit"]
    edit_id: int
    """Counts up for each document."""
    chat_token: int
    edit: CustomerEdit
    conversation_id: int | None = None
    """Of a reminder that is done with, whatever chat is open; None: the open chat."""


class PauseFrame(Frame):
    """The person stops the capture, or lets it go on."""

    kind: Literal["pause"]
    on: bool


class PreferencesFrame(Frame):
    """The person likes the card otherwise."""

    kind: Literal["preferences"]
    preferences: Preferences


Wish = (
    PickedFrame
    | DismissedFrame
    | CorrectedFrame
    | JudgedFrame
    | CannedFrame
    | NewReplyFrame
    | AskFrame
    | StopFrame
    | UseFrame
    | EditFrame
    | PauseFrame
    | PreferencesFrame
)
