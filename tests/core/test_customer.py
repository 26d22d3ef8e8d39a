"""The customer's card: of the chat that is open, read again when something may have changed."""

from datetime import UTC, datetime

import pytest

from agent.contract.commands import CustomerCommand
from agent.contract.wishes import EditFrame
from agent.contract.workplace import CustomerView, DeskEdit, TagEdit
from agent.core.effects import Analyse, Serve, Tell
from agent.core.errands import EditCustomer, LookForReminders, RefreshCustomer, ShowCustomer
from agent.core.events import Forgotten, FrameArrived, Looked, Served
from agent.core.machine import handle
from tests.core.says import ANA, BIA, Session, row

EDIT = TagEdit(tag="vip", on=True)
NO_REMINDER = DeskEdit(changes=("follow_up",))


def shows(page: Session) -> list[ShowCustomer | RefreshCustomer]:
    errands = [effect.errand for effect in page.take() if isinstance(effect, Serve)]
    return [one for one in errands if isinstance(one, ShowCustomer | RefreshCustomer)]


def edits(page: Session, token: int, edit: TagEdit | DeskEdit = EDIT, conversation_id: int | None = None) -> Session:
    fields = page.frame(kind="edit", edit_id=7, chat_token=token, edit=edit, conversation_id=conversation_id)
    return page >> FrameArrived(EditFrame.model_validate(fields))


def served(page: Session) -> list[EditCustomer]:
    errands = [effect.errand for effect in page.take() if isinstance(effect, Serve)]
    return [one for one in errands if isinstance(one, EditCustomer)]


def told(page: Session) -> list[CustomerCommand]:
    commands = [effect.command for effect in page.take() if isinstance(effect, Tell)]
    return [command for command in commands if isinstance(command, CustomerCommand)]


def view(conversation_id: int) -> CustomerView:
    standing = {"status": "open", "outcome": "open"}
    return CustomerView.model_validate(
        {"customer_id": 1, "conversation_id": conversation_id, "customer": "Ana", **standing}
    )


def answered(page: Session, token: int = 1) -> Session:
    return page >> Served(CustomerCommand(chat_token=token, customer=view(token)))


LATER = Looked(datetime(2026, 11, 22, tzinfo=UTC))


def test_it_is_shown_once_the_conversation_is_known_and_again_when_something_came() -> None:
    page = Session().opens(ANA)
    assert shows(page) == []
    page.shows(ANA, row("A", "Oi"))
    assert shows(page) == [ShowCustomer(1, 1)]
    answered(page)
    page.shows(ANA, row("B", "Tudo bem?"))
    assert shows(page) == [RefreshCustomer(1, 1)]
    answered(page) >> LATER
    assert shows(page) == [RefreshCustomer(1, 1)]
    page.opens(None) >> LATER
    assert shows(page) == []


def test_however_much_comes_while_it_is_read_it_is_read_once_more() -> None:
    page = Session().opens(ANA).shows(ANA, row("A", "Oi"))
    for n in range(20):
        page.shows(ANA, row(f"B{n}", "Oi"))
    assert shows(page) == [ShowCustomer(1, 1)]
    answered(page)
    assert shows(page) == [RefreshCustomer(1, 1)]
    answered(page)
    assert shows(page) == []


def test_an_answer_that_was_lost_is_asked_for_again_after_a_while() -> None:
    page = Session().opens(ANA).shows(ANA, row("A", "Oi"))
    page.take()
    page >> LATER
    assert shows(page) == [RefreshCustomer(1, 1)]


def test_a_message_that_was_understood_shows_it_again_in_its_own_chat_only() -> None:
    page = Session().opens(ANA).shows(ANA, row("A", "Oi"))
    ask = page.one(Analyse)
    page.opens(BIA).shows(BIA, row("C", "Oi"))
    answered(page, 2).take()
    page.understands(ask)
    assert shows(page) == []
    page.opens(ANA).shows(ANA, row("A", "Oi"))
    answered(page).take()
    page.understands(ask)
    assert shows(page) == [RefreshCustomer(1, 1)]


def test_an_edit_is_of_the_open_chat_and_answered_in_words_where_it_is_not() -> None:
    page = Session().opens(ANA)
    edits(page, ANA.token)
    gone = CustomerCommand(chat_token=1, customer=None, edit_id=7, failed="gone")
    assert told(page) == [gone], "nobody knows yet who it is"
    page.shows(ANA, row("A", "Oi"))
    page.take()
    edits(page, ANA.token)
    assert served(page) == [EditCustomer(1, 1, 7, EDIT, "")]
    page.opens(BIA).shows(BIA, row("B", "Oi"))
    page.take()
    edits(page, ANA.token)
    assert page.take() == [Tell(gone)]


@pytest.mark.parametrize("chat", [None, ANA])
def test_a_reminder_is_done_with_whatever_chat_is_open(chat: object) -> None:
    page = Session()
    if chat is not None:
        answered(page.opens(ANA).shows(ANA, row("A", "Oi"))).take()
    edits(page, 0, NO_REMINDER, conversation_id=9)
    effects = page.take()
    assert effects[0] == Serve(EditCustomer(0, 9, 7, NO_REMINDER, "", reminder="test"))
    assert effects[1:] == ([] if chat is None else [Serve(RefreshCustomer(1, 1))])


def test_what_was_read_of_another_chat_is_not_told() -> None:
    page = Session().opens(ANA).shows(ANA, row("A", "Oi"))
    page.take()
    page >> Served(CustomerCommand(chat_token=1, customer=view(1)))
    assert len(told(page)) == 1
    page >> Served(CustomerCommand(chat_token=2, customer=view(2)))
    page >> Served(CustomerCommand(chat_token=1, customer=view(2)))
    assert told(page) == []
    page.opens(BIA) >> Served(CustomerCommand(chat_token=1, customer=view(1)))
    assert told(page) == []


def test_an_erased_customer_is_taken_away_and_what_was_under_way_is_not_told_after_it() -> None:
    page = Session().opens(ANA).shows(ANA, row("A", "Oi"))
    page.take()
    page.state, effects = handle(page.state, Forgotten(conversation_ids=frozenset({1}), titles=frozenset({ANA.title})))
    assert Tell(CustomerCommand(chat_token=1, customer=None)) in effects
    page >> Served(CustomerCommand(chat_token=1, customer=view(1)))
    page.opens(ANA) >> Served(CustomerCommand(chat_token=1, customer=view(1)))
    assert told(page) == []


def test_reminders_are_looked_for_at_the_beginning_and_as_time_goes_by() -> None:
    page = Session()
    page >> Looked(datetime(2026, 11, 22, tzinfo=UTC))
    assert Serve(LookForReminders("test", again=True)) in page.take()
