"""What a message wants and how its writer feels."""

from collections.abc import Sequence
from copy import copy
from dataclasses import dataclass, replace
from functools import lru_cache

import numpy as np

from agent.analysis.reading.context import context_features
from agent.analysis.reading.encoder import Encoder
from agent.analysis.reading.features import Columns, Signs, Values
from agent.analysis.reading.fitted import FittedIntents
from agent.analysis.reading.mood import mood_of
from agent.analysis.reading.normalise import normalise
from agent.analysis.reading.weights import SENTIMENTS, Floats, Weights, log_softmax, shipped
from agent.contract.analysis import INTENTS, Sentiment, Turn

_REMEMBERED = 2_000
"""Turns whose reading is kept: a conversation's earlier turns come again with each new message."""

_LATEST = 12
"""Turns of the context that are looked at."""

_COMPLAINT = INTENTS.index("complaint")


@dataclass(frozen=True)
class Reading:
    """One message, classified."""

    sentiment: Sentiment
    sentiment_score: float
    """-1 to 1: the probability of positive less that of negative."""
    sentiment_confidence: float
    intent: str
    """The likeliest one."""
    intent_confidence: float
    intents: dict[str, float]
    """The probability of every intent."""
    unsure: bool = False
    """The likeliest intent is not likely enough to be told."""
    mood: float | None = None
    """-1 to 1: the customer's mood over the turns and this message; None without earlier messages of theirs."""


class Classifier:
    """Reads one message in half a millisecond, or in five with the encoder. Safe to use from several threads."""

    def __init__(self, weights: Weights, encoder: Encoder | None = None, plain: Weights | None = None) -> None:
        """``plain``: weights without the encoder, for the turns before; needed where ``weights`` are with it."""
        if weights.with_encoder and encoder is None:
            raise ValueError("These weights need the sentence encoder")
        self._weights = weights
        self._encoder = encoder if weights.with_encoder else None
        self._signs = Signs(weights.signs_idf)
        self._own: FittedIntents | None = None
        self._turn = self if plain is None else Classifier(plain)
        self._read_turn = lru_cache(_REMEMBERED)(self._turn._alone)  # noqa: SLF001 - the same class

    @classmethod
    def shipped(cls, encoder: Encoder | None = None) -> "Classifier":
        """With the weights that come with Balcão."""
        return cls(shipped(encoder=encoder is not None), encoder, shipped())

    def with_own(self, own: FittedIntents | None) -> "Classifier":
        """The same with a company's own intents; None takes them away."""
        other = copy(self)
        other._own = own  # noqa: SLF001 - the same class
        return other

    @property
    def version(self) -> str:
        """The ``model_version``: of the weights, and of the company's own intents."""
        return self._weights.version if self._own is None else f"{self._weights.version}+{self._own.version}"

    def read(self, text: str, context: Sequence[Turn] = (), vector: Floats | None = None) -> Reading:
        """Classify ``text``; a text without a single sign that was learned is neutral and ``other``.

        Args:
            text: The customer's message.
            context: The turns before it, oldest first.
            vector: The encoder's row of ``text``, where the caller has it already.
        """
        context = context[-_LATEST:]
        folded = normalise(text)
        if not folded:
            return Reading(Sentiment.NEUTRAL, 0.0, 1.0, "other", 1.0, _named(np.eye(len(INTENTS))[-1]))
        if vector is None and self._encoder is not None:
            vector = self._encoder.encode([text])[0]
        row = self._signs.row(folded)
        intents, moods = self._weights.logits(*row, vector)
        if context:
            features = context_features(context, np.exp(intents), self.turn_intents)
            intents = log_softmax(intents + features @ self._weights.context)
        reading = self._reading(np.exp(intents), np.exp(moods))
        if self._own is not None:
            reading = _with_intents(reading, self._own, *row, vector if self._encoder else None, np.exp(intents))
        earlier = [self._turn_score(turn.text) for turn in context if not turn.out]
        return replace(reading, mood=mood_of([*earlier, reading.sentiment_score])) if earlier else reading

    def _alone(self, text: str, vector: Floats | None = None) -> tuple[Floats, Floats]:
        """Log probabilities of intents and sentiments of a text without its context."""
        if vector is None and self._encoder is not None:
            vector = self._encoder.encode([text])[0]
        return self._weights.logits(*self._signs.row(normalise(text)), vector)

    @property
    def weights(self) -> Weights:
        """What it reads with."""
        return self._weights

    def alone(self, text: str, vector: Floats | None = None) -> Floats:
        """Log probabilities of the intents of a text without its context."""
        return self._alone(text, vector)[0]

    def turn_intents(self, text: str) -> Floats:
        """Probabilities of the intents of an earlier turn, ours or the customer's."""
        return np.asarray(np.exp(self._read_turn(text)[0]), dtype=np.float32)

    def _turn_score(self, text: str) -> float:
        intents, moods = self._read_turn(text)
        return self._reading(np.exp(intents), np.exp(moods)).sentiment_score

    def _reading(self, intents: Floats, felt: Floats) -> Reading:
        best = int(intents.argmax())
        unsure = bool(intents[best] < self._weights.unsure_below)
        moods = dict(zip(SENTIMENTS, map(float, felt), strict=True))
        if best == _COMPLAINT and not unsure:
            moods = _negative(moods, float(intents[best]))
        mood = max(moods, key=lambda sentiment: moods[sentiment])
        return Reading(
            sentiment=mood,
            sentiment_score=round(moods[Sentiment.POSITIVE] - moods[Sentiment.NEGATIVE], 4) + 0.0,  # no -0.0
            sentiment_confidence=round(moods[mood], 4),
            intent=INTENTS[best],
            intent_confidence=round(float(intents[best]), 4),
            intents=_named(intents),
            unsure=unsure,
        )


def _with_intents(
    reading: Reading, own: FittedIntents, columns: Columns, values: Values, vector: Floats | None, general: Floats
) -> Reading:
    found = own.probabilities(columns, values, vector, general)
    best = int(found.argmax())
    named = dict(zip(own.labels, map(float, found), strict=True))
    return replace(
        reading,
        intent=own.labels[best],
        intent_confidence=round(float(found[best]), 4),
        intents={**dict.fromkeys(INTENTS, 0.0), **named},
        unsure=bool(found[best] < own.head(encoder=vector is not None).unsure_below),
    )


def _negative(moods: dict[Sentiment, float], at_least: float) -> dict[Sentiment, float]:
    """A calm complaint ("quero registrar uma reclamação") shows no emotion; it is negative all the same."""
    if moods[Sentiment.NEGATIVE] >= at_least:
        return moods
    rest = (1.0 - at_least) / (1.0 - moods[Sentiment.NEGATIVE])
    return {mood: p * rest for mood, p in moods.items()} | {Sentiment.NEGATIVE: at_least}


def _named(intents: Floats) -> dict[str, float]:
    return {name: float(p) for name, p in zip(INTENTS, intents, strict=True)}
