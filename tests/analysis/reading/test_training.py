import numpy as np

from agent.analysis.dialogues import TRAINING, load_dialogues
from agent.analysis.examples import training_examples
from agent.analysis.reading.features import Features, Signs
from agent.analysis.reading.scoring import calibration_error
from agent.analysis.reading.training import train, version_of
from agent.analysis.reading.unknown_business import leave_one_business_out
from agent.analysis.reading.weights import Weights
from agent.contract.analysis import INTENTS


class Letters:
    """A small encoder: how often each letter occurs."""

    def encode(self, texts):
        rows = np.zeros((len(texts), 512), dtype=np.float32)
        for row, text in zip(rows, texts, strict=True):
            for letter in text:
                row[ord(letter) % 512] += 1
        return rows / np.maximum(np.linalg.norm(rows, axis=1, keepdims=True), 1)


def some(count=8):
    by_intent = {intent: [] for intent in INTENTS}
    for example in training_examples():
        by_intent[example.intent].append(example)
    return [example for examples in by_intent.values() for example in examples[:count]]


def test_training_again_gives_the_same_bytes_and_the_file_gives_them_back(tmp_path):
    few, dialogues = some(), load_dialogues(TRAINING)[:3]
    once, again = train(few, dialogues, Letters()), train(few, dialogues, Letters())
    assert [weights.to_bytes() for weights in once] == [weights.to_bytes() for weights in again]
    plain, full = once
    assert plain.version == version_of(few, dialogues)
    assert full.version == f"{plain.version}+encoder"
    for weights in once:
        path = tmp_path / "weights.npz"
        path.write_bytes(weights.to_bytes())
        loaded = Weights.load(path)
        row = Signs(loaded.signs_idf).row("quanto custa ?")
        vector = Letters().encode(["quanto custa?"])[0]
        for kept, learned in zip(loaded.logits(*row, vector), weights.logits(*row, vector), strict=True):
            assert np.allclose(kept, learned, atol=0.05)
        assert loaded.with_encoder == (weights is full)


def test_another_corpus_is_another_version():
    few = some(1)
    assert version_of(few) != version_of(few[1:])
    assert version_of(few) != version_of(few, load_dialogues(TRAINING)[:1])


def test_features_are_of_unit_length_and_the_same_alone_and_together():
    for features in (Features(), Signs()):
        features.fit(["quanto custa ?", "cade meu pedido", "oi"])
        together = features.transform(["quanto custa ?", "", "oi oi oi"])
        assert together.shape == (3, features.columns)
        assert np.allclose(
            together.multiply(together).sum(axis=1).A1
            if hasattr(together, "A1")
            else np.asarray(together.multiply(together).sum(axis=1)).ravel(),
            [2, 0, 2],
            atol=1e-5,
        )
        columns, values = features.row("quanto custa ?")
        assert (together[0].indices == columns).all()
        assert np.allclose(together[0].data, values)


def test_calibration_error_is_the_distance_from_sure_to_right():
    sure = np.full(10, 0.9)
    assert calibration_error(sure, np.array([True] * 9 + [False])) == 0
    assert calibration_error(sure, np.array([False] * 10)) == 0.9


def test_a_business_that_nothing_was_learned_of_is_scored_by_the_others():
    chosen = [example for example in training_examples() if example.business in {"pizzaria", "clinica", "avaliacoes"}]
    found = leave_one_business_out(chosen[::3])
    assert set(found) == {"pizzaria", "clinica", "mean"}
    assert 0.4 < found["mean"] < 1
