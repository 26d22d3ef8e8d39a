"""Every valid number is found in every way of writing it, where it stands; a wrong check digit is no number."""

import re
import time
from itertools import pairwise

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from stdnum.br import cnpj, cpf

from agent.identifiers import Found, Kind, find_identifiers, kinds_in
from agent.storage.phone import canonical
from tests.identifiers.numbers import (
    CARD_WAYS,
    LINE_WAYS,
    MOBILE_WAYS,
    anything,
    cards,
    checked,
    cnpjs,
    cpfs,
    keys,
    lines,
    mobiles,
    of,
    pix_code,
    written,
    wrong,
)

pytestmark = pytest.mark.slow

frames = st.sampled_from(
    ["{}", "oi, {} ok?", "segue: {}.", "({})", "é o\n{}\nobrigada", "anota {} por favor!", "*{}*", "_{}_"]
)


@settings(max_examples=400, deadline=None)
@given(frames, anything)
def test_every_way_of_writing_is_found(frame, one):
    kind, value, text = one
    found = find_identifiers(frame.format(text))
    # Eleven digits without a sign may be both; the check digits decide.
    if kind is Kind.PHONE and text.isdigit() and found[0].kind is Kind.CPF:
        assert len(text) == 11
        return
    assert [one.kind for one in found] == [kind]
    start, end = found[0].start, found[0].end
    assert frame.format(text)[start:end].strip("(") == text.strip("(")
    if kind is Kind.PHONE:
        assert found[0].value == f"+55{value}"
    elif kind in (Kind.EMAIL, Kind.PIX_KEY):
        assert found[0].value == value.lower()
    else:
        assert found[0].value == value


HIDDEN = st.sampled_from(["\u200b", "\u200d", "\u2060", "\ufeff", "\u00ad", "\u202a", "\x00"])


@settings(max_examples=200, deadline=None)
@given(anything.filter(lambda one: one[0] not in (Kind.EMAIL, Kind.PIX_CODE)), st.data())
def test_offsets_are_those_of_the_text_as_it_was_written(one, data):
    """Full-width digits, no-break spaces, other hyphens, hidden characters in between; emoji before and behind."""
    kind, _, plain = one
    signs = list[str]()
    for char in plain:
        disguised = chr(ord(char) + 0xFEE0) if char.isdigit() and data.draw(st.booleans()) else char
        disguised = {" ": "\u00a0", "-": "\u2011"}.get(disguised, disguised) if data.draw(st.booleans()) else disguised
        signs += [disguised, data.draw(st.sampled_from(["", ""]) | HIDDEN)]
    text = "".join(signs[:-1])
    before = data.draw(st.sampled_from(["", "é meu 😀👩‍👩‍👧 ", "🇧🇷\n", "ação️ ", "ok\u200b "]))
    behind = data.draw(st.sampled_from(["", " 🙏🏽", "\n2️⃣", "!"]))
    found = find_identifiers(before + text + behind)
    assume(not (kind is Kind.PHONE and found and found[0].kind is Kind.CPF))
    assert [(one.kind, (before + text + behind)[one.start : one.end]) for one in found] == [(kind, text)]


def test_keycaps_and_marks_belong_to_the_number():
    text = "zap " + "".join(f"{digit}\ufe0f\u20e3" for digit in "11900000012")
    assert find_identifiers(text) == (Found(Kind.PHONE, 4, len(text), "+5511900000012"),)


@settings(max_examples=200, deadline=None)
@given(frames, cpfs, st.integers(0, 10), st.integers(1, 9))
def test_a_cpf_with_a_wrong_digit_is_none_but_behind_its_name(frame, value, place, by):
    bad = wrong(value, place, by)
    assume(not cpf.is_valid(bad))  # One change in 50 or so gives another right number.
    text = f"{bad[:3]}.{bad[3:6]}.{bad[6:9]}-{bad[9:]}"
    assert Kind.CPF not in kinds_in(frame.format(text))
    assert kinds_in(f"meu cpf é {text}") == {Kind.CPF_TYPO}


@settings(max_examples=200, deadline=None)
@given(frames, cnpjs, st.integers(0, 13), st.integers(1, 9))
def test_a_cnpj_with_a_wrong_digit_is_none(frame, value, place, by):
    bad = wrong(value, place, by)
    assume(not cnpj.is_valid(bad))
    text = f"{bad[:2]}.{bad[2:5]}.{bad[5:8]}/{bad[8:12]}-{bad[12:]}"
    assert Kind.CNPJ not in kinds_in(frame.format(text))
    assert kinds_in(f"cnpj {text}") == {Kind.CNPJ_TYPO}


@settings(max_examples=200, deadline=None)
@given(frames, cards, st.integers(0, 15), st.integers(1, 9), st.data())
def test_a_card_with_a_wrong_digit_is_none(frame, value, place, by, data):
    text = data.draw(written(wrong(value, place, by), *CARD_WAYS))
    assert Kind.CARD not in kinds_in(frame.format(text))
    assert kinds_in(f"meu cartão: {text}") == {Kind.CARD_TYPO}


@settings(max_examples=100, deadline=None)
@given(checked, st.sampled_from("0123456789"), st.booleans())
def test_a_further_digit_makes_it_something_else(one, digit, before):
    kind, value, text = one
    longer = digit + text if before else text + digit
    assert (kind, value) not in [(found.kind, found.value) for found in find_identifiers(longer)]


