"""The company's own stages, in which open conversations stand."""

from typing import Annotated

from fastapi import APIRouter, Path, Query

from agent.api.guard import GuardedRoute, Reaching, Touching
from agent.api.paging import Page
from agent.api.problems import Code, Refused
from agent.contract.desk import MOST_ID
from agent.contract.stages import NewStage, Stage, StageChange, StageRemoved

router = APIRouter(route_class=GuardedRoute, tags=["conversations"])

StageId = Annotated[int, Path(ge=1, le=MOST_ID, examples=[1])]


@router.get("/api/stages", summary="The company's own stages, in their order")
async def stages(reach: Reaching) -> Page[Stage]:
    """Each with how many open conversations stand in it. There are none until somebody adds one."""
    return Page(items=tuple(await reach.store.desk.stages()))


@router.post("/api/stages", status_code=201, summary="Add a stage")
async def add(wanted: NewStage, reach: Reaching, touched: Touching) -> Stage:
    """Behind the others. Told by the event ``stages.changed``, as every other change of the stages."""
    made = await reach.store.desk.add_stage(wanted.name)
    touched.data["stage"] = made.id
    return made


@router.patch("/api/stages/{stage_id}", summary="Rename a stage, or put it elsewhere")
async def change(stage_id: StageId, wanted: StageChange, reach: Reaching, touched: Touching) -> Stage:
    """Its conversations stay in it."""
    touched.data.update(stage=stage_id, fields=sorted(wanted.model_fields_set))
    changed = await reach.store.desk.change_stage(stage_id, wanted)
    if changed is None:
        raise Refused(Code.NOT_FOUND)
    return changed


@router.delete("/api/stages/{stage_id}", summary="Remove a stage")
async def remove(
    stage_id: StageId,
    reach: Reaching,
    touched: Touching,
    to: Annotated[
        int | None, Query(ge=1, le=MOST_ID, description="The stage to which its conversations go; else to none.")
    ] = None,
) -> StageRemoved:
    """No conversation is lost: what stood in it stands in ``to`` now, or is open without a stage."""
    touched.data.update(stage=stage_id)
    removed = await reach.store.desk.remove_stage(stage_id, to)
    if removed is None:
        raise Refused(Code.NOT_FOUND)
    touched.data.update(conversations=removed.moved)
    return removed
