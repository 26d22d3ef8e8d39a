"""Fits intents to a company's own examples, in a fraction of a second for some hundred of them.

Up to ``_EXACT`` examples: ridge regression in its dual form. Its leave-one-out predictions are exact and come with the
solution, so the strength, the encoder's share, the temperature, the use of general knowledge and the accuracy that is
told to people all rest on messages that were not learned from. More examples: a linear support vector machine.

General knowledge enters as the mean that the regression starts from: without a single example it reads as the general
classifier does, and each example moves what is like it.
"""

import hashlib
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from scipy.linalg import cho_factor, cho_solve
from scipy.sparse import csr_matrix, hstack
from threadpoolctl import threadpool_limits

from agent.analysis.reading.encoder import Encoder
from agent.analysis.reading.features import Signs
from agent.analysis.reading.fitted import FittedIntents, Head, spread
from agent.analysis.reading.honesty import Labels, temperature_of, unsure_below
from agent.analysis.reading.intents_file import Labelled
from agent.analysis.reading.normalise import normalise
from agent.analysis.reading.weights import Floats, log_softmax, shipped
from agent.contract.analysis import INTENTS
from agent.errors import BadInput

RECIPE = "1"
_EXACT = 1_500
_QUICK = 400
"""Up to so many rows every strength and share is tried: 9 solutions in 0.2 s."""
_STRENGTHS = (0.1, 0.3, 1.0)
_SHARES = (0.5, 1.0, 2.0)
"""Of the encoder's numbers beside the signs."""
_MIDDLE = (0.3, 1.0)
_ENOUGH = (None, 30, 20, 10, 5)
"""From how many own examples an intent goes without general knowledge: the best of these is chosen."""
_TRUST = (1.0, 0.6, 0.3)
"""How far general knowledge is trusted."""
_C = 0.3
_LARGE_SHARE = 1.0
_HELD = 0.2


@dataclass(frozen=True)
class General:
    """General knowledge: some messages with built-in labels, and the general classifier's view of all texts."""

    background: tuple[Labelled, ...]
    own: Floats
    """Its probabilities of ``INTENTS`` for the company's examples, a row each."""
    of_background: Floats
    """The same for ``background``."""
    vectors: Floats | None = None
    """The encoder's rows of the company's examples and of ``background``, where it is installed."""


@dataclass(frozen=True)
class _Rows:
    x: csr_matrix
    vectors: Floats
    """Centred; no columns without the encoder."""
    center: Floats
    y: Labels
    prior: Floats
    own: int
    """The first so many rows are the company's."""


def fit_intents(
    examples: Sequence[Labelled], encoder: Encoder | None = None, general: General | None = None
) -> FittedIntents:
    """Fit intents from a company's examples, on one thread.

    Args:
        examples: Any texts and labels, at least one.
        encoder: The sentence encoder, where there is one: then heads with and without it are fitted.
        general: None learns from the examples alone.

    Raises:
        BadInput: there is no example.
    """
    if not examples:
        raise BadInput("There are no examples to fit intents to.", "Give at least one message with its intent.")
    general = general if len(examples) <= _EXACT else None
    background = general.background if general else ()
    rows = [*examples, *background]
    labels = tuple(dict.fromkeys([*(INTENTS if general else ()), *sorted({row.label for row in examples})]))
    texts = [row.text for row in rows]
    x = Signs(shipped().signs_idf).transform([normalise(text) for text in texts])
    y = np.array([labels.index(row.label) for row in rows], dtype=np.intp)
    prior = np.zeros((len(rows), len(labels)), dtype=np.float32)
    if general:
        prior = spread(np.vstack([general.own, general.of_background]), labels, INTENTS)
    with threadpool_limits(limits=1):
        nothing = np.zeros((len(rows), 0), dtype=np.float32)
        alone = _Rows(x, nothing, nothing.mean(axis=0), y, prior, len(examples))
        plain, kept, after = _fit(alone, labels, exact=len(rows) <= _EXACT + len(background), general=bool(general))
        full = None
        if encoder is not None:
            known = general.vectors if general else None
            vectors = encoder.encode(texts) if known is None else known
            center = vectors.mean(axis=0)
            both = _Rows(x, vectors - center, center, y, prior, len(examples))
            full, kept, after = _fit(both, labels, exact=len(rows) <= _EXACT + len(background), general=bool(general))
    told = prior[: len(examples)].argmax(axis=1) if general else None
    before = None if told is None else round(float((told == y[: len(examples)]).mean()), 4)
    return FittedIntents(_version(rows, encoder), labels, plain, full, kept, len(examples), before, round(after, 4))


