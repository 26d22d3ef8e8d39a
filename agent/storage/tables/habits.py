"""How people like their work: the card's looks, and the replies that they use."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, String
from sqlalchemy.orm import Mapped, mapped_column

from agent.storage.tables.base import Base


class Habit(Base):
    """How one person likes the card."""

    __tablename__ = "habits"

    session: Mapped[str] = mapped_column(String(100), primary_key=True)
    attendant: Mapped[str] = mapped_column(String(100), primary_key=True)
    """Empty where it is not known who sits there."""
    preferences: Mapped[dict[str, Any]] = mapped_column(JSON)
    updated_at: Mapped[datetime]


class ReplyUse(Base):
    """How often a canned reply was taken from the list. Of nobody: only the reply counts."""

    __tablename__ = "reply_uses"

    reply_id: Mapped[str] = mapped_column(String(64), primary_key=True)
    uses: Mapped[int]
    used_at: Mapped[datetime]
