"""The business's own intents: their examples, learning from them, and the way back to an earlier version."""

from typing import Annotated, Any

from fastapi import APIRouter, Path, Response

from agent.analysis.learning.masking import masked
from agent.api.guard import GuardedRoute, Reaching, Touching
from agent.api.problems import Code, Fault, Refused
from agent.api.versions import ETAG, SeenOrNot, etag
from agent.contract.analysis import INTENTS
from agent.contract.intents import IntentChange, IntentShelf, IntentTitles, OwnIntentEntry, Training
from agent.contract.replies import UNSEEN

router = APIRouter(route_class=GuardedRoute, tags=["intents"])

Name = Annotated[
    str,
    Path(min_length=1, max_length=60, pattern=rf"^[^\s{UNSEEN}]([^{UNSEEN}]*[^\s{UNSEEN}])?$", examples=["oil_change"]),
]
Number = Annotated[int, Path(ge=0, le=999_999, description="Of a version; 0: the built-in intents alone.")]
_BROKEN: dict[int | str, dict[str, Any]] = {409: {"description": "The file was broken by hand."}}


@router.get("/api/intents", summary="List own intents", responses={200: ETAG, **_BROKEN})
async def intents(reach: Reaching, response: Response) -> IntentShelf:
    """The business's own intents in the file's order, and every version that was learned."""
    own, version = await reach.intents.read()
    versions, in_use = await reach.intents.versions()
    response.headers.update(etag(version))
    return IntentShelf(
        items=tuple(
            OwnIntentEntry(name=name, title=one.title, examples=one.examples, built_in=name in INTENTS)
            for name, one in own.intents.items()
        ),
        corrections=len(await reach.store.learning.corrections()),
        in_use=in_use,
        versions=versions,
    )


@router.get("/api/intent-titles", summary="What the company calls its own intents", responses=_BROKEN)
async def titles(reach: Reaching) -> IntentTitles:
    """By name: its own ones, and built-in ones that it has given another title. Analyses and figures hold the names."""
    own, _ = await reach.intents.read()
    return IntentTitles(titles=own.titles())


@router.put("/api/intents/{name}", status_code=204, summary="Add or change an intent", responses={204: ETAG, **_BROKEN})
async def put(
    name: Name, change: IntentChange, reach: Reaching, touched: Touching, response: Response, seen: SeenOrNot = None
) -> None:
    """Writes its title and examples into the file. They count once they have been learned."""
    response.headers.update(etag(await reach.intents.put(name, change, seen)))
    touched.data.update(examples=len(change.examples))
    await reach.store.announce("intents.changed", {"change": "examples"})


@router.delete("/api/intents/{name}", status_code=204, summary="Remove an intent", responses=_BROKEN)
async def remove(name: Name, reach: Reaching, seen: SeenOrNot = None) -> None:
    """Takes it and its examples out of the file. It is known until the others have been learned."""
    await reach.intents.remove(name, seen)
    await reach.store.announce("intents.changed", {"change": "examples"})


@router.post("/api/training/intents", summary="Learn the intents", responses=_BROKEN)
async def train(reach: Reaching, touched: Touching) -> Training:
    """Learns from the examples and from what people corrected, uses it at once, and tells how good it is.

    It takes a second or two. ``accuracy_before`` is that of the built-in intents on the same examples, and
    ``accuracy_after`` that of what was learned, each example read by a classifier that had not seen it.
    """
    async with reach.turnstiles.trainings.passing():
        found = await reach.intents.train(masked(await reach.store.learning.corrections()))
    if found is None:
        raise Refused(Code.CONFLICT, faults=[Fault(where="file.intents", what="no examples")])
    version, new = found
    touched.data.update(number=version.number, new=new)
    await reach.store.announce("intents.changed", {"change": "learned", "number": version.number})
    return Training(version=version, new=new)


@router.post("/api/intents/versions/{number}/use", status_code=204, summary="Use a version of the intents")
async def use(number: Number, reach: Reaching, touched: Touching) -> None:
    """Goes back to an earlier one, or forth."""
    touched.data["number"] = number
    await reach.intents.use(number or None)
    await reach.store.announce("intents.changed", {"change": "used", "number": number})
