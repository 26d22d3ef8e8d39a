"""What another system knows of the open chat's customer: in its own chat, or nowhere."""

from dataclasses import replace

from agent.contract.commands import RecordCommand
from agent.contract.connector import CustomerRecord, RecordField
from agent.contract.rows import OpenChat
from agent.core.effects import Analyse, LookUp, Tell
from agent.core.events import Forgotten, LookedUp, LookingUp
from tests.core.says import ANA, BIA, Session, row

UNSAVED = OpenChat(token=3, title="+55 11 90000-0012", is_group=False, phone="+5511900000012")
GROUP = OpenChat(token=4, title="Turma", is_group=True)
RECORD = CustomerRecord(source="crm.example", fields=(RecordField(label="Plano", value="Ouro"),))


def connected() -> Session:
    page = Session()
    page.state = replace(page.state, connected=True)
    return page


def told(page: Session) -> list[RecordCommand]:
    commands = [effect.command for effect in page.take() if isinstance(effect, Tell)]
    return [command for command in commands if isinstance(command, RecordCommand)]


def asked(page: Session) -> list[LookUp]:
    return [effect for effect in page.take() if isinstance(effect, LookUp)]


def test_a_chat_with_a_number_is_asked_for_when_it_is_opened() -> None:
    page = connected()
    page.opens(UNSAVED)
    assert asked(page) == [LookUp(3, "+5511900000012", None)]
    page.shows(UNSAVED, row("A", "Oi"))
    assert asked(page) == [], "once"


def test_a_saved_contact_is_asked_for_once_their_conversation_is_known() -> None:
    page = connected()
    page.opens(ANA)
    assert asked(page) == []
    page.shows(ANA, row("A", "Oi"))
    effects = page.take()
    assert [e for e in effects if isinstance(e, LookUp)] == [LookUp(1, None, 1)]
    kinds = [type(e) for e in effects]
    assert kinds.index(Analyse) < kinds.index(LookUp), "a suggestion does not wait for it"
    page.shows(ANA, row("B", "Tudo bem?"))
    assert asked(page) == []


def test_rows_of_a_chat_whose_opening_was_missed_ask_too() -> None:
    page = connected()
    page.shows(UNSAVED, row("A", "Oi"))
    assert asked(page) == [LookUp(3, "+5511900000012", None)]


def test_groups_are_not_asked_for_and_nothing_is_where_no_system_is_connected() -> None:
    page = connected()
    page.opens(GROUP)
    page.shows(GROUP, row("A", "Oi"))
    assert asked(page) == []
    page = Session()
    page.opens(UNSAVED)
    page.shows(UNSAVED, row("A", "Oi"))
    assert asked(page) == []


def test_the_answer_is_shown_in_the_chat_that_it_is_of_and_in_no_other() -> None:
    page = connected()
    page.opens(UNSAVED)
    page.take()
    page >> LookingUp(3, "crm.example")
    page >> LookedUp(3, RECORD)
    assert told(page) == [
        RecordCommand(chat_token=3, source="crm.example"),
        RecordCommand(chat_token=3, source="crm.example", fields=RECORD.fields),
    ]
    page.opens(BIA)
    page >> LookingUp(3, "crm.example")
    page >> LookedUp(3, RECORD)
    assert told(page) == []
    page.opens(None)
    page >> LookedUp(3, RECORD)
    assert told(page) == []


def test_of_a_customer_who_was_erased_nothing_is_shown_any_more() -> None:
    page = connected()
    page.opens(UNSAVED)
    page >> LookedUp(3, RECORD)
    page.take()
    page >> Forgotten(titles=frozenset({UNSAVED.title}))
    assert told(page) == [RecordCommand(chat_token=3, source="")]
    page >> Forgotten(titles=frozenset({"another"}))
    assert told(page) == []
