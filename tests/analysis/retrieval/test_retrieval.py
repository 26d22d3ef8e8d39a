from datetime import date, datetime
from pathlib import Path

import numpy as np
import pytest

from agent.analysis.dialogues import BUSINESSES
from agent.analysis.reader import Reader
from agent.analysis.reading.classify import Classifier
from agent.analysis.reading.features import Features
from agent.analysis.reading.weights import shipped
from agent.analysis.retrieval.candidates import Answer, Candidates, Message
from agent.analysis.retrieval.knowledge import Passage, load_knowledge
from agent.analysis.retrieval.postings import Postings, Vectors
from agent.analysis.retrieval.replies import LearnedReply, Reply, ReplyBook, load_replies
from agent.analysis.retrieval.search import Retrieval
from agent.analysis.retrieval.search_weights import shipped_search
from agent.contract.analysis import INTENTS, Question, SuggestionKind, Turn
from tests.bench.search import many_replies

NOW = datetime.fromisoformat("2026-07-12T15:00:00-03:00")
EMPTY = ReplyBook(replies=())
NEUTRAL = load_replies(Path("none.yaml"))


@pytest.fixture(scope="session")
def shop():
    return Reader(NEUTRAL)


@pytest.fixture(scope="session")
def pizzeria():
    folder = BUSINESSES / "pizzaria"
    return Reader(load_replies(folder / "replies.yaml"), knowledge=load_knowledge(folder))


def offered(reader, text, *context, customer=None):
    """The suggestions for a message; turns of the context that are ours begin with ``>``."""
    turns = tuple(Turn(out=turn.startswith(">"), text=turn.removeprefix(">")) for turn in context)
    return reader.analyse(Question(text=text, context=turns, customer=customer), NOW).suggested_responses


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
    first = offered(shop, message)[0]
    assert (first.source, first.kind) == (source, SuggestionKind.CANNED)
    assert first.reply_id in {reply.id for reply in NEUTRAL.replies}
    assert 0 < first.score <= 1


@pytest.mark.parametrize("message", ["zxqw plim", "", "asdfgh", "🤷"])
def test_nothing_is_offered_when_unsure(shop, message):
    assert offered(shop, message) == ()


def test_a_short_message_is_understood_by_what_was_said_before(pizzeria):
    asked = ">Anotado! 📝 Me confirma o endereço completo e a forma de pagamento que já mando para o forno?"
    after = [hit.reply_id for hit in offered(pizzeria, "isso, pode ser", "quero uma calabresa", asked)]
    assert after[0] == "fechar-pedido"


def test_answers_are_different_and_never_more_than_asked_for():
    same = "Vou conferir o valor da peça para você."
    book = ReplyBook(
        replies=(
            Reply(id="a", title="Preço", intents=("price",), text=same, examples=("quanto custa?",)),
            Reply(id="b", title="Valor", intents=("price",), text=same + "!", examples=("qual o valor?",)),
            Reply(id="c", title="Desconto", intents=("price",), text="À vista há desconto.", examples=("quanto é?",)),
        )
    )
    reader = Reader(book)
    found = [hit.reply_id for hit in offered(reader, "quanto custa?")]
    assert found[0] == "a"
    assert "b" not in found
    assert len(reader.analyse(Question(text="quanto custa?"), NOW, limit=1).suggested_responses) == 1
    assert reader.analyse(Question(text="quanto custa?"), NOW, limit=0).suggested_responses == ()


def test_it_works_with_no_replies_and_no_knowledge():
    assert offered(Reader(EMPTY), "quanto custa?") == ()
    assert Reader(EMPTY).passages(Question(text="quanto custa?")) == []


def test_what_nobody_sees_in_a_text_is_not_offered():
    reply = Reply(
        id="a", title="Entrega", text="Entregamos\u200b em 2 dias 👨\u200d👩\u200d👧\u2066", examples=("entregam?",)
    )
    (found,) = offered(Reader(ReplyBook(replies=(reply,))), "entregam?")
    assert found.text == "Entregamos em 2 dias 👨\u200d👩\u200d👧"


def test_replies_without_examples_and_intents_are_found_by_their_words():
    texts = {"a": "Aceitamos cartão, Pix e dinheiro.", "b": "Abrimos de segunda a sábado, das 9h às 18h."}
    book = ReplyBook(replies=tuple(Reply(id=name, title=name, text=text) for name, text in texts.items()))
    assert offered(Reader(book), "abrem de segunda a sábado?")[0].reply_id == "b"
    assert offered(Reader(book), "aceitam dinheiro ou cartão?")[0].reply_id == "a"


def test_a_passage_fills_a_place_that_replies_leave():
    passage = Passage(
        id="vallet", title="Estacionamento", text="Há manobrista na porta, grátis para clientes.", source="casa.md"
    )
    (found,) = offered(Reader(EMPTY, knowledge=(passage,)), "tem estacionamento? manobrista na porta?")
    assert (found.kind, found.reply_id) == (SuggestionKind.PASSAGE, "vallet")
    assert found.source == "Estacionamento (casa.md)"
    assert found.text == passage.text


def test_passages_for_a_draft_are_found_by_their_facts(pizzeria):
    found = pizzeria.passages(Question(text="qual a taxa de entrega?"))
    assert "area-de-entrega" in [hit.answer.id for hit in found]
    assert len(found) == 2


