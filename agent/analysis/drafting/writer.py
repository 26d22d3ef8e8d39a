"""Who writes drafts: the face that the queue works with, and the writer that runs a model of this machine."""

from collections import OrderedDict, deque
from collections.abc import Callable, Collection, Generator, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from agent.analysis.drafting.assignment import Assignment
from agent.analysis.drafting.chats import ChatMemory
from agent.analysis.drafting.llama import Ended, Kept, Llama, ModelUnusable, Token
from agent.analysis.drafting.prompt import (
    PLAIN,
    Briefing,
    base_tokens,
    end_of_system,
    example_tokens,
    language_of,
    line_tokens,
    open_tokens,
    question_tokens,
    task_tokens,
    text_tokens,
    turn_tokens,
)
from agent.contract.stored import StoredMessage
from agent.errors import BalcaoError

_CHAT_SHARE = 0.3
"""Share of the model's memory that is kept for the conversation; the fixed part may have the rest."""

_LEARN_TOKENS = 120
"""The base is evaluated before the first draft; knowledge follows in steps of this size while nobody waits: 1,000
tokens take 15 s and more on two processors. Until then the best passages and replies go with a request."""

_KEPT_HEADS = 4
"""Tasks whose rules and examples are kept read: about 10 MB each with 1.5B, and 3 to 6 s on two processors."""

Stopped = Callable[[], bool]
FindModel = Callable[[Callable[[int, int], None]], tuple[str, Path]]


@dataclass(frozen=True)
class DraftOptions:
    """How the model runs."""

    threads: int = 2
    gpu_layers: int = 0
    context_tokens: int = 4096
    max_tokens: int = 96
    temperature: float = 0.3
    seed: int = 20
    chat_memory_mb: int = 256


class WriterFailed(Exception):
    """No drafts: the text says why. ``retry_s``: seconds until it is worth another try; None: never."""

    def __init__(self, reason: str, retry_s: float | None = None) -> None:
        super().__init__(reason)
        self.retry_s = retry_s


class Writer(Protocol):
    """Writes drafts, in one thread that is its own."""

    name: str | None
    """For a person."""

    def open(self, stopped: Stopped) -> None:
        """Get ready; may take minutes. Raises ``WriterFailed``."""
        ...

    @property
    def learning(self) -> bool:
        """Whether there is more of the fixed part to read while nobody waits."""
        ...

    def learn(self, stopped: Stopped) -> None:
        """Read a little more of the fixed part."""
        ...

    def read(self, turns: Sequence[StoredMessage], stopped: Stopped) -> None:
        """Read a conversation of which a reply may be asked for."""
        ...

    def write(
        self, turns: Sequence[StoredMessage], hints: Sequence[str], stopped: Stopped
    ) -> Iterator[tuple[str, Ended | None]]:
        """Stream the reply to the last turn: (addition, None) ..., then (rest, how it ended).

        Raises:
            WriterFailed: there are no drafts for now.
        """
        ...

    def compose(self, wanted: Assignment, stopped: Stopped) -> Generator[tuple[str, Ended | None]]:
        """Stream what becomes of a text, as ``write`` does. Nothing of it is kept.

        Raises:
            WriterFailed: the model cannot be used for now.
        """
        ...

    def forget(self, conversations: Collection[int]) -> None:
        """Keep nothing of these conversations."""
        ...

    def close(self) -> None:
        """Free everything."""
        ...


