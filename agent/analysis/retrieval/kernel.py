"""Tells a business's answers apart by all their wordings together, where the best single one would not do."""

import numpy as np
import numpy.typing as npt

from agent.analysis.reading.features import Features
from agent.analysis.retrieval.postings import Floats

_MOST = 1_500
"""Wordings learned from: 0.3 s; of more, the same number of each answer."""

_RIDGE = 0.5


class Kernel:
    """Ridge regression from wordings to answers, in closed form: 0.02 s for 25 answers with ten wordings each."""

    def __init__(
        self,
        features: Features,
        folded: list[str],
        vectors: Floats | None,
        intents: Floats,
        owners: npt.NDArray[np.intp],
        answers: int,
    ) -> None:
        """One row a wording; ``owners`` says whose it is, a number below ``answers``."""
        self._chosen = _chosen(owners, answers)
        rows = features.transform([folded[n] for n in self._chosen])
        self._intents = np.sqrt(intents[self._chosen])
        alike = (rows @ rows.T).toarray() * 0.5 + self._intents @ self._intents.T
        if vectors is not None:
            alike += vectors[self._chosen] @ vectors[self._chosen].T
        self._kinds = 2 if vectors is None else 3
        right = np.zeros((len(self._chosen), answers))
        right[np.arange(len(self._chosen)), owners[self._chosen]] = 1.0
        right -= right.mean(axis=0)
        system = alike.astype(np.float64) / self._kinds + _RIDGE * np.eye(len(self._chosen))
        self._shares = np.linalg.solve(system, right).astype(np.float32)

    def scores(self, words: Floats, meaning: Floats | None, intents: Floats) -> Floats:
        """One number an answer, from a message's likeness to all wordings and its intents' probabilities."""
        alike = words[self._chosen] + self._intents @ np.sqrt(intents)
        if self._kinds > 2 and meaning is not None:
            alike = alike + meaning[self._chosen]
        return np.asarray((alike / self._kinds) @ self._shares, dtype=np.float32)


def _chosen(owners: npt.NDArray[np.intp], answers: int) -> npt.NDArray[np.intp]:
    """All wordings, or the last ones of each answer where there are too many."""
    if len(owners) <= _MOST:
        return np.arange(len(owners), dtype=np.intp)
    each = max(1, _MOST // max(1, answers))
    order = np.argsort(owners, kind="stable")
    position = np.arange(len(order)) - np.searchsorted(owners[order], owners[order])
    size = np.bincount(owners, minlength=answers)[owners[order]]
    return np.sort(order[position >= size - each])
