"""Words as the search knows them."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from agent.storage.folding import asked_for, folded, holds, marks


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Não é VOCÊ, José?", "nao e voce jose"),
        ("na\u0303o", "nao"),
        ("obrigada👍🏽!!👍", "obrigada 👍 👍"),
        ("❤️ 1️⃣ 🇧🇷", "❤ 1 🇧 🇷"),
        ("R$1.250,00", "r $ 1 250 00"),
        ("se\u200bgredo", "segredo"),
        ("d'água_x", "d agua x"),
        ("Straße nº½", "strasse no1 2"),
        ("*** — %", None),
        ("", None),
        (None, None),
    ],
)
def test_words_without_case_accents_and_signs(text, words):
    assert folded(text) == words


def test_a_word_with_which_another_begins_is_not_asked_for_twice():
    assert asked_for("pedido PED Pédido prazo") == ("pedido", "prazo")


def test_marks_are_whole_words_in_the_text_as_written():
    text = "Olá, na\u0303o chegou❤️ ainda"
    assert [text[first:end] for first, end in marks(text, asked_for("nao chega ola ❤ chegou"))] == [
        "Olá",
        "na\u0303o",
        "chegou",
        "❤️",
    ]
    assert marks("½", ("1", "2")) == ((0, 1),)


@given(st.text())
def test_folding_again_changes_nothing(text):
    once = folded(text)
    assert folded(once) == once


@given(st.text(), st.text())
def test_what_is_marked_is_what_is_found(text, typed):
    wanted = asked_for(typed)
    found = marks(text, wanted)
    assert all(0 <= first < end <= len(text) for first, end in found)
    assert all(one[1] <= other[0] for one, other in pairwise(found))
    for first, end in found:
        assert any(holds(folded(text[first:end]), (word,)) for word in wanted)
    if wanted and holds(folded(text), wanted):
        assert found
