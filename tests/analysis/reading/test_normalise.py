import pytest
from hypothesis import given
from hypothesis import strategies as st

from agent.analysis.reading.normalise import normalise


@pytest.mark.parametrize(
    ("typed", "same"),
    [
        ("Vc tem em PRETO?", "voce tem em preto ?"),
        ("Obrigadaaaaa", "obrigada"),
        ("não", "nao"),
        ("kkkkkkkk", "_risada"),
        ("rsrs", "_risada"),
        ("R$ 59,90", "_dinheiro"),
        ("pedido 45872", "pedido 00000"),
        ("veja www.exemplo.com/x agora", "veja _link agora"),
        ("escreva para ana@exemplo.com", "escreva para _email"),
        ("👍🏽", "👍"),
        ("\u200e~\u202aoi\u202c", "~ oi"),
    ],
)
def test_folds_what_people_type_differently(typed, same):
    assert normalise(typed) == same


def test_keeps_a_sign_of_shouting():
    assert normalise("CADÊ MEU PEDIDO") == "cade meu pedido _gritando"
    assert normalise("OK") == "ok"


@given(st.text())
def test_never_fails_and_leaves_one_space_between_words(text):
    assert "  " not in normalise(text)
