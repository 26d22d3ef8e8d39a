from collections import Counter

import numpy as np
import pytest

from agent.analysis.classify import Classifier
from agent.analysis.corpus import EVALUATION_FILE, Example, extra_examples, read_examples, seed_examples
from agent.analysis.normalise import normalise
from agent.analysis.scoring import score
from agent.analysis.training import train, version_of
from agent.analysis.weights import WEIGHTS_FILE, Weights
from agent.contract.analysis import INTENTS, Sentiment
from agent.errors import BadInput


@pytest.fixture(scope="module")
def classifier():
    return Classifier(Weights.load())


def test_the_shipped_weights_belong_to_the_corpus_and_stay_small():
    assert Weights.load().version == version_of(seed_examples()), "run scripts/train_models.py"
    assert WEIGHTS_FILE.stat().st_size < 2_000_000


def test_the_corpus_covers_every_intent_and_shares_nothing_with_the_evaluation_part():
    seed, held = seed_examples(), read_examples(EVALUATION_FILE)
    assert len(seed) >= 900
    assert min(Counter(e.intent for e in seed)[intent] for intent in INTENTS) >= 30
    assert len(held) >= 200
    texts = [example.text.casefold() for example in seed]
    assert len(set(texts)) == len(texts)
    assert not {normalise(e.text) for e in seed if len(e.text) > 12} & {normalise(e.text) for e in held}


def test_figures_on_the_evaluation_part(capsys):
    figures = score(Weights.load(), read_examples(EVALUATION_FILE))
    with capsys.disabled():
        print(f"\nown evaluation part: {figures}")
    assert figures["sentiment"]["accuracy"] >= 0.90
    assert figures["sentiment"]["polarity_accuracy"] >= 0.90
    assert figures["intent"]["accuracy"] >= 0.72
    assert figures["intent"]["accuracy_at_80_coverage"] >= 0.84


@pytest.mark.parametrize(
    ("text", "intent", "sentiment"),
    [
        ("quanto custa?", "price", Sentiment.NEUTRAL),
        ("Gostaria de registrar uma reclamação", "complaint", Sentiment.NEGATIVE),
        ("muito obrigada, amei!", "thanks", Sentiment.POSITIVE),
        ("me passa a chave pix", "boleto_pix", Sentiment.NEUTRAL),
        ("quero falar com um atendente", "human_request", Sentiment.NEUTRAL),
    ],
)
def test_plain_messages(classifier, text, intent, sentiment):
    reading = classifier.read(text)
    assert (reading.intent, reading.sentiment) == (intent, sentiment)


def test_what_it_does_not_know_is_other(classifier):
    unsure = [classifier.read(text) for text in ("zxqw", "", "   ", "\u200e", "plim plom trololó")]
    assert [reading.intent for reading in unsure] == ["other"] * 5


@pytest.mark.parametrize("text", ["oi", "PÉSSIMO!!!", "😍", "quanto custa a pizza?", "a" * 5000])
def test_scores_stay_in_their_ranges_and_agree_with_the_labels(classifier, text):
    reading = classifier.read(text)
    assert -1 <= reading.sentiment_score <= 1
    assert 0 <= reading.intent_confidence <= 1
    assert 0.33 <= reading.sentiment_confidence <= 1
    assert abs(sum(reading.intents.values()) - 1) < 1e-3
    if reading.sentiment is not Sentiment.NEUTRAL:
        assert (reading.sentiment_score > 0) == (reading.sentiment is Sentiment.POSITIVE)


def test_training_again_gives_the_same_bytes(tmp_path):
    few = [example for intent in INTENTS for example in [e for e in seed_examples() if e.intent == intent][:6]]
    few += [Example("que raiva", "complaint", Sentiment.NEGATIVE), Example("adorei", "thanks", Sentiment.POSITIVE)] * 5
    once, again = train(few).to_bytes(), train(few).to_bytes()
    assert once == again
    path = tmp_path / "weights.npz"
    path.write_bytes(once)
    loaded = Weights.load(path)
    assert loaded.version == version_of(few)
    assert np.isfinite(loaded.intent.weights).all()


def test_licensed_sets_add_only_labels_that_fit(tmp_path):
    (tmp_path / "bitext_pt.csv").write_text("text,intent,category\nquero cancelar,cancel_order,X\noi,unknown_label,X\n")
    assert extra_examples(tmp_path) == [Example("quero cancelar", "cancellation", None)]


@pytest.mark.parametrize(
    ("content", "says"),
    [("text,intent\noi,greeting\n", "sentiment"), ("text,intent,sentiment\noi,greting,neutral\n", "line 2")],
)
def test_a_corpus_with_a_wrong_label_is_refused(tmp_path, content, says):
    path = tmp_path / "bad.csv"
    path.write_text(content, "utf-8")
    with pytest.raises(BadInput, match=says):
        read_examples(path)
