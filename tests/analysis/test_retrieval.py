from datetime import datetime
from pathlib import Path

import pytest

from agent.analysis.classify import Classifier
from agent.analysis.reader import Reader
from agent.analysis.replies import Reply, ReplyBook, load_replies
from agent.analysis.retrieval import Retrieval
from agent.analysis.weights import Weights
from tests.bench.search import many_replies

NOW = datetime.fromisoformat("2026-07-12T15:00:00-03:00")
DEMO = sorted((Path(__file__).parents[2] / "simulator" / "replies").glob("*.yaml"))


@pytest.fixture(scope="module")
def weights():
    return Weights.load()


@pytest.fixture(scope="module")
def shop(weights):
    return Reader(load_replies(Path("none.yaml")), weights)


@pytest.mark.parametrize(
    ("message", "source"),
    [
        ("oii bom diaa", "Boas-vindas"),
        ("qto custa a blusa?", "Conferir o preço"),
        ("cadê meu pedido???", "Situação do pedido"),
        ("quero cancelar", "Cancelamento"),
        ("veio tudo errado, que absurdo", "Ouvir a reclamação"),
        ("obrigadaaa", "De nada"),
    ],
)
def test_the_fitting_reply_comes_first(shop, message, source):
    assert shop.analyse(message, NOW).suggested_responses[0].source == source


@pytest.mark.parametrize("message", ["zxqw plim", "", "asdfgh", "qual a raiz quadrada de 169?"])
def test_nothing_is_offered_when_unsure(shop, message):
    assert shop.analyse(message, NOW).suggested_responses == ()


def test_answers_are_different_and_never_more_than_asked_for(weights):
    same = "Vou conferir o valor para você."
    book = ReplyBook(
        replies=(
            Reply(id="a", title="Preço", intents=("price",), text=same, examples=("quanto custa?",)),
            Reply(id="b", title="Valor", intents=("price",), text=same + "!", examples=("qual o valor?",)),
            Reply(id="c", title="Desconto", intents=("price",), text="À vista há desconto.", examples=("quanto é?",)),
        )
    )
    reading = Classifier(weights).read("quanto custa?")
    retrieval = Retrieval(book, weights.idf)
    found = [hit.reply.id for hit in retrieval.find("quanto custa?", reading)]
    assert found[0] == "a"
    assert "b" not in found
    assert len(retrieval.find("quanto custa?", reading, limit=1)) == 1
    assert retrieval.find("quanto custa?", reading, limit=0) == []


def test_a_book_without_replies_finds_nothing(weights):
    reading = Classifier(weights).read("oi")
    assert Retrieval(ReplyBook(replies=()), weights.idf).find("oi", reading) == []


@pytest.mark.parametrize("path", DEMO, ids=lambda path: path.stem)
def test_demo_replies_are_found_by_their_own_examples(path, weights):
    book = load_replies(path)
    reader = Reader(book, weights)
    asked = [(example, reply.title) for reply in book.replies for example in reply.examples]
    first = [found[0].source for text, _ in asked if (found := reader.analyse(text, NOW).suggested_responses)]
    assert len(first) == len(asked)
    right = sum(source == title for source, (_, title) in zip(first, asked, strict=True))
    assert right / len(asked) >= 0.9


def test_one_of_ten_thousand_replies_is_found(weights):
    """How long it takes is measured by ``scripts/bench search``."""
    reader = Reader(ReplyBook(replies=many_replies(10_000)), weights)
    found = reader.analyse("quanto custa o modelo 7?", NOW)
    assert found.intent == "price"
    assert 0 < len(found.suggested_responses) <= 3
