"""Trains the classifiers from labelled messages; the same examples give the same bytes."""

import hashlib
from collections.abc import Sequence
from dataclasses import replace

import numpy as np
from scipy.sparse import csr_matrix, hstack
from sklearn.model_selection import StratifiedKFold
from sklearn.svm import LinearSVC
from threadpoolctl import threadpool_limits

from agent.analysis.dialogues import Dialogue
from agent.analysis.examples import Example
from agent.analysis.reading.classify import Classifier
from agent.analysis.reading.context import CONTEXT_FEATURES
from agent.analysis.reading.context_training import customer_turns, learn_context
from agent.analysis.reading.encoder import WIDTH, Encoder, Vectors
from agent.analysis.reading.features import Features, Signs
from agent.analysis.reading.honesty import Labels, temperature_of, unsure_below
from agent.analysis.reading.normalise import normalise
from agent.analysis.reading.weights import LEVELS, SENTIMENTS, Floats, Weights, log_softmax
from agent.contract.analysis import INTENTS

RECIPE = "2"
"""Counts up when the features or the training change, so that the version does too."""

_C = 0.3
"""Softness of the classifiers; 0.1 to 1 differ by less than a point."""
VECTOR_SHARE = 0.5
"""The encoder's numbers beside the signs: 0.5 was better than 1 and 1.5 by one and two points."""
_FOLDS = 5
_SEED = 20
_LONG = 4
"""Words from which a dialogue's turn is learned from without its context."""
_SEEN_IN = 2
"""Signs that fewer messages have get no weight."""


def version_of(examples: Sequence[Example], dialogues: Sequence[Dialogue] = (), name: str = "corpus") -> str:
    """``corpus-2:<sha8>``: the recipe and a checksum of what was learned from."""
    digest = hashlib.sha256()
    for example in examples:
        digest.update(f"{example.text}\x1f{example.intent}\x1f{example.sentiment}\x1e".encode())
    for dialogue in dialogues:
        # Nothing is learned from that label: it is for measuring the guard.
        digest.update(dialogue.model_dump_json(exclude={"turns": {"__all__": {"witnessed"}}}).encode())
    return f"{name}-{RECIPE}:{digest.hexdigest()[:8]}"


def train(
    examples: Sequence[Example], dialogues: Sequence[Dialogue], encoder: Encoder | None = None, version: str = ""
) -> tuple[Weights, Weights | None]:
    """Fit everything on one thread (sums in one order: the same bytes every time).

    Returns:
        The weights without the encoder, and those with it where there is one.
    """
    version = version or version_of(examples, dialogues)
    # The turns that are long enough to be understood alone: 0.4 points with the encoder, 0.7 without.
    turns = [turn for turn, _ in customer_turns(dialogues) if len(turn.text.split()) >= _LONG]
    examples = [*examples, *(Example(turn.text, turn.intent, turn.sentiment) for turn in turns)]
    vectors = None if encoder is None else encoder.encode([example.text for example in examples])
    with threadpool_limits(limits=1):
        plain, unseen = _train(examples, None, version)
        honest = dict(zip([turn.text for turn in turns], unseen[len(examples) - len(turns) :], strict=True))
        plain = replace(plain, context=learn_context(dialogues, Classifier(plain), honest))
        if encoder is None or vectors is None:
            return plain, None
        full, unseen = _train(examples, vectors, f"{version}+encoder")
        honest = dict(zip([turn.text for turn in turns], unseen[len(examples) - len(turns) :], strict=True))
        return plain, replace(full, context=learn_context(dialogues, Classifier(full, encoder, plain), honest))


def _train(examples: Sequence[Example], vectors: Vectors | None, version: str) -> tuple[Weights, Floats]:
    """Weights that know no context yet, and each row's log probabilities by weights that had not seen it."""
    folded = [normalise(example.text) for example in examples]
    idf = Features().fit(folded)
    signs = Signs()
    signs_idf = signs.fit(folded)
    used = np.flatnonzero(signs_idf <= 1.0 + np.log((1.0 + len(folded)) / (1.0 + _SEEN_IN)) + 1e-4).astype(np.int32)
    rare = np.ones(signs.columns, dtype=bool)
    rare[used] = False
    signs_idf[rare] = signs_idf.max()  # The file keeps the others' only.
    x = signs.transform(folded)
    center = np.zeros(0, dtype=np.float32) if vectors is None else vectors.mean(axis=0)
    dense = np.zeros((len(folded), 0)) if vectors is None else (vectors - center) * VECTOR_SHARE
    blocks = hstack([x[:, used], csr_matrix(dense)], format="csr").astype(np.float64)

    intents = np.array([INTENTS.index(example.intent) for example in examples])
    felt = np.array([row for row, example in enumerate(examples) if example.sentiment is not None])
    sentiments = np.array([SENTIMENTS.index(e.sentiment) for e in examples if e.sentiment is not None])
    wanted, bias, temperature, unseen = _fit(blocks, intents)
    moods, mood_bias, mood_temperature, _ = _fit(blocks[felt], sentiments)

    weights = np.hstack([wanted, moods]).astype(np.float32)
    scale = np.abs(weights[: len(used)]).max(axis=0) / LEVELS
    by_number = weights[len(used) :] * VECTOR_SHARE
    logs = log_softmax(unseen / temperature)
    learned = Weights(
        version=version,
        idf=idf,
        signs_idf=signs_idf,
        used=used,
        steps=np.round(weights[: len(used)] / scale).astype(np.int8),
        scale=scale.astype(np.float32),
        bias=(np.concatenate([bias, mood_bias]) - center @ by_number).astype(np.float32),
        dense=by_number.reshape(-1 if vectors is None else WIDTH, len(scale)),
        temperatures=np.array([temperature, mood_temperature], dtype=np.float32),
        unsure_below=unsure_below(np.exp(logs), intents),
        context=np.zeros((CONTEXT_FEATURES, len(INTENTS)), dtype=np.float32),
    )
    return learned, logs


def learner() -> LinearSVC:
    """The classifier, not fitted yet; the same rows give the same weights."""
    return LinearSVC(C=_C, tol=1e-3, class_weight="balanced", random_state=_SEED)


def _fit(x: csr_matrix, y: Labels) -> tuple[Floats, Floats, float, Floats]:
    """Weights (a column a class), bias, temperature, and the scores of each row by a model that had not seen it."""
    model = learner()
    unseen = np.zeros((len(y), int(y.max()) + 1), dtype=np.float32)
    for learn, test in StratifiedKFold(_FOLDS, shuffle=True, random_state=_SEED).split(x, y):
        unseen[test] = model.fit(x[learn], y[learn]).decision_function(x[test])
    model.fit(x, y)
    return model.coef_.T, model.intercept_, temperature_of(unseen, y), unseen
