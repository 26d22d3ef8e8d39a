"""A business's own intents: what is fitted from its examples and corrections, version by version."""

import json
import os
import random
import threading
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from pathlib import Path

import numpy as np

from agent.analysis.examples import training_examples
from agent.analysis.reading.classify import Classifier
from agent.analysis.reading.encoder import Encoder, Vectors
from agent.analysis.reading.fitted import FittedIntents
from agent.analysis.reading.fitting import General, fit_intents
from agent.analysis.reading.intents_file import Labelled, read_own_intents
from agent.analysis.reading.weights import Floats
from agent.contract.analysis import INTENTS
from agent.contract.intents import Version
from agent.errors import BadInput

_BACKGROUND = 10
"""Messages of each built-in intent that keep its general knowledge in place while own examples are learned."""

_CURRENT = "current.json"


def fit_own(examples: Sequence[Labelled], classifier: Classifier, encoder: Encoder | None) -> FittedIntents:
    """Fit a business's examples beside the built-in intents."""
    texts = [row.text for row in examples]
    vectors = None if encoder is None else encoder.encode(texts)
    background, of_background, more = _read_background(classifier, encoder)  # type: ignore[arg-type]  # they are hashed by identity
    both = None if vectors is None or more is None else np.vstack([vectors, more])
    return fit_intents(examples, encoder, General(background, _read(classifier, texts, vectors), of_background, both))


def refit(
    profile: Path,
    corrections: Sequence[tuple[str, str]],
    classifier: Classifier,
    encoder: Encoder | None,
    at: datetime,
) -> Version | None:
    """Fit a profile's intents anew and use them; for a thread in the background.

    Args:
        profile: Folder of the profile, with ``intents.yaml``.
        corrections: Messages, masked, with the intent that a person gave them; they win over the file.
        classifier: The general one.
        encoder: The one that it was made with.
        at: Now.

    Returns:
        The version; None where the business has no examples of its own, or the same ones were fitted before: a version
        that a person has left stays left.

    Raises:
        BadInput: ``intents.yaml`` cannot be used.
    """
    fitted = _fitted(profile, corrections, classifier, encoder)
    versions = Versions(profile / "intents")
    if fitted is None or any(version.version == fitted.version for version in versions.all()):
        return None
    return versions.keep(fitted, at)


def train(
    profile: Path,
    corrections: Sequence[tuple[str, str]],
    classifier: Classifier,
    encoder: Encoder | None,
    at: datetime,
) -> tuple[Version, bool] | None:
    """As ``refit``, because a person wants it: what was fitted from the same examples before is used again.

    Returns:
        The version, and whether it is a new one; None where there are no examples.
    """
    fitted = _fitted(profile, corrections, classifier, encoder)
    if fitted is None:
        return None
    versions = Versions(profile / "intents")
    for known in versions.all():
        if known.version == fitted.version:
            versions.use(known.number)
            return known, False
    return versions.keep(fitted, at), True


def _fitted(
    profile: Path, corrections: Sequence[tuple[str, str]], classifier: Classifier, encoder: Encoder | None
) -> FittedIntents | None:
    labels = {row.text: row.label for row in read_own_intents(profile / "intents.yaml").examples()}
    labels |= dict(corrections)
    if not labels:
        return None
    return fit_own([Labelled(text, label) for text, label in labels.items()], classifier, encoder)


@lru_cache(2)
def _read_background(
    classifier: Classifier, encoder: Encoder | None
) -> tuple[tuple[Labelled, ...], Floats, Vectors | None]:
    """The background, how the classifier reads it, and its vectors: once a process, for each classifier."""
    texts = [row.text for row in _background()]
    vectors = None if encoder is None else encoder.encode(texts)
    return _background(), _read(classifier, texts, vectors), vectors


def _read(classifier: Classifier, texts: Sequence[str], vectors: Vectors | None) -> Floats:
    return np.array(
        [np.exp(classifier.alone(text, None if vectors is None else vectors[n])) for n, text in enumerate(texts)]
    )


@lru_cache(1)
def _background() -> tuple[Labelled, ...]:
    by_intent: dict[str, list[str]] = defaultdict(list)
    for example in training_examples():
        by_intent[example.intent].append(example.text)
    chance = random.Random(20)  # noqa: S311 - a sample, always the same
    return tuple(
        Labelled(text, intent)
        for intent, texts in by_intent.items()
        for text in chance.sample(texts, min(_BACKGROUND, len(texts)))
    )


@dataclass(frozen=True)
class Versions:
    """The folder ``profiles/<name>/intents/``: every version that was fitted, and which one is in use."""

    folder: Path

    def keep(self, fitted: FittedIntents, at: datetime) -> Version:
        """Write a new version and use it. Each file is written whole or not at all."""
        self.folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        number = max((version.number for version in self.all()), default=0) + 1
        told = Version(
            number=number,
            version=fitted.version,
            at=at,
            examples=fitted.examples,
            accuracy_before=fitted.accuracy_before,
            accuracy_after=fitted.accuracy_after,
            without_general=tuple(label for label in INTENTS if label not in fitted.generic),
        )
        _write(self.folder / f"{number:04}.npz", fitted.to_bytes())
        _write(self.folder / f"{number:04}.json", told.model_dump_json(indent=1).encode())
        self.use(number)
        return told

    def all(self) -> list[Version]:
        """All versions, oldest first."""
        files = sorted(self.folder.glob("[0-9]*.json"))
        return [Version.model_validate_json(path.read_bytes()) for path in files if path.with_suffix(".npz").exists()]

    def use(self, number: int | None) -> None:
        """Use a version from now on: the way back, and forth. None uses the built-in intents alone.

        Raises:
            BadInput: there is no such version.
        """
        known = [version.number for version in self.all()]
        if number is not None and number not in known:
            raise BadInput(f"There is no version {number} of the intents.", f"Choose one of {known or 'none'}.")
        self.folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        _write(self.folder / _CURRENT, json.dumps({"number": number}).encode())

    def number(self) -> int | None:
        """Number of the version in use."""
        try:
            return json.loads((self.folder / _CURRENT).read_bytes())["number"]  # type: ignore[no-any-return]
        except (OSError, ValueError, KeyError):
            return None

    def forget(self) -> int:
        """Remove every version, and say how many there were.

        For when somebody is erased from whose messages one was fitted: the next start fits anew from what is left.
        """
        many = len(self.all())
        for path in (*self.folder.glob("[0-9]*.npz"), *self.folder.glob("[0-9]*.json"), self.folder / _CURRENT):
            path.unlink(missing_ok=True)
        return many

    def current(self) -> FittedIntents | None:
        """The version in use; None where there is none, or its file is broken."""
        number = self.number()
        try:
            return None if number is None else FittedIntents.load(self.folder / f"{number:04}.npz")
        except (OSError, ValueError, KeyError):
            return None


def _write(path: Path, content: bytes) -> None:
    part = path.with_name(f".{path.name}.{os.getpid()}.{threading.get_ident()}")
    with os.fdopen(os.open(part, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as file:
        file.write(content)
    part.replace(path)
