"""What all tables share."""

from datetime import datetime

from sqlalchemy import JSON, MetaData
from sqlalchemy.orm import DeclarativeBase

from agent.contract.access import Role
from agent.contract.analysis import Sentiment, SuggestionKind
from agent.contract.desk import ConversationOutcome, ConversationStatus, LegalBasis
from agent.contract.jobs import JobFault
from agent.contract.learning import ProposalState, RankingState
from agent.contract.rows import Change, Delivery, Direction, Kind
from agent.contract.stored import Edit, MessageState, Outcome
from agent.contract.webhooks import DeliveryState
from agent.storage.columns import UtcDateTime, word


class Base(DeclarativeBase):
    """Names every constraint by one rule, so that a migration can drop it on any database."""

    metadata = MetaData(
        naming_convention={
            "ix": "ix_%(table_name)s_%(column_0_N_name)s",
            "uq": "uq_%(table_name)s_%(column_0_N_name)s",
            "fk": "fk_%(table_name)s_%(column_0_name)s",
            "pk": "pk_%(table_name)s",
        }
    )
    type_annotation_map = {  # noqa: RUF012 - SQLAlchemy reads it as a plain class attribute
        datetime: UtcDateTime(),
        dict[str, object]: JSON(),
        dict[str, float]: JSON(),
        list[dict[str, object]]: JSON(),
        list[list[object]]: JSON(),
        list[str]: JSON(),
        list[int]: JSON(),
        Kind: word(Kind),
        Direction: word(Direction),
        Delivery: word(Delivery),
        Change: word(Change),
        MessageState: word(MessageState),
        Sentiment: word(Sentiment),
        Outcome: word(Outcome),
        SuggestionKind: word(SuggestionKind),
        Edit: word(Edit),
        ProposalState: word(ProposalState),
        RankingState: word(RankingState),
        Role: word(Role),
        ConversationStatus: word(ConversationStatus),
        ConversationOutcome: word(ConversationOutcome),
        LegalBasis: word(LegalBasis),
        DeliveryState: word(DeliveryState),
        JobFault: word(JobFault),
    }
