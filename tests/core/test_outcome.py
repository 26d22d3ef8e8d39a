"""What became of a suggestion is told by what was sent."""

import pytest

from agent.contract.commands import InsertCode, InsertResult
from agent.contract.rows import Direction
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
