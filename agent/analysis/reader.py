"""Reads one message: classification and retrieval together, in the calling thread."""

from datetime import datetime

from agent.analysis.classify import Classifier
from agent.analysis.replies import ReplyBook
from agent.analysis.retrieval import Retrieval
from agent.analysis.weights import Weights
from agent.contract.analysis import Analysis, SuggestedResponse


class Reader:
    """Everything but drafts, in the calling thread: about 2 ms a message."""

    def __init__(self, book: ReplyBook, weights: Weights | None = None) -> None:
        weights = weights or Weights.load()
        self._book = book
        self._classifier = Classifier(weights)
        self._retrieval = Retrieval(book, weights.idf)

    def analyse(self, text: str, now: datetime, limit: int = 3, customer: str | None = None) -> Analysis:
        """Sentiment, intent and up to ``limit`` replies with their variables filled."""
        reading = self._classifier.read(text)
        found = self._retrieval.find(text, reading, limit)
        return Analysis(
            sentiment_score=reading.sentiment_score,
            sentiment=reading.sentiment,
            intent=reading.intent,
            confidence_scores={"sentiment": reading.sentiment_confidence, "intent": reading.intent_confidence},
            suggested_responses=tuple(
                SuggestedResponse(
                    text=self._book.fill(hit.reply, now, customer), source=hit.reply.title, score=hit.score
                )
                for hit in found
            ),
            model_version=self._classifier.version,
        )
