"""The masks: what they look like, and how they are known again."""

import re
from enum import StrEnum

from agent.identifiers.kinds import Found, Kind


class Style(StrEnum):
    """How much a mask tells."""

    LABEL = "label"
    """``[CPF]``: only what it was. For prompts and logs."""
    PARTIAL = "partial"
    """``***.***.***-25``: enough to tell two apart by somebody who knows them. For what an attendant is warned of."""


LABELS = {
    Kind.CPF: "[CPF]",
    Kind.CPF_TYPO: "[CPF]",
    Kind.CNPJ: "[CNPJ]",
    Kind.CNPJ_TYPO: "[CNPJ]",
    Kind.PHONE: "[TELEFONE]",
    Kind.EMAIL: "[EMAIL]",
    Kind.PIX_KEY: "[PIX]",
    Kind.PIX_CODE: "[PIX]",
    Kind.CARD: "[CARTÃO]",
    Kind.CARD_TYPO: "[CARTÃO]",
    Kind.CEP: "[CEP]",
    Kind.BOLETO: "[BOLETO]",
}

MASKED = re.compile(
    r"\[(?:CPF|CNPJ|TELEFONE|EMAIL|PIX|CART[AÃ]O|CEP|BOLETO)\]"
    r"|\*{3}\.\*{3}\.\*{3}-\d\d|\*\*\.\*{3}\.\*{3}/\*{4}-\d\d|\(\*\*\) \*{5}-\d{4}|(?:\*{4} ){3}\d{4}|\*{5}-\*{3}"
    r"|[^\W\d_]?\*{3}@(?:\*{3}|[\w.\-]{1,253})",
    re.IGNORECASE,
)
"""Any mask, in a text as it is seen."""

_LONG_RUN = re.compile(r"\d{5}")


def mask_of(found: Found, style: Style) -> str:
    """What stands in the text instead."""
    value = found.value
    if style is Style.PARTIAL:
        match found.kind:
            case Kind.CPF | Kind.CPF_TYPO:
                return f"***.***.***-{value[-2:]}"
            case Kind.CNPJ:
                return f"**.***.***/****-{value[-2:]}"
            case Kind.PHONE:
                return f"(**) *****-{value[-4:]}"
            case Kind.CARD | Kind.CARD_TYPO:
                return f"**** **** **** {value[-4:]}"
            case Kind.CEP:
                return "*****-***"
            case Kind.EMAIL:
                return _email(value)
    return LABELS[found.kind]


def _email(value: str) -> str:
    name, _, host = value.partition("@")
    first = name[0] if name[0].isalpha() and name[0].isascii() else ""
    return f"{first}***@{'***' if _LONG_RUN.search(host) else host}"
