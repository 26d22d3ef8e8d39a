"""An event in a person's words: what happened, what changed, and whose it is. Pure."""

from collections.abc import Callable
from typing import NamedTuple

from agent.contract.stored import StoredEvent
from gui.words import Words


class Whose(NamedTuple):
    """A conversation or a customer, by its number."""

    room: str
    """Of the API: ``conversations`` or ``customers``."""
    id: int


def whose(event: StoredEvent) -> Whose | None:
    """Whom an event is about; None: nobody."""
    if event.conversation_id is not None:
        return Whose("conversations", event.conversation_id)
    customer = event.data.get("customer_id")
    return Whose("customers", customer) if isinstance(customer, int) else None


def told(event: StoredEvent, words: Words) -> str:
    """What happened, with what changed where the event tells it."""
    data, kind = event.data, words.label("event", event.kind)
    detail = ""
    match event.kind:
        case "message.captured" if data.get("direction") in ("in", "out"):
            return words(f"dashboard.captured_{data['direction']}")
        case "analysis.stored" | "message.corrected":
            detail = words.intent(str(data.get("intent", "")))
        case "conversation.updated":
            changed = [tell(data[name], words) for name, tell in _CHANGED.items() if name in data]
            return " · ".join(changed) or kind
        case "customer.updated":
            detail = words.label("dashboard", f"customer_{data.get('what', '')}")
        case "alert.raised" | "alert.cleared":
            detail = words.label("system", f"alert_{data.get('code', '')}")
        case "session.life":
            detail = words.label("life", str(data.get("level", "")))
        case _:
            pass
    return words("dashboard.detail", what=kind, detail=detail) if detail else kind


def _called(room: str) -> Callable[[object, Words], str]:
    def tell(value: object, words: Words) -> str:
        what = words(f"dashboard.changed_{room}")
        return words("dashboard.detail", what=what, detail=words.label("messages", f"{room}_{value}"))

    return tell


def _set(name: str) -> Callable[[object, Words], str]:
    return lambda value, words: words(f"dashboard.{name}_{'removed' if value is None else 'set'}")


_CHANGED: dict[str, Callable[[object, Words], str]] = {
    "status": _called("status"),
    "outcome": _called("outcome"),
    "stage_id": _set("stage"),
    "assigned_to": _set("attendant"),
    "follow_up_at": _set("reminder"),
}
"""By the names of ``ConversationChange``."""
