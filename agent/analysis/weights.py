"""The weights file: a few arrays of numbers in one ``.npz`` without pickles, the same bytes for the same training."""

import io
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt

from agent.analysis.features import COLUMNS, Idf
from agent.contract.analysis import INTENTS, Sentiment

SENTIMENTS: tuple[Sentiment, ...] = tuple(Sentiment)
WEIGHTS_FILE = Path(__file__).parent / "weights.npz"

Matrix = npt.NDArray[np.float32]


@dataclass(frozen=True)
class Linear:
    """One linear classifier: ``softmax((x @ weights + bias) / temperature)``."""

    weights: Matrix
    """``COLUMNS`` rows, one column a class."""
    bias: Matrix
    temperature: float
    """Makes the probabilities honest; fitted on examples that the weights had not seen."""

    def probabilities(self, x: object) -> Matrix:
        """One row a message, one column a class; rows sum to 1."""
        scores = (x @ self.weights + self.bias) / self.temperature  # type: ignore[operator]
        powers = np.exp(scores - scores.max(axis=1, keepdims=True))
        return np.asarray(powers / powers.sum(axis=1, keepdims=True), dtype=np.float32)


@dataclass(frozen=True)
class Weights:
    """All that was learned."""

    version: str
    idf: Idf
    intent: Linear
    """Classes in the order of ``INTENTS``."""
    sentiment: Linear
    """Classes in the order of ``SENTIMENTS``."""

    def to_bytes(self) -> bytes:
        """The file's content. Weights are stored in 8 bits, each class with its own scale."""
        arrays: dict[str, npt.NDArray[np.generic]] = {
            "version": np.array(self.version),
            "classes": np.array([*INTENTS, *SENTIMENTS]),
            "idf": self.idf.astype(np.float16),
        }
        for name, linear in (("intent", self.intent), ("sentiment", self.sentiment)):
            scale = np.abs(linear.weights).max(axis=0) / 127.0
            arrays[f"{name}_steps"] = np.round(linear.weights / scale).astype(np.int8)
            arrays[f"{name}_scale"] = scale.astype(np.float32)
            arrays[f"{name}_bias"] = linear.bias.astype(np.float32)
            arrays[f"{name}_temperature"] = np.array(linear.temperature, dtype=np.float32)
        out = io.BytesIO()
        np.savez_compressed(out, allow_pickle=False, **arrays)
        return out.getvalue()

    @classmethod
    def load(cls, path: Path = WEIGHTS_FILE) -> "Weights":
        """Read a weights file.

        Raises:
            ValueError: the file was trained for other classes or another number of columns.
        """
        with np.load(path, allow_pickle=False) as file:
            if tuple(file["classes"]) != (*INTENTS, *SENTIMENTS) or file["idf"].shape != (COLUMNS,):
                raise ValueError(f"{path} was trained for other classes: train again with scripts/train_models.py")
            intent, sentiment = (
                Linear(
                    file[f"{name}_steps"].astype(np.float32) * file[f"{name}_scale"],
                    file[f"{name}_bias"],
                    float(file[f"{name}_temperature"]),
                )
                for name in ("intent", "sentiment")
            )
            return cls(str(file["version"]), file["idf"].astype(np.float32), intent, sentiment)
