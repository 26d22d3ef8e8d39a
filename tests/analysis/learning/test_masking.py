"""Nothing personal survives masking, however it is written."""

import re
import string

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from agent.analysis.guarding.visible import fold
from agent.analysis.learning.masking import mask

GIVEN = ["Ana", "João", "Conceição", "Zuleide", "Wesley", "Thaís", "Iracema", "Kauã", "Xênia", "Ubiratã"]
FAMILY = ["Moura", "Bratti", "d'Ávila", "Nascimento", "Silva", "Yamamoto", "Sant'Anna", "Quirino"]


def digits(count: int) -> st.SearchStrategy[str]:
    return st.text("0123456789", min_size=count, max_size=count)


def written(pattern: str, count: int) -> st.SearchStrategy[str]:
    """Digits in the places of ``#``."""

    def fill(value: str) -> str:
        rest = iter(value)
        return "".join(next(rest) if sign == "#" else sign for sign in pattern)

    return digits(count).map(fill)


names = st.builds(
    lambda *parts: " ".join(parts), st.sampled_from(GIVEN), st.sampled_from(["", "de", "da"]), st.sampled_from(FAMILY)
).map(lambda name: " ".join(name.split()))
phones = st.one_of(
    written("(11) 9####-####", 8), written("+55 21 9####-####", 8), written("119########", 8), written("3###-####", 7),
    written("11 9 #### ####", 8), written("+55119########", 8),
)  # fmt: skip
papers = st.one_of(
    written("###.###.###-##", 11), written("1##########", 10), written("##.###.###/0001-##", 10),
    written("##.###.###-#", 9), written("### ### ### ##", 11),
)  # fmt: skip
cards = st.one_of(
    written("4### #### #### ####", 15), written("5###############", 15), written("4###-####-####-####", 15)
)
mails = st.builds(
    lambda user, host: f"{user}@{host}.com.br",
    st.text(string.ascii_lowercase + "._0", min_size=3, max_size=12),
    st.text(string.ascii_lowercase, min_size=3, max_size=8),
)
links = st.text(string.ascii_letters + string.digits, min_size=6, max_size=12).map(
    lambda end: f"https://site.com/{end}"
)
orders = st.one_of(
    digits(6).map(lambda n: f"pedido {n}"), digits(4).map(lambda n: f"pedido nº {n}"), digits(5).map(lambda n: f"#{n}"),
    digits(9).map(lambda n: f"BR{n}BR"), digits(4).map(lambda n: f"protocolo: {n}"),
)  # fmt: skip
streets = st.builds(
    lambda kind, name, number: f"{kind} {name}, {number}",
    st.sampled_from(["rua", "Rua", "av.", "Avenida", "travessa", "R."]),
    st.sampled_from(["das Acácias", "Marechal Deodoro", "XV de Novembro", "jose bonifacio"]),
    st.integers(1, 9999),
)
random_keys = st.uuids().map(str)
personal = st.one_of(phones, papers, cards, mails, links, orders, streets, random_keys)
frames = st.sampled_from(
    [
        "oi, {}",
        "segue: {}.",
        "meu dado é {} ok?",
        "{}",
        "pode anotar {} por favor",
        "é o\n{}\nobrigada",
        "({})",
        "{}, certo?",
    ]
)


def values(text: str) -> set[str]:
    """What is telling in a personal value: its words, and its digits in one."""
    long = set(re.findall(r"[^\W\d_]{3,}", fold(text)))
    run = re.sub(r"\D", "", text)
    return long | ({run} if len(run) >= 4 else set())


COMMON = {"pedido", "protocolo", "rua", "avenida", "travessa", "com", "site", "https", "das", "novembro"}


@settings(max_examples=300, deadline=None)
@given(frames, personal)
def test_no_personal_value_of_a_message_survives(frame, value):
    masked = mask(frame.format(value))
    left = fold(re.sub(r"\{\w+\}", " ", masked))
    assert not [word for word in values(value) - COMMON if word in left.split()]
    assert re.sub(r"\D", "", value)[:4] not in re.sub(r"\D", " ", left).split() or not values(value)
    assert not re.search(r"\d{4}", re.sub(r"[\s.()-]", "", left))


@settings(max_examples=200, deadline=None)
@given(
    names,
    st.sampled_from(["Oi {}, tudo bem?", "aqui é a {}", "o pedido d{}", "{}!!", "obrigada {}", "*{}*"]),
    st.booleans(),
)
def test_no_part_of_the_customers_name_survives(name, frame, shouted):
    for part in (name, name.split()[0], name.split()[-1], name.upper() if shouted else name.lower()):
        masked = fold(mask(frame.replace("d{}", "de {}").format(part), [f"{name} 🌸"]))
        for word in re.findall(r"[^\W\d_]{2,}", fold(name)):
            assert word in {"de", "da"} or word not in re.findall(r"[^\W\d_]+", re.sub(r"\{\w+\}", " ", masked))


@settings(max_examples=200, deadline=None)
@given(st.text(max_size=80), st.lists(names, max_size=2))
def test_masking_never_fails_and_twice_is_once(text, people):
    once = mask(text, people)
    assert mask(once, people) == once


@pytest.mark.parametrize(
    ("text", "masked"),
    [
        ("Oi Ana, seu pedido 12345 saiu!", "Oi {nome}, seu pedido {pedido} saiu!"),
        ("sou a maria da silva", "sou a {nome} da silva"),
        ("Meu nome é Zildete Fagundes, quero o 42", "Meu nome é {nome}, quero o 42"),
        ("moro na Rua das Flores, 123 ap 45", "moro na {endereco}"),
        ("pix: ana.b@gmail.com", "pix: {email}"),
        ("{Ivone}", "{{nome}}"),
    ],
)
def test_what_is_taken_out_leaves_a_variable(text, masked):
    assert mask(text, ["Ivone"]) == masked


@pytest.mark.parametrize(
    "text",
    ["custa R$ 89,90 em 3x", "tem do 38 ao 44?", "abre das 9h às 18h", "o combo 2 sai quanto?", "R$ 1.250,00 à vista"],
)
def test_what_names_nobody_is_left(text):
    assert mask(text) == text


def test_hidden_characters_hide_nothing():
    assert mask("meu tel 11 98\u200b765-4\u200b321, sou a An\u200ba") == "meu tel {telefone}, sou a {nome}"
