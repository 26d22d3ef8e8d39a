"""Alerts as lines of the event log."""

from agent.contract.monitor import AlertRecord
from agent.contract.stored import StoredEvent

RAISED, CLEARED = "alert.raised", "alert.cleared"
KINDS = (RAISED, CLEARED)

LOOK_BACK = 200_000
"""Events that are looked through at once: the log has no index of its kinds, and this takes tenths of a second."""


def record_of(event: StoredEvent) -> AlertRecord | None:
    """An event as an alert; None: it is none, or one of a version that this one does not know."""
    if event.kind not in KINDS:
        return None
    try:
        return AlertRecord.model_validate(
            {"number": event.number, "at": event.at, "raised": event.kind == RAISED, **event.data}
        )
    except ValueError:
        return None
