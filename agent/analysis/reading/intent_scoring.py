"""Scores intents that are fitted to one company's labelled messages, and sentiment on anybody's."""

import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
from threadpoolctl import threadpool_limits

from agent.analysis.columns import read_column
from agent.analysis.reading.classify import Classifier, Reading
from agent.analysis.reading.encoder import Encoder, load_encoder
from agent.analysis.reading.features import Signs
from agent.analysis.reading.fitted import FittedIntents
from agent.analysis.reading.fitting import fit_intents
from agent.analysis.reading.intents_file import Labelled
from agent.analysis.reading.normalise import normalise
from agent.analysis.reading.scoring import labelled, score_sentiment
from agent.analysis.reading.weights import shipped
from agent.contract.analysis import Sentiment
from agent.errors import BadInput
from agent.telemetry.measurements import quantile

_TIMED = 300
"""Messages that are also read one by one, for the times."""

_HINT = "Name the columns text and {} in the first line."


def read_labelled(path: Path, column: str = "label") -> list[Labelled]:
    """The rows of a CSV file that have a text and a label.

    Raises:
        BadInput: the file cannot be used.
    """
    texts, labels = (read_column(path, name, _HINT.format(column)) for name in ("text", column))
    rows = [Labelled(text.strip(), label.strip()) for text, label in zip(texts, labels, strict=True)]
    kept = [row for row in rows if row.text and row.label]
    if not kept:
        raise BadInput(f"{path} holds no row with a text and a label.", "Give at least one labelled message.")
    return kept


def score_fitted(learn: Sequence[Labelled], test: Sequence[Labelled], *, encoder: bool = True) -> dict[str, Any]:
    """Fit intents to ``learn`` alone and score them on ``test``.

    Returns:
        Figures of the best that this machine has, and under ``without_encoder`` those without the sentence encoder.
    """
    used = load_encoder() if encoder else None
    started = time.perf_counter()
    fitted = fit_intents(learn, used)
    seconds = time.perf_counter() - started
    with threadpool_limits(limits=1):
        plain = _score(fitted, test, None)
        best = plain if used is None else _score(fitted, test, used)
    about = {"encoder": used is not None, "examples": len(learn), "labels": len(fitted.labels)}
    figures = {**best, **about, "fit_seconds": round(seconds, 2)}
    return figures if used is None else {**figures, "without_encoder": plain}


def _score(fitted: FittedIntents, test: Sequence[Labelled], encoder: Encoder | None) -> dict[str, Any]:
    signs = Signs(shipped().signs_idf)
    vectors = None if encoder is None else encoder.encode([row.text for row in test])
    told, sure, took = [], [], []
    for n, row in enumerate(test):
        found = fitted.probabilities(*signs.row(normalise(row.text)), None if vectors is None else vectors[n])
        told.append(fitted.labels[int(found.argmax())])
        sure.append(float(found.max()))
    for row in test[:_TIMED]:
        started = time.perf_counter()
        vector = None if encoder is None else encoder.encode([row.text])[0]
        fitted.probabilities(*signs.row(normalise(row.text)), vector)
        took.append(1000 * (time.perf_counter() - started))
    unsure = np.mean(np.array(sure) < fitted.head(encoder=encoder is not None).unsure_below)
    return {
        **labelled(told, sure, [row.label for row in test]),
        "unsure": round(float(unsure), 4),
        "p50_ms": quantile(took, 0.5),
        "p95_ms": quantile(took, 0.95),
    }


def read_moods(path: Path) -> list[tuple[str, Sentiment]]:
    """Texts and moods of a CSV file: column ``label`` (negative, neutral, positive) or ``stars`` (1 to 5).

    Raises:
        BadInput: the file cannot be used, or a label is none of these.
    """
    texts = read_column(path, "text", _HINT.format("label"))
    try:
        labels = read_column(path, "label")
    except BadInput:
        labels = read_column(path, "stars", _HINT.format("label (or stars)"))
    stars = {"1": Sentiment.NEGATIVE, "2": Sentiment.NEGATIVE, "3": Sentiment.NEUTRAL}
    stars |= {"4": Sentiment.POSITIVE, "5": Sentiment.POSITIVE}
    moods = {**stars, **{str(mood): mood for mood in Sentiment}}
    found: list[tuple[str, Sentiment]] = []
    for number, (text, label) in enumerate(zip(texts, labels, strict=True), 1):
        felt = moods.get(label.strip().lower().removesuffix(".0"))
        if felt is None:
            raise BadInput(
                f"{path}, message {number}: unknown label {label!r}.",
                f"Labels: {', '.join(Sentiment)}, or stars 1 to 5.",
            )
        found.append((text, felt))
    if not found:
        raise BadInput(f"{path} holds no message.", "Give at least one labelled message.")
    return found


def score_moods(rows: Sequence[tuple[str, Sentiment]], *, encoder: bool = True) -> dict[str, Any]:
    """Figures of the sentiment, with the encoder where there is one, and without it."""
    used = load_encoder() if encoder else None
    true = [mood for _, mood in rows]
    plain = score_sentiment(read_all(Classifier.shipped(), [text for text, _ in rows]), true)
    if used is None:
        return {**plain, "encoder": False}
    best = score_sentiment(read_all(Classifier.shipped(used), [text for text, _ in rows], used), true)
    return {**best, "encoder": True, "without_encoder": plain}


def read_all(classifier: Classifier, texts: Sequence[str], encoder: Encoder | None = None) -> list[Reading]:
    """Many messages without context; their vectors are made together, which is five times as fast."""
    with threadpool_limits(limits=1):
        vectors = [None] * len(texts) if encoder is None else encoder.encode(texts)
        return [classifier.read(text, vector=vector) for text, vector in zip(texts, vectors, strict=True)]
