"""Finds what a business can answer to a message: canned and learned replies, and passages of its knowledge base."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Protocol

import numpy as np

from agent.analysis.reading.encoder import Encoder
from agent.analysis.reading.features import Features, Idf
from agent.analysis.reading.normalise import normalise
from agent.analysis.retrieval.candidates import Answer, Candidates, Message, Ranked, Read
from agent.analysis.retrieval.different import Said, is_same_answer
from agent.analysis.retrieval.knowledge import Passage
from agent.analysis.retrieval.passages import presentable
from agent.analysis.retrieval.postings import Floats
from agent.analysis.retrieval.replies import LearnedReply, Reply, ReplyBook
from agent.analysis.retrieval.search_weights import SearchWeights, shipped_search
from agent.contract.analysis import INTENTS, Question, SuggestionKind

PASSAGE_FROM = 0.4
"""How sure a passage must be: surer than a reply, because nobody wrote it as one."""

_NEAR_BEST = 0.002
"""A reply with a smaller share of the best one's chance is not offered beside it."""

_LOOKED_AT = 25
"""Answers among which chances are shared: with thousands of replies the far ones would take them all."""


@dataclass(frozen=True)
class Found:
    """An answer and the chance that it is right."""

    answer: Answer
    score: float


class Learned(Protocol):
    """What was learned from use: ``agent.analysis.learning.ranking.Ranking``."""

    def boosts(self, ids: Sequence[str], intents: Mapping[str, float], attendant: str) -> np.ndarray:
        """Log-odds to add, one number a reply; zeros when nothing was learned."""
        ...

    def examples(self) -> Sequence[tuple[str, str]]:
        """Reply ids and customers' wordings that led to them."""
        ...


