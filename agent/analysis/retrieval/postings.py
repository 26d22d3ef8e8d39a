"""How alike a message is to each of many texts: an exact search over hashed words and over sentences' vectors."""

import numpy as np
import numpy.typing as npt
from scipy.sparse import csr_matrix

from agent.analysis.reading.features import Columns, Values

Floats = npt.NDArray[np.float32]

_MANY = 2_000
"""Texts from which on the most common columns are left out."""

_COMMON = 0.05
"""A column that a larger share of many texts has tells hardly anything apart, and costs most of the time: with 30,000
texts 2 ms of 3."""

_WHOLE = 4_000
"""Texts up to which vectors are compared whole: 2 ms."""

_LEADING = 64
"""Numbers of a vector, turned so that the first say most, that are compared with every one of many texts."""


class Postings:
    """The texts by column: a search touches only those that share a column with the message."""

    def __init__(self, rows: csr_matrix) -> None:
        """``rows``: one a text, of ``Features.transform``."""
        self._count = rows.shape[0]
        by_column = rows.tocsc()
        if self._count > _MANY:
            having = np.diff(by_column.indptr)
            by_column = by_column.multiply(having <= _COMMON * self._count).tocsc()
            by_column.eliminate_zeros()
        self._starts = by_column.indptr
        self._texts = by_column.indices
        # Words and pieces have unit length each, hence the half: a text is 1 alike to itself.
        self._values = (by_column.data * 0.5).astype(np.float32)

    def alike(self, columns: Columns, values: Values) -> Floats:
        """How alike each text is to a message's row: 0 to 1, the texts in their order."""
        starts, ends = self._starts[columns], self._starts[columns + 1]
        some = np.flatnonzero(ends > starts)
        held = [(values[n], slice(starts[n], ends[n])) for n in some]
        if not held:
            return np.zeros(self._count, dtype=np.float32)
        texts = np.concatenate([self._texts[part] for _, part in held])
        weights = np.concatenate([self._values[part] * value for value, part in held])
        return np.bincount(texts, weights, self._count).astype(np.float32)


class Vectors:
    """The texts' vectors of unit length."""

    def __init__(self, vectors: Floats) -> None:
        """``vectors``: one row a text."""
        self._all = np.ascontiguousarray(vectors, dtype=np.float32)
        self._turn: Floats | None = None
        if len(vectors) > _WHOLE:
            _, directions = np.linalg.eigh(self._all.T @ self._all)
            self._turn = np.ascontiguousarray(directions[:, ::-1])
            self._all = self._all @ self._turn
            self._leading = np.ascontiguousarray(self._all[:, :_LEADING])

    @property
    def partly(self) -> bool:
        """Whether ``alike`` compares the leading numbers only."""
        return self._turn is not None

    def alike(self, vector: Floats) -> Floats:
        """How alike each text is to a message's vector; of many texts only the leading numbers are compared."""
        if self._turn is None:
            return np.asarray(self._all @ vector, dtype=np.float32)
        return np.asarray(self._leading @ (vector @ self._turn)[:_LEADING], dtype=np.float32)

    def exactly(self, vector: Floats, texts: npt.NDArray[np.intp]) -> Floats:
        """How alike some texts are, compared in full."""
        whole = vector if self._turn is None else vector @ self._turn
        return np.asarray(self._all[texts] @ whole, dtype=np.float32)
