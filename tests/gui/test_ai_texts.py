"""Playground, knowledge base, models and comparison in the window, with what may go wrong in each."""

from pathlib import Path

import pytest

from agent.analysis.drafting.catalogue import BY_NAME
from agent.errors import ModelMissing
from gui.tabs.ai.comparison import Comparison
from gui.tabs.ai.knowledge import Knowledge
from gui.tabs.ai.models import Models
from gui.tabs.ai.playground import Playground
from tests.gui.ai_desk import section, told, type_into
from tests.gui.conftest import OpenWindow
from tests.gui.served import ServedOffice
from tests.storage.test_learning import answered

NAME = "smollm2-135m"


def test_a_message_is_tried_and_nothing_is_stored(open_window: OpenWindow, served: ServedOffice) -> None:
    desk = open_window(tab="ai")
    playground = section(desk, "playground", Playground)
    desk.click("Analisar")
    assert "Preencha" in playground.message.fault
    type_into(desk, playground.message.text, "Quanto custa o frete?")
    playground.draft.button.invoke()
    desk.press("<Control-Return>", playground.message.text)
    desk.until(lambda: desk.sees("Resposta para Quanto custa o frete?"), "a suggestion")
    assert playground.figures["intent"].value == "Preço"
    assert playground.figures["time"].value.endswith(" ms")
    assert desk.sees("Os rascunhos estão desligados")
    assert served.do(served.office.store.counts()).last_event == 0


def test_the_agent_is_gone_and_that_is_said_where_one_looks(open_window: OpenWindow, served: ServedOffice) -> None:
    desk = open_window(tab="ai")
    playground = section(desk, "playground", Playground)
    served.stop_serving()
    type_into(desk, playground.message.text, "Oi")
    desk.click("Analisar")
    desk.until(lambda: "não responde" in str(playground.line.cget("text")), "said")
    assert not playground.go.instate(["disabled"])
    served.serve_again()


def test_a_text_is_added_changed_and_removed(open_window: OpenWindow, served: ServedOffice) -> None:
    desk = open_window(tab="ai")
    knowledge = section(desk, "knowledge", Knowledge)
    desk.until(lambda: desk.sees("A base está vazia"), "an empty place that says so")
    desk.fill(knowledge.name.entry, "../fora.md")
    assert "Há um sinal" in knowledge.name.fault
    desk.fill(knowledge.name.entry, "entrega.md")
    type_into(desk, knowledge.text.text, "# Entrega\n\nEntregamos em toda a cidade.")
    desk.click("Salvar")
    told(desk, "1 trecho pode ser sugerido")
    file = served.settings.knowledge_path / "entrega.md"
    assert "toda a cidade" in file.read_text("utf-8")
    desk.until(lambda: knowledge.save.instate(["disabled"]))
    type_into(desk, knowledge.text.text, "# Entrega\n\nSó no centro.\n\n# Troca\n\nEm 30 dias.")
    desk.click("Salvar")
    told(desk, "2 trechos")
    desk.click("Excluir")
    desk.until(lambda: desk.sees("Excluir “entrega.md”?"), "asked")
    desk.click("Excluir")
    desk.until(lambda: not file.exists(), "gone")


def test_a_file_is_taken_or_said_why_not(open_window: OpenWindow, served: ServedOffice, tmp_path: Path) -> None:
    desk = open_window(tab="ai")
    knowledge = section(desk, "knowledge", Knowledge)
    for name, content, said in (
        ("foto.png", b"x", "Só arquivos md"),
        ("grande.txt", b"x" * 700_001, "700 KB"),
        ("velho.pdf", b"no PDF", "Não há texto"),
        ("torta.csv", "só uma coluna\n".encode(), "torta.csv"),
        ("antiga.txt", "Horário\n\nAté as 18h, à tarde.".encode("cp1252"), "1 trecho"),
    ):
        (tmp_path / name).write_bytes(content)
        knowledge.take(tmp_path / name)
        told(desk, said)
    assert [one.name for one in served.settings.knowledge_path.iterdir()] == ["antiga.txt"]
    assert "à tarde" in (served.settings.knowledge_path / "antiga.txt").read_text("utf-8")


def test_a_model_is_fetched_fails_is_fetched_and_chosen(
    open_window: OpenWindow, served: ServedOffice, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    tries: list[str] = []

    def fetch(name: str, progress: object) -> Path:
        tries.append(name)
        progress(BY_NAME[name].size // 2, BY_NAME[name].size)  # type: ignore[operator]
        if len(tries) == 1:
            raise ModelMissing("its checksum differs", "Try again.")
        return Path()

    shelf = served.office.reach.models
    monkeypatch.setattr(shelf, "_folder", tmp_path / "models")
    monkeypatch.setattr(shelf, "_fetch", fetch)
    desk = open_window(tab="ai")
    models = section(desk, "models", Models)
    desk.until(lambda: NAME in models.rows and models.fields, "the catalogue and the settings")
    desk.click(models.rows[NAME].fetch)
    desk.until(lambda: "its checksum differs" in str(models.rows[NAME].state.cget("text")), "why it failed")
    desk.until(lambda: not models.rows[NAME].fetch.instate(["disabled"]))
    desk.click(models.rows[NAME].fetch)
    desk.until(lambda: tries == [NAME, NAME])
    models.choose(NAME)
    told(desk, "quando o agente for iniciado de novo")
    desk.until(lambda: "SmolLM2" in str(models.next.cget("text")), "what is chosen")


def test_how_it_writes_is_looked_at_and_kept(open_window: OpenWindow, served: ServedOffice) -> None:
    desk = open_window(tab="ai")
    models = section(desk, "models", Models)
    desk.until(lambda: "temperature" in models.fields)
    field = models.fields["temperature"]
    desk.fill(field.entry, "muito")  # type: ignore[attr-defined]
    assert "Só um número" in field.fault
    desk.click("Salvar")
    desk.fill(field.entry, "0,7")  # type: ignore[attr-defined]
    desk.click("Salvar")
    told(desk, "quando o agente for iniciado de novo")
    assert "temperature: 0.7" in served.office.reach.config.read_text("utf-8")
    desk.until(lambda: models.save.instate(["disabled"]))


def test_a_ranking_is_tried_used_and_left(open_window: OpenWindow, served: ServedOffice) -> None:
    served.do(answered(served.office.store))
    desk = open_window(tab="ai")
    comparison = section(desk, "comparison", Comparison)
    desk.until(lambda: comparison.figures["answered"].value == "1")
    assert desk.sees("Ainda não há uma semana avaliada")
    assert comparison.promote.instate(["disabled"])
    comparison.candidate.choose("bold")
    desk.click("Testar sem mostrar")
    desk.until(lambda: "Em teste: aprende rápido." in str(comparison.line.cget("text")), "on trial")
    desk.until(lambda: not comparison.promote.instate(["disabled"]))
    desk.click("Passar a usar")
    desk.until(lambda: "Ordem em uso: aprende rápido." in str(comparison.line.cget("text")), "in use")
    desk.click("Voltar à anterior")
    desk.until(lambda: "Ordem em uso: a de fábrica." in str(comparison.line.cget("text")), "left")
