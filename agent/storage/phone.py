"""One form for every way of writing a phone number."""

import re

import phonenumbers

_BRAZILIAN_MOBILE_OF_OLD = re.compile(r"^\+55([1-9][1-9])([6-9]\d{7})$")
"""Area code, then eight digits that begin with 6 to 9: a mobile number as it was before the ninth digit (2012-2016)."""


def canonical(written: str | None, region: str = "BR") -> str | None:
    """E.164, with the ninth digit for Brazilian mobiles; None when ``written`` is not a possible number.

    WhatsApp still shows many Brazilian accounts without the digit that their owners dial, so that the two forms are one
    person. Landlines (2 to 5 first) never got it and stay as they are. ``region``: for numbers without a country code.
    """
    if not written:
        return None
    try:
        number = phonenumbers.parse(written, region)
    except phonenumbers.NumberParseException:
        return None
    if not phonenumbers.is_possible_number(number):
        return None
    e164 = phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)
    return _BRAZILIAN_MOBILE_OF_OLD.sub(r"+55\g<1>9\g<2>", e164)
