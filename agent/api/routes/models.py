"""The language models: which there are, which are on this machine, and fetching one."""

import asyncio
from typing import Annotated

from fastapi import APIRouter, Path

from agent.api.guard import GuardedRoute, Reaching, Touching
from agent.api.problems import Code, Refused
from agent.api.reach import Reach
from agent.contract.models import ModelList
from agent.contract.written import Written

router = APIRouter(route_class=GuardedRoute, tags=["models"])

Name = Annotated[Written, Path(max_length=60, description="Name of a model in the list.")]


@router.get("/api/models", summary="List models")
async def models(reach: Reaching) -> ModelList:
    """The catalogue, what is here, how a download goes on, and the model that is running.

    The first look at a large file takes seconds: its checksum is computed.
    """
    return await _list(reach)


@router.post("/api/models/{name}/download", status_code=202, summary="Fetch a model")
async def download(name: Name, reach: Reaching, touched: Touching) -> ModelList:
    """Begins to fetch it, or goes on where it stopped; the list tells how far it is. A false checksum is refused.

    It is used from the next start on, once the setting ``model.name`` names it.
    """
    try:
        reach.models.begin(name)
    except LookupError as error:
        raise Refused(Code.NOT_FOUND) from error
    touched.data["model"] = name
    return await _list(reach)


async def _list(reach: Reach) -> ModelList:
    settings, _ = await reach.settings_file.read()
    chosen = str(next(one.next_value for one in settings if one.name == "model.name"))
    shelf = reach.models
    return ModelList(
        items=await asyncio.to_thread(shelf.entries, chosen),
        chosen=chosen,
        state=reach.analyst.model_state,
        running=reach.analyst.model_name,
        free_memory=shelf.free_memory(),
        free_disk=shelf.free_disk(),
    )
