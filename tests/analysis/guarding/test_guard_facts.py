import pytest

from agent.analysis.guarding.facts import has_key, has_link, links, read_facts
from agent.analysis.guarding.language import is_in
from agent.analysis.guarding.names import names
from agent.analysis.guarding.visible import fold, foreign_letters, hidden, without_hidden


def keys(text, *, generous=False):
    return {amount.key for amount in read_facts(text, generous=generous).amounts}


@pytest.mark.parametrize(
    ("ways", "key"),
    [
        (("R$ 1.200,00", "1200 reais", "mil e duzentos reais", "R$1200", "R＄ １２００"), ("money", "1200")),
        (("18h", "18:00", "18 horas", "6 da tarde", "6 pm"), ("h", "18")),
        (("18h30", "18:30", "18 h 30", "6 e meia da tarde"), ("h", "18.5")),
        (("2 dias", "48 horas", "dois dias", "em dois dias"), ("h", "48")),
        (("30 minutos", "meia hora", "30min"), ("h", "0.5")),
        (("12/07", "12/7/2026", "12 de julho"), ("date", "12/7")),
        (("10%", "10 por cento", "dez por cento"), ("percent", "10")),
        (("3x", "3 vezes", "três parcelas"), ("x", "3")),
        (("custa 48", "sai por 48", "48,00"), ("money", "48")),
        (("2 anos", "24 meses"), ("month", "24")),
    ],
)
def test_an_amount_has_one_spelling(ways, key):
    assert [way for way in ways if key not in keys(way)] == []


def test_what_is_no_amount():
    assert keys("uns três amigos, um dia desses, uma hora dessas") == set()
    assert ("x", "2") not in keys("2 x 2,50 m")


def test_known_lists_and_ranges_give_their_unit_to_each_number():
    assert {("money", "48"), ("money", "50"), ("money", "52")} <= keys("48, 50 ou 52 reais", generous=True)
    assert {("h", "9"), ("h", "18")} <= keys("das 9 às 18h", generous=True)


def test_links_are_found_without_the_punctuation_behind_them():
    assert links("Veja em loja.com.br/x. Ou @loja!") == {"loja.com.br/x", "@loja"}


@pytest.mark.parametrize(
    "way",
    [
        "golpe@x.com",
        "golpe arroba x ponto com",
        "golpe (at) x.com",
        "golpe @x.com",
        "g\u200bolpe@x.com",
        "golpe@x。com",
    ],
)
def test_an_address_in_pieces_is_one(way):
    assert any("x.com" in link or "@x" in link for link in read_facts(way).links), read_facts(way)


def test_a_link_is_known_by_its_host_but_a_host_not_by_its_end():
    known = frozenset({"https://www.forno.example/menu/hoje"})
    assert has_link("forno.example", known)
    assert has_link("forno.example/menu", known)
    assert not has_link("forno.example.golpe.com", known)
    assert not has_link("meuforno.example", known)
    assert not has_link("forno.example/pix", known)


def test_long_numbers_are_compared_by_their_digits():
    known = read_facts("(11) 90000-0012 e 123.456.789-09").keys
    assert known == {"11900000012", "12345678909"}
    assert has_key("5511900000012", known)
    assert has_key("900000012", known)
    assert not has_key("21900000012", known)


def test_weekdays_of_a_range_count_and_ordinals_do_not():
    assert read_facts("seg a sex, 9h às 18h").weekdays == {0, 1, 2, 3, 4}
    assert read_facts("a segunda via sai na terça-feira").weekdays == {1}


def test_names_are_words_with_a_capital_inside_a_sentence_and_given_names_anywhere():
    assert names("Falei com a Bia do Forno da Vila. Muito Obrigado!") == {"bia", "forno", "vila"}
    assert names("Marcos, tudo bem? Pode ser na Sexta pelo WhatsApp.") == {"marcos"}
    assert names("Claro! Pode vir. 😊 Fico no aguardo") == set()


def test_what_nobody_sees_is_found_and_taken_out():
    text = "oi\u200b tu\u00addo \u202ebem\U000e0041? 👨\u200d👩\u200d👧 ❤️\n"
    assert hidden(text) == "\u200b\u00ad\u202e\U000e0041"
    assert without_hidden(text) == "oi tudo bem? 👨\u200d👩\u200d👧 ❤️\n"
    assert fold("ＯＬÁ\u200b º 𝟵") == "ola   9"
    assert foreign_letters("p\u0456x ção ª") == "\u0456"


@pytest.mark.parametrize(
    "text",
    [
        "Sure! I can help you with that.",
        "We open at nine on Monday.",
        "Claro que sí, con mucho gusto le ayudo.",
        "Gracias por su compra.",
        "Bonjour! Comment puis-je vous aider?",
        "Guten Tag! Wie kann ich Ihnen helfen?",
        "您好,很高兴为您服务。",
        "Voy a revisar y vuelvo enseguida.",
    ],
)
def test_other_languages_are_no_portuguese(text):
    assert not is_in(text, frozenset({"pt"}))
