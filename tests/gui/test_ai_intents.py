"""Own intents in the window: examples written, bad ones said, learned with before and after, and the way back."""

from agent.analysis.reading.intents_file import read_own_intents
from gui.tabs.ai.intents import Intents, name_of
from tests.gui.ai_desk import section, told, type_into
from tests.gui.conftest import OpenWindow
from tests.gui.driver import Driver
from tests.gui.served import ServedOffice

OIL = "quero trocar o óleo do carro\nvocês fazem troca de óleo?\npreciso trocar o óleo\nóleo do motor vencido"
TYRES = "o pneu furou\nconsertam pneu?\npreciso remendar um pneu\npneu careca, tem novo?"


def opened(open_window: OpenWindow) -> tuple[Driver, Intents]:
    desk = open_window(tab="ai")
    found = section(desk, "intents", Intents)
    desk.until(lambda: desk.sees("Nenhuma intenção própria ainda"), "an empty place that says so")
    return desk, found


def write(desk: Driver, intents: Intents, title: str | None, texts: str) -> None:
    if title is not None:
        desk.fill(intents.name.entry, title)
    type_into(desk, intents.texts.text, texts)


def names(served: ServedOffice) -> dict[str, int]:
    own = read_own_intents(served.settings.profile_dir / "intents.yaml").intents
    return {name: len(one.examples) for name, one in own.items()}


def test_learning_shows_before_and_after_and_there_is_a_way_back(open_window: OpenWindow, served: ServedOffice) -> None:
    desk, intents = opened(open_window)
    for count, (title, texts) in enumerate((("Troca de óleo", OIL), ("Pneus", TYRES)), 1):
        desk.click("Nova intenção")
        write(desk, intents, title, texts)
        desk.click("Salvar")
        desk.until(lambda count=count: len(intents.listing.list.get_children()) == count, title)
    assert names(served) == {"troca_de_oleo": 4, "pneus": 4}
    desk.click("Treinar")
    told(desk, "Versão 1: acertos de 0 % para")
    desk.until(lambda: intents.before.value == "0 %", "before")
    assert int(intents.after_it.value.removesuffix(" %")) > 50
    desk.click("Treinar")
    told(desk, "Nada mudou desde a versão 1")
    intents.versions.choose("1")
    desk.turn(0.1)
    desk.click("Deixar de usar")
    told(desk, "só as intenções de fábrica")
    desk.until(lambda: intents.before.value == "–")
    desk.click("Usar esta")
    told(desk, "A versão 1 está em uso")


def test_a_bad_example_is_said_and_nothing_is_saved(open_window: OpenWindow, served: ServedOffice) -> None:
    desk, intents = opened(open_window)
    for texts, said in (("x" * 301, "No máximo 300"), ("?!", "Há um sinal"), ("", "Preencha")):
        write(desk, intents, "Óleo", texts)
        assert said in intents.texts.fault
        desk.click("Salvar")
    write(desk, intents, "", OIL)
    desk.click("Salvar")
    assert "Preencha" in intents.name.fault
    assert names(served) == {}


def test_what_was_typed_can_be_undone(open_window: OpenWindow, served: ServedOffice) -> None:
    desk, intents = opened(open_window)
    write(desk, intents, "Óleo", OIL)
    desk.click("Salvar")
    desk.until(lambda: names(served) == {"oleo": 4}, "saved")
    desk.until(lambda: intents.listing.list.get_children() == ("oleo",))
    write(desk, intents, None, "outra coisa")
    desk.click("Descartar")
    assert intents.texts.text.get("1.0", "end").strip() == OIL
    desk.click("Excluir")
    desk.until(lambda: desk.sees("Os 4 exemplos dela também saem."), "asked")
    desk.click("Excluir")
    desk.until(lambda: names(served) == {}, "gone")


def test_examples_for_a_built_in_intent_come_to_those_it_has(open_window: OpenWindow, served: ServedOffice) -> None:
    desk, intents = opened(open_window)
    for texts in ("qual o valor do pneu", "qual o valor do pneu\nquanto sai a roda"):
        desk.click("Nova intenção")
        intents.kind.choose("price")
        write(desk, intents, "", texts)
        desk.click("Salvar")
        lines = texts.count("\n") + 1
        desk.until(lambda lines=lines: names(served) == {"price": lines}, texts)
        desk.until(lambda: intents.listing.list.get_children() == ("price",))


def test_without_examples_training_says_what_to_do(open_window: OpenWindow) -> None:
    desk, intents = opened(open_window)
    desk.click("Treinar")
    told(desk, "Ainda não há exemplos")
    desk.until(lambda: not intents.train.instate(["disabled"]))


def test_a_file_that_was_broken_by_hand_is_said(open_window: OpenWindow, served: ServedOffice) -> None:
    (served.settings.profile_dir / "intents.yaml").write_text("intents: [", "utf-8")
    desk = open_window(tab="ai")
    section(desk, "intents", Intents)
    told(desk, "intents.yaml")


def test_names_are_made_of_titles() -> None:
    assert name_of("Troca de Óleo!", frozenset()) == "troca_de_oleo"
    assert name_of("Price", frozenset()) == "price_2"
    assert name_of("日本", frozenset({"intent"})) == "intent_2"
