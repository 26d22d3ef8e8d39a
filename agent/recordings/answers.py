"""Who understands the messages in a replay: the recorded answers, or the analysis as it is today."""

import hashlib
from collections.abc import Iterable
from typing import Protocol

from agent.contract.analysis import Analysis, Question
from agent.recordings.facts import Answer, GoldenLine


class Understands(Protocol):
    """The part of ``ports.Analyst`` that a replay needs."""

    async def analyse(self, question: Question, limit: int = 3) -> Analysis:
        """Sentiment, intent and replies."""
        ...


class RecordedAnswers:
    """Gives the answers that stand in the golden result: no model is needed, and only the agent itself is tested."""

    def __init__(self, golden: Iterable[GoldenLine]) -> None:
        """``golden`` is read at once, its answers alone are kept."""
        self._exact = dict[str, Analysis]()
        self._by_text = dict[str, Analysis]()
        for line in golden:
            if isinstance(line, Answer):
                self._exact[line.q] = line.v
                self._by_text.setdefault(line.text, line.v)

    async def analyse(self, question: Question, limit: int = 3) -> Analysis:
        """The recorded answer. ``LookupError``: nobody asked this when it was recorded."""
        found = self._exact.get(named(question)) or self._by_text.get(named_text(question.text))
        if found is None:
            raise LookupError("this question was not asked when the golden result was made")
        return found.model_copy(update={"suggested_responses": found.suggested_responses[:limit]})


class NotedAnswers:
    """Asks another one and keeps what it says, for the golden result."""

    def __init__(self, asked: Understands) -> None:
        """``asked``: the analysis."""
        self._asked = asked
        self.noted = dict[str, Answer]()

    async def analyse(self, question: Question, limit: int = 3) -> Analysis:
        """What the analysis says."""
        answer = await self._asked.analyse(question, limit)
        name = named(question)
        self.noted.setdefault(name, Answer(q=name, text=named_text(question.text), v=_bare(answer)))
        return answer


def named(question: Question) -> str:
    """A name for a question; it does not tell its text."""
    return _hash(question.model_dump_json())


def named_text(text: str) -> str:
    """A name for a text alone."""
    return _hash(text)


def _hash(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:20]


def _bare(answer: Analysis) -> Analysis:
    """Without the business's own words: a reply is known by its id."""
    replies = tuple(
        one.model_copy(update={"text": "", "source": "", "sent_by": "", "sent_on": None, "score": round(one.score, 3)})
        for one in answer.suggested_responses
    )
    scores = {name: round(score, 3) for name, score in answer.confidence_scores.items()}
    return answer.model_copy(
        update={"suggested_responses": replies, "considered": (), "confidence_scores": scores, "intent_choices": ()}
    )
