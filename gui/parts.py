"""What the window shows is made of parts, and each event says which of them are out of date.

A figure is counted in one place, the database. So an event changes no figure here: it marks the parts that may have
changed, and a tab that shows one asks for it again. What an event itself tells is folded in: ``snapshot.py``.
"""

from enum import StrEnum


class Part(StrEnum):
    """Something that is asked for as a whole."""

    FIGURES = "figures"
    """Of the day: ``/api/metrics/dashboard``."""
    SESSIONS = "sessions"
    """Sessions, and the agent's health."""
    CONVERSATIONS = "conversations"
    MESSAGES = "messages"
    CUSTOMERS = "customers"
    REPLIES = "replies"
    LEARNING = "learning"
    """What there was to learn from, and how the rankings do."""
    PROPOSALS = "proposals"
    INTENTS = "intents"
    """The company's own, and what it calls them."""
    KNOWLEDGE = "knowledge"
    BACKUPS = "backups"
    USERS = "users"
    WEBHOOKS = "webhooks"
    PRIVACY = "privacy"
    """Consents and erasures."""
    ALERTS = "alerts"
    """What somebody should look at."""
    MODELS = "models"
    """Which there are, and how the one in use stands."""


_TALK = frozenset({Part.FIGURES, Part.CONVERSATIONS, Part.MESSAGES})
_EVERYTHING = frozenset(Part)

CHANGES: dict[str, frozenset[Part]] = {
    "message.captured": _TALK | {Part.CUSTOMERS, Part.SESSIONS},
    "message.edited": _TALK | {Part.SESSIONS},
    "message.deleted": _TALK | {Part.SESSIONS},
    "message.status": frozenset({Part.MESSAGES}),
    "message.reacted": frozenset({Part.MESSAGES}),
    "message.corrected": _TALK | {Part.CUSTOMERS, Part.LEARNING, Part.INTENTS},
    "analysis.stored": _TALK | {Part.CUSTOMERS, Part.SESSIONS},
    "chat.waits": frozenset({Part.CONVERSATIONS}),
    "chat.rests": frozenset({Part.CONVERSATIONS}),
    "stages.changed": frozenset({Part.CONVERSATIONS}),
    "conversation.updated": _TALK | {Part.CUSTOMERS},
    "offer.shown": frozenset({Part.FIGURES, Part.MESSAGES}),
    "offer.painted": frozenset({Part.FIGURES}),
    "offer.grown": frozenset({Part.FIGURES, Part.MESSAGES, Part.LEARNING}),
    "offer.answered": frozenset({Part.FIGURES, Part.MESSAGES, Part.LEARNING}),
    **{
        f"suggestion.{what}": frozenset({Part.FIGURES, Part.MESSAGES, Part.LEARNING})
        for what in ("shown", "picked", "inserted", "failed", "sent", "edited", "ignored", "dismissed", "judged")
    },
    "care.raised": frozenset({Part.MESSAGES}),
    "capture.paused": frozenset({Part.SESSIONS}),
    "capture.resumed": frozenset({Part.SESSIONS}),
    **{
        f"proposal.{what}": frozenset({Part.PROPOSALS, Part.LEARNING})
        for what in ("made", "grown", "approved", "rejected", "proposed")
    },
    "ranking.changed": frozenset({Part.LEARNING}),
    "ranking.measured": frozenset({Part.LEARNING}),
    "replies.changed": frozenset({Part.REPLIES}),
    "intents.changed": frozenset({Part.INTENTS}),
    "knowledge.changed": frozenset({Part.KNOWLEDGE}),
    "customer.updated": frozenset({Part.CUSTOMERS}),
    "customer.merged": _EVERYTHING,
    "customer.split": _EVERYTHING,
    "customer.erased": _EVERYTHING,
    "customer.anonymised": _EVERYTHING,
    **{
        f"consent.{what}": frozenset({Part.PRIVACY, Part.CUSTOMERS})
        for what in ("added", "changed", "withdrawn", "removed")
    },
    "user.changed": frozenset({Part.USERS, Part.CONVERSATIONS}),
    "webhook.added": frozenset({Part.WEBHOOKS}),
    "webhook.changed": frozenset({Part.WEBHOOKS}),
    "webhook.removed": frozenset({Part.WEBHOOKS}),
    "webhook.dead": frozenset({Part.WEBHOOKS}),
    "webhook.test": frozenset({Part.WEBHOOKS}),
    "backup.made": frozenset({Part.BACKUPS}),
    "backup.removed": frozenset({Part.BACKUPS}),
    "backup.proven": frozenset({Part.BACKUPS}),
    "backup.failed": frozenset({Part.BACKUPS}),
    "backup.restored": _EVERYTHING,
    "alert.raised": frozenset({Part.ALERTS}),
    "alert.cleared": frozenset({Part.ALERTS}),
    "session.life": frozenset({Part.SESSIONS}),
    "session.started": frozenset({Part.SESSIONS}),
    "session.stopped": frozenset({Part.SESSIONS}),
    "page.state": frozenset({Part.SESSIONS}),
    "model.state": frozenset({Part.SESSIONS, Part.MODELS}),
}
"""What each kind of event puts out of date. A kind that this window does not know yet: everything."""


def changed_by(kind: str) -> frozenset[Part]:
    """The parts that an event of this kind puts out of date."""
    return CHANGES.get(kind, _EVERYTHING)