def test_a_learned_reply_is_named_as_such_with_who_sent_it_and_when():
    day = date(2026, 3, 12)
    text = "Fazemos barra de calça por R$ 20, {nome}."
    learned = LearnedReply(id="l1", title="Fazem barra?", text=text, sent_by="Ana", sent_on=day)
    (found,) = offered(Reader(EMPTY, learned=(learned,)), "vocês fazem barra de calça?", customer="Rui Sá")
    assert (found.kind, found.source) == (SuggestionKind.LEARNED, "Fazem barra?")
    assert (found.sent_by, found.sent_on) == ("Ana", day)
    assert found.text == "Fazemos barra de calça por R$ 20, Rui."


class Habits:
    """A ranking that knows one wording, and likes one reply."""

    def __init__(self, liked=()):
        self.liked = liked

    def boosts(self, ids, intents, attendant):
        return np.array([4.0 if (name, attendant) in self.liked else 0.0 for name in ids], dtype=np.float32)

    def examples(self):
        return [("trocas", "o trem veio bichado")]


def test_what_was_learned_counts():
    book = ReplyBook(
        replies=(
            Reply(id="trocas", title="Trocas", text="Trocamos em até 30 dias."),
            Reply(id="frete", title="Frete", text="O frete é grátis no bairro."),
        )
    )
    assert offered(Reader(book, ranking=Habits()), "o trem veio bichado uai")[0].reply_id == "trocas"
    asked = "quero saber do frete e das trocas"
    for liked in ("trocas", "frete"):
        habits = Habits([(liked, "Bia")])
        assert offered(Reader(book, ranking=habits, attendant="Bia"), asked)[0].reply_id == liked


def test_the_order_number_is_filled_or_named_as_missing():
    book = ReplyBook(
        replies=(
            Reply(id="p", title="Pedido", text="Vou ver o pedido {pedido} agora.", examples=("cadê meu pedido?",)),
        )
    )
    (known,) = offered(Reader(book), "cadê meu pedido 2083?")
    assert (known.text, known.missing) == ("Vou ver o pedido 2083 agora.", ())
    (unknown,) = offered(Reader(book), "cadê meu pedido?")
    assert (unknown.text, unknown.missing) == ("Vou ver o pedido {pedido} agora.", ("pedido",))


@pytest.mark.parametrize("business", sorted(path.name for path in BUSINESSES.iterdir()))
def test_replies_are_found_by_their_own_examples(business):
    book = load_replies(BUSINESSES / business / "replies.yaml")
    classifier = Classifier.shipped()
    retrieval = Retrieval(book, shipped().idf, read=classifier.turn_intents)
    asked = [(example, reply.id) for reply in book.replies for example in reply.examples[::3]]
    found = [retrieval.find(Question(text=text), classifier.read(text).intents) for text, _ in asked]
    right = sum(hits[0].answer.id == name for hits, (_, name) in zip(found, asked, strict=True) if hits)
    assert right / len(asked) >= 0.95


@pytest.fixture(scope="module")
def texts():
    return [f"{reply.text} {n}" for n, reply in enumerate(many_replies(600))]


def test_the_search_finds_what_a_full_comparison_finds(texts):
    features = Features(shipped().idf)
    row = features.row("quanto custa a entrega")
    rows = features.transform(texts)
    full = rows[:, row[0]] @ row[1] * 0.5
    assert np.allclose(Postings(rows).alike(*row), full, atol=1e-5)


def test_vectors_compared_in_part_first_give_the_same_best(monkeypatch):
    """Of many texts only the leading numbers are compared at first; the best ones must come out as from all numbers."""
    random = np.random.default_rng(5)
    # As sentences' vectors are: nearly all that tells them apart lies in some of their directions.
    told = random.normal(size=(1_000, 40)) @ random.normal(size=(40, 512)) + 0.3 * random.normal(size=(1_000, 512))
    vectors = told.astype(np.float32)
    vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)

    class Encoder:
        def encode(self, texts):
            return np.array([vectors[int(text.split()[-1])] for text in texts])

    answers = [Answer(str(n), SuggestionKind.CANNED, f"t {2 * n}", f"r {2 * n + 1}") for n in range(500)]
    message = Message("t", np.zeros(len(INTENTS), np.float32), vector=vectors[7] * 0.8 + vectors[8] * 0.6)
    features = Features(shipped().idf)
    whole = Candidates(answers, features, shipped_search("replies"), Encoder()).rank(message).scores
    monkeypatch.setattr("agent.analysis.retrieval.postings._WHOLE", 100)
    assert Vectors(vectors).partly
    partly = Candidates(answers, features, shipped_search("replies"), Encoder()).rank(message).scores
    best = np.argsort(-whole)[:3]
    assert list(np.argsort(-partly)[:3]) == list(best)
    assert np.allclose(partly[best], whole[best], atol=1e-4)


def test_one_of_many_replies_is_found():
    """How long it takes with 10,000 of them is measured by ``scripts/bench search``."""
    replies = many_replies(3_000)
    found = offered(Reader(ReplyBook(replies=replies)), replies[1234].examples[0])
    assert replies[1234].id in [hit.reply_id for hit in found]
