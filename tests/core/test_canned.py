"""Canned replies in the core: filled for the chat that they were wanted for, and put nowhere else."""

from agent.contract.commands import InsertCode, InsertCommand, InsertResult, NoticeCommand
from agent.contract.frames import HelloFrame
from agent.contract.rows import Direction, OpenChat
from agent.contract.wishes import CannedFrame, NewReplyFrame
from agent.core.effects import Effect, Put, Serve, Tell
from agent.core.errands import AddReply, CountReply, FillReply, ListReplies
from agent.core.events import FrameArrived, PutEnded, ReplyFilled
from tests.core.says import ANA, BIA, Session, row


def wants(reply_id: str = "troca", token: int = 1, typed: str = "/tro") -> FrameArrived:
    frame = {"kind": "canned", "seq": 0, "at_ms": 0.0, "chat_token": token, "reply_id": reply_id, "typed": typed}
    return FrameArrived(CannedFrame.model_validate(frame))


def keeps(wa_id: str, token: int = 1) -> FrameArrived:
    frame = {"kind": "new_reply", "seq": 0, "at_ms": 0.0, "chat_token": token, "wa_id": wa_id}
    words = {"text": "A troca é grátis, {nome}.", "title": "Trocas", "shortcut": "/troca"}
    return FrameArrived(NewReplyFrame.model_validate(frame | words))


def filled(token: int = 1, missing: tuple[str, ...] = ()) -> ReplyFilled:
    return ReplyFilled(token, "troca", "O pedido {pedido} saiu." if missing else "Grátis.", missing, "/tro")


def opened(who: OpenChat = ANA) -> Session:
    page = Session()
    said = (row("1", "oi, e o pedido 1042?"), row("2", "Já vejo", Direction.OUT), row("3", None), row("4", "obrigada"))
    page.opens(who).shows(who, *said)
    page.take()
    return page


def says(code: str) -> list[Effect]:
    return [Tell(NoticeCommand(code=code))]


def test_a_new_document_is_told_the_replies() -> None:
    page = Session()
    page >> FrameArrived(HelloFrame(kind="hello", seq=0, at_ms=0.0, script="1", lang="pt-BR", zone=None))
    assert Serve(ListReplies()) in page.take()


def test_a_pick_is_filled_with_what_both_sides_said() -> None:
    page = opened() >> wants()
    [effect] = page.take()
    assert isinstance(effect, Serve)
    assert isinstance(effect.errand, FillReply)
    assert (effect.errand.customer, effect.errand.typed, effect.errand.reply_id) == ("Ana Beatriz", "/tro", "troca")
    said = [(turn.out, turn.text) for turn in effect.errand.context]
    assert said == [(False, "oi, e o pedido 1042?"), (True, "Já vejo"), (False, "obrigada")]


def test_nobody_of_a_group_is_named() -> None:
    page = opened(OpenChat(token=1, title="Turma", is_group=True)) >> wants()
    [effect] = page.take()
    assert isinstance(effect, Serve)
    assert isinstance(effect.errand, FillReply)
    assert effect.errand.customer is None


def test_the_filled_reply_takes_the_place_of_what_was_typed_and_is_counted() -> None:
    page = opened() >> filled()
    assert page.take() == [
        Put(
            "canned",
            InsertCommand(chat_token=1, chat_title="Ana Beatriz", text="Grátis.", where="cursor", over="/tro"),
        ),
        Serve(CountReply("troca")),
    ]


def test_the_first_blank_is_selected_and_the_person_told_to_fill_it() -> None:
    page = opened() >> filled(missing=("pedido", "data"))
    put = page.take()[0]
    assert isinstance(put, Put)
    assert put.command.select == "{pedido}"
    page >> PutEnded("canned", put.command, InsertResult(code=InsertCode.INSERTED))
    assert page.take() == says("fill_in")


def test_a_reply_for_a_chat_that_is_not_open_any_more_goes_nowhere() -> None:
    page = opened().opens(BIA)
    page.take()
    assert (page >> wants()).take() == says("wrong_chat")
    assert (page >> filled()).take() == says("wrong_chat")
    page.opens(None)
    page.take()
    assert (page >> filled()).take() == says("wrong_chat")


def test_only_what_we_sent_in_the_open_chat_becomes_a_reply() -> None:
    page = opened()
    assert (page >> keeps("2")).take() == [Serve(AddReply("A troca é grátis, {nome}.", "Trocas", "/troca", ()))]
    for wa_id, token in [("1", 1), ("3", 1), ("9", 1), ("2", 2)]:
        assert (page >> keeps(wa_id, token)).take() == says("reply_not_ours")
