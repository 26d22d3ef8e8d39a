"""What ``python -m agent inspect`` prints: everything that the reader made of one saved page."""

from agent.contract.base import Value
from agent.contract.rows import Anchor, ChatPreview, Delivery, Direction, Kind, Quote


class InspectedRow(Value):
    """One message row of a saved page. Unlike a captured row it may lack an id: a row can be saved on its own."""

    id: str | None
    kind: Kind
    direction: Direction
    author: str | None
    text: str | None
    time: str | None
    date: str | None
    status: Delivery | None
    quoted: Quote | None
    edited: bool
    forwarded: bool
    reactions: tuple[str, ...]


class Inspection(Value):
    """One saved page, read. What the page does not show is ``None``."""

    chats: tuple[ChatPreview, ...]
    title: str | None
    """Title of the open conversation."""
    rows: tuple[InspectedRow, ...]
    anchors: dict[str, Anchor]
