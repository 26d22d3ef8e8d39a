"""What fields take, and what they say of the rest."""

import pytest

from gui.kit.typed import Parse, Wrong, decimal, entries, pairs, secret, whole, written
from gui.words import LANGUAGES, Words


@pytest.mark.parametrize(
    ("parse", "text", "value"),
    [
        (whole(0, 65535), " 8080 ", 8080),
        (whole(-1), "-1", -1),
        (whole(1, empty=True), "", None),
        (decimal(0, 2), "0,3", 0.3),
        (decimal(0, 2), "0.3", 0.3),
        (written(), "", ""),
        (written(nothing=None), "  ", None),
        (written(10, "^a"), " abc ", "abc"),
        (secret(20), " with blanks ", " with blanks "),
        (entries, "a\n\n b \n", ["a", "b"]),
        (pairs, "mon: 08:00-18:00\nvip:  30\n", {"mon": "08:00-18:00", "vip": 30}),
        (pairs, "", {}),
    ],
)
def test_what_is_taken(parse: Parse, text: str, value: object) -> None:
    assert parse(text) == value


@pytest.mark.parametrize(
    ("parse", "text", "fault"),
    [
        (whole(0, 65535), "70000", "between"),
        (whole(0, 65535), "-1", "between"),
        (whole(10), "9", "at_least"),
        (whole(most=10), "11", "at_most"),
        (whole(), "8080a", "whole"),
        (whole(), "1e3", "whole"),
        (whole(), "9" * 16, "whole"),
        (whole(), "", "needed"),
        (decimal(0, 2), "x", "number"),
        (decimal(0, 2), "nan", "number"),
        (decimal(0, 2), "2,1", "between"),
        (written(needed=True), "   ", "needed"),
        (written(3), "abcd", "too_long"),
        (written(least=3), "ab", "too_short"),
        (written(pattern="^a"), "b", "not_so"),
        (secret(20, 12), "curta", "too_short"),
        (secret(3), "abcd", "too_long"),
        (secret(3), "", "needed"),
        (pairs, "mon", "pair"),
        (pairs, ": 3", "pair"),
    ],
)
def test_what_is_not_taken_is_said_in_every_language(parse: Parse, text: str, fault: str) -> None:
    with pytest.raises(Wrong) as wrong:
        parse(text)
    assert wrong.value.key == fault
    for language in LANGUAGES:
        assert "{" not in Words(language)(f"forms.{fault}", **wrong.value.values)
