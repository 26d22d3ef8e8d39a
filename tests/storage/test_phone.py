"""One person, however the number is written."""

import phonenumbers
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from agent.storage.phone import canonical

AREAS = [11, 12, 19, 21, 24, 27, 31, 41, 47, 48, 51, 54, 61, 62, 65, 71, 81, 85, 91, 92, 98]
areas = st.sampled_from(AREAS)
mobiles = st.integers(60_000_000, 99_999_999)
landlines = st.integers(20_000_000, 59_999_999)


@settings(derandomize=True)
@given(areas, mobiles)
def test_a_brazilian_mobile_is_one_person_with_or_without_the_ninth_digit(area, number):
    assert canonical(f"+55{area}{number}") == canonical(f"+55{area}9{number}") == f"+55{area}9{number}"


@settings(derandomize=True)
@given(areas, landlines)
def test_a_landline_gets_no_ninth_digit(area, number):
    assert canonical(f"+55{area}{number}") == f"+55{area}{number}"


@settings(derandomize=True)
@given(areas, landlines, st.sampled_from(["+55{0}{1}", "+55 {0} {1}", "({0}) {1}", "0{0} {1}", "{0}{1}"]))
def test_no_way_of_writing_a_landline_gives_it_a_nine(area, number, way):
    assert canonical(way.format(area, number)) == f"+55{area}{number}"


@settings(derandomize=True)
@given(mobiles | landlines, st.sampled_from(["{0}", "9{0}", "+55 {0}", "+559{0}"]))
def test_a_number_without_its_area_code_is_many_peoples(number, way):
    found = canonical(way.format(number))
    assert found is None or phonenumbers.is_valid_number(phonenumbers.parse(found))


@settings(derandomize=True)
@given(areas, mobiles, st.sampled_from(["+55 {0} 9{1}-{2}", "({0}) 9{1}-{2}", "\u202a+55 {0} 9{1}\u2011{2}\u202c"]))
def test_the_way_of_writing_does_not_matter(area, number, way):
    digits = str(number)
    assert canonical(way.format(area, digits[:4], digits[4:])) == f"+55{area}9{number}"


@settings(derandomize=True)
@given(areas, areas, mobiles | landlines, mobiles | landlines)
def test_two_numbers_stay_two(area, other_area, number, other):
    same = (area, number) == (other_area, other)
    assert (canonical(f"+55{area}{number}") == canonical(f"+55{other_area}{other}")) == same


@settings(derandomize=True)
@given(st.sampled_from(sorted(phonenumbers.SUPPORTED_REGIONS)), st.sampled_from([0, 1, 2]))
def test_every_country_has_a_form_that_stays_as_it_is(region, kind):
    example = phonenumbers.example_number_for_type(region, kind)
    if example is None:
        return
    form = canonical(phonenumbers.format_number(example, phonenumbers.PhoneNumberFormat.E164))
    assert form is not None
    assert canonical(form) == form


@pytest.mark.parametrize("region", sorted(phonenumbers.SUPPORTED_REGIONS - {"BR"}))
def test_other_countries_numbers_are_left_alone(region):
    for kind in (0, 1, 2):
        example = phonenumbers.example_number_for_type(region, kind)
        if example is not None:
            written = phonenumbers.format_number(example, phonenumbers.PhoneNumberFormat.E164)
            assert canonical(written) == written


def test_a_mexican_mobile_is_one_person_with_or_without_the_one():
    assert canonical("+52 1 55 1234 5678") == canonical("+52 55 1234 5678") == "+525512345678"


def test_service_numbers_have_no_area_code():
    assert canonical("4004-1234") == "+5540041234"
    assert canonical("0800 123 4567") == "+558001234567"


@given(st.text(max_size=40))
@settings(derandomize=True, max_examples=50, deadline=None)
def test_any_text_gives_a_number_or_none(text):
    found = canonical(text)
    assert found is None or found == canonical(found)


@pytest.mark.parametrize("text", [None, "", "Maria", "Número desconhecido", "+55", "123"])
def test_what_is_no_number_is_unknown(text):
    assert canonical(text) is None
