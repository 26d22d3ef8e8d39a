"""What became of a suggestion is told by what was sent."""

import pytest

from agent.contract.commands import InsertCode, InsertResult
from agent.contract.rows import Change, Direction, Kind, Row
from agent.contract.stored import Edit, Outcome
from agent.core.effects import Analyse, Answered, Mark, StoreOffer
from agent.core.events import InsertEnded
from agent.core.outcome import kind_of_edit
from tests.core.says import ANA, Session, row

TEXT = "Custa R$ 90. Posso separar para você?"


def shown(session: Session, *replies: str) -> str:
    session.opens(ANA).shows(ANA, row("a1", "Quanto custa?"))
    session.understands(session.one(Analyse), *replies)
    return session.one(StoreOffer).offer.offer_id


def marks(session: Session) -> list[tuple[int, Outcome]]:
    return [(mark.slot, mark.outcome) for mark in session.take() if isinstance(mark, Mark)]


@pytest.mark.parametrize(
    ("sent", "how"),
    [
        (f"Oi Ana! {TEXT}", Edit.ADDED_BEFORE),
        (f"{TEXT} Abraço!", Edit.ADDED_AFTER),
        (f"Oi! {TEXT} Abraço!", Edit.ADDED),
        ("Custa só R$ 90. Posso separar para você?", Edit.ADDED),
        ("Custa R$ 90.", Edit.SHORTENED),
        ("Custa R$ 95. Posso separar para você?", Edit.NUMBERS),
        ("Fica R$ 90. Quer que eu separe?", Edit.REWORDED),
    ],
)
def test_how_a_suggestion_was_changed(sent: str, how: Edit) -> None:
    assert kind_of_edit(TEXT, sent) is how


def test_an_edit_is_marked_with_its_kind() -> None:
    page = Session()
    offer_id = shown(page, TEXT)
    page >> InsertEnded(offer_id, 0, InsertResult(code=InsertCode.INSERTED, box_text=TEXT))
    page.take()
    page.shows(ANA, row("b1", f"{TEXT} Abraço!", Direction.OUT))
    mark = page.one(Mark)
    assert (mark.outcome, mark.edit, mark.distance) == (Outcome.EDITED, Edit.ADDED_AFTER, 8)


def test_a_suggestion_that_was_typed_by_hand_counts_as_sent() -> None:
    page = Session()
    shown(page, "Olá!", TEXT)
    page.shows(ANA, row("b1", TEXT.lower(), Direction.OUT))
    assert marks(page) == [(1, Outcome.SENT)]


def test_other_words_leave_all_suggestions_ignored() -> None:
    page = Session()
    shown(page, "Olá!", TEXT)
    page.shows(ANA, row("b1", "Vou ver com a gerente", Direction.OUT))
    assert marks(page) == [(0, Outcome.IGNORED), (1, Outcome.IGNORED)]


def test_the_answer_is_told_after_its_marks() -> None:
    page = Session()
    offer_id = shown(page, TEXT)
    page.shows(ANA, row("b1", TEXT, Direction.OUT), row("b2", "Até já!", Direction.OUT))
    told = [effect for effect in page.take() if isinstance(effect, Mark | Answered)]
    assert [type(effect) for effect in told] == [Mark, Answered]
    assert told[1] == Answered(offer_id, "b1")


@pytest.mark.parametrize(
    "early",
    [row("b1", None, Direction.OUT, Kind.UNKNOWN), row("b1", None, Direction.OUT), row("b1", TEXT, Direction.UNKNOWN)],
    ids=["nothing yet", "no text yet", "no ticks yet"],
)
def test_an_answer_whose_row_mounts_in_parts_is_judged_when_it_is_whole(early: Row) -> None:
    page = Session()
    offer_id = shown(page, TEXT)
    page >> InsertEnded(offer_id, 0, InsertResult(code=InsertCode.INSERTED, box_text=TEXT))
    page.take()
    page.shows(ANA, early)
    assert marks(page) == []
    page.shows(ANA, row("b1", TEXT, Direction.OUT), change=Change.SETTLED)
    effects = page.take()
    assert [(mark.slot, mark.outcome) for mark in effects if isinstance(mark, Mark)] == [(0, Outcome.SENT)]
    assert [answered for answered in effects if isinstance(answered, Answered)] == [Answered(offer_id, "b1")]
    page.shows(ANA, row("b1", TEXT, Direction.OUT), change=Change.STATUS)
    assert marks(page) == []


def test_a_row_that_turns_out_to_be_the_customers_judges_nothing() -> None:
    page = Session()
    shown(page, TEXT)
    page.shows(ANA, row("b1", TEXT, Direction.UNKNOWN))
    page.shows(ANA, row("b1", TEXT, Direction.IN), change=Change.SETTLED)
    page.shows(ANA, row("b1", TEXT, Direction.OUT), change=Change.SETTLED)
    assert marks(page) == []


def test_an_answer_in_the_first_moments_of_a_chat_is_judged_when_it_is_like_the_card() -> None:
    for sent, outcome in ((TEXT, [(0, Outcome.SENT)]), ("Foi mandado pelo celular ontem", [])):
        page = Session()
        offer_id = shown(page, TEXT)
        page >> InsertEnded(offer_id, 0, InsertResult(code=InsertCode.INSERTED, box_text=TEXT))
        page.take()
        page.shows(ANA, row("b1", sent, Direction.OUT), change=Change.BASELINE)
        assert marks(page) == outcome
        assert page.state.offer is None
