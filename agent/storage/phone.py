"""One form for every way of writing a phone number."""

import re

import phonenumbers

from agent.identifiers.numbering import with_ninth_digit

_MEXICAN_MOBILE_OF_OLD = re.compile(r"^\+521(\d{10})$")
"""A mobile number as Mexico dialled it until 2019, and as WhatsApp still writes it."""

_BRAZIL = 55
_WITH_AREA = 10
"""Digits of a Brazilian number with its area code, at the least."""


def canonical(written: str | None, region: str = "BR") -> str | None:
    """E.164, with the ninth digit for Brazilian mobiles; None when ``written`` is not a possible number.

    WhatsApp still shows many Brazilian accounts without the digit that their owners dial, so that the two forms are one
    person. Landlines (2 to 5 first) never got it and stay as they are. A Brazilian number without its area code is
    many people's: None, but for the few that have none (4004, 0800). ``region``: for numbers without a country code.
    """
    if not written:
        return None
    try:
        number = phonenumbers.parse(written, region)
    except phonenumbers.NumberParseException:
        return None
    e164 = phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)
    if (old := _MEXICAN_MOBILE_OF_OLD.match(e164)) is not None:
        return f"+52{old[1]}"
    if not phonenumbers.is_possible_number(number):
        return None
    without_area = number.country_code == _BRAZIL and len(str(number.national_number)) < _WITH_AREA
    if without_area and not phonenumbers.is_valid_number(number):
        return None
    return f"+55{with_ninth_digit(e164[3:])}" if e164.startswith("+55") else e164
