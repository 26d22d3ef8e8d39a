"""Pseudonyms: what somebody wrote, with other words of the same shape. One key, one person: one pseudonym.

What stays: length (in characters and in UTF-16 units), capitals, accents, digits where digits were, emoji, blanks, line
breaks, punctuation, and the words that everybody uses (``kept_words``). What goes: every other word and every number.
The key lives in memory only and is thrown away with the recording's end.
"""

import os
import re
import unicodedata
from collections.abc import Callable
from functools import lru_cache

from agent.recordings import permuted
from agent.recordings.kept_words import folded, kept_words, names
from agent.recordings.page_words import is_you

KEY_BYTES = 32

_ALL_DIGITS = re.compile(r"\d+")
_NUMBER = r"\+?\d(?:[ \u00a0\u202f().\-‑–/]{0,3}\d)*"
"""Digits with what people put between those of one number."""
_TOKEN = re.compile(r"(?P<piece>[^\W_]+(?:[\u0300-\u036f][^\W_]*)*)|(?P<rest>[\W_]+)")
_RUN = re.compile(r"\S+|\s+")
_PHONE_LIKE = re.compile(rf"(?<![^\W_])(?:{_NUMBER})(?![^\W_])")
_LEAST_OF_ONE, _MOST_OF_ONE = 8, 15
"""Digits that, with blanks and dashes between them, are taken for one number: a telephone, a CPF, a CNPJ."""
_CODE = 6
"""Letters and digits together, so many and more, are one code: an order's number, a plate, a message id."""
_PARTS = re.compile(r"[^\W\d_]+|\d+|[^\W\d]+|.", re.DOTALL)
_LINKED = re.compile(r"@|://|^www\.", re.IGNORECASE)
_STAYS = re.compile(
    r"\b\d{1,2}:\d{2}(?::\d{2})?(?:[\s\u202f]?[aApP]\.?\s?[mM]\b\.?)?|\b\d{4}-\d{2}-\d{2}\b"
    r"|\b\d{1,2}[/.]\d{1,2}[/.](?:\d{4}|\d{2})\b|\b\d{1,2}/\d{1,2}\b"
)
_IDENTIFYING = frozenset(
    {"true", "false", "c", "us", "g", "s", "lid", "net", "com", "br", "www", "http", "https", "whatsapp", "broadcast"}
)
_PARTICLES = frozenset({"de", "da", "do", "das", "dos", "e"})
"""The words of a name that name nobody."""
_LETTERS = frozenset("abcdefghijklmnopqrstuvwxyzàéó")
"""One letter alone names nobody."""
_COUNTRY = "55"
_AREAS = (
    *("11", "12", "13", "14", "15", "16", "17", "18", "19", "21", "22", "24", "27", "28", "31", "32", "33", "34", "35"),
    *("37", "38", "41", "42", "43", "44", "45", "46", "47", "48", "49", "51", "53", "54", "55", "61", "62", "63", "64"),
    *("65", "66", "67", "68", "69", "71", "73", "74", "75", "77", "79", "81", "82", "83", "84", "85", "86", "87", "88"),
    *("89", "91", "92", "93", "94", "95", "96", "97", "98", "99"),
)
_SUBSCRIBER = 8
"""Digits by which a Brazilian number is known with and without its country, area and ninth digit."""
_WALKS = 50


