"""Figures of the classifiers on labelled messages that they were not trained on. Shares from 0 to 1."""

import math
from collections.abc import Sequence

import numpy as np
import numpy.typing as npt
from sklearn.metrics import accuracy_score, f1_score

from agent.analysis.examples import Example
from agent.analysis.reading.classify import Reading
from agent.contract.analysis import Sentiment

_COVERAGE = 0.8
_BINS = 15

Figures = dict[str, float]


def score_intents(readings: Sequence[Reading], true: Sequence[str]) -> Figures:
    """``accuracy``, ``macro_f1``, ``accuracy_at_80_coverage``, ``ece``, and the share of ``unsure`` ones."""
    told = [reading.intent for reading in readings]
    figures = labelled(told, [reading.intent_confidence for reading in readings], true)
    return {**figures, "unsure": share(np.mean([reading.unsure for reading in readings]))}


def labelled(told: Sequence[str], sure: Sequence[float], true: Sequence[str]) -> Figures:
    """Figures of any classifier: what it told, how sure it was, and what was right."""
    right = np.array(told) == np.array(true)
    surest = np.argsort(-np.array(sure), kind="stable")[: math.ceil(_COVERAGE * len(told))]
    return {
        "accuracy": share(right.mean()),
        "macro_f1": share(f1_score(true, told, labels=sorted(set(true)), average="macro", zero_division=0)),
        "accuracy_at_80_coverage": share(right[surest].mean()),
        "ece": calibration_error(np.array(sure), right),
        "messages": len(told),
    }


def score_sentiment(readings: Sequence[Reading], true: Sequence[Sentiment]) -> Figures:
    """``accuracy``, ``macro_f1``, ``ece``, and ``polarity_accuracy``: the score's sign, neutral rows left out."""
    felt = [reading.sentiment for reading in readings]
    right = np.array(felt) == np.array(true)
    sure = np.array([reading.sentiment_confidence for reading in readings])
    return {
        "accuracy": share(accuracy_score(list(true), felt)),
        "macro_f1": share(f1_score(list(true), felt, labels=sorted(set(true)), average="macro", zero_division=0)),
        "ece": calibration_error(sure, right),
        **polarity(readings, true),
        "messages": len(felt),
    }


def polarity(readings: Sequence[Reading], true: Sequence[Sentiment]) -> Figures:
    """``polarity_accuracy`` alone; nothing where all rows are neutral."""
    signs = [
        (reading.sentiment_score > 0) == (mood is Sentiment.POSITIVE)
        for reading, mood in zip(readings, true, strict=True)
        if mood is not Sentiment.NEUTRAL
    ]
    return {"polarity_accuracy": share(np.mean(signs))} if signs else {}


def score(readings: Sequence[Reading], examples: Sequence[Example]) -> dict[str, Figures]:
    """Figures of ``intent`` and ``sentiment`` for messages with both labels."""
    return {
        "intent": score_intents(readings, [example.intent for example in examples]),
        "sentiment": score_sentiment(readings, [e.sentiment for e in examples if e.sentiment is not None]),
    }


def calibration_error(sure: npt.NDArray[np.floating], right: npt.NDArray[np.bool_]) -> float:
    """Expected calibration error over 15 bins of equal width: how far "90 % sure" is from "right in 90 %"."""
    bins = np.minimum((sure * _BINS).astype(int), _BINS - 1)
    gaps = [
        abs(right[bins == n].mean() - sure[bins == n].mean()) * (bins == n).sum() for n in range(_BINS) if n in bins
    ]
    return share(sum(gaps) / len(sure))


def share(value: object) -> float:
    """Rounded to four places."""
    return round(float(value), 4)  # type: ignore[arg-type]
