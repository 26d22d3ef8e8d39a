"""The weights files: a few arrays of numbers in one ``.npz`` without pickles, the same bytes for the same training."""

import io
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np
import numpy.typing as npt

from agent.analysis.reading.encoder import WIDTH
from agent.analysis.reading.features import Columns, Features, Idf, Signs, Values
from agent.contract.analysis import INTENTS, Sentiment

SENTIMENTS: tuple[Sentiment, ...] = tuple(Sentiment)
CLASSES: tuple[str, ...] = (*INTENTS, *SENTIMENTS)
"""One column each: what is wanted, then how its writer feels."""

WEIGHTS_FILE = Path(__file__).parent / "weights.npz"
ENCODER_WEIGHTS_FILE = Path(__file__).parent / "weights.encoder.npz"
"""The same for machines that have the sentence encoder."""

LEVELS = 31
"""Steps to each side of zero in which a weight is stored: a sixteenth of the size of floats, the same accuracy."""

Floats = npt.NDArray[np.float32]


@dataclass(frozen=True)
class Weights:
    """All that was learned, for one message: ``signs @ (steps * scale) + vector @ dense + bias``."""

    version: str
    idf: Idf
    """Of ``Features``: what the search weighs its words by."""
    signs_idf: Idf
    """Of ``Signs``."""
    used: Columns
    """The columns of ``Signs`` that have weights, in order."""
    steps: npt.NDArray[np.int8]
    """A row for each of ``used``, a column for each of ``CLASSES``."""
    scale: Floats
    bias: Floats
    dense: Floats
    """``WIDTH`` rows for the encoder's numbers; none where it was trained without."""
    temperatures: Floats
    """Of intents and of sentiments: they make the probabilities honest; fitted on messages not learned from."""
    unsure_below: float
    """An intent with a smaller probability is more often wrong than right."""
    context: Floats
    """What the turns before add to the intents' logits: a row a feature of ``agent.analysis.reading.context``."""

    @property
    def with_encoder(self) -> bool:
        """Whether a message's vector is needed."""
        return len(self.dense) > 0

    def logits(self, columns: Columns, values: Values, vector: Floats | None) -> tuple[Floats, Floats]:
        """Log probabilities of the intents and of the sentiments, for one message, from its row of ``Signs``."""
        place = np.minimum(np.searchsorted(self.used, columns), len(self.used) - 1)
        known = self.used[place] == columns
        scores = (values[known] @ self.steps[place[known]].astype(np.float32)) * self.scale + self.bias
        if vector is not None and self.with_encoder:
            scores = scores + vector @ self.dense
        many = len(INTENTS)
        return log_softmax(scores[:many] / self.temperatures[0]), log_softmax(scores[many:] / self.temperatures[1])

    def to_bytes(self) -> bytes:
        """The file's content."""
        out = io.BytesIO()
        np.savez_compressed(
            out,
            allow_pickle=False,
            version=np.array(self.version),
            classes=np.array(CLASSES),
            idf=self.idf.astype(np.float16),
            signs_idf=self.signs_idf[self.used].astype(np.float16),
            rare=self.signs_idf.max().astype(np.float16),  # of all columns without weights
            gaps=np.diff(self.used, prepend=0).astype(np.uint32),
            steps=np.ascontiguousarray(self.steps.T),
            scale=self.scale,
            bias=self.bias,
            dense=self.dense.astype(np.float16),
            temperatures=self.temperatures,
            unsure_below=np.array(self.unsure_below, dtype=np.float32),
            context=self.context.astype(np.float16),
        )
        return out.getvalue()

    @classmethod
    def load(cls, path: Path = WEIGHTS_FILE) -> "Weights":
        """Read a weights file.

        Raises:
            ValueError: the file was trained for other classes or another number of columns.
        """
        with np.load(path, allow_pickle=False) as file:
            fits = tuple(file["classes"]) == CLASSES and file["idf"].shape == (Features().columns,)
            if not fits or file["dense"].shape[0] not in (0, WIDTH):
                raise ValueError(f"{path} was trained for other classes: train again with scripts/train_models.py")
            used = np.cumsum(file["gaps"], dtype=np.int32)
            signs_idf = np.full(Signs().columns, file["rare"], dtype=np.float32)
            signs_idf[used] = file["signs_idf"]
            return cls(
                version=str(file["version"]),
                idf=file["idf"].astype(np.float32),
                signs_idf=signs_idf,
                used=used,
                steps=np.ascontiguousarray(file["steps"].T),
                scale=file["scale"],
                bias=file["bias"],
                dense=file["dense"].astype(np.float32),
                temperatures=file["temperatures"],
                unsure_below=float(file["unsure_below"]),
                context=file["context"].astype(np.float32),
            )


@cache
def shipped(*, encoder: bool = False) -> Weights:
    """The weights that come with Balcão, loaded once a process: without the sentence encoder, or with it."""
    return Weights.load(ENCODER_WEIGHTS_FILE if encoder else WEIGHTS_FILE)


def log_softmax(scores: Floats) -> Floats:
    """Log probabilities along the last axis."""
    shifted = scores - scores.max(axis=-1, keepdims=True)
    return np.asarray(shifted - np.log(np.exp(shifted).sum(axis=-1, keepdims=True)), dtype=np.float32)
