"""What can be found in a text."""

from dataclasses import dataclass
from enum import StrEnum


class Kind(StrEnum):
    """What an identifier is. Those with a question mark fail their check digits, but the text names them."""

    CPF = "cpf"
    CPF_TYPO = "cpf?"
    """Ten to twelve digits behind the word CPF: a number with one wrong digit is still somebody's."""
    CNPJ = "cnpj"
    CNPJ_TYPO = "cnpj?"
    PHONE = "phone"
    EMAIL = "email"
    PIX_KEY = "pix_key"
    """A random key. Other keys are a CPF, CNPJ, telephone number or e-mail address: ``Found.pix`` says so."""
    PIX_CODE = "pix_code"
    """The text of a QR code, to be copied and pasted."""
    CARD = "card"
    CARD_TYPO = "card?"
    CEP = "cep"
    BOLETO = "boleto"
    """The line of digits that is typed to pay a bill."""


@dataclass(frozen=True, slots=True)
class Found:
    """One identifier in a text."""

    kind: Kind
    start: int
    """Offset in the text as it was given, in characters of Python."""
    end: int
    """Offset behind the last character."""
    value: str
    """One spelling for all ways of writing it: digits (and capitals of a CNPJ) only, E.164 for a telephone number that
    has its area, lower case for an e-mail address or a random key, a PIX code as it stands."""
    pix: bool = False
    """The text says that it is a PIX key."""
