"""Chooses the next token, and keeps it inside a grammar where one is given.

The grammar is applied lazily: the token is chosen freely, looked at, and only one that the grammar refuses is chosen
again among those that it allows. Looking at one token takes 0.1 ms, choosing again among 512 of them 3 to 7 ms: now
and then in a draft that wants to write markup, and almost never in others.
"""

import ctypes
from typing import Any

import numpy as np

_CANDIDATES = 512
"""Likeliest tokens that are looked at when the free choice was refused; sampling keeps 40 of them anyway."""


class Sampler:
    """One answer's choices. Free it with ``close``."""

    def __init__(self, library: Any, vocabulary: object, temperature: float, seed: int, grammar: str | None) -> None:  # noqa: ANN401
        """Prepare for one answer.

        Args:
            library: ``llama_cpp``.
            vocabulary: The model's.
            temperature: 0 always takes the likeliest token.
            seed: The same seed chooses the same.
            grammar: In GBNF, with the rule ``root``; None for none.

        Raises:
            ValueError: the grammar cannot be read.
        """
        self._c = library
        self._size = library.llama_vocab_n_tokens(vocabulary)
        self._grammar = None
        self.refused = 0
        """How many free choices the grammar did not allow."""
        if grammar is not None:
            self._grammar = library.llama_sampler_init_grammar(vocabulary, grammar.encode(), b"root")
            if not self._grammar:
                raise ValueError("the grammar cannot be read")
        self._chain = self._make_chain(temperature, seed)

    def next(self, context: object) -> int | None:
        """The next token after what was evaluated; None when the grammar allows none of the likely ones."""
        c = self._c
        token = int(c.llama_sampler_sample(self._chain, context, -1))
        if self._grammar is None:
            return token
        if not self._allows(token):
            self.refused += 1
            chosen = self._constrained(context)
            if chosen is None:
                return None
            token = chosen
        c.llama_sampler_accept(self._grammar, token)
        return token

    def close(self) -> None:
        """Free the memory."""
        self._c.llama_sampler_free(self._chain)
        if self._grammar is not None:
            self._c.llama_sampler_free(self._grammar)

    def _allows(self, token: int) -> bool:
        one = (self._c.llama_token_data * 1)(self._c.llama_token_data(token, 1.0, 0.0))
        self._c.llama_sampler_apply(self._grammar, ctypes.byref(self._array(one, 1)))
        return bool(np.isfinite(one[0].logit))

    def _constrained(self, context: object) -> int | None:
        logits = np.ctypeslib.as_array(self._c.llama_get_logits_ith(context, -1), shape=(self._size,))
        likely = np.argpartition(logits, -_CANDIDATES)[-_CANDIDATES:]
        likely = likely[np.argsort(-logits[likely])]
        data = (self._c.llama_token_data * len(likely))(
            *(self._c.llama_token_data(int(token), float(logits[token]), 0.0) for token in likely)
        )
        self._c.llama_sampler_apply(self._grammar, ctypes.byref(self._array(data, len(likely))))
        allowed = [one for one in data if np.isfinite(one.logit)]
        if not allowed:
            return None
        data = (self._c.llama_token_data * len(allowed))(*allowed)
        array = self._array(data, len(allowed))
        self._c.llama_sampler_apply(self._chain, ctypes.byref(array))
        return int(array.data[array.selected].id)

    def _array(self, data: Any, size: int) -> Any:  # noqa: ANN401 - the library has no types
        return self._c.llama_token_data_array(data, size, -1, False)

    def _make_chain(self, temperature: float, seed: int) -> object:
        c = self._c
        chain = c.llama_sampler_chain_init(c.llama_sampler_chain_default_params())
        if temperature <= 0:
            c.llama_sampler_chain_add(chain, c.llama_sampler_init_greedy())
            return chain
        for step in (
            c.llama_sampler_init_top_k(40),
            c.llama_sampler_init_top_p(0.9, 1),
            c.llama_sampler_init_temp(temperature),
            c.llama_sampler_init_dist(seed),
        ):
            c.llama_sampler_chain_add(chain, step)
        return chain
