"""The triage list: what the chat list tells of every chat, opened or not."""

from datetime import datetime

from agent.contract.analysis import Sentiment
from agent.contract.base import Value
from agent.contract.rows import ChatPreview


class Mood(Value):
    """What was understood of a chat's last message."""

    sentiment: Sentiment
    sentiment_score: float
    intent: str


class ListedChat(Value):
    """One chat as the list shows it."""

    preview: ChatPreview
    twin: int = 0
    """Counts up for further chats of the same title, in the order of the list: it does not tell them apart for good."""
    waits: bool
    """Somebody there has not been answered, as far as the list shows it."""
    waits_since: datetime | None = None
    """UTC. When that was first seen, or when the last message was written if nobody was looking; None: not known."""
    mood: Mood | None = None
    """Of a customer's last words; None while they are not understood yet, and where there are none."""