class Pseudonyms:
    """Deterministic for one key; without the key nobody can tell what was there."""

    def __init__(self, key: bytes) -> None:
        """``key``: ``KEY_BYTES`` of chance."""
        if len(key) != KEY_BYTES:
            raise ValueError("a key has 32 bytes")
        self._key = key
        self._areas = sorted(_AREAS, key=lambda area: permuted.number(key, "6" * 12 + area))
        self._text: Callable[[str], str] = lru_cache(maxsize=4096)(self._whole)
        self._named: Callable[[str], str] = lru_cache(maxsize=4096)(self._identified)
        self._called: Callable[[str], str] = lru_cache(maxsize=4096)(self._as_name)
        self._word: Callable[[str], str] = lru_cache(maxsize=20_000)(self._made)

    @classmethod
    def fresh(cls) -> "Pseudonyms":
        """With a key that nobody knows."""
        return cls(os.urandom(KEY_BYTES))

    def text(self, text: str) -> str:
        """What somebody wrote. Parts that are joined by blanks can be done one by one, where no number is torn."""
        return self._text(text)

    def name(self, name: str) -> str:
        """A person's or a group's name: as in a text, but no common word of it stays; the page's own "you" does."""
        return name if is_you(name) else self._called(name)

    def phone(self, phone: str) -> str:
        """A telephone number in any spelling: the same person's with and without country, area and ninth digit."""
        return self._text(phone)

    def anyway(self, text: str) -> str:
        """As ``text``, but no word is kept: somebody has said that this one is not to be read."""
        return self._numbers(text, lambda part: self._pieces(part, strict=True))

    def identifier(self, value: str) -> str:
        """A message id, an address of WhatsApp's, a link: no word is kept but the page's own."""
        return self._named(value)

    def structured(self, text: str) -> str:
        """As ``text``, but times and dates stay: what the page itself writes beside a message."""
        out, end = list[str](), 0
        for found in _STAYS.finditer(text):
            out += [self._text(text[end : found.start()]), found[0]]
            end = found.end()
        return "".join([*out, self._text(text[end:])])

    def _identified(self, value: str) -> str:
        return self._numbers(value, lambda part: self._pieces(part, strict=True, own=_IDENTIFYING))

    def _as_name(self, name: str) -> str:
        return self._numbers(name, lambda part: self._pieces(part, strict=True, own=_PARTICLES))

    def _whole(self, text: str) -> str:
        return self._numbers(text, self._plain)

    def _numbers(self, text: str, rest: Callable[[str], str]) -> str:
        """Numbers first: their blanks and dashes belong to them."""
        out, end = list[str](), 0
        for found in _PHONE_LIKE.finditer(text):
            digits = "".join(c for c in found[0] if c.isdigit())
            if digits.isascii() and _LEAST_OF_ONE <= len(digits) <= _MOST_OF_ONE:
                out += [rest(text[end : found.start()]), placed(found[0], self._known_number(digits))]
                end = found.end()
        return "".join([*out, rest(text[end:])])

    def _plain(self, text: str) -> str:
        if not text:
            return text
        return "".join(self._pieces(run, strict=_LINKED.search(run) is not None) for run in _RUN.findall(text))

    def _pieces(self, text: str, *, strict: bool, own: frozenset[str] = frozenset()) -> str:
        return "".join(
            self._piece(found[0], strict, own) if found["piece"] else found[0] for found in _TOKEN.finditer(text)
        )

    def _piece(self, piece: str, strict: bool, own: frozenset[str]) -> str:
        if len(piece) >= _CODE and any(c.isdigit() for c in piece) and not piece.isdigit():
            return self._cased(piece, self._coded)
        return "".join(self._part(part, strict, own) for part in _PARTS.findall(piece))

    def _part(self, part: str, strict: bool, own: frozenset[str]) -> str:
        if part.isdecimal():
            return self._digits(part)
        small = part.lower()
        if not part[0].isalpha() or small in own or small in _LETTERS or (not strict and small in kept_words()):
            return part
        return self._cased(part, self._word)

    def _cased(self, piece: str, change: Callable[[str], str]) -> str:
        """Letter for letter in the case in which it stands, where the letter has one and keeps its width."""
        small = "".join(c.lower() if len(c.lower()) == 1 else c for c in piece)
        changed = change(small)
        return "".join(
            new.upper() if old != low and len(new.upper()) == 1 else new
            for old, low, new in zip(piece, small, changed, strict=True)
        )

    def _made(self, small: str) -> str:
        return self._walked(small, lambda w: permuted.word(self._key, w))

    def _coded(self, small: str) -> str:
        decimal = "".join(str(unicodedata.decimal(c)) if c.isdecimal() else c for c in small)
        changed = permuted.code(self._key, decimal)
        return "".join(_like(old, new) for old, new in zip(small, changed, strict=True))

    def _digits(self, digits: str) -> str:
        plain = "".join(str(unicodedata.decimal(c)) for c in digits)
        many = _SUBSCRIBER <= len(plain) <= _MOST_OF_ONE
        changed = self._known_number(plain) if many else permuted.number(self._key, plain)
        return "".join(_like(old, new) for old, new in zip(digits, changed, strict=True))

    def _known_number(self, digits: str) -> str:
        head, tail = digits[:-_SUBSCRIBER], digits[-_SUBSCRIBER:]
        return self._head(head) + self._walked(tail, lambda t: permuted.number(self._key, t))

    def _head(self, head: str) -> str:
        """Before the last eight digits: country and ninth digit stay, the area becomes another one."""
        if not head:
            return head
        country = _COUNTRY if head.startswith(_COUNTRY) and len(head) >= len(_COUNTRY) + 2 else ""
        area, ninth = head[len(country) : len(country) + 2], head[len(country) + 2 :]
        if area in _AREAS and ninth in ("", "9"):
            return country + self._areas[_AREAS.index(area)] + ninth
        return head if head in (_COUNTRY, "9") else permuted.number(self._key, head)

    def _walked(self, given: str, change: Callable[[str], str]) -> str:
        """Changed again and again until it is nobody's name, no word that everybody uses, and not what it was."""
        made = change(given)
        for _ in range(_WALKS):
            if made != given and folded(made) not in names() and made not in kept_words():
                break
            made = change(made)
        return made


def placed(written: str, digits: str) -> str:
    """Other digits in the shape of a number."""
    left = iter(digits)
    return "".join(next(left) if c.isdigit() else c for c in written)


def _like(old: str, new: str) -> str:
    """The digit in the old one's script."""
    return chr(ord(old) - unicodedata.decimal(old) + int(new)) if old.isdecimal() and not old.isascii() else new


class KeptText(Pseudonyms):
    """Changes nothing: for a recording whose owner has agreed to keep what was written."""

    def __init__(self) -> None:
        """There is no key."""
        super().__init__(bytes(KEY_BYTES))

    def _numbers(self, text: str, rest: Callable[[str], str]) -> str:
        return text
