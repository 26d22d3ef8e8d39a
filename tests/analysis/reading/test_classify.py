from collections import Counter

import pytest

from agent.analysis.dialogues import HELD, TRAINING, load_dialogues
from agent.analysis.examples import Example, extra_examples, held_examples, read_examples, training_examples
from agent.analysis.reading.classify import Classifier
from agent.analysis.reading.context_training import customer_turns
from agent.analysis.reading.encoder import load_encoder
from agent.analysis.reading.intent_scoring import read_all
from agent.analysis.reading.mood import mood_of
from agent.analysis.reading.scoring import score
from agent.analysis.reading.training import version_of
from agent.analysis.reading.weights import ENCODER_WEIGHTS_FILE, WEIGHTS_FILE, Weights, shipped
from agent.contract.analysis import INTENTS, Sentiment, Turn
from agent.errors import BadInput


@pytest.fixture(scope="module")
def classifier():
    return Classifier.shipped()


@pytest.fixture(scope="module")
def with_encoder():
    encoder = load_encoder()
    if encoder is None:
        pytest.skip("the sentence encoder is not installed (scripts/start installs it)")
    return Classifier.shipped(encoder)


def test_the_shipped_weights_belong_to_the_corpus_and_stay_small():
    wanted = version_of(training_examples(), load_dialogues(TRAINING))
    assert shipped().version == wanted, "run scripts/train_models.py"
    assert shipped(encoder=True).version == f"{wanted}+encoder", "run scripts/train_models.py with the encoder"
    assert max(WEIGHTS_FILE.stat().st_size, ENCODER_WEIGHTS_FILE.stat().st_size) < 2_000_000


def test_the_corpus_covers_every_intent_and_shares_nothing_with_the_held_part():
    learned, held = training_examples(), held_examples()
    assert min(Counter(e.intent for e in learned)[intent] for intent in INTENTS) >= 300
    texts = [example.text.casefold() for example in learned]
    assert len(set(texts)) == len(texts)
    assert not set(texts) & {example.text.casefold() for example in held}


def test_figures_on_the_held_part_without_the_encoder(classifier):
    held = held_examples()
    figures = score(read_all(classifier, [example.text for example in held]), held)
    assert figures["sentiment"]["accuracy"] >= 0.92
    assert figures["intent"]["accuracy"] >= 0.84
    assert figures["intent"]["ece"] <= 0.05
    assert figures["intent"]["accuracy_at_80_coverage"] >= figures["intent"]["accuracy"] + 0.05


def test_the_encoder_makes_it_better(classifier, with_encoder):
    held = held_examples()[::4]
    texts = [example.text for example in held]
    plain = score(read_all(classifier, texts), held)["intent"]
    full = score(read_all(with_encoder, texts, load_encoder()), held)["intent"]
    assert full["accuracy"] >= plain["accuracy"]
    assert full["ece"] <= 0.06


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
    assert not reading.unsure


def test_what_it_does_not_know_is_unsure_or_other(classifier):
    for text in ("zxqw", "", "   ", "\u200e", "plim plom trololó"):
        reading = classifier.read(text)
        assert reading.unsure or reading.intent == "other", text


@pytest.mark.parametrize("text", ["oi", "PÉSSIMO!!!", "😍", "quanto custa a pizza?", "a" * 5000])
def test_scores_stay_in_their_ranges_and_agree_with_the_labels(classifier, text):
    reading = classifier.read(text)
    assert -1 <= reading.sentiment_score <= 1
    assert 0 <= reading.intent_confidence <= 1
    assert 0.33 <= reading.sentiment_confidence <= 1
    assert abs(sum(reading.intents.values()) - 1) < 1e-3
    if reading.sentiment is not Sentiment.NEUTRAL:
        assert (reading.sentiment_score > 0) == (reading.sentiment is Sentiment.POSITIVE)


def test_short_answers_get_their_meaning_from_our_question(classifier):
    ordered = classifier.read("sim", [Turn(out=True, text="Quer que eu anote o pedido?")])
    alone = classifier.read("sim")
    assert alone.intent == "other"
    assert ordered.intents["purchase"] > alone.intents["purchase"]


def test_context_makes_the_held_dialogues_better_and_never_needs_to_be_there(classifier):
    turns = customer_turns(load_dialogues(HELD))
    within = [classifier.read(turn.text, context).intent == turn.intent for turn, context in turns]
    alone = [classifier.read(turn.text).intent == turn.intent for turn, _ in turns]
    assert sum(within) > sum(alone)


def test_the_mood_follows_the_conversation(classifier):
    before = [Turn(out=False, text="que absurdo, vocês não respondem nunca!"), Turn(out=True, text="Desculpe!")]
    assert classifier.read("qual o horário?").mood is None
    assert classifier.read("qual o horário?", before).mood < -0.2
    assert mood_of([-1.0, 1.0]) > 0
    assert mood_of([-1.0, 0.0, 0.0, 0.0]) > mood_of([-1.0, 0.0])


def test_weights_for_other_classes_are_refused(tmp_path):
    import numpy as np

    path = tmp_path / "weights.npz"
    with np.load(WEIGHTS_FILE) as file:
        np.savez(path, **{**dict(file), "classes": np.array(["other"])})
    with pytest.raises(ValueError, match="train again"):
        Weights.load(path)
    with pytest.raises(ValueError, match="encoder"):
        Classifier(shipped(encoder=True))


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
