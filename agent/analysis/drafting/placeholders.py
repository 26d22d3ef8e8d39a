"""Takes the identifiers of people out of a text and puts them back into what was made of it.

A draft may do without a customer's CPF; a text that somebody wants corrected may not lose the PIX key that stands in
it. So each identifier has a sign of its own (``ID_1``), which the model copies like a word, and which is exchanged
again in what it writes.
"""

import re
from collections.abc import Generator
from contextlib import closing

from agent.analysis.drafting.llama import Ended
from agent.identifiers import find_identifiers

_STEMS = ("ID_", "COD_", "REF_", "DADO_")


class Placeholders:
    """The signs of one text and what they stand for."""

    def __init__(self, text: str, keep: frozenset[str]) -> None:
        """``keep``: values that the model may know, such as the business's own telephone number."""
        stem = next((one for one in _STEMS if one not in text), None)
        found = [one for one in find_identifiers(text) if one.value not in keep]
        self._meaning = dict[str, str]()
        self._sign = re.compile(rf"{stem}\d+")
        self._unfinished = re.compile("|".join(f"{(stem or '')[:n]}$" for n in range(len(stem or ""), 0, -1)))
        parts, end, signs = list[str](), 0, dict[str, str]()
        for one in found:
            shown = text[one.start : one.end]
            # A text that uses all stems itself has its identifiers left out: it is a strange one.
            sign = signs.setdefault(shown, f"{stem}{len(signs) + 1}") if stem else "…"
            if stem:
                self._meaning[sign] = shown
            parts += [text[end : one.start], sign]
            end = one.end
        self.text = "".join([*parts, text[end:]])
        """The text with signs."""

    def restored(self, parts: Generator[tuple[str, Ended | None]]) -> Generator[tuple[str, Ended | None]]:
        """What the model writes, with what the signs stand for. A sign that it made up is left as it is."""
        held = ""
        with closing(parts):
            for addition, ended in parts:
                held += addition
                ready = len(held) if ended is not None or not self._meaning else len(held) - self._open_end(held)
                yield self._put_back(held[:ready]), ended
                held = held[ready:]

    def _open_end(self, text: str) -> int:
        """Length of an end that may yet become a sign, or a longer one."""
        last = re.search(rf"{self._sign.pattern}$", text) or self._unfinished.search(text)
        return len(last[0]) if last else 0

    def _put_back(self, text: str) -> str:
        return self._sign.sub(lambda match: self._meaning.get(match[0], match[0]), text)
