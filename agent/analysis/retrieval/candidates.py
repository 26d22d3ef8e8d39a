"""Ranks all answers that a business could give to a message: words, meaning, intent, and what was said before.

Each answer gets a handful of signals; one weight a signal, learned from the corpus's training dialogues
(``scripts/train_retrieval.py``), makes them a score. The same weights serve every business, so a new one needs nothing
but its replies.
"""

import threading
from collections import OrderedDict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

import numpy as np
import numpy.typing as npt

from agent.analysis.reading.encoder import Encoder
from agent.analysis.reading.features import Columns, Features, Values
from agent.analysis.reading.normalise import normalise
from agent.analysis.retrieval.kernel import Kernel
from agent.analysis.retrieval.postings import Floats, Postings, Vectors
from agent.analysis.retrieval.search_weights import CONTEXT, SURE, SearchWeights
from agent.contract.analysis import INTENTS, SuggestionKind

Row = tuple[Columns, Values]
"""The columns of ``Features`` that a text has, and their values."""

Read = Callable[[str], Floats]
"""A text to the probabilities of ``INTENTS``, without its context."""

_SHORT = 4
"""Words up to which a message leans on what was said before: "pode ser", "e pra amanhã?"."""

_FEW = 3
"""Examples below which an answer's text and title stand in for them."""

_BY_INTENT = 0.25
"""Chance of an answer that has not a word in common with the message, but was written for its intent."""

_KERNEL_ANSWERS = 500
"""More answers than this are ranked without the kernel."""

_IN_FULL = 200
"""With 10,000 replies the first three came out as from comparing all in full for 149 of 150 messages."""

_REMEMBERED = 64
"""Messages whose likeness to the examples is kept: a conversation's earlier message comes again with the next one."""


@dataclass(frozen=True)
class Answer:
    """Something that may be offered."""

    id: str
    kind: SuggestionKind
    title: str
    text: str
    """May hold variables."""
    source: str = ""
    """Shown to the attendant."""
    examples: tuple[str, ...] = ()
    intents: tuple[str, ...] = ()
    sent_by: str = ""
    sent_on: date | None = None
    """When a learned reply was sent, and by whom."""


@dataclass(frozen=True)
class Message:
    """What is to be answered."""

    text: str
    intents: Floats
    """Probabilities of ``INTENTS``, the context included."""
    ours: str | None = None
    """Our last turn before it."""
    theirs: str | None = None
    """The customer's last one."""
    vector: Floats | None = field(default=None, compare=False)
    """By the encoder, where there is one."""


@dataclass(frozen=True)
class Ranked:
    """All answers' scores for one message."""

    scores: Floats
    """Logits: only their differences count."""
    words: float
    meaning: float
    """The best likeness of any answer in words, and in meaning (0 without the encoder)."""
    intent: float = 0.0
    """The best probability of any answer's intents."""


