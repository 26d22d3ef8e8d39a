from itertools import pairwise

import pytest

from agent.analysis.facts import links, numbers
from agent.analysis.guard import Guard

KNOWN = [
    "A grande custa R$ 48,00 e chega em 45 minutos.",
    "Abrimos às 18h.",
    "Pix: pix@forno.example",
    "www.forno.example/menu",
]
CUSTOMER = ["quanto é a grande para o número 120 da rua?"]


def judge(draft, *, cut=False):
    guard = Guard(CUSTOMER, KNOWN)
    return guard.finish(draft, cut=cut), guard.refusal


@pytest.mark.parametrize(
    "draft",
    [
        "A grande custa R$ 48 e chega em 45 minutos.",
        "Abrimos às 18:00, entrego no número 120!",
        "A chave é pix@forno.example. Veja www.forno.example/menu 😊",
        "De nada!",
        "Bom dia 😊",
    ],
)
def test_what_is_grounded_passes(draft):
    assert judge(draft) == (draft, None)


@pytest.mark.parametrize(
    ("draft", "why"),
    [
        ("A grande custa R$ 52.", "number"),
        ("Chega em três dias na sua casa.", "number"),
        ("Temos sim! Custa 1.200 reais à vista.", "number"),
        ("Pague em www.outro.example/pix por favor.", "link"),
        ("A chave é outra@forno.example.", "link"),
        ("Como modelo de linguagem, não sei responder.", "role"),
        ("Sou uma IA e posso ajudar.", "role"),
        ("O cliente quer saber o preço da grande.", "role"),
        ("Olá [nome], tudo bem com você?", "role"),
        ("Quanto é a grande para o número 120 da rua?", "echo"),
    ],
)
def test_what_is_invented_or_out_of_role_is_refused(draft, why):
    assert judge(draft) == (None, why)


def test_an_unfinished_end_is_cut_off():
    assert judge("A grande custa R$ 48. Ela vem com muito que", cut=True) == ("A grande custa R$ 48.", None)
    assert judge("A grande vem com muito que", cut=True) == (None, None)
    assert judge("") == (None, None)


def test_a_draft_that_is_too_long_ends_at_a_sentence():
    text, _ = judge("A nossa massa é muito boa. " * 60)
    assert len(text) <= 600
    assert text.endswith("boa.")


def test_a_label_in_front_is_taken_off():
    for label in ("Atendente:", "**Resposta:**", "Resposta da empresa que pode servir:"):
        assert judge(f"{label} A grande custa R$ 48.")[0] == "A grande custa R$ 48."


def test_while_it_grows_nothing_unfinished_or_unchecked_is_shown():
    guard = Guard(CUSTOMER, KNOWN)
    draft = "Claro, posso ajudar você! A grande custa R$ 52 hoje."
    shown = [guard.grow(draft[:end]) for end in range(1, len(draft) + 1)]
    texts = [text for text in shown if text]
    assert texts[0] == "Claro, posso ajudar você!"
    assert not [text for text in texts if "52" in text]
    assert shown[-1] is None
    assert guard.refusal == "number"
    assert guard.finish(draft, cut=False) is None


def test_growing_text_only_grows():
    guard = Guard(CUSTOMER, KNOWN)
    draft = "Claro, posso ajudar você! A grande custa R$ 48,00 e chega em 45 minutos."
    texts = [text for end in range(1, len(draft) + 1) if (text := guard.grow(draft[:end]))]
    assert all(later.startswith(earlier) for earlier, later in pairwise(texts))
    assert guard.finish(draft, cut=False) == draft


def test_numbers_have_one_spelling():
    assert numbers("R$ 1.200,00") == numbers("1200 reais") == {"1200"}
    assert numbers("18h") == numbers("18:00") == numbers("18 horas") == {"18"}
    assert numbers("18h30") == numbers("18:30") == {"18:30"}
    assert numbers("em três dias") == {"3"}
    assert numbers("uns três amigos") == set()


def test_links_are_found_without_the_punctuation_behind_them():
    assert links("Veja em loja.com.br/x. Ou @loja!") == {"loja.com.br/x", "@loja"}
