"""What is sent again and again becomes a proposal that names nobody."""

from datetime import UTC, datetime, timedelta

from agent.analysis.learning.proposals import find
from agent.contract.learning import SentText

START = datetime(2026, 11, 2, 12, tzinfo=UTC)
NAMES = ("Ana Moura", "Bia Silva", "Caio Reis", "Davi Luz")


def sent(*texts: str, customers: int = 4, intent: str = "delivery") -> list[SentText]:
    return [
        SentText(
            message_id=n,
            conversation_id=n % customers,
            at=START + timedelta(days=n),
            attendant="Rita",
            text=text,
            people=(NAMES[n % customers],),
            intent=intent,
        )
        for n, text in enumerate(texts, 1)
    ]


def test_a_text_sent_to_several_customers_becomes_a_reply_with_variables():
    (found,) = find(
        sent(
            "Oi Bia, o pedido 4412 já está com a transportadora e chega em 3 dias.",
            "oi Caio, o pedido 5520 já está com a transportadora e chega em 3 dias",
            "Oi Davi, o pedido 77810 já está com a transportadora e chega em 3 dias.",
        ),
        [],
    )
    assert found.text == "Oi {nome}, o pedido {pedido} já está com a transportadora e chega em 3 dias."
    assert (found.title, found.shortcut) == ("O pedido já está com a", "/pedido")
    assert (found.intent, found.sent_by, found.customers, found.messages) == ("delivery", "Rita", 3, (1, 2, 3))
    assert found.sent_at == START + timedelta(days=3)


def test_twice_or_to_one_customer_is_not_enough():
    text = "O motoboy sai às 18h e passa na sua rua até as 19h."
    assert find(sent(text, text), []) == []
    assert find(sent(text, text, text, text, customers=1), []) == []
    assert len(find(sent(text, text, text, customers=2), [])) == 1


def test_a_reply_that_is_there_already_is_not_proposed():
    text = "Aceitamos pix, cartão em 3x sem juros e dinheiro, {nome}."
    texts = sent(*[text.replace("{nome}", name.split()[0]) for name in NAMES])
    assert find(texts, [text]) == []
    assert len(find(texts, ["Abrimos das 9h às 18h."])) == 1


def test_what_only_one_customers_texts_have_is_left_out():
    (found,) = find(
        sent(
            "Combinado, o portão azul do lado da padaria do Zeca fica anotado aqui.",
            "Combinado, o portão verde do lado da padaria do Tico fica anotado aqui.",
            "Combinado, o portão preto do lado da padaria do Nenê fica anotado aqui.",
        ),
        [],
    )
    assert found.text == "Combinado, o portão {detalhe} do lado da padaria do {detalhe} fica anotado aqui."


def test_short_texts_and_other_texts_propose_nothing():
    assert find(sent("Ok!", "Ok!", "Ok!", "Ok!"), []) == []
    assert find([], []) == []


def test_the_most_frequent_comes_first():
    rare = "A loja fica na esquina da praça, com estacionamento na porta."
    often = "A troca pode ser feita em qualquer loja em até trinta dias."
    found = find(sent(rare, often, rare, often, rare, often, often), [])
    assert [one.text for one in found] == [often, rare]
