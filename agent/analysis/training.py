"""Trains the classifiers from labelled messages; the same examples give the same bytes."""

import hashlib
from collections.abc import Sequence

import numpy as np
from scipy.optimize import minimize_scalar
from scipy.sparse import csr_matrix
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import StratifiedKFold, cross_val_predict
from threadpoolctl import threadpool_limits

from agent.analysis.corpus import Example
from agent.analysis.features import COLUMNS, Features
from agent.analysis.normalise import normalise
from agent.analysis.weights import SENTIMENTS, Linear, Weights
from agent.contract.analysis import INTENTS

RECIPE = "1"
"""Counts up when the features or the training change, so that the version does too."""

_INTENT_C = 20.0
_SENTIMENT_C = 20.0
_FOLDS = 5
_SEED = 20


def version_of(examples: Sequence[Example], name: str = "seed") -> str:
    """``seed-1:<sha8>``: the recipe and a checksum of the examples."""
    digest = hashlib.sha256()
    for example in examples:
        digest.update(f"{example.text}\x1f{example.intent}\x1f{example.sentiment}\x1e".encode())
    return f"{name}-{RECIPE}:{digest.hexdigest()[:8]}"


def train(examples: Sequence[Example], name: str = "seed") -> Weights:
    """Fit both classifiers on one thread (sums in one order: the same bytes every time)."""
    folded = [normalise(example.text) for example in examples]
    features = Features()
    idf = features.fit(folded)
    x = features.transform(folded)
    intents = np.array([INTENTS.index(example.intent) for example in examples])
    felt = [row for row, example in enumerate(examples) if example.sentiment is not None]
    sentiments = np.array([SENTIMENTS.index(e.sentiment) for e in examples if e.sentiment is not None])
    with threadpool_limits(limits=1):
        intent = _fit(x, intents, len(INTENTS), _INTENT_C)
        sentiment = _fit(x[felt], sentiments, len(SENTIMENTS), _SENTIMENT_C)
    return Weights(version_of(examples, name), idf, intent, sentiment)


def _fit(x: csr_matrix, y: np.ndarray, classes: int, c: float) -> Linear:
    used = np.unique(x.indices)  # Most hashed columns are empty; leaving them out makes the fit many times faster.
    x = x[:, used].astype(np.float64)
    model = LogisticRegression(C=c, class_weight="balanced", max_iter=1000, tol=1e-6)
    folds = StratifiedKFold(_FOLDS, shuffle=True, random_state=_SEED)
    unseen = cross_val_predict(model, x, y, cv=folds, method="decision_function")
    temperature = minimize_scalar(lambda t: _log_loss(unseen / t, y), bounds=(0.1, 10.0), method="bounded").x
    model.fit(x, y)
    weights = np.zeros((COLUMNS, classes), dtype=np.float32)
    weights[used] = model.coef_.T
    return Linear(weights, model.intercept_.astype(np.float32), float(temperature))


def _log_loss(scores: np.ndarray, y: np.ndarray) -> float:
    top = scores.max(axis=1, keepdims=True)
    totals = np.log(np.exp(scores - top).sum(axis=1)) + top[:, 0]
    return float((totals - scores[np.arange(len(y)), y]).mean())
