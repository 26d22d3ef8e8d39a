"""Invented numbers with right check digits, in every way of writing them."""

import binascii
import string

from hypothesis import strategies as st
from stdnum import luhn
from stdnum.br import cnpj, cpf

from agent.identifiers import Kind


def digits(count: int) -> st.SearchStrategy[str]:
    return st.text(string.digits, min_size=count, max_size=count)


def written(value: str, *patterns: str) -> st.SearchStrategy[str]:
    """The value with its characters in the places of ``#``."""

    def fill(pattern: str) -> str:
        rest = iter(value)
        return "".join(next(rest) if sign == "#" else sign for sign in pattern)

    return st.sampled_from([fill(pattern) for pattern in patterns])


def wrong(value: str, place: int, by: int) -> str:
    """The value with one digit changed."""
    changed = str((int(value[place]) + by) % 10)
    return value[:place] + changed + value[place + 1 :]


CPF_WAYS = ("###.###.###-##", "###########", "### ### ### ##", "###.###.###/##", "#########-##", "###-###-###-##",
            "###.###.### - ##", "###.###.###.##")  # fmt: skip
CNPJ_WAYS = ("##.###.###/####-##", "##############", "## ### ### #### ##", "##.###.###/######", "########/####-##")
CARD_WAYS = ("#### #### #### ####", "################", "####-####-####-####", "####.####.####.####")
MOBILE_WAYS = (
    "(##) #####-####", "## #####-####", "###########", "(##) # ####-####", "## # #### ####", "##-#####-####",
    "+55 ## #####-####", "+55###########", "55###########", "+55 (##) # ####-####", "0## #####-####",
    "0xx## #####-####", "(0##) #####-####", "##.#####.####", "55 ## #####-####", "(##)#########", "## #########",
    "0 21 ## #####-####", "+55 ## # #### ####", "+55 ##-#####-####", "## #####.####", "(##) #####.####",
)  # fmt: skip
LINE_WAYS = ("(##) ####-####", "## ####-####", "##########", "+55 ## ####-####", "55##########", "0xx## ####-####")
LETTERS = string.digits + string.ascii_uppercase
AREAS = ("11", "21", "31", "47", "51", "55", "61", "71", "81", "85", "92", "98")

cpfs = (
    digits(9)
    .filter(lambda base: int(base) > 0 and len(set(base)) > 1)
    .map(lambda base: base + cpf._calc_check_digits(base))
)
cnpjs = digits(12).filter(lambda base: int(base) > 0).map(lambda base: base + cnpj.calc_check_digits(base + "00"))
letter_cnpjs = (
    st.tuples(
        st.text(string.digits + string.ascii_uppercase, min_size=8, max_size=8), st.sampled_from(["0001", "0A2Z"])
    )
    .map("".join)
    .filter(lambda base: not base.isdigit())
    .map(lambda base: base + cnpj.calc_check_digits(base + "00"))
)
cards = (
    st.tuples(st.sampled_from(["4", "51", "2223", "6062", "6363", "5067"]), digits(15))
    .map(lambda parts: "".join(parts)[:15])
    .map(lambda base: base + luhn.calc_check_digit(base))
)
mobiles = st.tuples(st.sampled_from(AREAS), digits(8)).map("9".join)
lines = st.builds(
    lambda area, first, rest: area + first + rest, st.sampled_from(AREAS), st.sampled_from("3"), digits(7)
)
keys = st.uuids(version=4).map(str)
emails = st.builds(
    lambda user, mark, more, host, end: f"{user}{mark}{more}@{host}{end}",
    st.text(string.ascii_letters, min_size=1, max_size=8),
    st.sampled_from(["", ".", "_", "-", "+"]),
    st.text(string.ascii_lowercase + string.digits, min_size=1, max_size=6),
    st.text(string.ascii_lowercase, min_size=2, max_size=8),
    st.sampled_from([".com", ".com.br", ".example", ".org"]),
)


def pix_code(key: str, name: str) -> str:
    """A code to copy and paste, with its check sum."""

    def field(number: str, value: str) -> str:
        return f"{number}{len(value):02}{value}"

    account = field("00", "BR.GOV.BCB.PIX") + field("01", key)
    code = field("00", "01") + field("26", account) + "52040000" + "5303986" + field("58", "BR") + field("59", name)
    code += field("60", "RECIFE") + field("62", field("05", "***")) + "6304"
    return f"{code}{binascii.crc_hqx(code.encode(), 0xFFFF):04X}"


codes = st.builds(pix_code, keys, st.sampled_from(["ANA DE TESTE", "LOJA", "BALCAO LTDA ME"]))


def of(kind: Kind, values: st.SearchStrategy[str], ways: tuple[str, ...]) -> st.SearchStrategy[tuple[Kind, str, str]]:
    """(kind, value without signs, as it is written)."""
    return values.flatmap(lambda value: written(value, *ways).map(lambda text: (kind, value, text)))


def as_is(kind: Kind, values: st.SearchStrategy[str]) -> st.SearchStrategy[tuple[Kind, str, str]]:
    return values.map(lambda value: (kind, value, value))


checked = st.one_of(
    of(Kind.CPF, cpfs, CPF_WAYS),
    of(Kind.CNPJ, cnpjs, CNPJ_WAYS),
    of(Kind.CNPJ, letter_cnpjs, ("##.###.###/####-##", "########/####-##")),
    of(Kind.CARD, cards, CARD_WAYS),
)
anything = st.one_of(
    checked,
    of(Kind.PHONE, mobiles, MOBILE_WAYS),
    of(Kind.PHONE, lines, LINE_WAYS),
    as_is(Kind.EMAIL, emails),
    as_is(Kind.PIX_KEY, keys),
    as_is(Kind.PIX_CODE, codes),
    of(Kind.CEP, digits(8).filter(lambda one: one >= "01000000"), ("#####-###", "##.###-###")),
)
