"""Signs for identifiers go to the model and come back as what they stand for."""

from collections.abc import Generator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from agent.analysis.drafting.llama import Ended
from agent.analysis.drafting.placeholders import Placeholders

CPF, MAIL, PHONE = "529.982.247-25", "ana@correio.example", "(11) 90000-0012"
TEXT = f"cpf {CPF}, e-mail {MAIL}, fone {PHONE}; repito: {CPF}"


def said(text: str, size: int) -> Generator[tuple[str, Ended | None]]:
    for start in range(0, len(text), size):
        yield text[start : start + size], None
    yield "", "finished"


def back(signs: Placeholders, text: str, size: int = 1) -> str:
    return "".join(part for part, _ in signs.restored(said(text, size)))


def test_each_has_a_sign_and_the_same_one_the_same() -> None:
    signs = Placeholders(TEXT, frozenset())
    assert signs.text == "cpf ID_1, e-mail ID_2, fone ID_3; repito: ID_1"


@pytest.mark.parametrize("size", [1, 2, 3, 7, 100])
def test_they_come_back_however_the_words_arrive(size: int) -> None:
    signs = Placeholders(TEXT, frozenset())
    assert back(signs, f"{signs.text} ID", size) == f"{TEXT} ID"


def test_no_sign_is_seen_while_the_words_arrive() -> None:
    signs = Placeholders(TEXT, frozenset())
    seen = ""
    for part, _ in signs.restored(said(signs.text, 1)):
        seen += part
        assert "ID_" not in seen


def test_what_the_business_tells_everybody_stays() -> None:
    assert Placeholders(f"pix {MAIL}", frozenset({MAIL})).text == f"pix {MAIL}"


def test_a_text_with_such_a_word_gets_another_sign() -> None:
    signs = Placeholders(f"ID_1 é o código, {CPF} o cpf", frozenset())
    assert "COD_1" in signs.text
    assert back(signs, signs.text) == f"ID_1 é o código, {CPF} o cpf"


def test_a_sign_that_stands_for_nothing_is_left() -> None:
    signs = Placeholders(CPF, frozenset())
    assert back(signs, "ID_1 e ID_12") == f"{CPF} e ID_12"


@given(st.text(alphabet="abID_12 ,.\n", max_size=60), st.integers(1, 9))
def test_any_text_comes_through(text: str, size: int) -> None:
    signs = Placeholders(f"{text} {CPF}", frozenset())
    assert back(signs, signs.text, size) == f"{text} {CPF}"
