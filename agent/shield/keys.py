"""PIX keys in a text, each in one spelling."""

import re
from dataclasses import dataclass

from agent.identifiers import Found, Kind, find_identifiers
from agent.shield.folding import fold

_KEYS = frozenset({Kind.CPF, Kind.CNPJ, Kind.PHONE, Kind.EMAIL})
_BEFORE = 60
_SENTENCE = re.compile(r"[.!?;](?=\s)|\n")
_NAMES_KEY = re.compile(
    r"\b(?:chaves?|key|clave)\b|\bpix\b[^,?]{0,24}$|\b(?:no|pelo|via|por|to|al|by)\s+pix\b", re.IGNORECASE
)
_NO_KEY = re.compile(
    r"\b(?:zap\w*|whats\w*|wpp|ligar?|ligue|contato|chama(?:r)?|nota(?:\s+fiscal)?|cadastro|entrega|endere[cç]o|recado)\b"
    r"[^,.;]{0,24}$",
    re.IGNORECASE,
)
"""Between the word PIX and the number: then it is a number to call, or one for the invoice."""

_KEY_FIELD = re.compile(r"br\.gov\.bcb\.pix01(\d\d)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Key:
    """A PIX key that a text names."""

    value: str
    """One spelling for all ways of writing it."""
    written: str
    own: bool
    """The sentence says that it is the writer's own, or that money is to come back to them."""


_OWN = re.compile(
    r"\b(?:minha\s+chave|meu\s+pix|a?\s*minha\s+eh?|chave\s+[eé]\s+minha|my\s+(?:pix|key)|mi\s+(?:pix|clave|llave)|"
    r"estorn\w*|reembols\w*|devol\w*|refund\w*|troco|ressarc\w*|chave\s+d[ao]\s+(?:meu|minha)|pix\s+d[ao]\s+(?:meu|minha))\b"
)


def keys_in(text: str) -> tuple[Key, ...]:
    """The keys that a text names as such, in order; a code to be copied counts by the key that is in it."""
    found = list[Key]()
    for one in find_identifiers(text):
        value = _value(text, one)
        if value is not None:
            around = text[_sentence_start(text, one.start) : one.end + _BEFORE]
            found.append(Key(value, text[one.start : one.end], _OWN.search(fold(around)) is not None))
    return tuple(found)


def key_of(written: str) -> str:
    """A key from the settings in the spelling of ``Key.value``."""
    found = find_identifiers(f"chave pix: {written.strip()}")
    return found[0].value if len(found) == 1 else written.strip().lower()


def _value(text: str, one: Found) -> str | None:
    if one.kind is Kind.PIX_KEY:
        return one.value
    if one.kind is Kind.PIX_CODE:  # Codes of a payment service name an address that is another one for each payment.
        field = _KEY_FIELD.search(one.value)
        if field is None:
            return None
        key = one.value[field.end() : field.end() + int(field[1])]
        return key_of(key) if key else None
    if one.kind not in _KEYS or not one.pix:
        return None
    before = text[_sentence_start(text, one.start) : one.start]
    if _NAMES_KEY.search(before) and not _NO_KEY.search(before):
        return one.value
    return None


def _sentence_start(text: str, at: int) -> int:
    low = max(0, at - _BEFORE)
    ends = [end.end() for end in _SENTENCE.finditer(text, low, at)]
    return ends[-1] if ends else low
