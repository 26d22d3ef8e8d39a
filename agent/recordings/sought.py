"""Words, names and numbers that are to go, found in a text in every spelling that the audit knows."""

import re
from collections import defaultdict
from collections.abc import Sequence
from functools import lru_cache
from hashlib import blake2b

from agent.errors import BadInput
from agent.recordings.audit import CALLABLE, COUNTRY, LEAST_DIGITS, LOCAL, NUMBER, SUBSCRIBER, plain
from agent.recordings.page_words import Place
from agent.recordings.pseudonyms import KEY_BYTES, Pseudonyms, placed

_LEAST = 2
"""Letters or digits of a word. One letter alone names nobody, and is everywhere."""
_LEAST_OF_A_NUMBER = 3
_TOKEN = re.compile(r"[^\W_]+(?:[\u0300-\u036f][^\W_]*)*")
_REMEMBERED = 20_000
_TRIES = 10


class Redaction(Pseudonyms):
    """Replaces what is sought, the same always by the same, and changes nothing else."""

    def __init__(self, sought: Sequence[str], key: bytes) -> None:
        """``sought``: words, names of several words, numbers. ``key``: ``KEY_BYTES`` of chance.

        Raises:
            BadInput: one of them is too short to be told from anything else.
        """
        super().__init__(key)
        # A short word has few others of its shape, and may become itself: the next key has it otherwise.
        keys = (blake2b(key, digest_size=KEY_BYTES, salt=bytes([turn])).digest() for turn in range(_TRIES))
        self._tries = [Pseudonyms(one) for one in keys]
        self.replaced = 0
        """Texts in which something was found, each once."""
        self._words = defaultdict[str, list[tuple[str, ...]]](list)
        self._numbers_sought = list[str]()
        for number, one in enumerate(sought, 1):
            self._seek(plain(one), number)
        self._numbers_sought.sort(key=len, reverse=True)
        self._cleaned = lru_cache(maxsize=_REMEMBERED)(self._clean)

    def _seek(self, text: str, number: int) -> None:
        digits = re.sub(r"\D", "", text)
        words = tuple(found for token in _TOKEN.findall(text) for found in _parts(token))
        if len(digits) >= LEAST_DIGITS and not re.search(r"[^\W\d_]", text):
            self._numbers_sought.append(digits)
        elif not words or len("".join(words)) < (_LEAST_OF_A_NUMBER if digits == "".join(words) else _LEAST):
            raise BadInput(
                f"Word {number} of those to be replaced is too short: it would be found everywhere.",
                "Name a whole word, a name or a number, in quotes where it has blanks.",
            )
        else:
            self._words[words[0]].append(words)

    def text(self, text: str) -> str:
        """The text without what is sought."""
        return self._cleaned(text)

    def anyway(self, text: str) -> str:
        """Another word or number of the same shape, and none of those that are sought."""
        made = text
        for names in self._tries:
            made = names.anyway(text)
            if plain(made) != plain(text) and plain(made) not in self._words:
                break
        return made

    def words(self, text: str, *, label: bool, place: Place = Place.ELSEWHERE) -> str:
        """See ``page_attributes.Words``: the page's own words are replaced, too, where they are sought."""
        return self._cleaned(text)

    def name(self, name: str) -> str:
        """See ``text``."""
        return self._cleaned(name)

    def phone(self, phone: str) -> str:
        """See ``text``."""
        return self._cleaned(phone)

    def identifier(self, value: str) -> str:
        """See ``text``."""
        return self._cleaned(value)

    def structured(self, text: str) -> str:
        """See ``text``."""
        return self._cleaned(text)

    def _clean(self, text: str) -> str:
        cleaned = self._without_words(self._without_numbers(text))
        self.replaced += cleaned != text
        return cleaned

    def _without_words(self, text: str) -> str:
        found = list(_TOKEN.finditer(text)) if self._words else []
        # A token is one word, but for a few letters that fall apart when they are written small and without accents.
        folded = [" ".join(_parts(plain(token[0]))) for token in found]
        gone = {
            place
            for at, word in enumerate(folded)
            for wanted in self._words.get(word.partition(" ")[0], ())
            if tuple(" ".join(folded[at : at + len(wanted)]).split()) == wanted
            for place in range(at, at + len(wanted))
        }
        out, end = list[str](), 0
        for place in sorted(gone):
            token = found[place]
            out += [text[end : token.start()], self.anyway(token[0])]
            end = token.end()
        return "".join([*out, text[end:]])

    def _without_numbers(self, text: str) -> str:
        if not self._numbers_sought:
            return text
        return NUMBER.sub(lambda found: self._number(found[0]), text)

    def _number(self, written: str) -> str:
        """The digits of what is sought, within a longer number or alone; see ``audit`` for when it is the same one."""
        digits = re.sub(r"\D", "", written)
        local = digits.removeprefix(COUNTRY) if len(digits) > LOCAL else digits
        changed = digits
        for sought in self._numbers_sought:
            if len(sought) > SUBSCRIBER and sought in changed:
                changed = changed.replace(sought, self.anyway(sought))
            elif digits == sought or (
                len(sought) >= CALLABLE and len(local) <= LOCAL and local[-SUBSCRIBER:] == sought[-SUBSCRIBER:]
            ):
                return placed(written, self.anyway(digits))
        return placed(written, changed)


def _parts(token: str) -> list[str]:
    return re.findall(r"[^\W_]+", token)
