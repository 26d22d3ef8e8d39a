"""Conversations: who spoke last, who waits, who looks after them."""

import asyncio
from contextlib import suppress
from typing import Annotated

from fastapi import APIRouter, Path, Query, Response

from agent.api.guard import Asking, GuardedRoute, Reaching, Touching
from agent.api.paging import Cursor, Limit, NumberCursor, Page, number_of
from agent.api.problems import Code, Fault, Refused
from agent.contract.access import Actor
from agent.contract.desk import (
    MOST_ID,
    ConversationChange,
    ConversationLine,
    ConversationOutcome,
    ConversationPage,
    ConversationQuery,
    ConversationStatus,
)
from agent.contract.history import ConversationFormat, MessageCard, MessagePage
from agent.contract.report import ReportLanguage
from agent.contract.triage import ListedChat
from agent.contract.written import OneLine, Written
from agent.errors import BadInput
from agent.identifiers import mask_identifiers
from agent.reports.conversation_file import MEDIA, ConversationFile
from agent.reports.wording import Wording

router = APIRouter(route_class=GuardedRoute, tags=["conversations"])

ConversationId = Annotated[int, Path(ge=1, le=MOST_ID, examples=[1])]
_AT_ONCE = 200


@router.get("/api/conversations", summary="Conversations, the one with the newest message first")
async def conversations(
    reach: Reaching,
    actor: Asking,
    touched: Touching,
    status: ConversationStatus | None = None,
    outcome: ConversationOutcome | None = None,
    stage: Annotated[
        str | None,
        Query(pattern=r"^(none|[1-9][0-9]{0,14})$", description="A stage's id; ``none``: open, in no stage."),
    ] = None,
    assigned_to: Annotated[
        str | None, Query(pattern=r"^(me|nobody|[1-9][0-9]{0,17})$", description="``me``, ``nobody``, or a user's id.")
    ] = None,
    session: Annotated[OneLine | None, Query(max_length=60)] = None,
    text: Annotated[
        Written | None, Query(max_length=400, description="Words of the title, or a phone number or part of one.")
    ] = None,
    waiting: Annotated[
        bool | None, Query(description="The customer has spoken last, and nobody has closed it.")
    ] = None,
    limit: Limit = 50,
    cursor: Cursor = None,
) -> ConversationPage:
    """Pages hold each conversation once, whatever comes in meanwhile: they show the list as it was at the first one."""
    query = ConversationQuery(
        status=status,
        outcome=outcome,
        stage=None if stage is None else 0 if stage == "none" else int(stage),
        assigned_to=_user(assigned_to, actor),
        session=session,
        title=text,
        waiting=waiting,
        limit=limit,
        cursor=cursor,
    )
    page = await reach.store.desk.conversations(query)
    touched.customer(*(one.customer_id for one in page.items))
    return page


@router.get("/api/conversations/{conversation_id}", summary="One conversation")
async def conversation(conversation_id: ConversationId, reach: Reaching, touched: Touching) -> ConversationLine:
    """As it stands. One that a person has joined to another one leads to that."""
    return _found(await reach.store.desk.conversation(conversation_id), touched)


@router.patch("/api/conversations/{conversation_id}", summary="Assign a conversation, or say how it stands")
async def change(
    conversation_id: ConversationId, wanted: ConversationChange, reach: Reaching, touched: Touching
) -> ConversationLine:
    """What is left out stays as it is. Told by the event ``conversation.updated``."""
    touched.data["fields"] = sorted(wanted.model_fields_set)
    return _found(await reach.store.desk.change(conversation_id, wanted), touched)


@router.get("/api/conversations/{conversation_id}/messages", summary="What was said, the newest first")
async def messages(
    conversation_id: ConversationId,
    reach: Reaching,
    touched: Touching,
    limit: Limit = 50,
    cursor: NumberCursor = None,
) -> MessagePage:
    """In the order of the chat, each message with its analysis and the cards that were shown for it."""
    page = await reach.store.desk.messages(conversation_id, limit, number_of(cursor))
    if page is None:
        raise Refused(Code.NOT_FOUND)
    touched.data["conversation_id"] = conversation_id
    touched.customer(*await reach.store.desk.customers_of([conversation_id]))
    touched.customer(*(one.customer_id for one in page.items))
    return page


@router.get(
    "/api/conversations/{conversation_id}/export",
    summary="A conversation as CSV or as text",
    response_class=Response,
    responses={200: {"content": {kind.partition(";")[0]: {"schema": {"type": "string"}} for kind in MEDIA.values()}}},
)
async def export(
    conversation_id: ConversationId,
    reach: Reaching,
    touched: Touching,
    form: Annotated[ConversationFormat, Query(alias="format")] = ConversationFormat.CSV,
    language: Annotated[ReportLanguage | None, Query(description="As the agent is set, when left out.")] = None,
) -> Response:
    """The oldest message first, with times of the page's zone.

    Numbers of documents and the like are masked where privacy.mask_exports says so.
    """
    line = _found(await reach.store.desk.conversation(conversation_id), touched)
    cards, cursor = list[MessageCard](), None
    while page := await reach.store.desk.messages(line.id, _AT_ONCE, number_of(cursor)):
        cards += page.items
        if (cursor := page.cursor) is None:
            break
    touched.customer(*(one.customer_id for one in cards))
    masks = reach.settings.privacy.mask_exports
    touched.data.update(format=form.value, messages=len(cards), masked=masks)
    titles = dict[str, str]()
    with suppress(BadInput):  # A file of intents that cannot be read is no reason to have no conversation.
        titles = (await reach.intents.read())[0].titles()
    file = ConversationFile(
        line,
        Wording(language or reach.settings.language, titles),
        (await reach.store.reporting.place()).local,
        mask_identifiers if masks else None,
    )
    content = await asyncio.to_thread(file.rendered, cards[::-1], form)
    headers = {
        "Content-Disposition": f'attachment; filename="conversation-{line.id}.{form.value}"',
        "Cache-Control": "no-store",
    }
    return Response(content, headers=headers, media_type=MEDIA[form])


@router.get("/api/waiting", summary="Who waits, as the chat list shows it")
async def waiting(
    reach: Reaching,
    everybody: Annotated[bool, Query(alias="all", description="Also chats in which nobody waits.")] = False,
    limit: Annotated[int, Query(ge=1, le=2000, description="So many at most.")] = 200,
) -> Page[ListedChat]:
    """The longest wait first, opened or not. The list knows titles alone, and no customers."""
    found = await reach.store.listed(reach.settings.profile)
    return Page(items=tuple(chat for chat in found if everybody or chat.waits)[:limit])


def _user(assigned_to: str | None, actor: Actor) -> int | None:
    if assigned_to == "nobody":
        return 0
    if assigned_to == "me":
        if actor.kind != "user" or actor.id is None:
            raise Refused(Code.CONFLICT, faults=[Fault(where="query.assigned_to", what="nobody_signed_in")])
        return actor.id
    return int(assigned_to) if assigned_to else None


def _found(line: ConversationLine | None, touched: Touching) -> ConversationLine:
    if line is None:
        raise Refused(Code.NOT_FOUND)
    touched.data["conversation_id"] = line.id
    touched.customer(line.customer_id)
    return line
