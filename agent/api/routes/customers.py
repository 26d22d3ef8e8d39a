"""Customers: who they are, and what people note of them."""

from typing import Annotated

from fastapi import APIRouter, Path, Query, Request

from agent.api.guard import Asking, GuardedRoute, Reaching, Touching
from agent.api.paging import Limit, NumberCursor, Page, number_of
from agent.api.problems import Code, Refused
from agent.api.reach import Reach
from agent.api.whose import Whose
from agent.contract.access import Actor, Role
from agent.contract.customers import (
    CustomerCard,
    CustomerLine,
    CustomerName,
    FieldValue,
    MergeRequest,
    Note,
    NoteText,
    SplitRequest,
)
from agent.contract.desk import MOST_ID
from agent.contract.people import Merged, Person, Split
from agent.contract.written import LABEL, Written
from agent.core.events import Forgotten

router = APIRouter(route_class=GuardedRoute, tags=["customers"])

Tag = Annotated[str, Path(max_length=60, pattern=LABEL, examples=["atacado"])]
FieldName = Annotated[str, Path(max_length=60, pattern=LABEL, examples=["número"])]
NoteId = Annotated[int, Path(ge=1, le=MOST_ID, examples=[1])]


@router.get("/api/customers", summary="Customers, the one stored last first")
async def customers(
    reach: Reaching,
    touched: Touching,
    text: Annotated[
        Written | None, Query(max_length=400, description="Words of their name, or a phone number or part of one.")
    ] = None,
    tag: Annotated[str | None, Query(max_length=60, pattern=LABEL)] = None,
    limit: Limit = 50,
    cursor: NumberCursor = None,
) -> Page[CustomerLine]:
    """A person who was merged into another one is found by any of their names, as that one."""
    found, more = await reach.store.desk.customers(text, tag, limit, number_of(cursor))
    touched.customer(*(one.id for one in found))
    return Page(items=tuple(found), cursor=str(more) if more else None)


@router.get("/api/customers/{phone}", summary="One customer")
async def customer(whose: Whose, reach: Reaching) -> CustomerCard:
    """All that is known of them but their messages: chats, tags, notes, fields, moods, intents, outcomes."""
    return await _card(reach, whose)


@router.patch("/api/customers/{phone}", summary="Give a customer another name")
async def rename(whose: Whose, wanted: CustomerName, reach: Reaching) -> CustomerCard:
    """A name that a person gave stays, however the chat is called later; null takes the chat's title again."""
    await reach.store.desk.rename(whose.id, wanted.customer)
    people = await reach.store.people.find(str(whose.id))
    return await _card(reach, next(one for one in people if one.id == whose.id))


@router.put("/api/customers/{phone}/tags/{tag}", status_code=204, summary="Tag a customer")
async def tag(whose: Whose, tag: Tag, reach: Reaching) -> None:
    """Nothing changes where they have it."""
    await reach.store.desk.tag(whose.id, tag)


@router.delete("/api/customers/{phone}/tags/{tag}", status_code=204, summary="Take a tag from a customer")
async def untag(whose: Whose, tag: Tag, reach: Reaching) -> None:
    """Nothing changes where they do not have it."""
    await reach.store.desk.untag(whose.id, tag)


@router.get("/api/customers/{phone}/notes", summary="Notes about a customer, the newest first")
async def notes(whose: Whose, reach: Reaching, limit: Limit = 50, cursor: NumberCursor = None) -> Page[Note]:
    """What people wrote down."""
    found, more = await reach.store.desk.notes(whose.id, limit, number_of(cursor))
    return Page(items=found, cursor=str(more) if more else None)


@router.post("/api/customers/{phone}/notes", status_code=201, summary="Write a note about a customer")
async def add_note(whose: Whose, note: NoteText, reach: Reaching, actor: Asking, touched: Touching) -> Note:
    """Kept with who wrote it."""
    made = await reach.store.desk.add_note(whose.id, note.text, actor.label)
    touched.data["note_id"] = made.id
    return made