class LlamaWriter:
    """A model file on this machine, with one state a chat."""

    def __init__(self, find_model: FindModel, options: DraftOptions, briefing: Briefing) -> None:
        """``find_model`` gets a progress callback and gives the model's title and file; it may take minutes."""
        self._find_model = find_model
        self._options = options
        self._briefing = briefing
        self._fixed: list[Token] = []
        self._later: deque[list[Token]] = deque()
        self._complete = False
        self._closes = False
        """Whether the fixed part, once learned, ends behind the system part."""
        self._chats = ChatMemory(options.chat_memory_mb * 1_000_000)
        self._current: int | None = None
        self._read_up_to = 0
        self._heads: OrderedDict[str, Kept] = OrderedDict()
        self._loaded: Llama | None = None
        self.name: str | None = None

    def open(self, stopped: Stopped) -> None:
        """Load the model and read the base."""
        options = self._options

        def progress(_done: int, _total: int) -> None:
            if stopped():
                raise WriterFailed("closed while the model was fetched")

        try:
            self.name, path = self._find_model(progress)
            model = Llama(path, options.threads, options.gpu_layers, options.context_tokens)
        except (BalcaoError, ModelUnusable, OSError) as error:
            raise WriterFailed(str(error)) from error
        self._loaded = model
        room = int(options.context_tokens * (1 - _CHAT_SHARE)) - options.max_tokens
        self._fixed = base_tokens(model, self._briefing.base, room)
        self._later.extend(line_tokens(model, self._briefing.later, room - len(self._fixed)))
        self._complete = len(self._later) == (self._briefing.later.count("\n") + 1 if self._briefing.later else 0)
        left = room - len(self._fixed) - sum(map(len, self._later))
        examples = example_tokens(model, self._briefing.examples)
        if len(examples) <= left:
            self._later.append(examples)
            self._closes = True
        model.warm(self._fixed, stopped)

    @property
    def fixed_tokens(self) -> int:
        """Size of the fixed part so far."""
        return len(self._fixed)

    @property
    def learning(self) -> bool:
        """Whether there is more of the fixed part to read."""
        return bool(self._later)

    def learn(self, stopped: Stopped) -> None:
        """Evaluate a little more of the fixed part. A request interrupts it and uses what is there."""
        added = self._later.popleft()
        while self._later and len(added) < _LEARN_TOKENS:
            added += self._later.popleft()
        self._current = None
        self._chats.forget_states()
        if self._model.warm([*self._fixed, *added], stopped):
            self._fixed += added
        else:
            self._later.appendleft(added)

    def read(self, turns: Sequence[StoredMessage], stopped: Stopped) -> None:
        """Evaluate the conversation and the beginning of the customer's next turn."""
        said = [turn for turn in turns if turn.text]
        if said:
            end = open_tokens(self._model)
            prompt = self._prompt(said, said, end)
            self._model.warm(prompt, stopped)
            self._read_up_to = len(prompt)

    def write(
        self, turns: Sequence[StoredMessage], hints: Sequence[str], stopped: Stopped
    ) -> Iterator[tuple[str, Ended | None]]:
        """Evaluate what is new, then stream the answer. Hints count only while the fixed part is not complete."""
        said = [turn for turn in turns if turn.text]
        helpful = () if self._complete and not self._later else hints
        end = question_tokens(self._model, said[-1], helpful, language_of(said))
        prompt = self._prompt(said, said[:-1], end)
        self._read_up_to = len(prompt)
        options = self._options
        return self._model.answer(prompt, options.max_tokens, options.temperature, options.seed, stopped, PLAIN)

    def compose(self, wanted: Assignment, stopped: Stopped) -> Generator[tuple[str, Ended | None]]:
        """Stream what becomes of a text; what the model had read before is put back afterwards.

        The fixed part of the drafts takes half a minute to read on two processors: it waits outside meanwhile (56 MB
        for 2,000 tokens of the 1.5B model, copied in 0.1 s).
        """
        model = self._model
        before = model.keep(0, model.evaluated)
        try:
            head = task_tokens(model, wanted)
            end = text_tokens(model, wanted.text, wanted.wish)
            limit = wanted.limit(len(end))
            if len(head) + len(end) + limit > self._options.context_tokens:
                yield "", "limit"
                return
            if (kept := self._heads.get(wanted.head)) is not None:
                model.put_back(kept)
            if not model.warm(head, stopped):
                yield "", "stopped"
                return
            self._keep_head(wanted.head, len(head))
            grammar = PLAIN if wanted.plain else None
            prompt = [*head, *end]
            yield from model.answer(prompt, limit, 0.0, self._options.seed, stopped, grammar)
        finally:
            if before is None or not model.put_back(before):
                model.forget_after(0)
                self._current = None

    def _keep_head(self, name: str, size: int) -> None:
        if name not in self._heads and (kept := self._model.keep(0, size)) is not None:
            self._heads[name] = kept
            if len(self._heads) > _KEPT_HEADS:
                self._heads.popitem(last=False)
        elif name in self._heads:
            self._heads.move_to_end(name)

    def forget(self, conversations: Collection[int]) -> None:
        """Keep nothing of these conversations: their states, and what of them is in the model's memory."""
        self._chats.forget(conversations)
        if self._current in conversations and self._loaded is not None:
            self._current, self._read_up_to = None, 0
            self._loaded.forget_after(len(self._fixed))

    def close(self) -> None:
        """Free the model."""
        if self._loaded is not None:
            self._loaded.close()
            self._loaded = None

    @property
    def _model(self) -> Llama:
        if self._loaded is None:
            raise WriterFailed("the model is not loaded")
        return self._loaded

    def _prompt(self, said: list[StoredMessage], before: list[StoredMessage], end: list[Token]) -> list[Token]:
        """Fixed part, the turns ``before`` as far as they fit, ``end``; the chat's state is put back first."""
        conversation, model = said[-1].conversation_id, self._model
        self._switch(conversation)
        window = self._chats.window(conversation, before)
        start = [] if self._closes and not self._later else end_of_system(model)
        room = self._options.context_tokens - len(self._fixed) - self._options.max_tokens - len(start) - len(end)
        spoken = [turn_tokens(model, turn) for turn in window]
        if sum(map(len, spoken)) > room:
            # Cut to half of the room at once: a cut moves the beginning, and everything is evaluated anew.
            while spoken and sum(map(len, spoken)) > room // 2:
                spoken, window = spoken[1:], window[1:]
        self._chats.remember_window(conversation, window)
        return [*self._fixed, *start, *(token for turn in spoken for token in turn), *end]

    def _switch(self, conversation: int) -> None:
        if conversation == self._current:
            return
        if self._current is not None:
            self._chats.put(self._current, self._model.keep(len(self._fixed), self._read_up_to))
        self._current = conversation
        kept = self._chats.take(conversation)
        if kept is not None and kept.start == len(self._fixed):
            self._model.put_back(kept)
