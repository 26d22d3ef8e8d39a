"""A mask hides the person, keeps what helps, and is never masked again."""

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from agent.identifiers import Style, find_identifiers, has_mask, mask_identifiers
from tests.identifiers.numbers import anything

pytestmark = pytest.mark.slow

LABELLED = {
    "cpf 529.982.247-25": ("cpf [CPF]", "cpf ***.***.***-25"),
    "cpf 529.982.247-24": ("cpf [CPF]", "cpf ***.***.***-24"),
    "cnpj 11.222.333/0001-81": ("cnpj [CNPJ]", "cnpj **.***.***/****-81"),
    "zap (11) 9 0000-0012!": ("zap [TELEFONE]!", "zap (**) *****-0012!"),
    "ana.souza@correio.example": ("[EMAIL]", "a***@correio.example"),
    "11900000012@52998224725.com": ("[EMAIL]", "***@***"),
    "chave 123e4567-e89b-42d3-a456-426614174000": ("chave [PIX]", "chave [PIX]"),
    "4111 1111 1111 1111 val 12/28": ("[CARTÃO] val 12/28", "**** **** **** 1111 val 12/28"),
    "CEP 01310-100": ("CEP [CEP]", "CEP *****-***"),
    "00190.50095 40144.816069 06809.350314 3 37370000000100": ("[BOLETO]", "[BOLETO]"),
    "são R$ 99,90": ("são R$ 99,90", "são R$ 99,90"),
}


@pytest.mark.parametrize("text", LABELLED)
def test_what_stands_in_its_place(text):
    label, partial = LABELLED[text]
    assert mask_identifiers(text) == label
    assert mask_identifiers(text, Style.PARTIAL) == partial
    assert has_mask(label) == has_mask(partial) == (label != text)
    assert not has_mask(text)


@pytest.mark.parametrize("text", ["oi, R$ 99,90", "*oi* **Ana**", "[ok]", "***", "a * b @ c", "nota 10/10"])
def test_what_only_looks_like_a_mask_is_none(text):
    assert not has_mask(text)
    assert mask_identifiers(text) is text


@settings(max_examples=300, deadline=None)
@given(st.lists(anything, min_size=1, max_size=4), st.sampled_from(["\n", "; ", " e "]))
def test_no_run_of_digits_of_the_original_is_left(several, between):
    text = between.join(written for _, _, written in several)
    for style, longest in ((Style.LABEL, 0), (Style.PARTIAL, 4)):
        masked = mask_identifiers(text, style)
        assert not re.search(rf"\d{{{longest + 1}}}", masked)
        for _, value, _ in several:
            runs = {value[n : n + 5] for n in range(len(value) - 4)}
            assert not [run for run in runs if run in masked and run.isdigit()]


pieces = st.sampled_from(
    ["529.982.247-25", "11", " ", "(", ")", "-", "90000-0012", "cpf ", "CEP", "[CPF]", "***.***.***-11", "*", "pedido ",
     "3000-4321", "@", "ana", ".com", "+55", "12345678", "4111 1111 1111 1111", "pix", "\u200b", "２", "/", ",", "tel ",
     "000201", "br.gov.bcb.pix", "6304ABCD", "12.ABC.345/01DE-35", "0001", "(**) *****-0012", "a***@b.com", "R$ ",
     "**** **** **** 1111", " reais", "\n", "123e4567-e89b-42d3-a456-426614174000", "%40", " arroba gmail"]
)  # fmt: skip


@settings(max_examples=1500, deadline=None)
@given(st.lists(pieces, max_size=14).map("".join) | st.text(max_size=60), st.sampled_from(Style))
def test_masking_twice_is_masking_once(text, style):
    once = mask_identifiers(text, style)
    assert mask_identifiers(once, style) == once
    assert find_identifiers(once) == ()


def test_what_is_the_businesss_own_stays():
    text = "nosso zap é (11) 90000-0012, o da cliente (11) 90000-0013"
    keep = frozenset({"+5511900000012"})
    assert mask_identifiers(text, keep=keep) == "nosso zap é (11) 90000-0012, o da cliente [TELEFONE]"
