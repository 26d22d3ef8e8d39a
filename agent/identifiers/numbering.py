"""Which digits are a telephone number, by the plans that the library ``phonenumbers`` knows; one form for all ways."""

import re
from functools import lru_cache

import phonenumbers

_BRAZIL = "55"
_MOBILE_OF_OLD = re.compile(r"([1-9][1-9])([6-9]\d{7})")
"""Area code, then eight digits that begin with 6 to 9: a mobile number as it was before the ninth digit (2012-2016)."""
_WITH_AREA = 10


@lru_cache(maxsize=1)
def _plans() -> tuple[re.Pattern[str], ...]:
    """Mobile numbers and landlines of Brazil, with their area code."""
    plan = phonenumbers.PhoneMetadata.metadata_for_region("BR")
    kinds = () if plan is None else (plan.mobile, plan.fixed_line)
    return tuple(re.compile(kind.national_number_pattern) for kind in kinds if kind and kind.national_number_pattern)


def national(digits: str) -> str | None:
    """Area code and number, with the ninth digit of a mobile, of a person's or company's line in Brazil; else None.

    ``digits``: with the area code; with or without the country's 55 and the trunk's 0.
    """
    for bare in (digits.removeprefix("0"), digits.removeprefix(_BRAZIL).removeprefix("0")):
        whole = with_ninth_digit(bare)
        if len(bare) >= _WITH_AREA and any(plan.fullmatch(whole) for plan in _plans()):
            return whole
    return None


def with_ninth_digit(national_number: str) -> str:
    """Area code and number, with the digit that mobiles of before 2016 lack; others as they are."""
    of_old = _MOBILE_OF_OLD.fullmatch(national_number)
    return f"{of_old[1]}9{of_old[2]}" if of_old else national_number


def is_brazilian(digits: str) -> bool:
    """Whether these digits, with an area code, are a line in Brazil."""
    return national(digits) is not None


@lru_cache(maxsize=1024)
def is_foreign(digits: str) -> bool:
    """Whether these digits, behind a plus, are a line of another country."""
    if digits.startswith(_BRAZIL):
        return False
    try:
        return phonenumbers.is_valid_number(phonenumbers.parse(f"+{digits}"))
    except phonenumbers.NumberParseException:
        return False