def _fit(rows: _Rows, labels: tuple[str, ...], *, exact: bool, general: bool) -> tuple[Head, tuple[str, ...], float]:
    """A head, the built-in intents that still count, and its accuracy on examples it had not seen."""
    if len(labels) == 1:
        none = np.zeros((0, 1), dtype=np.float32)
        return Head(np.zeros(0, np.int32), none.astype(np.float16), none, np.zeros(1, np.float32), 1.0, 0.0), (), 1.0
    if not exact:
        return _fit_many(rows, len(labels))
    kernels = (0.5 * (rows.x @ rows.x.T).toarray().astype(np.float32), rows.vectors @ rows.vectors.T)
    best, setting = None, (0.0, 0.0)
    for kept, trust, chosen, prior in (
        _ways(rows, labels) if general else [((), 0.0, np.arange(len(rows.y)), rows.prior)]
    ):
        # What is best with all general knowledge is near the best without some of it: tried once.
        for share, strength in _settings(rows) if best is None else [setting]:
            k = (kernels[0][np.ix_(chosen, chosen)] + share**2 * kernels[1][np.ix_(chosen, chosen)]) + 0.1
            targets = np.eye(len(labels), dtype=np.float32)[rows.y[chosen]] - prior[chosen]
            alpha, unseen = _solve(k, targets, strength)
            loo, y, mine = unseen + prior[chosen], rows.y[chosen], chosen < rows.own
            temperature = temperature_of(loo[mine], y[mine])
            losses = -log_softmax(loo / temperature)[np.arange(len(y)), y]
            # Own examples and general knowledge weigh the same: what is learned must not spoil what was known.
            loss = float(losses[mine].mean() if mine.all() else (losses[mine].mean() + losses[~mine].mean()) / 2)
            loo, y = loo[mine], y[mine]
            if best is None or loss < best[0]:
                best = (loss, kept, trust, chosen, share, alpha, loo, temperature)
                setting = (share, strength)
    assert best is not None  # noqa: S101 - there is always one way
    _, kept, trust, chosen, share, alpha, loo, temperature = best
    x, vectors, y = rows.x[chosen], rows.vectors[chosen], rows.y[chosen][chosen < rows.own]
    used = np.unique(x.indices).astype(np.int32)
    dense = share**2 * (vectors.T @ alpha)
    head = Head(
        used=used,
        weights=np.asarray(0.5 * (x[:, used].T @ alpha), dtype=np.float16),
        dense=dense,
        bias=np.asarray(0.1 * alpha.sum(axis=0) - rows.center @ dense, dtype=np.float32),
        temperature=temperature,
        unsure_below=unsure_below(np.exp(log_softmax(loo / temperature)), y),
        trust=trust,
    )
    return head, kept, float((loo.argmax(axis=1) == y).mean())


def _ways(rows: _Rows, labels: tuple[str, ...]) -> list[tuple[tuple[str, ...], float, Labels, Floats]]:
    """Which built-in intents keep general knowledge and how far, the rows that stay, and the mean that follows."""
    own = Counter(labels[n] for n in rows.y[: rows.own])
    found: dict[tuple[tuple[str, ...], float], tuple[Labels, Floats]] = {}
    for enough in _ENOUGH:
        kept = tuple(label for label in INTENTS if enough is None or own[label] < enough)
        stays = np.array([n < rows.own or labels[rows.y[n]] in kept for n in range(len(rows.y))])
        for trust in _TRUST:
            prior = rows.prior * np.isin(labels, kept) * np.float32(trust)
            found.setdefault((kept, trust), (np.flatnonzero(stays), prior))
    return [(kept, trust, chosen, prior) for (kept, trust), (chosen, prior) in found.items()]


def _settings(rows: _Rows) -> list[tuple[float, float]]:
    """Shares and strengths to try."""
    with_vectors = rows.vectors.shape[1] > 0
    if len(rows.y) <= _QUICK:
        return [(share, strength) for share in (_SHARES if with_vectors else (0.0,)) for strength in _STRENGTHS]
    return [(_MIDDLE[1] if with_vectors else 0.0, _MIDDLE[0])]


def _solve(k: Floats, targets: Floats, strength: float) -> tuple[Floats, Floats]:
    """The dual weights, and each row's prediction by the rest: ``y - alpha / diag(inverse)``."""
    k = k.copy()
    k[np.diag_indices(len(k))] += strength
    inverse = cho_solve(cho_factor(k, lower=True), np.eye(len(k), dtype=np.float32))
    alpha = inverse @ targets
    return alpha, targets - alpha / np.diag(inverse)[:, None]


def _fit_many(rows: _Rows, many: int) -> tuple[Head, tuple[str, ...], float]:
    from sklearn.svm import LinearSVC

    seen = np.bincount(rows.x.indices, minlength=rows.x.shape[1])
    used = np.flatnonzero(seen > 1).astype(np.int32)
    x = hstack([rows.x[:, used], csr_matrix(rows.vectors * _LARGE_SHARE)], format="csr").astype(np.float64)
    model = LinearSVC(C=_C, tol=1e-2, random_state=0)
    held = np.random.default_rng(0).random(len(rows.y)) < _HELD
    held &= np.isin(rows.y, rows.y[~held])
    model.fit(x[~held], rows.y[~held])
    unseen, y = _all_labels(model, model.decision_function(x[held]), many), rows.y[held]
    temperature = temperature_of(unseen, y)
    model.fit(x, rows.y)
    weights = _all_labels(model, model.coef_.T, many).astype(np.float32)
    dense = weights[len(used) :] * _LARGE_SHARE
    head = Head(
        used=used,
        weights=weights[: len(used)].astype(np.float16),
        dense=dense,
        bias=(_all_labels(model, model.intercept_[None, :], many)[0] - rows.center @ dense).astype(np.float32),
        temperature=temperature,
        unsure_below=unsure_below(np.exp(log_softmax(unseen / temperature)), y),
    )
    return head, (), float((unseen.argmax(axis=1) == y).mean())


def _all_labels(model: object, columns: Floats, many: int) -> Floats:
    """A column a label, also where the model gives one for two labels."""
    if columns.ndim == 1 or columns.shape[1] == 1:
        columns = columns.reshape(-1, 1)
        columns = np.hstack([-columns, columns])
    found = np.full((len(columns), many), columns.min(), dtype=np.float32)
    found[:, model.classes_] = columns  # type: ignore[attr-defined]
    return found


def _version(rows: Sequence[Labelled], encoder: Encoder | None) -> str:
    """Everything that the result follows from: the messages, the shipped weights, and whether there is an encoder."""
    digest = hashlib.sha256(f"{shipped().version}\x1f{encoder is not None}\x1e".encode())
    digest.update("".join(f"{row.text}\x1f{row.label}\x1e" for row in rows).encode())
    return f"own-{RECIPE}:{digest.hexdigest()[:8]}"
