"""One word, changed by a key: every letter becomes another one of its kind, and no two words become the same.

A Feistel network over the letters' places within their kinds: what is known of one word says nothing of another, as it
would if each letter had one replacement.
"""

import unicodedata
from functools import cache, lru_cache
from hashlib import blake2b
from struct import unpack

_ROUNDS = 4
_DIGEST = 64

_KINDS = ("aeiou", "áéíóú", "âêô", "ãõ", "bcdfglmnprstv", "hjkqwxyz")
"""Within a kind any letter can stand for any other, and the word can still be spoken. ``ç`` and ``à`` stay."""
_DIGITS = "0123456789"
_FIRST_DIGITS = ("1", "2345", "6789")
"""By the first one a number is a landline's, a mobile's or none; a zero there has a meaning of its own, and stays."""
_HEX = "abcdef"
_LETTERS = "abcdefghijklmnopqrstuvwxyz"

_KIND_OF = {letter: kind for kind in _KINDS for letter in kind}
_FIRST_OF = {digit: kind for kind in _FIRST_DIGITS for digit in kind}
_BLOCK = 64
"""Letters of other scripts change with those that stand near them in Unicode."""


def word(key: bytes, letters: str) -> str:
    """Another word of the same length, in small letters; ``letters`` are small, too."""
    return _changed(key, letters, [_KIND_OF.get(c) or _near(c) for c in letters])


def number(key: bytes, digits: str) -> str:
    """Another number of as many digits."""
    kinds = [_FIRST_OF.get(digits[0], digits[0]), *([_DIGITS] * (len(digits) - 1))]
    return _changed(key, digits, kinds)


def code(key: bytes, signs: str) -> str:
    """Another code of small letters and digits, where each was one; hexadecimal stays so."""
    is_hex = all(c in _HEX for c in signs if not c.isdigit())
    letters = _HEX if is_hex else _LETTERS
    return _changed(key, signs, [_DIGITS if c in _DIGITS else letters if c in letters else _near(c) for c in signs])


def _changed(key: bytes, signs: str, kinds: list[str]) -> str:
    at = [kind.index(sign) for sign, kind in zip(signs, kinds, strict=True)]
    shape = "\0".join(kinds).encode("utf-8", "surrogatepass")
    half = len(at) // 2
    for turn in range(_ROUNDS):
        own, other = (slice(half, None), slice(0, half)) if turn % 2 == 0 else (slice(0, half), slice(half, None))
        stream = _stream(key, turn, shape, at[other], len(at))
        at[own] = [(a + s) % len(k) for a, s, k in zip(at[own], stream, kinds[own], strict=False)]
    return "".join(kind[place] for place, kind in zip(at, kinds, strict=True))


def _stream(key: bytes, turn: int, shape: bytes, seen: list[int], length: int) -> list[int]:
    seed = bytes([turn]) + b"".join(place.to_bytes(2, "big") for place in seen) + b"|" + shape
    out = list[int]()
    while len(out) < length:
        digest = blake2b(len(out).to_bytes(4, "big") + seed, key=key, digest_size=_DIGEST).digest()
        out += unpack(f">{_DIGEST // 4}I", digest)
    return out


@cache
def _block(start: int) -> str:
    return "".join(map(chr, range(start, start + _BLOCK)))


@lru_cache(maxsize=4096)
def _near(sign: str) -> str:
    """Letters of the sign's own kind: the same script, case, direction and width."""
    if sign.isascii() or unicodedata.name(sign, "").startswith("LATIN"):
        return sign
    wanted = _form(sign)
    start = ord(sign) - ord(sign) % _BLOCK
    return "".join(c for c in _block(start) if _form(c) == wanted)


def _form(sign: str) -> tuple[str, str, str, int]:
    bidi, width = unicodedata.bidirectional(sign), unicodedata.east_asian_width(sign)
    alone = int(unicodedata.normalize("NFC", sign) == sign and len(sign.upper()) == 1 == len(sign.lower()))
    return unicodedata.category(sign), bidi, width, alone