class Candidates:
    """The answers of one business, ready to be ranked. Safe to use from several threads."""

    def __init__(
        self,
        answers: Sequence[Answer],
        features: Features,
        weights: SearchWeights,
        encoder: Encoder | None = None,
        read: Read | None = None,
    ) -> None:
        self.answers = tuple(answers)
        self._features = features
        self._encoder = encoder
        self._read = read
        many = len(self.answers)
        asked = [(n, text) for n, answer in enumerate(self.answers) for text in answer.examples]
        texts = [answer.text for answer in self.answers] + [answer.title for answer in self.answers]
        texts += [text for _, text in asked]
        self._owners = np.array([*range(many), *range(many), *(n for n, _ in asked)], dtype=np.intp)
        self._none = np.zeros(many, dtype=np.float32)
        self._columns = _columns(self._owners[2 * many :])
        self._few = np.array([len(answer.examples) < _FEW for answer in self.answers], dtype=np.bool_)
        folded = [normalise(text) for text in texts]
        self._postings = Postings(features.transform(folded))
        self._rows = features.transform(folded[:many])
        self._said = Postings(self._rows)
        vectors = encoder.encode(texts) if encoder is not None and texts else None
        self._vectors = None if vectors is None else Vectors(vectors)
        small = 0 < many <= _KERNEL_ANSWERS
        read_all = None if read is None or not small else np.array([read(text) for text in texts], dtype=np.float32)
        self._intents = self._wanted(read_all)
        self._kernel = None
        if read_all is not None:
            self._kernel = Kernel(features, folded, vectors, read_all, self._owners, many)
        has = {"meaning": encoder is not None, "kernel": self._kernel is not None}
        self._signals = weights.signals(**has)
        self._sure = weights.sure(**has)
        self._before: OrderedDict[str, Floats] = OrderedDict()
        self._lock = threading.Lock()

    def _wanted(self, read: Floats | None) -> Floats:
        """One row an answer: which intents it answers; where it does not say, what its wordings are about."""
        wanted = np.array([[i in answer.intents for i in INTENTS] for answer in self.answers], dtype=np.float32)
        wanted = wanted.reshape(len(self.answers), len(INTENTS))
        if read is not None:
            for n, answer in enumerate(self.answers):
                if not answer.intents and answer.examples:
                    wanted[n] = read[2 * len(self.answers) :][self._owners[2 * len(self.answers) :] == n].mean(axis=0)
        return wanted

    def signals(self, message: Message) -> dict[str, Floats]:
        """Each signal by name, one number an answer."""
        many = len(self.answers)
        none = self._none
        row = self._features.row(normalise(message.text))
        words = self._postings.alike(*row)
        found = {"words": self._best(words), "words_text": words[:many], "words_title": words[many : 2 * many]}
        self._remember(message.text, found["words"])
        found["intent"] = np.minimum(1.0, self._intents @ message.intents)
        found["after_text"] = found["after_question"] = found["after_words"] = found["after_intent"] = none
        if message.ours:
            found["after_text"] = self._said.alike(*self._features.row(normalise(message.ours)))
            found["after_question"] = found["after_text"] * np.float32("?" in message.ours)
        if message.theirs:
            found["after_words"] = self._examples_alike(message.theirs)
            if self._read is not None:
                found["after_intent"] = np.minimum(1.0, self._intents @ self._read(message.theirs))
        short = np.float32(len(message.text.split()) <= _SHORT)
        found |= {f"short_{name}": found[name] * short if short else none for name in CONTEXT}
        meaning = None
        if self._vectors is not None and message.vector is not None:
            meaning = self._vectors.alike(message.vector)
            found |= self._meaning(meaning)
        if self._kernel is not None and self._read is not None:
            found["kernel"] = self._kernel.scores(words, meaning, self._read(message.text))
        return found

    def row(self, number: int) -> Row:
        """The columns and values of an answer's text."""
        start, end = self._rows.indptr[number : number + 2]
        return self._rows.indices[start:end], self._rows.data[start:end]

    def rank(self, message: Message) -> Ranked:
        """Score every answer. Among thousands, only the best 200 have their vectors compared in full."""
        found = self.signals(message)
        scores = self._weighed(found)
        if len(scores) > _IN_FULL and "meaning" in found and self._vectors is not None and self._vectors.partly:
            near = np.argpartition(-scores, _IN_FULL)[:_IN_FULL]
            for name, value in self._meaning_of(near, message).items():
                scores[near] += np.float32(self._signals[name]) * (value - found[name][near])
                found[name][near] = value
        return Ranked(
            scores=scores,
            words=float(np.maximum(found["words"], found["words_text"]).max(initial=0.0)),
            meaning=float(found["meaning"].max(initial=0.0)) if "meaning" in found else 0.0,
            intent=float(found["intent"].max(initial=0.0)),
        )

    def _weighed(self, found: Mapping[str, Floats]) -> Floats:
        names = [name for name in self._signals if name in found and found[name] is not self._none]
        if not names:
            return self._none.copy()
        weights = np.array([self._signals[name] for name in names], dtype=np.float32)
        return np.asarray(weights @ np.array([found[name] for name in names]), dtype=np.float32)

    @property
    def sure_from(self) -> float:
        """The chance below which nothing is to be offered."""
        return self._sure["from"]

    def sure(self, ranked: Ranked) -> float:
        """The chance that a right answer is among the first three."""
        found = sure_signals(ranked)
        odds = self._sure["bias"] + sum(self._sure[name] * found[name] for name in found)
        return max(float(1.0 / (1.0 + np.exp(-odds))), _BY_INTENT * ranked.intent)

    def _meaning(self, alike: Floats) -> dict[str, Floats]:
        many = len(self.answers)
        return {
            "meaning": self._best(alike),
            "meaning_text": alike[:many].copy(),
            "meaning_title": alike[many : 2 * many].copy(),
        }

    def _meaning_of(self, answers: npt.NDArray[np.intp], message: Message) -> dict[str, Floats]:
        """The signals of meaning of some answers, compared in full."""
        assert self._vectors is not None  # noqa: S101 - rank() has looked
        assert message.vector is not None  # noqa: S101
        place = np.full(len(self.answers), -1)
        place[answers] = np.arange(len(answers))
        texts = np.flatnonzero(place[self._owners] >= 0)
        exact = np.zeros(len(self._owners), dtype=np.float32)
        exact[texts] = self._vectors.exactly(message.vector, texts)
        return {name: value[answers] for name, value in self._meaning(exact).items()}

    def _best(self, alike: Floats) -> Floats:
        """The best of each answer's examples; where it has few, its text and its title count as such."""
        many = len(self.answers)
        examples = alike[2 * many :]
        best = np.where(self._few, np.maximum(alike[:many], alike[many : 2 * many]), np.float32(0.0))
        for owners, places in self._columns:
            best[owners] = np.maximum(best[owners], examples[places])
        return best

    def _examples_alike(self, text: str) -> Floats:
        with self._lock:
            known = self._before.get(text)
        if known is None:
            known = self._best(self._postings.alike(*self._features.row(normalise(text))))
            self._remember(text, known)
        return known

    def _remember(self, text: str, alike: Floats) -> None:
        with self._lock:
            self._before[text] = alike
            while len(self._before) > _REMEMBERED:
                self._before.popitem(last=False)


def _columns(owners: npt.NDArray[np.intp]) -> list[tuple[npt.NDArray[np.intp], npt.NDArray[np.intp]]]:
    """The first example of every answer, the second, and so on: ten times as quick as ``maximum.reduceat``."""
    if not len(owners):
        return []
    starts = np.flatnonzero(np.diff(owners, prepend=-1))
    position = np.arange(len(owners)) - np.repeat(starts, np.diff(starts, append=len(owners)))
    columns = [np.flatnonzero(position == n) for n in range(int(position.max()) + 1)]
    return [(owners[places], places) for places in columns]


def sure_signals(ranked: Ranked) -> dict[str, float]:
    """The numbers of ``SURE``."""
    return dict(zip(SURE, (float(ranked.scores.max(initial=0.0)), ranked.words, ranked.meaning), strict=True))
