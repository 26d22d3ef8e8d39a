"""A card shows answers that differ: one in other words is passed over, one that differs in a fact is not."""

import pytest

from agent.analysis.reader import Reader
from agent.analysis.retrieval.replies import Reply, ReplyBook
from agent.contract.analysis import Question
from tests.analysis.retrieval.test_retrieval import NOW

ONE_ANSWER = [
    ("Vou conferir o valor da peça e já te passo.", "Vou verificar o preço da peça e já te passo!"),
    (
        "A troca é grátis em até 7 dias, com a etiqueta.",
        "Você pode trocar sem custo em até 7 dias com a etiqueta da peça.",
    ),
    ("Seu pedido já saiu para entrega e chega hoje.", "Boa notícia: o pedido saiu para entrega e chega ainda hoje!"),
    ("Funcionamos de segunda a sexta, das 9h às 18h.", "Nosso horário é de segunda a sexta das 9h às 18h."),
    ("Aceitamos Pix, cartão e boleto.", "As formas de pagamento são Pix, cartão de crédito e boleto."),
]
TWO_ANSWERS = [
    ("O corte feminino custa R$ 80 e dura uma hora.", "O corte masculino custa R$ 45 e dura meia hora."),
    ("Sim, temos o tamanho P em estoque.", "No momento não temos o tamanho P em estoque."),
    ("Seu agendamento está confirmado para amanhã às 9h.", "Seu agendamento de amanhã às 9h foi cancelado."),
    ("A entrega para o centro é grátis.", "A entrega para outros bairros custa R$ 8."),
]


def shown(first: str, second: str, intents: tuple[tuple[str, ...], tuple[str, ...]]) -> list[str]:
    examples = ("quero saber da peça", "me fala da peça")
    replies = tuple(
        Reply(id=name, title=name, text=text, intents=of, examples=examples)
        for name, text, of in zip("ab", (first, second), intents, strict=True)
    )
    found = Reader(ReplyBook(replies=replies)).analyse(Question(text="quero saber da peça"), NOW)
    return sorted(reply.reply_id for reply in found.suggested_responses)


@pytest.mark.parametrize(("first", "second"), ONE_ANSWER)
def test_a_paraphrase_of_a_better_answer_is_passed_over(first: str, second: str) -> None:
    assert len(shown(first, second, (("price",), ("price",)))) == 1


@pytest.mark.parametrize(("first", "second"), TWO_ANSWERS)
def test_answers_that_differ_in_a_fact_stand_side_by_side(first: str, second: str) -> None:
    assert shown(first, second, (("price",), ("price",))) == ["a", "b"]


def test_answers_to_different_intents_stand_side_by_side() -> None:
    pair = ("Pode retirar na loja do centro até as 18h.", "Pode trocar na loja do centro até as 18h.")
    assert shown(*pair, (("delivery",), ("exchange_refund",))) == ["a", "b"]
    assert len(shown(*pair, (("store_info",), ("store_info",)))) == 1
    assert len(shown(pair[0], f"{pair[0]}!", (("delivery",), ("exchange_refund",)))) == 1
