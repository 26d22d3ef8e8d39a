"""Writes down what an attendant says of a customer, under the API's limits, with a line in the audit log."""

from typing import Annotated, assert_never

from pydantic import Field, TypeAdapter, ValidationError

from agent.contract.audit import AuditEntry
from agent.contract.customers import CustomerName, FieldValue, NoteText
from agent.contract.desk import ConversationChange
from agent.contract.people import Person
from agent.contract.workplace import CustomerEdit, DeskEdit, FieldEdit, NameEdit, NoteEdit, TagEdit
from agent.contract.written import LABEL
from agent.errors import BadInput
from agent.storage.audit import AuditStore
from agent.storage.desk import DeskStore

_LABEL: TypeAdapter[str] = TypeAdapter(Annotated[str, Field(max_length=60, pattern=LABEL)])


class Refused(Exception):
    """An edit was not done. ``code`` is the key of the text that says why."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


def label_of(attendant: str) -> str:
    """As whom notes and the audit log name who sits at the counter: ``attendant:Ana``; ``counter``, if nobody knows."""
    return f"attendant:{attendant}" if attendant else "counter"


class Pen:
    """Writes edits. One that changes nothing is no fault."""

    def __init__(self, desk: DeskStore, audit: AuditStore) -> None:
        """Both are parts of the store."""
        self._desk, self._audit = desk, audit

    async def write(self, conversation_id: int, person: Person | None, edit: CustomerEdit, by: str) -> None:
        """Do it. ``person``: whom the conversation is with; None in a group, of which only the standing is kept.

        Raises:
            Refused: it cannot be done.
        """
        try:
            action, data = await self._do(conversation_id, person, edit, by)
        except ValidationError as error:
            raise Refused("bad") from error
        except BadInput as error:
            raise Refused("too_many") from error
        known = () if person is None else (person.id, *(chat.customer_id for chat in person.chats))
        customers = tuple(sorted(set(known)))
        await self._audit.append(AuditEntry(actor=by, action=action, customers=customers, data=data))

    async def _do(
        self, conversation_id: int, person: Person | None, edit: CustomerEdit, by: str
    ) -> tuple[str, dict[str, object]]:
        """What was done, as the audit log calls it, with ids and labels."""
        if isinstance(edit, DeskEdit):
            return await self._stand(conversation_id, edit)
        if person is None:
            raise Refused("gone")
        match edit:
            case NameEdit(customer=name):
                named = CustomerName(customer=None if name is None else name.strip())
                await self._desk.rename(person.id, named.customer)
                return "customer.renamed", {}
            case TagEdit(tag=tag, on=True):
                await self._desk.tag(person.id, _LABEL.validate_python(tag.strip()))
                return "customer.tagged", {}
            case TagEdit(tag=tag):
                await self._desk.untag(person.id, tag)
                return "customer.untagged", {}
            case NoteEdit():
                return await self._note(person, edit, by)
            case FieldEdit(field=name, value=None):
                await self._desk.drop_field(person.id, name)
                return "field.removed", {}
            case FieldEdit(field=name, value=str() as value):
                written = FieldValue(value=value.strip())
                await self._desk.set_field(person.id, _LABEL.validate_python(name.strip()), written.value)
                return "field.set", {}
            case _:
                assert_never(edit)  # type: ignore[arg-type] # mypy does not see that both values of a field are met

    async def _note(self, person: Person, edit: NoteEdit, by: str) -> tuple[str, dict[str, object]]:
        text = None if edit.text is None else NoteText(text=edit.text.strip()).text
        if edit.note_id is None:
            if text is None:
                raise Refused("bad")
            return "note.added", {"note_id": (await self._desk.add_note(person.id, text, by)).id}
        note = await self._desk.note(person.id, edit.note_id)
        if note is None:
            raise Refused("gone")
        if note.written_by != by:
            raise Refused("not_yours")
        if text is None:
            await self._desk.remove_note(person.id, note.id)
            return "note.removed", {"note_id": note.id}
        await self._desk.write_note(person.id, note.id, text)
        return "note.changed", {"note_id": note.id}

    async def _stand(self, conversation_id: int, edit: DeskEdit) -> tuple[str, dict[str, object]]:
        said = {"status": edit.status, "outcome": edit.outcome, "follow_up_at": edit.follow_up_at}
        named = {"follow_up_at" if name == "follow_up" else name for name in edit.changes}
        if not named or any(said[name] is None for name in named - {"follow_up_at"}):
            raise Refused("bad")
        at = edit.follow_up_at
        texts = said | {"follow_up_at": None if at is None else at.isoformat()}  # A moment without a zone is refused.
        wanted = ConversationChange.model_validate({name: texts[name] for name in named})
        line = await self._desk.change(conversation_id, wanted)
        if line is None:
            raise Refused("gone")
        return "conversation.changed", {"conversation_id": line.id, "fields": sorted(named)}
