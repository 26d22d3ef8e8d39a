"""Turns folded messages into numbers: hashed words and pieces of words, weighted by how rare they are.

Hashing keeps no vocabulary, so a weights file holds no word that anyone wrote.
"""

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt
from scipy.sparse import csr_matrix, hstack
from sklearn.feature_extraction.text import HashingVectorizer, TfidfTransformer
from sklearn.preprocessing import normalize

WORD_COLUMNS = 2**14
PIECE_COLUMNS = 2**15
COLUMNS = WORD_COLUMNS + PIECE_COLUMNS

Idf = npt.NDArray[np.float32]


class Features:
    """Words (1 and 2 in a row) and pieces of words (2 to 5 letters), each block of unit length."""

    def __init__(self, idf: Idf | None = None) -> None:
        """``idf``: ``COLUMNS`` weights, higher for rarer columns; None before ``fit``."""
        self._words = HashingVectorizer(
            analyzer="word", ngram_range=(1, 2), n_features=WORD_COLUMNS, **_WORD, **_COUNTS
        )
        self._pieces = HashingVectorizer(analyzer="char_wb", ngram_range=(2, 5), n_features=PIECE_COLUMNS, **_COUNTS)
        self._idf = idf

    def fit(self, folded: Sequence[str]) -> Idf:
        """Learn and return the column weights from folded texts."""
        learned = [TfidfTransformer().fit(block).idf_ for block in self._count(folded)]
        self._idf = np.concatenate(learned).astype(np.float32)
        return self._idf

    def transform(self, folded: Sequence[str]) -> csr_matrix:
        """One row a text, ``COLUMNS`` wide, float32."""
        if self._idf is None:
            raise ValueError("Features have no weights yet: fit them first")
        blocks = []
        for block, idf in zip(self._count(folded), (self._idf[:WORD_COLUMNS], self._idf[WORD_COLUMNS:]), strict=True):
            block.data = (np.log(block.data) + 1.0).astype(np.float32) * idf[block.indices]
            blocks.append(normalize(block, copy=False))
        return csr_matrix(hstack(blocks, format="csr"))

    def _count(self, folded: Sequence[str]) -> tuple[csr_matrix, csr_matrix]:
        return self._words.transform(folded), self._pieces.transform(folded)


_WORD = {"token_pattern": r"\S+"}
_COUNTS = {"alternate_sign": False, "norm": None, "lowercase": False}