@router.patch("/api/customers/{phone}/notes/{note_id}", summary="Write a note anew")
async def write_note(
    whose: Whose, note_id: NoteId, note: NoteText, reach: Reaching, actor: Asking, touched: Touching
) -> Note:
    """One's own; a supervisor, anybody's."""
    await _may(reach, whose, note_id, actor)
    touched.data["note_id"] = note_id
    written = await reach.store.desk.write_note(whose.id, note_id, note.text)
    if written is None:
        raise Refused(Code.NOT_FOUND)
    return written


@router.delete("/api/customers/{phone}/notes/{note_id}", status_code=204, summary="Throw a note away")
async def remove_note(whose: Whose, note_id: NoteId, reach: Reaching, actor: Asking, touched: Touching) -> None:
    """One's own; a supervisor, anybody's."""
    await _may(reach, whose, note_id, actor)
    touched.data["note_id"] = note_id
    await reach.store.desk.remove_note(whose.id, note_id)


@router.put("/api/customers/{phone}/fields/{name}", status_code=204, summary="Write a field of a customer")
async def set_field(whose: Whose, name: FieldName, field: FieldValue, reach: Reaching) -> None:
    """A field of the company's own, such as a plan or a shoe size."""
    await reach.store.desk.set_field(whose.id, name, field.value)


@router.delete("/api/customers/{phone}/fields/{name}", status_code=204, summary="Take a field from a customer")
async def drop_field(whose: Whose, name: FieldName, reach: Reaching) -> None:
    """Nothing changes where they do not have it."""
    await reach.store.desk.drop_field(whose.id, name)


@router.post("/api/customers/{phone}/merge", summary="Say that two customers are one person")
async def merge(whose: Whose, wanted: MergeRequest, request: Request, reach: Reaching, touched: Touching) -> Merged:
    """The other becomes this one, with all their chats. Split, with the other's number, takes it back.

    Where the chat is open, the running agent forgets it and reads it again.
    """
    touched.customer(wanted.other)
    chats = await reach.store.desk.chats_of([whose.id, wanted.other])
    async with reach.forgetting.memory.still():
        done = await reach.store.people.merge(_own(request, whose), wanted.other, same_chat=wanted.same_chat)
        reach.forgetting.memory.forget(Forgotten(conversation_ids=chats))
    return done


@router.post("/api/customers/{phone}/split", summary="Say that a chat is two people's, or take a merge back")
async def split(whose: Whose, wanted: SplitRequest, request: Request, reach: Reaching, touched: Touching) -> Split:
    """From a message on, the chat is a new customer's; without one, name the customer by their number of before.

    Where the chat is open, the running agent forgets it and reads it again.
    """
    own, people = _own(request, whose), reach.store.people
    chats = await reach.store.desk.chats_of([whose.id])
    async with reach.forgetting.memory.still():
        if wanted.message_id is None:
            done = await people.part(own)
        else:
            done = await people.split(own, wanted.message_id)
        reach.forgetting.memory.forget(Forgotten(conversation_ids=chats))
    touched.customer(done.split_id)
    return done


def _own(request: Request, whose: Person) -> int:
    """The customer's own number before any merge, where the path gives it; who they are today elsewhere."""
    written = str(request.path_params["phone"])
    known = {whose.id, *(chat.customer_id for chat in whose.chats)}
    return int(written) if written.isdecimal() and int(written) in known else whose.id


async def _card(reach: Reach, whose: Person) -> CustomerCard:
    return await reach.store.desk.card(whose, await reach.store.dashboard.place())


async def _may(reach: Reach, whose: Person, note_id: int, actor: Actor) -> None:
    note = await reach.store.desk.note(whose.id, note_id)
    if note is None:
        raise Refused(Code.NOT_FOUND)
    is_own = note.written_by == actor.label
    if not is_own and not (actor.role is not None and actor.role.covers(Role.SUPERVISOR)):
        raise Refused(Code.FORBIDDEN)