@pytest.mark.parametrize(
    ("text", "pix"),
    [("minha chave pix: {}", True), ("pix\n{}", True), ("{} (pix)", True), ("{}", False), ("meu contato {}", False)],
)
@pytest.mark.parametrize("value", ["ana@correio.example", "529.982.247-25", "(11) 90000-0012", "11.222.333/0001-81"])
def test_a_key_is_marked_where_the_text_says_pix(text, pix, value):
    assert [one.pix for one in find_identifiers(text.format(value))] == [pix]


@given(keys)
def test_a_random_key_and_a_code_are_always_pix(key):
    found = find_identifiers(f"{key}\n{pix_code(key, 'ANA DE TESTE')}")
    assert [(one.kind, one.pix) for one in found] == [(Kind.PIX_KEY, True), (Kind.PIX_CODE, True)]


@pytest.mark.parametrize("cut", range(60, 130, 7))
def test_a_code_that_was_cut_off_or_mistyped_leaks_nothing(cut):
    code = pix_code("+5511900000012", "ANA DE TESTE")
    text = f"paguei {code[:cut]}"
    rest = "".join(text[: one.start] + text[one.end :] for one in find_identifiers(text))
    assert "900000012" not in rest
    assert kinds_in(f"{code[:-1]}{'0' if code[-1] != '0' else '1'}") == {Kind.PIX_CODE}


@settings(max_examples=100, deadline=None)
@given(of(Kind.PHONE, mobiles, MOBILE_WAYS) | of(Kind.PHONE, lines, LINE_WAYS))
def test_a_telephones_value_is_the_one_by_which_a_person_is_known(one):
    _, _, text = one
    found = find_identifiers(f"tel {text}")
    assert [one.value for one in found] == [canonical(re.sub("xx", "", text).replace("0 21 ", ""))]


def test_old_and_new_mobile_numbers_are_one_value():
    values = {find_identifiers(text)[0].value for text in ("(31) 8888-7777", "31 98888-7777", "+553188887777")}
    assert values == {"+5531988887777"}


@settings(max_examples=150, deadline=None)
@given(st.lists(anything, min_size=2, max_size=5), st.sampled_from(["\n", " e ", "; ", " ou "]))
def test_several_in_one_text_are_apart_and_in_order(several, between):
    text = between.join(written for _, _, written in several)
    found = find_identifiers(text)
    assert all(first.end <= second.start for first, second in pairwise(found))
    left = text
    for one in reversed(found):
        left = left[: one.start] + "|" + left[one.end :]
    assert not re.search(r"\d{6}", left)


texts = st.text(max_size=200) | st.text(alphabet="0123456789 .-/()+@x,\n\u200b２*[]", max_size=80)


@settings(max_examples=500, deadline=None)
@given(texts)
def test_any_text_is_taken(text):
    found = find_identifiers(text)
    assert all(0 <= one.start < one.end <= len(text) for one in found)
    assert all(first.end <= second.start for first, second in pairwise(found))
    assert kinds_in(text) == {one.kind for one in found}


def test_half_of_a_character_is_taken():
    assert kinds_in("\ud83d 11 90000-0012 \ude00") == {Kind.PHONE}


HOSTILE = (
    "1", "1 ", "12 ", "123.", "1-", "(", "(1", "+", "+5", "55", "@", "a@", "a@b.", "a", "a.", ".", "%40", "arroba ",
    "cpf ", "cpf 1", "cnpj 1.", "cartao 4111 ", "tel 11 ", "000201", "br.gov.bcb.pix", "000201br.gov.bcb.pix6304",
    "6304ABCD", "12345678-", "abcd-", "11 90000-0012 ", "(11) 9 ", "0xx", "*", "[CPF]", "***@", "\u200b1", "１", "⑾",
    "52998224725 ", "4111 1111 1111 1111 ", "ana@gmail ", "zap1", "pedido ", "0001", "A" * 12 + "11 ", "x/0001-",
)  # fmt: skip


@pytest.mark.parametrize("part", HOSTILE, ids=[repr(part) for part in HOSTILE])
def test_time_grows_with_the_length_and_no_faster(part):
    def took(length: int, times: int) -> float:
        text = part * (length // len(part))
        best = float("inf")
        for _ in range(times):
            begun = time.thread_time()
            find_identifiers(text)
            best = min(best, time.thread_time() - begun)
        return best

    took(1_000, 1)
    small, large = took(12_500, 3), took(100_000, 1)
    # Eight times the text: twice that is left to the machine. What squares takes 64 times as long.
    assert large < 16 * small + 0.02 or took(100_000, 2) < 16 * small + 0.02


def test_many_numbers_in_one_text():
    phones = [f"11 9{number:04}-{number:04}" for number in range(1000, 3000)]
    found = find_identifiers("\n".join(phones))
    assert len(found) == len(phones)


@settings(max_examples=50, deadline=None)
@given(mobiles)
def test_what_an_address_holds_is_found_too(mobile):
    for text in (f"https://wa.me/55{mobile}", f"GET /api/customers/%2B55{mobile} 200", f"x?phone=%2B55{mobile}&y=1"):
        assert [one.value for one in find_identifiers(text)] == [f"+55{mobile}"]