class Retrieval:
    """Searches one business's replies and knowledge. Safe to use from several threads."""

    def __init__(
        self,
        book: ReplyBook,
        idf: Idf,
        knowledge: Sequence[Passage] = (),
        ranking: Learned | None = None,
        *,
        learned: Sequence[LearnedReply] = (),
        encoder: Encoder | None = None,
        read: Read | None = None,
        weights: SearchWeights | None = None,
    ) -> None:
        """Prepare the search: 0.2 s for 25 replies, and 2 ms a wording more with the encoder.

        Args:
            book: The canned replies.
            idf: The classifiers' column weights; a word that the corpus does not know weighs most.
            knowledge: Passages.
            ranking: What was learned; its wordings count as further examples.
            learned: Approved replies.
            encoder: Makes vectors; without it words alone count.
            read: A text to its intents' probabilities; makes the search better.
            weights: For replies; None takes those that come with Balcão.
        """
        features = Features(idf)
        self._encoder = encoder
        self._ranking = ranking
        wordings: dict[str, list[str]] = {}
        for name, wording in ranking.examples() if ranking is not None else ():
            wordings.setdefault(name, []).append(wording)
        told = [_answer(reply, SuggestionKind.CANNED, wordings) for reply in book.replies]
        told += [
            replace(_answer(reply, SuggestionKind.LEARNED, wordings), sent_by=reply.sent_by, sent_on=reply.sent_on)
            for reply in learned
        ]
        self._replies = Candidates(
            told,
            features,
            weights or shipped_search("replies"),
            encoder,
            read,
        )
        self._reply_ids = tuple(answer.id for answer in self._replies.answers)
        self._passages = Candidates(
            [
                Answer(
                    id=passage.id,
                    kind=SuggestionKind.PASSAGE,
                    title=passage.title,
                    text=passage.text,
                    source=f"{passage.title} ({passage.source})",
                    examples=passage.examples,
                )
                for passage in knowledge
            ],
            features,
            shipped_search("passages"),
            encoder,
        )

    def find(
        self,
        question: Question,
        intents: Mapping[str, float],
        limit: int = 3,
        *,
        attendant: str = "",
        vector: Floats | None = None,
        considered: list[tuple[str, float]] | None = None,
        always: bool = False,
    ) -> list[Found]:
        """Up to ``limit`` different answers, best first; none when nothing fits well enough.

        Replies come before passages: these fill the places that replies leave.

        Args:
            question: The message and what was said before it.
            intents: Their probabilities, the context included.
            limit: How many at most.
            attendant: Whose habits count.
            vector: The encoder's row of the message, where the caller has it already.
            considered: Gets the replies that were weighed and their chances before anything learned, best first: what
                another order would have had to choose from.
            always: The best replies alone, also when unsure: to measure the search.
        """
        if limit < 1 or not normalise(question.text):
            return []
        message = self._message(question, intents, vector)
        chosen: list[Found] = []
        said: list[Said] = []
        if self._replies.answers:
            ranked = self._replies.rank(message)
            scores = ranked.scores
            if self._ranking is not None:
                scores = scores + self._ranking.boosts(self._reply_ids, intents, attendant)
            if considered is not None:
                considered += self._before_learning(ranked.scores, scores)
            sure_from = 0.0 if always else self._replies.sure_from
            chosen = self._best(self._replies, ranked, scores, limit, sure_from, said)
        if len(chosen) < limit and self._passages.answers and not always:
            ranked = self._passages.rank(message)
            chosen += self._best(self._passages, ranked, ranked.scores, limit - len(chosen), PASSAGE_FROM, said)
        return chosen

    def passages(
        self, question: Question, intents: Mapping[str, float], limit: int = 2, vector: Floats | None = None
    ) -> list[Found]:
        """The passages that most likely hold an answer's facts, best first, whether they read as a reply or not."""
        if limit < 1 or not self._passages.answers or not normalise(question.text):
            return []
        ranked = self._passages.rank(self._message(question, intents, vector))
        order, chances = shared_chances(ranked.scores)
        sure = self._passages.sure(ranked)
        shares = [sure * float(p) / max(float(chances[:3].sum()), 1e-9) for p in chances[:limit]]
        return [Found(self._passages.answers[n], round(p, 4)) for n, p in zip(order[:limit], shares, strict=True)]

    def _before_learning(self, scores: Floats, learned: Floats) -> list[tuple[str, float]]:
        """The replies that were looked at, by their chances among each other as the search alone saw them."""
        order, _ = shared_chances(learned)
        powers = np.exp(scores[order] - scores[order].max())
        pairs = [(self._reply_ids[n], round(float(p), 4)) for n, p in zip(order, powers / powers.sum(), strict=True)]
        return sorted(pairs, key=lambda pair: -pair[1])

    def _message(self, question: Question, intents: Mapping[str, float], vector: Floats | None) -> Message:
        if vector is None and self._encoder is not None:
            vector = self._encoder.encode([question.text])[0]
        return message_of(question, intents, vector)

    def _best(
        self, among: Candidates, ranked: Ranked, scores: Floats, limit: int, sure_from: float, said: list[Said]
    ) -> list[Found]:
        """The best answers that are not yet among those ``said``, which they join."""
        order, chances = shared_chances(scores)
        sure = among.sure(ranked)
        if sure < sure_from:
            return []
        three = max(float(chances[:3].sum()), 1e-9)
        chosen: list[Found] = []
        for number, chance in zip(order, chances, strict=True):
            answer = among.answers[number]
            if len(chosen) == limit or (sure_from and chance < _NEAR_BEST * chances[0]):
                break
            if answer.kind is SuggestionKind.PASSAGE and not presentable(answer.text):
                continue
            one = (answer, among.row(number))
            if any(is_same_answer(one, other) for other in said):
                continue
            said.append(one)
            chosen.append(Found(answer, round(min(1.0, sure * float(chance) / three), 4)))
        return chosen


def message_of(question: Question, intents: Mapping[str, float], vector: Floats | None = None) -> Message:
    """What the search looks at: the message, the last turn of each side before it, the intents."""
    ours = next((turn.text for turn in reversed(question.context) if turn.out), None)
    theirs = next((turn.text for turn in reversed(question.context) if not turn.out), None)
    likely = np.array([intents.get(intent, 0.0) for intent in INTENTS], dtype=np.float32)
    return Message(text=question.text, intents=likely, ours=ours, theirs=theirs, vector=vector)


def shared_chances(scores: Floats) -> tuple[list[int], Floats]:
    """The answers that fit best, in order, and the chance of each among them."""
    many = min(_LOOKED_AT, len(scores))
    best = np.argpartition(-scores, many - 1)[:many] if many < len(scores) else np.arange(many)
    order = best[np.lexsort((best, -scores[best]))]
    powers = np.exp(scores[order] - scores[order[0]])
    return [int(n) for n in order], np.asarray(powers / powers.sum(), dtype=np.float32)


def _answer(reply: Reply, kind: SuggestionKind, wordings: Mapping[str, Sequence[str]]) -> Answer:
    return Answer(
        id=reply.id,
        kind=kind,
        title=reply.title,
        text=reply.text,
        source=reply.title,
        examples=(*reply.examples, *wordings.get(reply.id, ())),
        intents=reply.intents,
    )
