"""What the person wants written or explained: it belongs to one chat, and ends with it."""

import pytest

from agent.contract.commands import InsertCode, InsertCommand, InsertResult, NoticeCommand, TaskCommand
from agent.contract.wishes import AskFrame, StopFrame, UseFrame
from agent.contract.workplace import Task
from agent.core.effects import Put, Serve, Tell
from agent.core.errands import StopWriting, Write
from agent.core.events import FrameArrived, PutEnded, Served
from tests.core.says import ANA, BIA, Session, row


@pytest.fixture
def page() -> Session:
    session = Session().opens(ANA).shows(ANA, row("a", "oi, meu pedido não chegou"))
    session.take()
    return session


def asks(page: Session, token: int = ANA.token, ask_id: int = 1, text: str | None = "oi blz") -> Session:
    frame = page.frame(kind="ask", ask_id=ask_id, chat_token=token, task=Task.FORMAL, text=text)
    return page >> FrameArrived(AskFrame.model_validate(frame))


def uses(page: Session, over: str, token: int = ANA.token) -> Session:
    frame = page.frame(kind="use", ask_id=1, chat_token=token, text="Olá!", over=over)
    return page >> FrameArrived(UseFrame.model_validate(frame))


def errands(page: Session) -> list[object]:
    return [effect.errand for effect in page.take() if isinstance(effect, Serve)]


def test_a_wish_goes_to_the_model_with_its_chat(page: Session) -> None:
    asks(page)
    wish = page.one(Serve).errand
    assert wish == Write(1, ANA.token, ANA.token, Task.FORMAL, "oi blz", None)


def test_a_wish_of_another_chat_is_answered_by_a_word(page: Session) -> None:
    asks(page, BIA.token)
    assert page.take() == [Tell(NoticeCommand(code="stale"))]
    uses(page, "oi", BIA.token)
    assert page.take() == [Tell(NoticeCommand(code="stale"))]


def test_it_is_stopped_when_the_person_says_so(page: Session) -> None:
    asks(page)
    page.take()
    page >> FrameArrived(StopFrame.model_validate(page.frame(kind="stop", ask_id=1)))
    assert errands(page) == [StopWriting(1)]
    page.opens(BIA)
    assert StopWriting(None) not in errands(page)


@pytest.mark.parametrize("where", [BIA, None])
def test_it_is_stopped_when_another_chat_is_opened(page: Session, where: object) -> None:
    asks(page)
    page.take()
    page.opens(where)  # type: ignore[arg-type]
    assert errands(page)[0] == StopWriting(None)
    page.opens(ANA)
    assert StopWriting(None) not in errands(page)


def test_it_is_stopped_when_rows_of_another_chat_come_before_its_news(page: Session) -> None:
    asks(page)
    page.take()
    page.shows(BIA, row("b", "boa tarde"))
    assert errands(page)[0] == StopWriting(None)


def test_rows_of_the_same_chat_stop_nothing(page: Session) -> None:
    asks(page)
    page.take()
    page.shows(ANA, row("b", "e aí?"))
    assert StopWriting(None) not in errands(page)


def test_nothing_of_it_is_told_in_another_chat(page: Session) -> None:
    told = TaskCommand(ask_id=1, chat_token=ANA.token, state="done", text="Olá!")
    page >> Served(told)
    assert page.take() == [Tell(told)]
    page.opens(BIA)
    page.take()
    page >> Served(told)
    assert page.take() == []


@pytest.mark.parametrize(("over", "where"), [("oi blz", "over"), ("", "empty")])
def test_a_result_goes_over_exactly_what_was_there(page: Session, over: str, where: str) -> None:
    uses(page, over)
    put = page.one(Put)
    assert put == Put(
        "task",
        InsertCommand.model_validate(
            {"chat_token": ANA.token, "chat_title": ANA.title, "text": "Olá!", "where": where, "over": over}
        ),
    )
    page >> PutEnded("task", put.command, InsertResult(code=InsertCode.NOT_THERE, box_text="oi blz sim"))
    assert page.take() == [Tell(NoticeCommand(code="not_there"))]
