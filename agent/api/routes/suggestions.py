"""What was suggested, and what became of it."""

from datetime import timedelta
from typing import Annotated

from fastapi import APIRouter, Query

from agent.api.guard import GuardedRoute, Reaching, Touching
from agent.api.paging import Cursor, Limit
from agent.contract.desk import MOST_ID
from agent.contract.history import CardPage, CardQuery
from agent.contract.stored import Outcome
from agent.contract.written import OneLine

router = APIRouter(route_class=GuardedRoute, tags=["suggestions"])


@router.get("/api/suggestions", summary="Cards that were shown, the last one first")
async def suggestions(
    reach: Reaching,
    touched: Touching,
    conversation_id: Annotated[int | None, Query(ge=1, le=MOST_ID)] = None,
    outcome: Annotated[Outcome | None, Query(description="With a suggestion of which this became.")] = None,
    attendant: Annotated[OneLine | None, Query(max_length=100, description="Who sat there.")] = None,
    days: Annotated[int | None, Query(ge=1, le=3660, description="Shown in so many days, until now.")] = None,
    limit: Limit = 50,
    cursor: Cursor = None,
) -> CardPage:
    """Each card with all its suggestions: shown, picked, inserted, sent as they were, edited, dismissed or ignored."""
    query = CardQuery(
        conversation_id=conversation_id,
        outcome=outcome,
        attendant=attendant,
        since=None if days is None else reach.now() - timedelta(days=days),
        limit=limit,
        cursor=cursor,
    )
    page = await reach.store.desk.cards(query)
    touched.customer(*await reach.store.desk.customers_of({card.conversation_id for card in page.items}))
    return page
