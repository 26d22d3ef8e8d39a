"""llama.cpp behind a small face: load, evaluate what is new, stream text, stop at once.

The plain C interface is used, not the library's ``Llama`` class: that one silences llama.cpp by pointing the whole
process's standard output at nothing while it loads, and cannot stop in the middle of a long prompt.
"""

import codecs
import ctypes
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

import structlog

from agent.analysis.drafting.sampling import Sampler

log = structlog.get_logger(__name__)

_BATCH = 128
"""Tokens evaluated in one go: small enough for the compute buffers to stay small."""

_PIECE_BYTES = 256
_ABORTED = 2
_LOG_ERROR = 4
_MAIN, _ASIDE = 0, 1
"""Sequences of the one memory: what is worked on, and the place through which a piece of it is saved and put back."""

Ended = Literal["finished", "limit", "stopped"]
Token = int


class ModelUnusable(Exception):
    """The file cannot be loaded, or is of a kind that is not supported. The text says which."""


@dataclass(frozen=True, slots=True)
class Kept:
    """What was evaluated behind a fixed part, taken out of the model's memory: about 28 kB a token with 1.5B."""

    start: int
    """Tokens of the fixed part before it."""
    tokens: tuple[Token, ...]
    data: bytes


class Llama:
    """One loaded model and one conversation's memory. Everything is called from the one thread that made it."""

    def __init__(self, path: Path, threads: int, gpu_layers: int, context_tokens: int) -> None:
        """Load a model.

        Args:
            path: A GGUF file whose chat format is ChatML (Qwen, SmolLM2 ...).
            threads: Processor threads.
            gpu_layers: Layers on the graphics card; -1 for all.
            context_tokens: Size of the memory, prompt and answer together.

        Raises:
            ModelUnusable: llama.cpp is not installed, or the file is no model that can be used.
        """
        try:
            import llama_cpp
        except (ImportError, OSError, RuntimeError) as error:
            raise ModelUnusable(f"llama-cpp-python cannot be used here: {error}") from error
        self._c: Any = llama_cpp
        self._stopped: Callable[[], bool] = lambda: False
        self._evaluated: list[Token] = []
        self._context_tokens = context_tokens
        _quiet(llama_cpp)
        llama_cpp.llama_backend_init()
        options = llama_cpp.llama_model_default_params()
        options.n_gpu_layers = gpu_layers if gpu_layers >= 0 else 999
        self._model = llama_cpp.llama_model_load_from_file(str(path).encode(), options)
        if not self._model:
            raise ModelUnusable(f"{path.name} is no model file that llama.cpp can load")
        self._vocabulary = llama_cpp.llama_model_get_vocab(self._model)
        memory = llama_cpp.llama_context_default_params()
        memory.n_ctx, memory.n_batch, memory.n_ubatch = context_tokens, _BATCH, _BATCH
        memory.n_threads = memory.n_threads_batch = threads
        memory.n_seq_max, memory.kv_unified = 2, True
        if gpu_layers == 0:
            # Slower on a processor: 24 new tokens behind 1,500 took 2.0 s of one core with it, 1.05 s without.
            memory.flash_attn_type = llama_cpp.LLAMA_FLASH_ATTN_TYPE_DISABLED
        self._context = llama_cpp.llama_init_from_model(self._model, memory)
        if not self._context:
            llama_cpp.llama_model_free(self._model)
            raise ModelUnusable(f"There is not enough memory for {path.name} with {context_tokens} tokens")
        # Kept as an attribute: llama.cpp calls it between the steps of its work, also in the middle of a prompt.
        self._abort = llama_cpp.ggml_abort_callback(lambda _data: self._stopped())
        llama_cpp.llama_set_abort_callback(self._context, self._abort, None)
        if len(self.marks("<|im_start|>")) != 1:
            self.close()
            raise ModelUnusable(f"{path.name} does not use the ChatML chat format")

    def marks(self, text: str) -> list[Token]:
        """Tokens of text that we wrote: chat marks such as ``<|im_end|>`` are one token each."""
        return self._tokens(text, special=True)

    def words(self, text: str) -> list[Token]:
        """Tokens of text that others wrote: a chat mark in it is ordinary letters and ends nothing."""
        return self._tokens(text, special=False)

    def warm(self, prompt: list[Token], stopped: Callable[[], bool]) -> bool:
        """Evaluate ``prompt`` as far as it is new. False when it was stopped."""
        self._stopped = stopped
        same = 0
        for same, (old, new) in enumerate(zip(self._evaluated, prompt, strict=False)):  # noqa: B007
            if old != new:
                break
        else:
            same = min(len(self._evaluated), len(prompt))
        # The last token is always evaluated again: the answer's first token is read off it.
        same = min(same, len(prompt) - 1)
        self._forget_after(same)
        for start in range(same, len(prompt), _BATCH):
            if stopped() or not self._evaluate(prompt[start : start + _BATCH]):
                return False
        return True

    def answer(
        self,
        prompt: list[Token],
        limit: int,
        temperature: float,
        seed: int,
        stopped: Callable[[], bool],
        grammar: str | None = None,
    ) -> Iterator[tuple[str, Ended | None]]:
        """Stream the answer to ``prompt``: (addition, None) for each token, then (rest, how it ended).

        ``grammar`` (GBNF, rule ``root``) keeps the answer inside it.
        """
        decoder = codecs.getincrementaldecoder("utf-8")("ignore")
        ended: Ended = "limit"
        if not self.warm(prompt, stopped):
            yield "", "stopped"
            return
        sampler = Sampler(self._c, self._vocabulary, temperature, seed, grammar)
        try:
            for _ in range(min(limit, self._context_tokens - len(prompt))):
                token = sampler.next(self._context)
                if token is None or self._c.llama_vocab_is_eog(self._vocabulary, token):
                    ended = "limit" if token is None else "finished"
                    break
                yield decoder.decode(self._piece(token)), None
                if stopped() or not self._evaluate([token]):
                    ended = "stopped"
                    break
        finally:
            sampler.close()
        yield decoder.decode(b"", final=True), ended

    @property
    def evaluated(self) -> int:
        """Tokens that are in the memory now."""
        return len(self._evaluated)

    def keep(self, start: int, end: int) -> Kept | None:
        """Take a copy of the memory from token ``start`` to ``end``; None where there is nothing.

        5.7 MB for 200 tokens of the 1.5B model, in 6 ms; put back in 2 ms. Keeping the chats as sequences in the memory
        itself would cost no copy, but every token would then look past the cells of all of them.
        """
        end = min(end, len(self._evaluated))
        if end <= start:
            return None
        c, memory = self._c, self._c.llama_get_memory(self._context)
        c.llama_memory_seq_cp(memory, _MAIN, _ASIDE, start, end)
        size = c.llama_state_seq_get_size(self._context, _ASIDE)
        data = (ctypes.c_uint8 * size)()
        written = c.llama_state_seq_get_data(self._context, data, size, _ASIDE)
        c.llama_memory_seq_rm(memory, _ASIDE, -1, -1)
        return Kept(start, tuple(self._evaluated[start:end]), bytes(data)) if written == size else None

    def put_back(self, kept: Kept) -> bool:
        """Put a kept piece behind the fixed part that it was taken from. False when it does not fit any more."""
        if len(self._evaluated) < kept.start:
            return False
        c, memory = self._c, self._c.llama_get_memory(self._context)
        self._forget_after(kept.start)
        data = (ctypes.c_uint8 * len(kept.data)).from_buffer_copy(kept.data)
        done = bool(c.llama_state_seq_set_data(self._context, data, len(kept.data), _ASIDE))
        if done:
            c.llama_memory_seq_cp(memory, _ASIDE, _MAIN, -1, -1)
            self._evaluated += kept.tokens
        c.llama_memory_seq_rm(memory, _ASIDE, -1, -1)
        return done

    def forget_after(self, count: int) -> None:
        """Keep only the first ``count`` tokens in the memory."""
        if count < len(self._evaluated):
            self._forget_after(count)

    def close(self) -> None:
        """Free the memory. The object cannot be used afterwards."""
        self._c.llama_free(self._context)
        self._c.llama_model_free(self._model)

    def _tokens(self, text: str, *, special: bool) -> list[Token]:
        raw = text.encode()
        room = len(raw) + 8
        found = (self._c.llama_token * room)()
        count = self._c.llama_tokenize(self._vocabulary, raw, len(raw), found, room, False, special)
        if count < 0:
            raise ValueError("the text cannot be split into tokens")
        return list(found[:count])

    def _piece(self, token: Token) -> bytes:
        piece = ctypes.create_string_buffer(_PIECE_BYTES)
        size = self._c.llama_token_to_piece(self._vocabulary, token, piece, _PIECE_BYTES, 0, False)
        return piece.raw[: max(0, size)]

    def _evaluate(self, tokens: list[Token]) -> bool:
        array = (self._c.llama_token * len(tokens))(*tokens)
        outcome = self._c.llama_decode(self._context, self._c.llama_batch_get_one(array, len(tokens)))
        if outcome == 0:
            self._evaluated += tokens
            return True
        self._forget_after(len(self._evaluated))
        if outcome != _ABORTED:
            raise RuntimeError(f"llama.cpp could not evaluate {len(tokens)} tokens (code {outcome})")
        return False

    def _forget_after(self, count: int) -> None:
        memory = self._c.llama_get_memory(self._context)
        self._c.llama_memory_seq_rm(memory, _MAIN, count, -1)
        del self._evaluated[count:]


_sinks: list[object] = []
"""llama.cpp keeps a bare pointer to the function below, so it must never be collected."""


def _quiet(llama_cpp: Any) -> None:  # noqa: ANN401 - the library has no types
    """Send llama.cpp's errors (stopping is one of them) to the debug log, and the rest of its many lines nowhere."""
    if _sinks:
        return

    def sink(level: int, text: bytes, _data: object) -> None:
        if level == _LOG_ERROR:
            log.debug("llama.cpp", said=text.decode(errors="replace").strip())

    _sinks.append(llama_cpp.llama_log_callback(sink))
    llama_cpp.llama_log_set(_sinks[0], None)
