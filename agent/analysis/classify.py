"""What a message wants and how its writer feels."""

from dataclasses import dataclass

from scipy.sparse import csr_matrix

from agent.analysis.features import Features
from agent.analysis.normalise import normalise
from agent.analysis.weights import SENTIMENTS, Weights
from agent.contract.analysis import INTENTS, Sentiment

UNSURE_BELOW = 0.3
"""An intent with a smaller probability is not told: of such answers fewer than a third are right."""

_CALM_COMPLAINT = 0.5
"""A calm complaint ("quero registrar uma reclamação") shows no emotion; from this probability on it is negative."""

_OTHER = INTENTS.index("other")
_COMPLAINT = INTENTS.index("complaint")


@dataclass(frozen=True)
class Reading:
    """One message, classified."""

    sentiment: Sentiment
    sentiment_score: float
    """-1 to 1: the probability of positive less that of negative."""
    sentiment_confidence: float
    intent: str
    intent_confidence: float
    intents: dict[str, float]
    """The probability of every intent."""


class Classifier:
    """Reads one message in about a millisecond. Safe to use from several threads."""

    def __init__(self, weights: Weights) -> None:
        self._weights = weights
        self._features = Features(weights.idf)

    @property
    def version(self) -> str:
        """The ``model_version`` of the weights."""
        return self._weights.version

    def read(self, text: str) -> Reading:
        """Classify ``text``; a text without a single sign that was learned is neutral and ``other``."""
        folded = normalise(text)
        if not folded:
            return Reading(Sentiment.NEUTRAL, 0.0, 1.0, "other", 1.0, dict.fromkeys(INTENTS, 0.0) | {"other": 1.0})
        x: csr_matrix = self._features.transform([folded])
        intents = self._weights.intent.probabilities(x)[0]
        moods = dict(zip(SENTIMENTS, map(float, self._weights.sentiment.probabilities(x)[0]), strict=True))
        complaint = float(intents[_COMPLAINT])
        if complaint >= _CALM_COMPLAINT and moods[Sentiment.NEGATIVE] < complaint:
            rest = (1.0 - complaint) / (1.0 - moods[Sentiment.NEGATIVE])
            moods = {mood: p * rest for mood, p in moods.items()} | {Sentiment.NEGATIVE: complaint}
        mood = max(moods, key=lambda sentiment: moods[sentiment])
        best = int(intents.argmax())
        if intents[best] < UNSURE_BELOW:
            best = _OTHER
        return Reading(
            sentiment=mood,
            sentiment_score=round(moods[Sentiment.POSITIVE] - moods[Sentiment.NEGATIVE], 4) + 0.0,  # no -0.0
            sentiment_confidence=round(moods[mood], 4),
            intent=INTENTS[best],
            intent_confidence=round(float(intents[best]), 4),
            intents={name: float(p) for name, p in zip(INTENTS, intents, strict=True)},
        )
