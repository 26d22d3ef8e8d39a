"""Pseudonyms keep the shape of what was written, and nothing of who wrote it."""

import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from agent.recordings.kept_words import folded, kept_words, names
from agent.recordings.pseudonyms import KeptText, Pseudonyms

NAMES = Pseudonyms(b"k" * 32)
OTHERS = Pseudonyms(b"o" * 32)

texts = st.text(max_size=80) | st.from_regex(r"[A-Za-zÀ-ú0-9 .,!?@:/\-+()🌻\n]{0,80}", fullmatch=True)
words = st.from_regex(r"[A-Za-zÀ-ÖØ-öø-ÿ]{1,14}[,.!? \n🌻]{0,2}", fullmatch=True)


def utf16(text: str) -> int:
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


@settings(max_examples=80, deadline=None)
@given(texts)
def test_the_shape_stays(text: str) -> None:
    for made in (NAMES.text(text), NAMES.identifier(text), NAMES.structured(text)):
        assert (len(made), utf16(made)) == (len(text), utf16(text))
        for old, new in zip(text, made, strict=True):
            assert old.isdecimal() == new.isdecimal()
            assert old.isalpha() == new.isalpha()
            if not old.isalnum():
                assert old == new, "blanks, punctuation, emoji and line breaks stay"
            elif unicodedata.name(old, "").startswith("LATIN"):
                assert (old.isupper(), old.islower()) == (new.isupper(), new.islower())
                assert unicodedata.normalize("NFD", old)[1:] == unicodedata.normalize("NFD", new)[1:], "accents stay"


@settings(max_examples=30, deadline=None)
@given(texts)
def test_the_same_key_says_the_same_and_another_key_another_thing(text: str) -> None:
    assert Pseudonyms(b"k" * 32).text(text) == NAMES.text(text)
    assert KeptText().text(text) == KeptText().identifier(text) == text


@settings(max_examples=50, deadline=None)
@given(st.lists(words, max_size=8))
def test_a_text_can_be_done_in_pieces(pieces: list[str]) -> None:
    parts = [f"{piece} " for piece in pieces]
    assert NAMES.text("".join(parts)) == "".join(map(NAMES.text, parts))


def test_the_same_person_is_the_same_everywhere() -> None:
    made = NAMES.name("Conceição Araújo")
    assert made in NAMES.text("Oi, sou a Conceição Araújo!")
    assert made.upper() in NAMES.text("CONCEIÇÃO ARAÚJO")
    assert NAMES.name("Bianca") != NAMES.name("Bruna")


@pytest.mark.parametrize(
    "written", ["+55 11 98765-4321", "+5511987654321", "(11) 98765-4321", "987654321", "8765 4321"]
)
def test_a_telephone_is_the_same_in_every_spelling(written: str) -> None:
    digits = "".join(c for c in NAMES.text(f"liga {written} amanhã") if c.isdigit())
    known = "".join(c for c in NAMES.phone("+5511987654321") if c.isdigit())
    assert known.endswith(digits)
    assert digits[-8:] != "87654321"
    assert "".join(c for c in NAMES.identifier("false_5511987654321@c.us") if c.isdigit()) == known


def test_words_that_everybody_uses_stay_and_all_others_go() -> None:
    said = NAMES.text("Bom dia! Quanto custa o vestido azul? Sou a Genoveva, da rua Pindorama, 45")
    assert said.startswith("Bom dia! Quanto custa o vestido azul? Sou a ")
    assert "Genoveva" not in said
    assert "Pindorama" not in said
    assert NAMES.text("genoveva@lojadela.com.br").count("@") == 1


def test_an_address_of_kept_words_is_still_replaced() -> None:
    assert "loja.azul" not in NAMES.text("loja.azul@dia.com")
    assert "vestido" not in NAMES.text("https://loja.com/vestido")


def test_no_name_is_kept() -> None:
    assert not {folded(word) for word in kept_words()} & names()
    for name in (
        "maria",
        "silva",
        "souza",
        "bia",
        "zé",
        "dias",
        "rosa",
        "joão",
        "flores",
        "lima",
        "prata",
        "forte",
        "filho",
    ):
        assert name not in kept_words()
    assert {"de", "quanto", "preço", "obrigada", "entrega", "não"} <= kept_words()


def test_of_a_name_no_common_word_stays() -> None:
    for name in ("Luís Penteado", "Ana Barata", "Zé da Loja", "CLIENTES VIP", "cliente novo"):
        made = NAMES.name(name).lower().split()
        assert set(made) & set(name.lower().split()) <= {"da"}
    assert NAMES.text("Luís Penteado") == NAMES.name("Luís Penteado"), "a surname that is a word, too"
    assert NAMES.name("Você") == "Você"


def test_a_made_word_is_nobodys_name() -> None:
    made = {folded(NAMES.text(name)) for name in names()}
    assert not made & names()
    assert len(made) > 0.98 * len(names()), "two people hardly ever become one"


def test_times_and_days_stay_where_the_page_wrote_them() -> None:
    made = NAMES.structured("[10:22, 12/07/2026] Genoveva Souto: ")
    assert made.startswith("[10:22, 12/07/2026] ")
    assert "Genoveva" not in made
    assert NAMES.structured("10:22 PM") == "10:22 PM"
    assert NAMES.text("10:22") != "10:22"


def test_message_ids_stay_apart() -> None:
    ids = [f"3EB0{number:016X}" for number in range(2000)]
    assert len({NAMES.identifier(one) for one in ids}) == 2000
    assert NAMES.identifier(f"true_551199@c.us_{ids[7]}").endswith(NAMES.identifier(ids[7]))


def test_another_key_makes_other_words() -> None:
    said = "Genoveva Pindorama Fulgêncio 123.456.789-09"
    assert NAMES.text(said) != OTHERS.text(said)
    with pytest.raises(ValueError, match="32"):
        Pseudonyms(b"short")


@pytest.mark.parametrize("said", ["Иван Петров", "王小明", "محمد علي", "Γιώργος", "יוסי כהן"])
def test_names_in_other_scripts_go_too(said: str) -> None:
    made = NAMES.text(said)
    assert made != said
    assert not set(made.split()) & set(said.split())
