"""The Analyst that runs on this machine alone."""

import asyncio
import functools
import os
from collections.abc import AsyncGenerator, Callable, Collection, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import aclosing
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

import psutil
import structlog

from agent.analysis.drafting.catalogue import AUTO
from agent.analysis.drafting.drafts import Drafter
from agent.analysis.drafting.making import make_drafter
from agent.analysis.drafting.prompt import brief
from agent.analysis.drafting.rewriting import request_of
from agent.analysis.drafting.server import ServerOptions
from agent.analysis.drafting.writer import DraftOptions
from agent.analysis.learning.ranking import Ranking
from agent.analysis.reading.intents_file import read_own_intents
from agent.analysis.remembered import forget_texts
from agent.analysis.retrieval.knowledge import Passage, load_knowledge
from agent.analysis.retrieval.replies import LearnedReply, ReplyBook, load_replies
from agent.contract.analysis import Analysis, Question
from agent.contract.stored import StoredMessage
from agent.contract.workplace import Language, Task
from agent.errors import BalcaoError
from agent.ports import ModelState

if TYPE_CHECKING:
    from agent.analysis.reader import Reader
    from agent.analysis.reading.classify import Classifier
    from agent.analysis.reading.encoder import Encoder
    from agent.contract.intents import Version

log = structlog.get_logger(__name__)

Clock = Callable[[], datetime]


