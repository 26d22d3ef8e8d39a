"""Figures of the classifiers on labelled messages that they were not trained on."""

import math
from collections.abc import Sequence

from sklearn.metrics import accuracy_score, f1_score

from agent.analysis.classify import Classifier
from agent.analysis.corpus import Example
from agent.analysis.weights import Weights
from agent.contract.analysis import Sentiment

_COVERAGE = 0.8


def score(weights: Weights, examples: Sequence[Example]) -> dict[str, dict[str, float]]:
    """``accuracy`` and ``macro_f1`` of sentiment and intent; for intents also on the 80 % that it is surest of.

    ``unsure`` is the share of messages for which no intent was told. Shares from 0 to 1.
    """
    classifier = Classifier(weights)
    readings = [classifier.read(example.text) for example in examples]
    true = [example.intent for example in examples]
    told = [reading.intent for reading in readings]
    surest = sorted(range(len(readings)), key=lambda row: -max(readings[row].intents.values()))
    kept = surest[: math.ceil(_COVERAGE * len(surest))]
    moods = [str(example.sentiment) for example in examples]
    felt = [str(reading.sentiment) for reading in readings]
    polar = [row for row, example in enumerate(examples) if example.sentiment is not Sentiment.NEUTRAL]
    right_sign = [(readings[row].sentiment_score > 0) == (moods[row] == Sentiment.POSITIVE) for row in polar]
    return {
        "intent": {
            "accuracy": _share(accuracy_score(true, told)),
            "macro_f1": _share(f1_score(true, told, average="macro")),
            "accuracy_at_80_coverage": _share(accuracy_score([true[r] for r in kept], [told[r] for r in kept])),
            "unsure": _share(
                sum(max(reading.intents.values()) != reading.intents[reading.intent] for reading in readings)
                / len(readings)
            ),
        },
        "sentiment": {
            "accuracy": _share(accuracy_score(moods, felt)),
            "macro_f1": _share(f1_score(moods, felt, average="macro")),
            "polarity_accuracy": _share(sum(right_sign) / len(right_sign)),
        },
    }


def _share(value: float) -> float:
    return round(float(value), 4)
