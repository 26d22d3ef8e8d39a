"""Messages: found by their words, one by one, and those of other systems."""

from typing import Annotated

from fastapi import APIRouter, Path, Query

from agent.api.capturing import capture as store
from agent.api.guard import GuardedRoute, Reaching, Touching
from agent.api.paging import Cursor, Limit
from agent.api.problems import Code, Refused
from agent.contract.analysis import Sentiment
from agent.contract.capture import Captured, CaptureRequest
from agent.contract.desk import MOST_ID
from agent.contract.history import MessageCard
from agent.contract.rows import Direction
from agent.contract.search import FoundPage, MessageSearch, Order
from agent.contract.written import AnyMoment, OneLine, Written

router = APIRouter(route_class=GuardedRoute, tags=["messages"])


@router.get("/api/messages", summary="Find what was said")
async def search(
    reach: Reaching,
    touched: Touching,
    text: Annotated[
        Written,
        Query(
            min_length=1,
            max_length=400,
            description="Words, each as the beginning of a word; case, accents and signs make no difference.",
            examples=["entrega amanha"],
        ),
    ],
    since: Annotated[AnyMoment | None, Query(description="With a time zone; to the minute.")] = None,
    before: Annotated[AnyMoment | None, Query(description="With a time zone; to the minute.")] = None,
    chat: Annotated[
        Written | None,
        Query(max_length=400, description="Words of the chat's title, or a phone number or part of one."),
    ] = None,
    sentiment: Sentiment | None = None,
    intent: Annotated[OneLine | None, Query(max_length=100, description="As people have corrected it.")] = None,
    direction: Direction | None = None,
    order: Order = Order.NEWEST,
    limit: Limit = 50,
    cursor: Cursor = None,
) -> FoundPage:
    """Messages with all these words. ``marks`` says where in each text they are."""
    query = MessageSearch(
        words=text,
        since=since,
        before=before,
        in_chat=chat,
        sentiment=sentiment,
        intent=intent,
        direction=direction,
        order=order,
        limit=limit,
        cursor=cursor,
    )
    page = await reach.store.search.messages(query)
    touched.data["found"] = len(page.messages)
    touched.customer(*await reach.store.desk.customers_of({one.conversation_id for one in page.messages}))
    return page


@router.get("/api/messages/{id}", summary="One message")
async def message(
    message_id: Annotated[int, Path(alias="id", ge=1, le=MOST_ID, examples=[1])], reach: Reaching, touched: Touching
) -> MessageCard:
    """With its analysis, and the cards that were shown for it."""
    found = await reach.store.desk.message(message_id)
    if found is None:
        raise Refused(Code.NOT_FOUND)
    touched.data["message_id"] = message_id
    touched.customer(found.customer_id)
    return found


@router.post("/api/messages/capture", status_code=201, summary="Hand over messages of another system")
async def capture(messages: CaptureRequest, reach: Reaching, touched: Touching) -> Captured:
    """Messages of one chat. One that is known by its id is brought up to date, so that repeating this does no harm.

    They are stored apart from what the page shows, as the session ``api:NAME``, and understood in the background.
    """
    captured = await store(reach, messages)
    touched.data |= {"session": captured.session, "conversation_id": captured.conversation_id}
    if captured.conversation_id is not None:
        touched.customer(*await reach.store.desk.customers_of([captured.conversation_id]))
    return captured