class LocalAnalyst:
    """Implements ``agent.ports.Analyst``."""

    def __init__(
        self,
        book: ReplyBook,
        drafter: Drafter | None,
        clock: Clock,
        knowledge: Sequence[Passage] = (),
        ranking: Ranking | None = None,
        attendant: str = "",
        profile: Path | None = None,
        own: Sequence[str] = (),
    ) -> None:
        """``drafter``: None when drafts are off. ``profile``: folder of the business's own intents.

        ``own``: the company's keys, domains and telephones.
        """
        self._drafter = drafter
        self._clock = clock
        self._profile = profile
        self._general: Classifier | None = None
        self.refitted: int | None = None
        """Number of the version of the own intents that ``teach`` has learned last."""
        self._make = functools.partial(_load, book, knowledge, ranking, attendant, profile, own)
        self._pool = ThreadPoolExecutor(max_workers=1, thread_name_prefix="analysis")
        self._learned: tuple[LearnedReply, ...] = ()
        # One thread is enough (a message takes milliseconds) and leaves the other processors to the page.
        self._reader: Future[Reader] = self._pool.submit(self._make)
        # The encoder takes seconds to load and to read the replies: until then the search goes without it.
        self._encoding = ThreadPoolExecutor(max_workers=1, thread_name_prefix="encoding")
        self._encoding.submit(self._with_encoder)
        if drafter is not None:
            drafter.start()

    def _with_encoder(self) -> None:
        from agent.analysis.reading.encoder import load_encoder

        if load_encoder() is not None:
            self._improve()

    def _improve(self, learned: Sequence[LearnedReply] | None = None) -> None:
        from agent.analysis.reading.encoder import load_encoder

        self._reader.result()
        learned = self._learned if learned is None else tuple(learned)
        try:
            ready: Future[Reader] = Future()
            ready.set_result(self._make(learned, load_encoder()))
            self._reader, self._learned = ready, learned
        except Exception:
            # The reader that is there goes on answering.
            log.exception("the search could not be made anew")

    def _refit(self, profile: Path, corrections: Sequence[tuple[str, str]]) -> None:
        from agent.analysis.reading.classify import Classifier
        from agent.analysis.reading.encoder import load_encoder
        from agent.analysis.reading.own_intents import refit

        try:
            encoder = load_encoder()
            self._general = self._general or Classifier.shipped(encoder)
            version = refit(profile, corrections, self._general, encoder, self._clock())
        except BalcaoError as error:
            log.warning("own intents are left as they are", reason=str(error))
            return
        except Exception:
            log.exception("own intents could not be learned")
            return
        if version is not None:
            log.info("own intents learned", number=version.number, accuracy=version.accuracy_after)
            self._improve()
            self.refitted = version.number

    def teach(self, corrections: Sequence[tuple[str, str]]) -> None:
        """Learn the business's own intents from ``intents.yaml`` and these corrections. Returns at once."""
        if self._profile is not None:
            self._encoding.submit(self._refit, self._profile, tuple(corrections))

    async def train(self, corrections: Sequence[tuple[str, str]]) -> "tuple[Version, bool] | None":
        """The same, waited for: the version that is used from now on and whether it is new; None: nothing to learn.

        Raises:
            BadInput: ``intents.yaml`` cannot be used.
        """
        return await asyncio.wrap_future(self._encoding.submit(self._train, tuple(corrections)))

    def _train(self, corrections: Sequence[tuple[str, str]]) -> "tuple[Version, bool] | None":
        from agent.analysis.reading.classify import Classifier
        from agent.analysis.reading.encoder import load_encoder
        from agent.analysis.reading.own_intents import train

        if self._profile is None:
            return None
        encoder = load_encoder()
        self._general = self._general or Classifier.shipped(encoder)
        found = train(self._profile, corrections, self._general, encoder, self._clock())
        if found is not None:
            self._improve()
        return found

    def renew_intents(self) -> None:
        """Another version of the own intents is to be used. Returns at once."""
        self._encoding.submit(self._improve)

    def take_knowledge(self, knowledge: Sequence[Passage]) -> None:
        """The knowledge base was changed: find these passages from now on. Returns at once."""
        self._encoding.submit(self._take, None, tuple(knowledge))

    def take_replies(self, book: ReplyBook) -> None:
        """The replies were changed: find these from now on, and let no draft say otherwise. Returns at once."""
        self._encoding.submit(self._take, book)

    def _take(self, book: ReplyBook | None, knowledge: Sequence[Passage] | None = None) -> None:
        self._reader.result()  # The first one is made of what was there at the start.
        before = self._make.args
        book = before[0] if book is None else book
        knowledge = before[1] if knowledge is None else knowledge
        self._make = functools.partial(_load, book, knowledge, *before[2:])
        self._improve()
        if self._drafter is not None:
            self._drafter.judge_by(brief(book, knowledge, self._clock()))

    def renew(self, learned: Sequence[LearnedReply]) -> None:
        """Offer these approved replies from now on, and search by the wordings learned so far. Returns at once."""
        if tuple(learned) != self._learned:
            self._encoding.submit(self._improve, tuple(learned))

    @property
    def model_state(self) -> ModelState:
        """State of the draft model."""
        return "off" if self._drafter is None else self._drafter.state

    @property
    def model_name(self) -> str | None:
        """Name of the draft model as shown to a person; None when drafts are off."""
        return None if self._drafter is None else self._drafter.name

    @property
    def model_reason(self) -> str | None:
        """Why there are no drafts although they are wanted; None when there are, or may yet be."""
        return None if self._drafter is None else self._drafter.reason

    @property
    def first_token_ms(self) -> Sequence[float]:
        """For each draft, milliseconds from the request to the model's first token."""
        # A copy: the model's thread adds to its own meanwhile.
        return () if self._drafter is None else tuple(self._drafter.first_token_ms)

    async def settled(self) -> None:
        """Until what is loaded in the background is there: before that, answers may be others than after it."""
        await asyncio.wrap_future(self._encoding.submit(lambda: None))

    async def analyse(self, question: Question, limit: int = 3) -> Analysis:
        """Sentiment, intent and up to ``limit`` retrieved replies."""
        reader = await asyncio.wrap_future(self._reader)
        work = functools.partial(reader.analyse, question, self._clock(), limit)
        return await asyncio.get_running_loop().run_in_executor(self._pool, work)

    async def draft(
        self, turns: Sequence[StoredMessage], analysis: Analysis, *, patient: bool = False
    ) -> AsyncGenerator[str, None]:
        """The model's reply to the last of ``turns``: the whole guarded text so far, each time it grows."""
        if self._drafter is None:
            return
        hints = [hit.text for hit in analysis.suggested_responses]
        async with aclosing(self._drafter.draft(turns, hints, patient=patient)) as texts:
            async for text in texts:
                yield text

    async def rewrite(
        self, task: Task, text: str | None, turns: Sequence[StoredMessage], language: Language | None
    ) -> AsyncGenerator[str, None]:
        """What becomes of a text, or of a conversation that is to be explained: checked, each time it grows."""
        if self._drafter is None:
            return
        async with aclosing(self._drafter.rewrite(request_of(task, text, turns, language))) as texts:
            async for made in texts:
                yield made

    def prefetch(self, turns: Sequence[StoredMessage]) -> None:
        """Let the model read a conversation that it may be asked about."""
        if self._drafter is not None:
            self._drafter.prefetch(turns)

    def forget(self, conversations: Collection[int]) -> None:
        """Keep nothing of these conversations: what the model has read, and texts that were read before.

        What was fitted from them must be gone from the profile's folder by now. Returns at once.
        """
        if self._drafter is not None:
            self._drafter.forget(conversations)
        forget_texts()
        self._encoding.submit(self._anew)

    def _anew(self) -> None:
        self._general = None
        self._improve()
        forget_texts()

    async def close(self) -> None:
        """Stop the threads and free the model."""
        if self._drafter is not None:
            await self._drafter.close()
        self._encoding.shutdown(wait=False, cancel_futures=True)
        self._pool.shutdown(wait=False, cancel_futures=True)


