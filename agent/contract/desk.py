"""What people note of customers and conversations."""

from datetime import datetime
from enum import StrEnum
from typing import Annotated

from pydantic import Field

from agent.contract.analysis import Sentiment
from agent.contract.base import Value
from agent.contract.numbers import WHOLE
from agent.contract.rows import Direction, Kind
from agent.contract.written import Moment

MOST_ID = 2**53 - 1
"""Larger numbers are not the same in every program that reads JSON."""
Id = Annotated[int, Field(ge=1, le=MOST_ID), *WHOLE]
"""The number of something, as others send it."""


class ConversationStatus(StrEnum):
    """Whether somebody has to do something."""

    OPEN = "open"
    PENDING = "pending"
    """Our side has answered and waits for something."""
    CLOSED = "closed"


class ConversationOutcome(StrEnum):
    """What came of a conversation, as a person says."""

    OPEN = "open"
    WON = "won"
    LOST = "lost"
    RESOLVED = "resolved"


class LegalBasis(StrEnum):
    """Why data of a person may be kept: the bases of article 7 of the LGPD that a company's service comes across."""

    CONSENT = "consent"
    CONTRACT = "contract"
    LEGAL_OBLIGATION = "legal_obligation"
    LEGITIMATE_INTEREST = "legitimate_interest"
    CREDIT_PROTECTION = "credit_protection"
    RIGHTS_IN_PROCEEDINGS = "proceedings"


class ConversationQuery(Value):
    """Which conversations are wanted; None: all."""

    status: ConversationStatus | None = None
    outcome: ConversationOutcome | None = None
    assigned_to: int | None = None
    """Id of a user; 0: nobody."""
    stage: int | None = None
    """Id of a stage; 0: open, and in none."""
    session: str | None = None
    title: str | None = None
    """Words of the title, each as the beginning of a word, or a phone number or part of one."""
    waiting: bool | None = None
    limit: int = 50
    cursor: str | None = None


class LastMessage(Value):
    """The last thing that was said in a conversation: no system row, no call, nothing that was taken back."""

    message_id: int
    direction: Direction
    kind: Kind
    text: str | None
    at: datetime
    """UTC. When it was written, to the minute; when it was first seen where that is not known."""
    sentiment: Sentiment | None = None
    intent: str | None = None
    """As the analysis said, or as a person has corrected it."""


class ConversationLine(Value):
    """A conversation as it stands."""

    id: int
    session: str = Field(examples=["loja"])
    """Name of the profile that reads it; ``api:`` and a name for what another system handed over."""
    title: str = Field(examples=["Maria"])
    is_group: bool
    phone: str | None = Field(examples=["+5511900000012"])
    customer_id: int | None
    """Who it is with today, after all merges; None for a group."""
    status: ConversationStatus
    outcome: ConversationOutcome
    stage_id: int | None = None
    """The company's own stage in which it stands; None where it is in none, as everything that is not open."""
    assigned_to: int | None
    attendant: str | None
    """Name of the user to whom it is assigned."""
    follow_up_at: datetime | None
    decided_at: datetime | None
    """When it became won, lost or resolved."""
    active_at: datetime
    """UTC. When the last message was written; for a conversation without one, when it was first seen."""
    last: LastMessage | None
    waits: bool
    """The customer has spoken last, in a chat with one person, and nobody has closed it since."""
    waits_since: datetime | None
    """When they wrote the first message that was not answered."""


class ConversationPage(Value):
    """A page of conversations, the one with the newest message first."""

    items: tuple[ConversationLine, ...]
    cursor: str | None


class ConversationChange(Value):
    """What is to be changed. What is left out stays as it is."""

    status: ConversationStatus | None = Field(default=None, description="null: as it is.")
    outcome: ConversationOutcome | None = Field(default=None, description="null: as it is.")
    stage_id: Id | None = Field(
        default=None,
        description="The company's own stage in which it stands; null: none. A stage makes it open; won, lost and "
        "resolved take it out of its stage.",
    )
    assigned_to: Id | None = Field(default=None, description="Id of a user; null: nobody's.")
    follow_up_at: Moment | None = Field(
        default=None, description="When to come back to it, with a time zone; null: never."
    )
