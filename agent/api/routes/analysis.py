"""Another program's texts, analysed as the page's are, and kept nowhere."""

import asyncio
import itertools
from contextlib import aclosing

from fastapi import APIRouter, Request

from agent.api.guard import GuardedRoute, Reaching
from agent.api.problems import Refused
from agent.api.reach import Reach
from agent.contract.analysis import Analysis, Question, Turn
from agent.contract.generation import AnalysisRequest, DraftState, GeneratedAnalysis
from agent.contract.rows import Change, Direction, Kind
from agent.contract.stored import MessageState, StoredMessage

router = APIRouter(route_class=GuardedRoute, tags=["analysis"])

_NO_CONVERSATION = 0
"""No stored one has this number: the model keeps what it reads here apart from every chat."""

_numbers = itertools.count(-1, -1)
"""Of the turns of all requests: what the model remembers of one must never look like the beginning of another."""


@router.post(
    "/api/analysis/generate",
    summary="Analyse a text",
    responses={503: {"description": "Too many wait already; Retry-After says when to come again."}},
)
async def generate(asked: AnalysisRequest, request: Request, reach: Reaching) -> GeneratedAnalysis:
    """Sentiment, intent, certainty and fitting replies for a customer's text; with ``draft`` a reply of the model too.

    Nothing is stored. What the page needs goes first: one request is worked on at a time. A draft stops when its time
    is over or the client goes away.
    """
    question = Question(
        text=asked.text,
        customer=asked.customer,
        context=tuple(Turn(out=turn.out, text=turn.text) for turn in asked.context),
    )
    async with reach.turnstiles.analyses.passing():
        analysis = await reach.analyst.analyse(question, asked.limit)
    draft: str | None = None
    state: DraftState = "not_asked"
    if asked.draft:
        draft, state = await _draft(asked, analysis, request, reach)
    return GeneratedAnalysis(
        **{name: getattr(analysis, name) for name in GeneratedAnalysis.model_fields if name in Analysis.model_fields},
        draft=draft,
        draft_state=state,
        model_name=reach.analyst.model_name,
    )


async def _draft(
    asked: AnalysisRequest, analysis: Analysis, request: Request, reach: Reach
) -> tuple[str | None, DraftState]:
    """The model's text, and what became of it. ``Refused``: too many drafts are waited for."""
    model = reach.analyst.model_state
    if model != "ready":
        return None, model
    async with asyncio.TaskGroup() as tasks:
        writing = tasks.create_task(_write(asked, analysis, reach), name="draft")
        leaving = tasks.create_task(_left(request), name="client")
        await asyncio.wait({writing, leaving}, timeout=asked.draft_s, return_when=asyncio.FIRST_COMPLETED)
        in_time = writing.done()
        writing.cancel()
        leaving.cancel()
    if not in_time:
        return None, "timed_out"
    text = writing.result()
    if isinstance(text, Refused):
        raise text
    return (text, "written") if text else (None, "nothing")


async def _write(asked: AnalysisRequest, analysis: Analysis, reach: Reach) -> str | Refused:
    text = ""
    try:
        async with (
            reach.turnstiles.drafts.passing(),
            aclosing(reach.analyst.draft(_turns(asked, reach), analysis, patient=True)) as texts,
        ):
            async for grown in texts:
                text = grown
    except Refused as refused:  # As a value: a group of tasks would wrap it.
        return refused
    return text


async def _left(request: Request) -> None:
    """Returns when the client has gone away."""
    while (await request.receive())["type"] != "http.disconnect":
        pass


def _turns(asked: AnalysisRequest, reach: Reach) -> list[StoredMessage]:
    said = [*((turn.out, turn.text) for turn in asked.context), (False, asked.text)]
    return [
        StoredMessage(
            id=next(_numbers),
            wa_id="",
            conversation_id=_NO_CONVERSATION,
            chat_title=asked.customer or "",
            direction=Direction.OUT if out else Direction.IN,
            kind=Kind.TEXT,
            author=None,
            text=text,
            state=MessageState.PROCESSING,
            origin=Change.NEW,
            first_seen=reach.now(),
        )
        for out, text in said
    ]
