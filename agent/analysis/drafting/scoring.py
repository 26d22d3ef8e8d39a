"""``python -m agent draft score``: drafts for the dialogues' evaluation part, and how good they are."""

import functools
import json
import random
from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, datetime
from itertools import groupby
from pathlib import Path

from pydantic import TypeAdapter

from agent.analysis.dialogues import BUSINESSES, CORPUS, HELD, Exchange, load_dialogues
from agent.analysis.drafting import check as draft_check
from agent.analysis.drafting.models import ensure_named
from agent.analysis.drafting.prompt import brief
from agent.analysis.drafting.report import Scored
from agent.analysis.drafting.run import DraftRun
from agent.analysis.drafting.writer import DraftOptions, LlamaWriter, WriterFailed
from agent.analysis.guarding.sources import Sources
from agent.analysis.retrieval.knowledge import Passage, load_knowledge
from agent.analysis.retrieval.replies import ReplyBook, load_replies
from agent.contract.rows import Change, Direction, Kind
from agent.contract.stored import MessageState, StoredMessage
from agent.errors import BadInput
from agent.settings.program import CALLED

_COLD_EVERY = 10
"""Of so many turns one is also timed in a chat that the model has never seen."""

_NOON = datetime(2026, 7, 15, 14, 0, tzinfo=UTC)
"""The greeting in the canned replies must not depend on when the measurement was made."""


class Scorer:
    """Drafts and judges, one business after another: its fixed part is learned once."""

    def __init__(self, model: str, options: DraftOptions, folder: Path = HELD) -> None:
        """``model``: name in the catalogue, ``auto``, or the path of a GGUF file. ``folder``: of the dialogues."""
        self._model = model
        self._options = options
        self._exchanges = [exchange for dialogue in load_dialogues(folder) for exchange in dialogue.exchanges()]
        if not self._exchanges:
            raise BadInput(f"There are no dialogues in {folder}.", "They come with the source code: fetch it again.")
        self._numbers = {(e.dialogue.business, e.dialogue.id): n for n, e in enumerate(self._exchanges)}
        self._vocabulary = draft_check.vocabulary(_portuguese())
        self.model_name: str | None = None

    def chosen(self, limit: int | None, seed: int, business: str | None = None) -> list[Exchange]:
        """``limit`` turns at random (without it all), of one business or of all, in the order of the files.

        Raises:
            BadInput: there is no such business.
        """
        open_to = [one for one in self._exchanges if business in (None, one.dialogue.business)]
        if not open_to:
            known = ", ".join(sorted({one.dialogue.business for one in self._exchanges}))
            raise BadInput(f"There is no business {business}.", f"There are {known}.")
        if limit is None or limit >= len(open_to):
            return open_to
        picked = set(random.Random(seed).sample(range(len(open_to)), limit))  # noqa: S311 - not for secrets
        return [exchange for n, exchange in enumerate(open_to) if n in picked]

    def score(self, exchanges: Sequence[Exchange]) -> Iterator[Scored]:
        """Draft a reply to each; the exchanges of a business stand together."""
        for business, some in groupby(exchanges, key=lambda one: one.dialogue.business):
            yield from self._business(business, list(some))

    def _business(self, business: str, exchanges: list[Exchange]) -> Iterator[Scored]:
        book = load_replies(BUSINESSES / business / "replies.yaml")
        knowledge = load_knowledge(BUSINESSES / business / "knowledge.md")
        briefing = brief(book, knowledge, _NOON)
        writer = LlamaWriter(functools.partial(ensure_named, self._model), self._options, briefing)
        try:
            try:
                writer.open(_never)
            except WriterFailed as error:
                hint = f"`{CALLED} model list` shows which there are."
                raise BadInput(f"There are no drafts to score: {error}", hint) from error
            self.model_name = writer.name
            while writer.learning:
                writer.learn(_never)
            sources = Sources.read(briefing.public, briefing.private)
            for exchange in exchanges:
                yield self._one(writer, sources, book, knowledge, exchange)
        finally:
            writer.close()

    def _one(
        self, writer: LlamaWriter, sources: Sources, book: ReplyBook, knowledge: Sequence[Passage], exchange: Exchange
    ) -> Scored:
        number = self._numbers[exchange.dialogue.business, exchange.dialogue.id]
        turns = _turns(exchange, number)
        cold = _first_token(writer, sources, _turns(exchange, -number - 1)) if number % _COLD_EVERY == 0 else None
        if len(turns) > 1:
            writer.read(turns[:-1], _never)
        run = DraftRun(writer, sources)
        for _ in run.texts(turns, (), _never):
            pass
        context = exchange.context
        known = draft_check.Known(
            business="\n".join(
                [*book.business.values(), *book.rules, *(book.fill(reply, _NOON) for reply in book.replies)]
                + [f"{passage.title}\n{passage.text}" for passage in knowledge]
            ),
            ours="\n".join(turn.text for turn in context if turn.out),
            customer="\n".join(
                [exchange.dialogue.customer, *(t.text for t in context if not t.out), exchange.asked.text]
            ),
        )
        shown = run.shown
        grounded = None
        if shown and exchange.answer.passages:
            passages = {passage.id: f"{passage.title}\n{passage.text}" for passage in knowledge}
            grounded = draft_check.is_grounded(
                shown, exchange.answer.passages, passages, f"{known.ours}\n{known.customer}"
            )
        return Scored(
            key=f"{exchange.dialogue.id}:{exchange.number}",
            business=exchange.dialogue.business,
            before=context[-1].text if context else "",
            asked=exchange.asked.text,
            answered=exchange.answer.text,
            raw=run.raw,
            shown=shown,
            refusal=run.refusal,
            invented=tuple(draft_check.invented(shown, known)) if shown else (),
            invented_raw=tuple(draft_check.invented(run.raw, known)),
            portuguese=draft_check.is_portuguese(shown or "", self._vocabulary),
            finished=draft_check.is_finished(shown or ""),
            defers=draft_check.defers(shown or ""),
            grounded=grounded,
            first_token_ms=_ms(run.first_token_s),
            cold_ms=_ms(cold),
        )


