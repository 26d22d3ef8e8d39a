"""Intents fitted to one company's own examples: what is kept of them, and how a message is read with them."""

import io
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt

from agent.analysis.reading.encoder import WIDTH
from agent.analysis.reading.features import Columns, Values
from agent.analysis.reading.weights import Floats, log_softmax
from agent.contract.analysis import INTENTS


@dataclass(frozen=True)
class Head:
    """One linear classifier over ``Signs`` and, where it has ``dense``, the encoder's numbers."""

    used: Columns
    weights: npt.NDArray[np.float16]
    """A row for each of ``used``, a column a label."""
    dense: Floats
    """``WIDTH`` rows; none without the encoder."""
    bias: Floats
    temperature: float
    unsure_below: float
    trust: float = 0.0
    """How far the general classifier's probabilities are added."""

    def scores(self, columns: Columns, values: Values, vector: Floats | None) -> Floats:
        """One score a label."""
        place = np.minimum(np.searchsorted(self.used, columns), max(len(self.used) - 1, 0))
        known = self.used[place] == columns if len(self.used) else np.zeros(len(columns), dtype=bool)
        scores = values[known] @ self.weights[place[known]].astype(np.float32) + self.bias
        return np.asarray(scores if vector is None or not len(self.dense) else scores + vector @ self.dense)


@dataclass(frozen=True)
class FittedIntents:
    """The intents of one company."""

    version: str
    """``own-<recipe>:<sha8>`` of what it was fitted from."""
    labels: tuple[str, ...]
    plain: Head
    full: Head | None
    """With the encoder; None where it was not installed when these were fitted."""
    generic: tuple[str, ...]
    """Built-in intents whose general knowledge still counts; empty where only the company's examples do."""
    examples: int
    accuracy_before: float | None
    """Of the general classifier on the company's examples; None where it was not asked."""
    accuracy_after: float
    """On the same examples, each read by a classifier that had not seen it."""

    def head(self, *, encoder: bool) -> Head:
        """The one that fits the machine."""
        return self.full if encoder and self.full is not None else self.plain

    def probabilities(
        self, columns: Columns, values: Values, vector: Floats | None = None, general: Floats | None = None
    ) -> Floats:
        """The probability of each label.

        Args:
            columns: The message's row of ``Signs``.
            values: Its values.
            vector: The encoder's row of it; None without the encoder.
            general: The general classifier's probabilities of ``INTENTS``; needed where ``generic`` is not empty.
        """
        head = self.head(encoder=vector is not None)
        scores = head.scores(columns, values, vector)
        if general is not None and self.generic:
            scores = scores + head.trust * spread(general[None, :], self.labels, self.generic)[0]
        return np.exp(log_softmax(scores / head.temperature))

    def to_bytes(self) -> bytes:
        """The content of an ``.npz`` file without pickles."""
        arrays: dict[str, npt.ArrayLike] = {
            "version": self.version,
            "labels": np.array(self.labels, dtype=np.str_),
            "generic": np.array(self.generic, dtype=np.str_),
            "figures": np.array(
                [self.examples, np.nan if self.accuracy_before is None else self.accuracy_before, self.accuracy_after]
            ),
        }
        for name, head in (("plain", self.plain), ("full", self.full)):
            if head is not None:
                arrays[f"{name}_used"] = head.used
                arrays[f"{name}_weights"] = head.weights
                arrays[f"{name}_dense"] = head.dense.astype(np.float16)
                arrays[f"{name}_bias"] = head.bias
                arrays[f"{name}_honesty"] = np.array([head.temperature, head.unsure_below, head.trust])
        out = io.BytesIO()
        np.savez_compressed(out, allow_pickle=False, **{name: np.asarray(value) for name, value in arrays.items()})
        return out.getvalue()

    @classmethod
    def load(cls, path: Path) -> "FittedIntents":
        """Read what ``to_bytes`` gave.

        Raises:
            ValueError: the file is no such file, or from another recipe.
        """
        with np.load(path, allow_pickle=False) as file:
            if "plain_used" not in file:
                raise ValueError(f"{path} holds no fitted intents")
            examples, before, after = map(float, file["figures"])
            heads = {}
            for name in ("plain", "full"):
                if f"{name}_used" in file:
                    temperature, threshold, trust = map(float, file[f"{name}_honesty"])
                    heads[name] = Head(
                        used=file[f"{name}_used"],
                        weights=file[f"{name}_weights"],
                        dense=file[f"{name}_dense"].astype(np.float32).reshape(-1, len(file["labels"])),
                        bias=file[f"{name}_bias"],
                        temperature=temperature,
                        unsure_below=threshold,
                        trust=trust,
                    )
                    if len(heads[name].dense) not in (0, WIDTH):
                        raise ValueError(f"{path} was fitted with another sentence encoder")
            return cls(
                version=str(file["version"]),
                labels=tuple(map(str, file["labels"])),
                plain=heads["plain"],
                full=heads.get("full"),
                generic=tuple(map(str, file["generic"])),
                examples=int(examples),
                accuracy_before=None if np.isnan(before) else before,
                accuracy_after=after,
            )


def spread(general: Floats, labels: tuple[str, ...], kept: tuple[str, ...]) -> Floats:
    """The general classifier's probabilities (rows of ``INTENTS``) as columns of ``labels``; 0 for what is not kept."""
    found = np.zeros((len(general), len(labels)), dtype=np.float32)
    for label in kept:
        found[:, labels.index(label)] = general[:, INTENTS.index(label)]
    return found
