"""What may be written, as the contract has it, said while somebody is typing."""

from collections.abc import Callable
from typing import Annotated

from pydantic import Field, TypeAdapter, ValidationError

from agent.contract.customers import CustomerName, FieldValue, NoteText
from agent.contract.desk import LegalBasis
from agent.contract.privacy import NewConsent
from agent.contract.written import LABEL
from gui.words import Words

_LABEL = TypeAdapter(Annotated[str, Field(min_length=1, max_length=60, pattern=LABEL)])


def name_fault(words: Words, text: str) -> str:
    """What is wrong with a customer's name; empty: nothing."""
    return _fault(words, lambda: CustomerName(customer=text), text)


def label_fault(words: Words, text: str) -> str:
    """What is wrong with a tag, or with the name of a field. It becomes a part of a path, where dots lead elsewhere."""
    if text and not text.strip("."):
        return words("customers.bad_letters")
    return _fault(words, lambda: _LABEL.validate_python(text), text)


def value_fault(words: Words, text: str) -> str:
    """What is wrong with the value of a field."""
    return _fault(words, lambda: FieldValue(value=text), text)


def note_fault(words: Words, text: str) -> str:
    """What is wrong with a note."""
    return _fault(words, lambda: NoteText(text=text), text)


def consent_fault(words: Words, text: str) -> str:
    """What is wrong with the text of a consent."""
    return _fault(words, lambda: NewConsent(basis=LegalBasis.CONSENT, text=text), text)


def _fault(words: Words, check: Callable[[], object], text: str) -> str:
    try:
        check()
    except ValidationError as error:
        first = error.errors()[0]
        if first["type"] == "string_too_long":
            return words("customers.too_long", n=first["ctx"]["max_length"], now=len(text))
        return words("customers.empty" if not text else "customers.bad_letters")
    return ""