def create_analyst(
    replies: Path,
    *,
    knowledge: Path | None = None,
    drafts: bool = True,
    model: str = AUTO,
    model_file: Path | None = None,
    threads: int | None = None,
    gpu_layers: int = 0,
    context_tokens: int = 4096,
    max_tokens: int = 96,
    temperature: float = 0.3,
    chat_memory_mb: int = 256,
    server: ServerOptions | None = None,
    mask_prompts: bool = True,
    ranking: Ranking | None = None,
    attendant: str = "",
    profile: Path | None = None,
    own: Sequence[str] = (),
    clock: Clock | None = None,
) -> LocalAnalyst:
    """An analyst for one business. Returns at once; weights and model are loaded in the background.

    Args:
        replies: The business's replies file; where there is none, the neutral replies are used.
        knowledge: File or folder of the knowledge base; it need not exist.
        drafts: False: no draft model.
        model: Name in the catalogue, or ``auto``.
        model_file: A GGUF file instead of a name.
        threads: For the model; None chooses.
        gpu_layers: On the graphics card; -1 all.
        context_tokens: The model's memory.
        max_tokens: Longest draft.
        temperature: 0 always writes the same.
        chat_memory_mb: For what the model has read of the chats.
        server: Asked for drafts instead of a model file.
        mask_prompts: Hide what identifies customers from the model.
        ranking: What was learned from use.
        attendant: Who sits here.
        profile: Folder with the business's own intents; it need not exist.
        own: The company's PIX keys, domains and telephones: learned replies may name them.
        clock: Gives local time.

    Raises:
        BadInput: the replies file or a file of the knowledge base cannot be used.
    """
    book, clock = load_replies(replies), clock or _local_time
    passages = load_knowledge(knowledge) if knowledge else ()
    drafter = None
    if drafts:
        options = DraftOptions(
            threads=threads or default_threads(),
            gpu_layers=gpu_layers,
            context_tokens=context_tokens,
            max_tokens=max_tokens,
            temperature=temperature,
            chat_memory_mb=chat_memory_mb,
        )
        wanted = str(model_file) if model_file else model
        drafter = make_drafter(book, passages, wanted, options, server, clock(), masked=mask_prompts)
    return LocalAnalyst(book, drafter, clock, passages, ranking, attendant, profile, own)


def default_threads() -> int:
    """Physical processors less one for the page, but two where there are two.

    On two processors the second thread brings the first token from 4.5 to 2.7 s, and the page's cards stay as quick:
    the model's threads give way to everything else.
    """
    usable = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    physical = min(psutil.cpu_count(logical=False) or usable, usable)
    return max(min(physical, 2), physical - 1)


def _load(
    book: ReplyBook,
    knowledge: Sequence[Passage],
    ranking: Ranking | None,
    attendant: str,
    profile: Path | None,
    own: Sequence[str] = (),
    learned: Sequence[LearnedReply] = (),
    encoder: "Encoder | None" = None,
) -> "Reader":
    # scikit-learn takes a second to import: not while the agent starts.
    from agent.analysis.reader import Reader
    from agent.analysis.reading.classify import Classifier
    from agent.analysis.reading.own_intents import Versions

    classifier = Classifier.shipped(encoder)
    reader = Reader(
        book,
        classifier if profile is None else classifier.with_own(Versions(profile / "intents").current()),
        knowledge=knowledge,
        ranking=ranking,
        learned=learned,
        encoder=encoder,
        attendant=attendant,
        own=own,
        titles=None if profile is None else read_own_intents(profile / "intents.yaml").titles(),
    )
    # The first message costs several times as much as the others: let it be this one, while nobody waits.
    reader.analyse(Question(text="oi"), _local_time())
    return reader


def _local_time() -> datetime:
    return datetime.now().astimezone()
