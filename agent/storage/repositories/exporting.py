"""Everything that is stored about a person, for themselves."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, exists, or_, select
from sqlalchemy.ext.asyncio import AsyncConnection

from agent.contract.export import (
    Export,
    ExportedAnalysis,
    ExportedChat,
    ExportedEvent,
    ExportedLine,
    ExportedListed,
    ExportedMessage,
    ExportedNote,
    ExportedReply,
    ExportedSuggestion,
)
from agent.storage.repositories import consents, subject
from agent.storage.repositories.subject import Subject, parts
from agent.storage.tables import (
    AiAnalysis,
    Conversation,
    ConversationDesk,
    CorrectedIntent,
    Customer,
    CustomerField,
    CustomerNote,
    CustomerTag,
    EventLine,
    Evidence,
    JoinedConversation,
    ListedChat,
    Message,
    Offer,
    PipelineStage,
    ProposalLine,
    Suggestion,
)


async def everything(db: AsyncConnection, lines: Collection[int], profile: str, now: datetime) -> Export:
    """What the database knows of a person; who looked at it and which backups hold it is added by others."""
    who = await subject.of(db, lines)
    in_groups = await subject.group_messages(db, who)
    messages = await _messages(db, [Message.conversation_id.in_(some) for some in parts(who.chats)])
    written = await _messages(db, [Message.id.in_(some) for some in parts(in_groups)])
    texts = {one.text for chat in messages.values() for one in chat if one.text}
    listed = await subject.rows_of_list(db, who, texts)
    listed = [*listed, *await _listed_in_groups(db, who)]
    ids = sorted(who.customers)
    people = await db.execute(select(*Customer.__table__.columns).where(Customer.id.in_(ids)).order_by(Customer.id))
    fields = await db.execute(select(CustomerField.name, CustomerField.value).where(CustomerField.customer_id.in_(ids)))
    tags = await db.scalars(select(CustomerTag.tag).where(CustomerTag.customer_id.in_(ids)).distinct())
    notes = await db.execute(
        select(CustomerNote.text, CustomerNote.written_by, CustomerNote.at, CustomerNote.updated_at)
        .where(CustomerNote.customer_id.in_(ids))
        .order_by(CustomerNote.id)
    )
    return Export(
        made_at=now,
        profile=profile,
        masked=False,
        person=min(ids),
        lines=tuple(_line(one._asdict()) for one in people),
        chats=tuple(await _chats(db, who.chats, messages)) + tuple(await _chats(db, sorted(written), written)),
        listed=tuple(_listed(one._asdict()) for one in listed),
        notes=tuple(ExportedNote.model_validate(one._asdict()) for one in notes),
        tags=tuple(sorted(tags)),
        extra={one.name: one.value for one in fields},
        consents=tuple(await consents.listed(db, ids)),
        learned=tuple(await _learned(db, who)),
        events=tuple(await _events(db, who)),
        accesses=(),
        backups=(),
    )


async def _chats(
    db: AsyncConnection, ids: Iterable[int], messages: Mapping[int, list[ExportedMessage]]
) -> list[ExportedChat]:
    query = (
        select(
            Conversation.id.label("conversation_id"),
            Conversation.session,
            Conversation.title,
            Conversation.phone,
            Conversation.is_group,
            Conversation.created_at,
            JoinedConversation.into_id.label("joined_into"),
            ConversationDesk.status,
            ConversationDesk.outcome,
            ConversationDesk.assigned_to,
            ConversationDesk.follow_up_at,
            ConversationDesk.decided_at,
            PipelineStage.name.label("stage"),
        )
        .outerjoin(JoinedConversation, JoinedConversation.conversation_id == Conversation.id)
        .outerjoin(ConversationDesk, ConversationDesk.conversation_id == Conversation.id)
        .outerjoin(PipelineStage, PipelineStage.id == ConversationDesk.stage_id)
        .order_by(Conversation.id)
    )
    found = await _each(db, query, Conversation.id, ids)
    return [ExportedChat(**one._asdict(), messages=tuple(messages.get(one.conversation_id, ()))) for one in found]


async def _messages(db: AsyncConnection, which: Iterable[ColumnElement[bool]]) -> dict[int, list[ExportedMessage]]:
    """By conversation, in the order of the chat."""
    found = [line for one in which for line in await db.execute(_MESSAGES.where(one))]
    offered = defaultdict[int, list[ExportedSuggestion]](list)
    for line in await _each(db, _OFFERED, Offer.message_id, (line.message_id for line in found)):
        said = line._asdict()
        offered[said.pop("message_id")].append(ExportedSuggestion.model_validate(said))
    chats = defaultdict[int, list[ExportedMessage]](list)
    for line in found:
        said = line._asdict()
        chat = said.pop("conversation_id")
        analysis = {name: said.pop(name) for name in _ANALYSIS}
        chats[chat].append(
            ExportedMessage(
                **said,
                analysis=None if analysis["intent"] is None else ExportedAnalysis(**analysis),
                suggestions=tuple(offered.get(said["message_id"], ())),
            )
        )
    return chats


async def _learned(db: AsyncConnection, who: Subject) -> list[ExportedReply]:
    rests = exists().where(
        Evidence.proposal_id == ProposalLine.id,
        Evidence.message_id == Message.id,
        Message.conversation_id.in_(who.chats),
    )
    query = select(ProposalLine.text, ProposalLine.title, ProposalLine.state, ProposalLine.made_at).where(rests)
    found = await db.execute(query.order_by(ProposalLine.id))
    return [ExportedReply(text=x.text, title=x.title, state=x.state.value, made_at=x.made_at) for x in found]


async def _events(db: AsyncConnection, who: Subject) -> list[ExportedEvent]:
    messages = select(Message.id).where(Message.conversation_id.in_(who.chats)).scalar_subquery()
    others = exists().where(Message.id == EventLine.message_id, Message.conversation_id.not_in(who.chats))
    told = or_(EventLine.message_id.in_(messages), and_(EventLine.conversation_id.in_(who.chats), ~others))
    query = select(EventLine.number, EventLine.at, EventLine.kind, EventLine.message_id, EventLine.data).where(told)
    return [ExportedEvent.model_validate(x._asdict()) for x in await db.execute(query.order_by(EventLine.number))]


async def _listed_in_groups(db: AsyncConnection, who: Subject) -> list[Any]:
    ids = await subject.group_rows(db, who)
    return await _each(db, select(*ListedChat.__table__.columns), ListedChat.id, ids)


async def _each(db: AsyncConnection, query: Select[*tuple[Any, ...]], column: Any, ids: Iterable[Any]) -> list[Any]:  # noqa: ANN401
    return [line for some in parts(ids) for line in await db.execute(query.where(column.in_(some)))]


def _line(said: dict[str, Any]) -> ExportedLine:
    return ExportedLine(
        customer_id=said["id"],
        customer=said["name"],
        phone=said["phone"],
        created_at=said["created_at"],
        anonymised_at=said["anonymised_at"],
    )


def _listed(said: dict[str, Any]) -> ExportedListed:
    return ExportedListed(**{name: said[name] for name in ExportedListed.model_fields})


_ANALYSIS = tuple(ExportedAnalysis.model_fields)

_MESSAGES = (
    select(
        Message.id.label("message_id"),
        Message.conversation_id,
        Message.wa_id,
        Message.direction,
        Message.kind,
        Message.author,
        Message.text,
        Message.page_date.label("date"),
        Message.page_time.label("time"),
        Message.zone,
        Message.sent_at,
        Message.first_seen,
        Message.status,
        Message.edited,
        Message.forwarded,
        Message.reactions,
        Message.quoted_author,
        Message.quoted_text,
        CorrectedIntent.intent.label("corrected_intent"),
        *(getattr(AiAnalysis, name) for name in _ANALYSIS),
    )
    .outerjoin(AiAnalysis, AiAnalysis.message_id == Message.id)
    .outerjoin(CorrectedIntent, CorrectedIntent.message_id == Message.id)
    .order_by(Message.conversation_id, Message.position, Message.id)
)

_OFFERED = (
    select(Offer.message_id, Offer.shown_at, Suggestion.text, Suggestion.source, Suggestion.kind, Suggestion.outcome)
    .join(Suggestion, Suggestion.offer_id == Offer.id)
    .order_by(Offer.shown_at, Suggestion.slot)
)
