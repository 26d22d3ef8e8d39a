"""Words beside a number that say what it is. All are looked for in the few characters before it."""

import re

from agent.identifiers.seen import BAR

_BEFORE = 48
_NO_LETTER = r"(?<![^\W\d_])"
_FILLED = rf"[^\d\n?!;{BAR}]{{0,24}}$"
"""What may stand between the word and the number: "CPF do titular é: "."""

_CPF = re.compile(rf"{_NO_LETTER}cpfs?(?![^\W\d_]){_FILLED}", re.IGNORECASE)
_CNPJ = re.compile(rf"{_NO_LETTER}cnpjs?(?![^\W\d_]){_FILLED}", re.IGNORECASE)
_CARD = re.compile(
    rf"{_NO_LETTER}(?:cart(?:[aã]o|[oõ]es)|cr[eé]dito|d[eé]bito|visa|master(?:card)?|elo|hipercard|amex|card)"
    rf"(?![^\W\d_]){_FILLED}",
    re.IGNORECASE,
)
_CEP = re.compile(rf"{_NO_LETTER}cep(?![^\W\d_])[^\d\n?!;{BAR}]{{0,12}}$", re.IGNORECASE)
_PHONE = re.compile(
    rf"{_NO_LETTER}(?:tel(?:efones?|s)?|fones?|cel(?:ular(?:es)?)?|zap\w{{0,6}}|whats\w{{0,6}}|wpp|wats\w{{0,4}}|"
    rf"lig(?:a|ar|ue|o)|contato|n[uú]mero|recados?|cham(?:a|ar|e)|ddd|sms)(?![^\W\d_]){_FILLED}",
    re.IGNORECASE,
)
PHONE_NAMED = (
    rf"{_NO_LETTER}(?:tel(?:efones?|s)?|fones?|cel(?:ular(?:es)?)?|zap\w{{0,6}}|whats\w{{0,6}}|wpp|wats\w{{0,4}})"
    rf"(?![^\W\d_])[^\d\n?!;{BAR}(]{{0,12}}"
)
"""A word that means nothing but a telephone, right before the number."""

_PHONE_CLOSE = re.compile(rf"{PHONE_NAMED}\(?$", re.IGNORECASE)
_GAP = rf"[^\w{BAR}]{{0,3}}"
_ORDER = re.compile(
    rf"(?:{_NO_LETTER}(?:pedidos?|compras?|protocolos?|os|o\.s\.|ordem|rastre\w{{1,8}}|c[oó]d(?:igos?)?\.?|ref\w{{0,8}}|"
    r"contrato|matr[ií]cula|nota(?: fiscal)?|nf-?e?|sku|ean|barras|lote|s[eé]rie|serial|imei|item|itens|produto|"
    r"processo|ticket|chamado|ids?|renavam|chassi|instala[cç][aã]o|ag[eê]ncia|conta|voucher|cupom|"
    rf"venda|order){_GAP}(?:(?:n[uú]mero|num|n[o.]?|de|do|da|[eé]|eh|o|foi){_GAP}){{0,3}}|#\s?)$",
    re.IGNORECASE,
)
_MONEY = re.compile(r"(?:[$€£]|\breais)\s{0,2}$", re.IGNORECASE)
_COUNTED = re.compile(
    r"\s{0,2}(?:reais|real|mil|milh\w+|%|kg|gr?|ml|[ckm]?m|litros?|metros|un(?:idades)?|pe[cç]as)\b", re.IGNORECASE
)
_PIX = re.compile(r"\bpix\b|\bchaves?\b", re.IGNORECASE)
_PIX_BEFORE, _PIX_BEHIND = 60, 20


def says_cpf(text: str, start: int) -> bool:
    """Whether the word CPF leads to the number at ``start``."""
    return _CPF.search(_left(text, start)) is not None


def says_cnpj(text: str, start: int) -> bool:
    """The same for CNPJ."""
    return _CNPJ.search(_left(text, start)) is not None


def says_card(text: str, start: int) -> bool:
    """The same for a payment card."""
    return _CARD.search(_left(text, start)) is not None


def says_cep(text: str, start: int) -> bool:
    """The same for CEP."""
    return _CEP.search(_left(text, start)) is not None


def says_phone(text: str, start: int, *, close: bool = False) -> bool:
    """The same for a telephone; ``close``: only words that mean nothing else, right before it."""
    return (_PHONE_CLOSE if close else _PHONE).search(_left(text, start)) is not None


def says_order(text: str, start: int) -> bool:
    """Whether it is the number of an order, a protocol, a product, a contract."""
    return _ORDER.search(_left(text, start)) is not None


def is_counted(text: str, start: int, end: int) -> bool:
    """Whether it is money or a measure."""
    return _MONEY.search(_left(text, start)) is not None or _COUNTED.match(text, end) is not None


def says_pix(text: str, start: int, end: int) -> bool:
    """Whether PIX is spoken of around it."""
    near = text[max(0, start - _PIX_BEFORE) : start], text[end : end + _PIX_BEHIND]
    return any(_PIX.search(part) for part in near)


def _left(text: str, start: int) -> str:
    return text[max(0, start - _BEFORE) : start]
