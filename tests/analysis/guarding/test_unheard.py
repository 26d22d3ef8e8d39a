"""A learned reply was sent to somebody else: what it names must be known here."""

from datetime import UTC, date, datetime

import pytest

from agent.analysis.guarding.unheard import Base
from agent.analysis.reader import Reader
from agent.analysis.retrieval.replies import LearnedReply, Reply, ReplyBook
from agent.contract.analysis import Question, SuggestionKind, Turn
from agent.contract.cares import CareCode

BASE = Base(["A camiseta custa R$ 49,90", "Site: loja.example/troca", "Ligue 11 3456-7890", "Entrega em 5 dias"])


@pytest.mark.parametrize(
    ("reply", "said", "cares"),
    [
        ("Custa R$ 49,90 e chega em 5 dias", (), ()),
        ("Custa 49,90 reais", (), ()),
        ("Custa R$ 59,90", (), (CareCode.UNKNOWN_NUMBER,)),
        ("Custa R$ 59,90", ("vi por R$ 59,90",), ()),
        ("Seu pedido 448291 saiu", (), (CareCode.UNKNOWN_NUMBER,)),
        ("Seu pedido 448291 saiu", ("meu pedido é 448291",), ()),
        ("Ligue 11 3456-7890", (), ()),
        ("Ligue 11 3456-7899", (), (CareCode.UNKNOWN_NUMBER,)),
        ("Veja loja.example/troca", (), ()),
        ("Veja www.outra.example/x", (), (CareCode.UNKNOWN_LINK,)),
        ("Veja www.outra.example/x", ("é www.outra.example/x ?",), ()),
        ("Já te respondo em 2 minutinhos, são 3 opções", (), ()),
    ],
)
def test_numbers_and_links(reply: str, said: tuple[str, ...], cares: tuple[CareCode, ...]) -> None:
    assert BASE.cares(reply, said) == cares


def learned(text: str) -> LearnedReply:
    return LearnedReply(
        id="l1",
        title="Preço do vestido",
        text=text,
        intents=("price",),
        examples=("quanto custa o vestido?",),
        sent_on=date(2026, 3, 12),
    )


def test_the_reader_leaves_out_links_and_marks_numbers() -> None:
    book = ReplyBook(replies=(Reply(id="c1", title="Horário", text="Abrimos às 9h.", intents=("store_info",)),))
    now = datetime(2026, 7, 11, 12, tzinfo=UTC)

    def found(text: str, *turns: str, own: tuple[str, ...] = ()) -> list[tuple[SuggestionKind, tuple[CareCode, ...]]]:
        reader = Reader(book, learned=(learned(text),), own=own)
        context = tuple(Turn(out=False, text=turn) for turn in turns)
        asked = reader.analyse(Question(text="quanto custa o vestido?", context=context), now)
        return [(one.kind, one.cares) for one in asked.suggested_responses if one.kind is SuggestionKind.LEARNED]

    assert found("O vestido custa R$ 89,90") == [(SuggestionKind.LEARNED, (CareCode.UNKNOWN_NUMBER,))]
    assert found("O vestido custa R$ 89,90", "é R$ 89,90?") == [(SuggestionKind.LEARNED, ())]
    assert found("Veja o preço em www.outra.example") == []
    assert found("Veja o preço em www.outra.example", own=("outra.example",)) == [(SuggestionKind.LEARNED, ())]
