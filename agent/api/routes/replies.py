"""The business's canned replies: the file is the truth, and the running agent takes up what is changed here at once."""

from typing import Annotated, Any

from fastapi import APIRouter, Path, Query, Response

from agent.analysis.retrieval.replies import Reply, left_open, variables_of
from agent.api.guard import GuardedRoute, Reaching, Touching
from agent.api.paging import Limit, NumberCursor, number_of
from agent.api.problems import Code, Refused
from agent.api.reach import Reach
from agent.api.versions import ETAG, Seen, SeenOrNot, etag
from agent.contract.replies import (
    CannedReply,
    Intent,
    NewReply,
    PreviewRequest,
    ReplyChange,
    ReplyPreview,
    ReplyShelf,
)
from agent.contract.written import Written

router = APIRouter(route_class=GuardedRoute, tags=["replies"])

Id = Annotated[
    Written,
    Path(min_length=1, max_length=200, description="Id of the reply, as the file has it.", examples=["prazo"]),
]
_BROKEN: dict[int | str, dict[str, Any]] = {409: {"description": "The file was broken by hand."}}


@router.get("/api/replies", summary="List replies", responses={200: ETAG, **_BROKEN})
async def replies(
    reach: Reaching,
    response: Response,
    limit: Limit = 100,
    cursor: NumberCursor = None,
    q: Annotated[
        Written | None, Query(max_length=100, description="Words of the title, the text or the shortcut.")
    ] = None,
    intent: Annotated[Intent | None, Query(description="Only those for this intent.")] = None,
) -> ReplyShelf:
    """The canned replies in the file's order, and the business's facts that their variables may name."""
    book, file = await reach.replies.read()
    begin, words = number_of(cursor) or 0, (q or "").casefold().split()
    found = [
        (place, reply)
        for place, reply in enumerate(book.replies)
        if place >= begin and (intent is None or intent in reply.intents) and _has(reply, words)
    ]
    response.headers.update(etag(file.version))
    return ReplyShelf(
        items=tuple(_shown(reply) for _, reply in found[:limit]),
        cursor=str(found[limit][0]) if len(found) > limit else None,
        business=book.business,
        variables=book.variables,
        default=not file.there,
    )


@router.post("/api/replies", status_code=201, summary="Add a reply", responses={201: ETAG})
async def add(
    new: NewReply, reach: Reaching, touched: Touching, response: Response, seen: SeenOrNot = None
) -> CannedReply:
    """Puts it behind all others. The first change of all makes the business's own file of the neutral replies."""
    reply, version = await reach.replies.add(new, seen)
    await _tell(reach, touched, reply.id, "added")
    response.headers.update(etag(version))
    return _shown(reply)


@router.post("/api/replies/preview", summary="See a text with its variables filled")
async def preview(asked: PreviewRequest, reach: Reaching) -> ReplyPreview:
    """The text as a customer of that name would get it now. Nothing is stored."""
    book, _ = await reach.replies.read()
    text = book.fill_text(asked.text, reach.now().astimezone(), asked.customer or None, asked.order or None)
    return ReplyPreview(
        text=text,
        missing=tuple(name for name in left_open(text) if name in book.variables),
        unknown=tuple(name for name in variables_of(asked.text) if name not in book.variables),
    )


@router.get("/api/replies/{reply_id}", summary="One reply", responses={200: ETAG, **_BROKEN})
async def reply(reply_id: Id, reach: Reaching, response: Response) -> CannedReply:
    """One canned reply, and in ETag the version of the file, to change it with."""
    book, file = await reach.replies.read()
    for one in book.replies:
        if one.id == reply_id:
            response.headers.update(etag(file.version))
            return _shown(one)
    raise Refused(Code.NOT_FOUND)


@router.put("/api/replies/{reply_id}", summary="Change a reply", responses={200: ETAG, **_BROKEN})
async def put(
    reply_id: Id, change: ReplyChange, seen: Seen, reach: Reaching, touched: Touching, response: Response
) -> CannedReply:
    """Replaces what it holds; it keeps its id and its place in the file."""
    changed, version = await reach.replies.put(reply_id, change, seen)
    await _tell(reach, touched, reply_id, "changed")
    response.headers.update(etag(version))
    return _shown(changed)


@router.delete("/api/replies/{reply_id}", status_code=204, summary="Remove a reply")
async def remove(reply_id: Id, seen: Seen, reach: Reaching, touched: Touching) -> None:
    """Takes it out of the file."""
    await reach.replies.remove(reply_id, seen)
    await _tell(reach, touched, reply_id, "removed")


async def _tell(reach: Reach, touched: Touching, reply_id: str, change: str) -> None:
    touched.data.update(reply_id=reply_id, change=change)
    await reach.store.announce("replies.changed", {"reply_id": reply_id, "change": change})


def _has(reply: Reply, words: list[str]) -> bool:
    said = " ".join((reply.title, reply.text, reply.shortcut or "")).casefold()
    return all(word in said for word in words)


def _shown(reply: Reply) -> CannedReply:
    return CannedReply(**reply.model_dump(), variables=variables_of(reply.text))