def run(scorer: Scorer, exchanges: Sequence[Exchange], kept: Path | None, step: Callable[[], None]) -> list[Scored]:
    """Score ``exchanges``; those that ``kept`` (a growing file of JSON lines) has are not drafted again."""
    done: dict[str, Scored] = {}
    if kept is not None and kept.is_file():
        reader = TypeAdapter(Scored)
        done = {one.key: one for one in map(reader.validate_json, kept.read_text("utf-8").splitlines())}
    wanted = [f"{one.dialogue.id}:{one.number}" for one in exchanges]
    for _ in set(wanted) & done.keys():
        step()
    for one in scorer.score([e for e, key in zip(exchanges, wanted, strict=True) if key not in done]):
        done[one.key] = one
        if kept is not None:
            with kept.open("a", encoding="utf-8") as file:
                file.write(json.dumps(one.model_dump(), ensure_ascii=False) + "\n")
        step()
    return [done[key] for key in wanted]


class _FirstOnly:
    """Stops a draft once its first token is there."""

    def __init__(self) -> None:
        self.run: DraftRun | None = None

    def __call__(self) -> bool:
        return self.run is not None and self.run.first_token_s is not None


def _first_token(writer: LlamaWriter, sources: Sources, turns: list[StoredMessage]) -> float | None:
    stop = _FirstOnly()
    stop.run = DraftRun(writer, sources)
    for _ in stop.run.texts(turns, (), stop):
        pass
    return stop.run.first_token_s


def _turns(exchange: Exchange, conversation: int) -> list[StoredMessage]:
    said = [(turn.out, turn.text) for turn in exchange.context] + [(False, exchange.asked.text)]
    return [
        StoredMessage(
            id=number,
            wa_id=f"{conversation}-{number}",
            conversation_id=conversation,
            chat_title=exchange.dialogue.customer,
            direction=Direction.OUT if out else Direction.IN,
            kind=Kind.TEXT,
            author=None,
            text=text,
            state=MessageState.COMPLETE,
            origin=Change.NEW,
            first_seen=_NOON,
        )
        for number, (out, text) in enumerate(said)
    ]


def _portuguese() -> Iterator[str]:
    """All Portuguese texts of the corpus but the evaluation part."""
    for path in sorted(CORPUS.rglob("*")):
        if path.suffix in (".csv", ".yaml", ".md") and "evaluation" not in path.parts:
            yield path.read_text("utf-8")


def _ms(seconds: float | None) -> float | None:
    return None if seconds is None else round(seconds * 1000, 1)


def _never() -> bool:
    return False
