import pytest

from agent.analysis.drafting.check import Known, defers, invented, is_finished, is_grounded, is_portuguese, vocabulary

KNOWN = Known(
    business="Calabresa R$ 50, portuguesa R$ 56. De terça a domingo, das 17h às 23h30. Chave pix@forno.example. "
    "Até 3 vezes. A Rua do Forno, 77. Volta em 5 dias úteis.",
    ours="Sua entrega é a 812.",
    customer="Marlene Souza\nmoro na rua do Sol 14, me falaram que custa 30 reais",
)


@pytest.mark.parametrize(
    "draft",
    [
        "A calabresa sai por R$ 50,00 e a portuguesa por R$ 56.",
        "Abrimos às 17:00, de terça a domingo, e fechamos às 23h30.",
        "Anotado, Marlene! Rua do Sol 14, certo?",
        "A chave é pix@forno.example. Pode pagar em até três vezes.",
        "Boa tarde! Na quinta abrimos. Sua entrega é a 812.",
        "É só chamar pelo WhatsApp, Marlene.",
    ],
)
def test_what_stands_in_a_source_is_not_invented(draft):
    assert invented(draft, KNOWN) == []


@pytest.mark.parametrize(
    ("draft", "found"),
    [
        ("A calabresa sai por R$ 52.", ["r$ 52"]),
        ("Isso, custa 30 reais.", ["30 reais"]),
        ("Temos 10% de desconto.", ["10%"]),
        ("Abrimos às 18h.", ["18"]),
        ("Abrimos na segunda-feira.", ["segunda"]),
        ("Chega em duas horas.", ["duas horas"]),
        ("A chave é golpe@banco.example.", ["golpe@banco.example"]),
        ("Veja em www.forno.example/menu", ["www.forno.example/menu"]),
        ("Vou chamar o Ricardo agora.", ["Ricardo"]),
        ("Vou chamar o McDonald agora.", ["McDonald"]),
        ("Chega amanhã.", ["amanha"]),
    ],
)
def test_what_stands_in_none_is_found(draft, found):
    assert invented(draft, KNOWN) == found


PASSAGES = {
    "entrega": "Entrega. Entregamos até 5 km, com taxa fixa de R$ 8.",
    "borda": "Borda recheada. A borda de catupiry custa R$ 10 a mais por pizza.",
}


def test_grounded_says_what_the_labelled_passage_says():
    assert is_grounded("A taxa de entrega é R$ 8.", ["entrega"], PASSAGES, "")
    assert not is_grounded("A taxa de entrega é R$ 10.", ["entrega"], PASSAGES, "")
    assert not is_grounded("A borda de catupiry é paga por pizza.", ["entrega"], PASSAGES, "")
    assert not is_grounded("Vou conferir e já te respondo.", ["entrega"], PASSAGES, "")
    assert not is_grounded("A taxa de entrega é R$ 8.", ["outra"], PASSAGES, "")


def test_language_and_end():
    words = vocabulary(["Temos sim, a pizza de calabresa sai por cinquenta reais"])
    assert is_portuguese("Temos a pizza de calabresa, sim!", words)
    assert not is_portuguese("We have the pizza that you want.", words)
    assert [is_finished(text) for text in ("Temos sim!", "Já vai 🍕", "Já vai ❤️", "Temos a", "Temos,")] == [
        True, True, True, False, False,
    ]  # fmt: skip
    assert defers("Vou conferir com o gerente.")
    assert not defers("Custa R$ 50.")
