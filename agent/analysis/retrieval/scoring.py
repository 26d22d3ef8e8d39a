"""How well the search finds the right reply: on the corpus's held dialogues, and on any company's CSV files."""

import time
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
from threadpoolctl import threadpool_limits

from agent.analysis.columns import read_column
from agent.analysis.dialogues import BUSINESSES, HELD, TRAINING, Dialogue, load_dialogues
from agent.analysis.reading.classify import Classifier
from agent.analysis.reading.encoder import Encoder, load_encoder
from agent.analysis.reading.weights import shipped
from agent.analysis.retrieval.knowledge import load_knowledge
from agent.analysis.retrieval.replies import Reply, ReplyBook, load_replies
from agent.analysis.retrieval.search import Retrieval
from agent.contract.analysis import Question, SuggestionKind
from agent.errors import BadInput
from agent.telemetry.measurements import quantile

_SHOWN = 3
_ONE_LINE = 60


@dataclass
class _Tally:
    """What happened so far."""

    first: list[bool] = field(default_factory=list)
    three: list[bool] = field(default_factory=list)
    shown: list[bool] = field(default_factory=list)
    nothing: list[bool] = field(default_factory=list)
    """For each turn on which nothing was offered: whether no canned reply would have been right."""
    passages: list[bool] = field(default_factory=list)
    free: int = 0
    took: list[float] = field(default_factory=list)

    def answer(
        self,
        question: Question,
        right: Sequence[str],
        retrieval: Retrieval,
        classifier: Classifier,
        encoder: Encoder | None,
    ) -> dict[str, float]:
        """Search as the reader does, and note what was found; returns the intents' probabilities."""
        started = time.perf_counter()
        vector = None if encoder is None else encoder.encode([question.text])[0]
        likely = classifier.read(question.text, question.context, vector).intents
        offered = retrieval.find(question, likely, _SHOWN, vector=vector)
        self.took.append(1000 * (time.perf_counter() - started))
        replies = [hit.answer.id for hit in offered if hit.answer.kind is not SuggestionKind.PASSAGE]
        if not replies:
            self.nothing.append(not right)
        if right:
            best = retrieval.find(question, likely, _SHOWN, vector=vector, always=True)
            found = [hit.answer.id in right for hit in best]
            self.first.append(any(found[:1]))
            self.three.append(any(found))
            self.shown.append(any(name in right for name in replies))
        else:
            self.free += 1
        return likely

    def figures(self) -> dict[str, Any]:
        """The shares and times."""
        figures = {
            "turns": len(self.first),
            "hit_at_1": _share(self.first),
            "hit_at_3": _share(self.three),
            "shown_hit_at_3": _share(self.shown),
            "free": self.free,
            "nothing_offered": round(len(self.nothing) / max(1, len(self.took)), 4),
            "nothing_rightly": _share(self.nothing),
            "p50_ms": quantile(self.took, 0.5),
            "p95_ms": quantile(self.took, 0.95),
        }
        return {**figures, "passage_at_3": _share(self.passages)} if self.passages else figures


def _share(right: Sequence[bool]) -> float | None:
    return round(sum(right) / len(right), 4) if right else None


def _labelled(file: Path) -> list[tuple[str, str]]:
    pairs = zip(read_column(file, "text"), read_column(file, "label"), strict=True)
    return [(text.strip(), label.strip()) for text, label in pairs if text.strip() and label.strip()]


@dataclass(frozen=True)
class Wordings:
    """Customers' wordings and the replies that answered them: what is approved of the past, with no habits learned."""

    pairs: Sequence[tuple[str, str]]

    def boosts(self, ids: Sequence[str], intents: Mapping[str, float], attendant: str) -> np.ndarray:
        """None."""
        return np.zeros(len(ids), dtype=np.float32)

    def examples(self) -> Sequence[tuple[str, str]]:
        """Reply ids and wordings."""
        return self.pairs


def score_own(encoder: bool = True, *, past: bool = True) -> dict[str, Any]:
    """Figures on the held dialogues, each business with its own replies and knowledge.

    Args:
        encoder: Use the sentence encoder where it is installed.
        past: With the training dialogues as approved past replies.

    Returns:
        ``hit_at_1`` and ``hit_at_3`` over the ``turns`` that canned replies answer (right: the reply that was used, or
        one labelled as good); ``shown_hit_at_3``: the same where nothing is offered when unsure, which is a miss;
        ``free``: turns that the attendant answered freely, left out above; ``nothing_offered``: share of all turns, and
        ``nothing_rightly``: share of those that were free; ``passage_at_3``: a passage with the answer's facts is among
        the first three passages; ``p50_ms`` and ``p95_ms`` of reading and searching.
    """
    used = load_encoder() if encoder else None
    classifier = Classifier.shipped(used)
    trained, held = load_dialogues(TRAINING), load_dialogues(HELD)
    tally = _Tally()
    with threadpool_limits(limits=1):
        for business in sorted({dialogue.business for dialogue in held}):
            ranking = Wordings(past_wordings(trained, business) if past else ())
            retrieval = Retrieval(
                load_replies(BUSINESSES / business / "replies.yaml"),
                shipped().idf,
                load_knowledge(BUSINESSES / business / "knowledge.md"),
                ranking,
                encoder=used,
                read=classifier.turn_intents,
            )
            for dialogue in held:
                if dialogue.business == business:
                    for exchange in dialogue.exchanges():
                        question = Question(text=exchange.asked.text, context=exchange.context)
                        likely = tally.answer(question, exchange.answer.replies, retrieval, classifier, used)
                        if exchange.answer.passages:
                            found = retrieval.passages(question, likely, _SHOWN)
                            tally.passages.append(any(hit.answer.id in exchange.answer.passages for hit in found))
    return {**tally.figures(), "encoder": used is not None, "past": past}


def past_wordings(dialogues: Iterable[Dialogue], business: str) -> list[tuple[str, str]]:
    """The replies that were used in a business's dialogues, each with the wording that it answered."""
    return [
        (exchange.answer.replies[0], exchange.asked.text)
        for dialogue in dialogues
        if dialogue.business == business
        for exchange in dialogue.exchanges()
        if exchange.answer.replies
    ]


def score_files(train: Path, test: Path, *, encoder: bool = True) -> dict[str, Any]:
    """Figures of a company's own messages: columns text and label, the label is the reply; learns from ``train`` only.

    Raises:
        BadInput: a file cannot be used.
    """
    known, asked = _labelled(train), _labelled(test)
    for file, rows in ((train, known), (test, asked)):
        if not rows:
            raise BadInput(f"{file} has no message with a label.", "Fill its columns text and label.")
    used = load_encoder() if encoder else None
    classifier = Classifier.shipped(used)
    wordings: dict[str, list[str]] = {}
    for text, label in known:
        wordings.setdefault(label, []).append(text)
    # A label that reads as a text is the reply's own words; a mere name says little, but may say something.
    replies = tuple(
        Reply(id=label, title=label[:_ONE_LINE].replace("_", " "), text=label.replace("_", " "), examples=tuple(texts))
        for label, texts in wordings.items()
    )
    tally = _Tally()
    with threadpool_limits(limits=1):
        started = time.perf_counter()
        retrieval = Retrieval(
            ReplyBook(replies=replies),
            shipped().idf,
            encoder=used,
            read=classifier.turn_intents,
        )
        prepared = time.perf_counter() - started
        for text, label in asked:
            tally.answer(Question(text=text), (label,), retrieval, classifier, used)
    return {
        **tally.figures(),
        "replies": len(replies),
        "examples": len(known),
        "prepared_s": round(prepared, 2),
        "encoder": used is not None,
    }
