import pytest

from agent.analysis.retrieval.orders import order_number
from agent.contract.analysis import Turn


def asked(*texts: str) -> str | None:
    """Turns; those of ours begin with ``>``."""
    return order_number([Turn(out=text.startswith(">"), text=text.removeprefix(">")) for text in texts])


@pytest.mark.parametrize(
    ("turns", "number"),
    [
        (["cadê o pedido 2083?"], "2083"),
        (["o número do pedido é FL-10234 moça"], "FL-10234"),
        (["pedido nº: #50177"], "50177"),
        (["minha compra 4411 não chegou", "pedido 4411 gente"], "4411"),
        ([">Qual o número do pedido?", "50177"], "50177"),
        ([">Me passa o número do pedido, por favor?", "é 1042, tá?"], None),
        ([">Me passa o número do pedido, por favor?", "é o 1042"], "1042"),
        (["chegou o #8812?"], "8812"),
        (["pedido 2083 e pedido 2084, os dois"], None),
        (["quero fazer um pedido"], None),
        (["fiz um pedido de 150 reais"], None),
        (["meu pedido 150 reais deu errado"], None),
        (["pedi 2000 tijolos"], None),
        (["meu zap é 11 98765-4321, faz um pedido pra mim"], None),
        ([">Qual o seu CPF?", "12345678"], None),
        (["50177"], None),
        ([], None),
    ],
)
def test_only_one_clear_number_counts(turns, number):
    assert asked(*turns) == number
