"""The knowledge base: the business's texts that passages are found in."""

import asyncio
from typing import Annotated

from fastapi import APIRouter, Path

from agent.api.guard import GuardedRoute, Reaching, Touching
from agent.contract.knowledge import KNOWLEDGE_NAME, KnowledgeBase, KnowledgeFile, KnowledgeText, NewKnowledge
from agent.contract.written import Written

router = APIRouter(route_class=GuardedRoute, tags=["knowledge"])

NewName = Annotated[str, Path(max_length=100, pattern=KNOWLEDGE_NAME, examples=["entrega.md"])]
Name = Annotated[Written, Path(max_length=400, description="Name of a file in the list.", examples=["entrega.md"])]


@router.get("/api/knowledge", summary="List the knowledge base")
async def knowledge(reach: Reaching) -> KnowledgeBase:
    """Every file, with how many passages can be found in it."""
    return await asyncio.to_thread(reach.knowledge.listed)


@router.get("/api/knowledge/{name}", summary="One file of the knowledge base")
async def text(name: Name, reach: Reaching) -> KnowledgeText:
    """Its text."""
    return KnowledgeText(name=name, text=await asyncio.to_thread(reach.knowledge.text, name))


@router.put("/api/knowledge/{name}", summary="Add or change a file of the knowledge base")
async def put(name: NewName, new: NewKnowledge, reach: Reaching, touched: Touching) -> KnowledgeFile:
    """Writes it, once something can be read in it: Markdown, text, a CSV of questions and answers, or a PDF.

    It is found from now on; the language model reads it at the next start.
    """
    made = await asyncio.to_thread(reach.knowledge.put, name, new)
    touched.data.update(size=made.size, passages=made.passages)
    await reach.store.announce("knowledge.changed", {"change": "put"})
    return made


@router.delete("/api/knowledge/{name}", status_code=204, summary="Remove a file of the knowledge base")
async def remove(name: Name, reach: Reaching) -> None:
    """Nothing of it is found any more."""
    await asyncio.to_thread(reach.knowledge.remove, name)
    await reach.store.announce("knowledge.changed", {"change": "removed"})
