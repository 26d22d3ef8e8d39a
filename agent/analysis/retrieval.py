"""Finds the canned replies that answer a message: exact search, no approximation."""

from dataclasses import dataclass

import numpy as np
from scipy.sparse import csr_matrix

from agent.analysis.classify import Reading
from agent.analysis.features import Features, Idf
from agent.analysis.normalise import normalise
from agent.analysis.replies import Reply, ReplyBook
from agent.contract.analysis import INTENTS

_WORDS, _INTENT = 0.7, 0.3
"""Shares of the score: how alike the words are, and how likely the reply's intents are."""

SURE_FROM = 0.25
"""Below it nothing is offered: an empty place is better than a wrong reply."""

_NEAR_BEST = 0.5
"""A reply that scores less than this share of the best one is not offered beside it."""

_SAME_ANSWER = 0.6
"""Two replies whose texts are as alike as this are one answer in two wordings; only the better one is offered."""


@dataclass(frozen=True)
class Found:
    """A reply and how well it fits, 0 to 1."""

    reply: Reply
    score: float


class Retrieval:
    """Searches one business's replies."""

    def __init__(self, book: ReplyBook, idf: Idf) -> None:
        """``idf``: the classifiers' column weights; a word that the corpus does not know weighs most."""
        self._replies = book.replies
        self._features = Features(idf)
        documents: list[str] = []
        owners: list[int] = []
        for number, reply in enumerate(book.replies):
            parts = [reply.title, reply.text, *reply.examples]
            documents += [normalise(part) for part in parts]
            owners += [number] * len(parts)
        self._owners = np.array(owners, dtype=np.intp)
        self._documents = self._features.transform(documents).tocsc() if documents else None
        has = [[intent in reply.intents for intent in INTENTS] for reply in book.replies]
        self._intents = np.array(has, dtype=np.float32).reshape(len(book.replies), len(INTENTS))
        texts = [normalise(reply.text) for reply in book.replies]
        self._texts: csr_matrix | None = self._features.transform(texts) if texts else None

    def find(self, text: str, reading: Reading, limit: int = 3) -> list[Found]:
        """Up to ``limit`` different answers, best first; none when nothing fits well enough."""
        if self._documents is None or self._texts is None or limit < 1:
            return []
        scores = _WORDS * self._alike(normalise(text)) + _INTENT * self._wanted(reading)
        chosen: list[int] = []
        for number in np.argsort(-scores, kind="stable")[: 8 * limit]:
            best = scores[chosen[0]] if chosen else scores[number]
            if scores[number] < max(SURE_FROM, _NEAR_BEST * best) or len(chosen) == limit:
                break
            if all(self._same(int(number), other) < _SAME_ANSWER for other in chosen):
                chosen.append(int(number))
        return [Found(self._replies[n], round(min(1.0, float(scores[n])), 4)) for n in chosen]

    def _alike(self, folded: str) -> np.ndarray:
        """The best likeness of each reply's documents with the message, 0 to 1."""
        assert self._documents is not None  # noqa: S101 - find() has looked
        query = self._features.transform([folded])
        # Only the few columns that the message has are touched; both blocks have unit length, hence the half.
        alike = self._documents[:, query.indices] @ query.data * 0.5
        best = np.zeros(len(self._replies), dtype=np.float32)
        np.maximum.at(best, self._owners, alike.astype(np.float32))
        return best

    def _wanted(self, reading: Reading) -> np.ndarray:
        likely = np.array([reading.intents[intent] for intent in INTENTS], dtype=np.float32)
        return np.asarray(np.minimum(1.0, self._intents @ likely))

    def _same(self, one: int, other: int) -> float:
        assert self._texts is not None  # noqa: S101 - find() has looked
        return float((self._texts[one] @ self._texts[other].T).sum()) * 0.5
