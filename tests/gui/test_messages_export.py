"""A conversation as a file, from the window: masked as the settings say, for its owner alone, and for supervisors."""

import csv
from pathlib import Path
from tkinter import filedialog

import pytest

from tests.gui.conftest import OpenWindow
from tests.gui.messages_counter import Counter, attendants_counter, says
from tests.gui.served import ServedOffice


@pytest.fixture
def counter(open_window: OpenWindow, served: ServedOffice) -> Counter:
    return Counter(open_window(), served)


def test_an_exported_conversation_is_masked_as_the_settings_say_and_audited(
    counter: Counter, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    object.__setattr__(counter.served.office.reach.settings.privacy, "mask_exports", True)
    counter.saved(says("Ana", "meu CPF é 529.982.247-25"))
    counter.open("Ana")
    path = tmp_path / "conversa.txt"
    monkeypatch.setattr(filedialog, "asksaveasfilename", lambda **_: str(path))
    counter.desk.press("<Control-s>", counter.view.bubbles.canvas)
    counter.told(f"Conversa salva em {path}")
    assert "meu CPF é" in path.read_text("utf-8")
    assert "529" not in path.read_text("utf-8")
    (line,) = counter.served.do(counter.served.office.reach.audit.page(action="conversation.exported"))
    assert line.data["masked"] is True


def test_an_attendant_reads_and_exports_nothing(
    open_window: OpenWindow, served: ServedOffice, monkeypatch: pytest.MonkeyPatch
) -> None:
    counter = attendants_counter(open_window, served, "joana")
    counter.saved(says("Ana", "oi"))
    counter.open("Ana")
    counter.desk.until(counter.view.title.winfo_ismapped)
    assert not counter.view.export.winfo_ismapped()
    monkeypatch.setattr(filedialog, "asksaveasfilename", lambda **_: pytest.fail("It was asked where to."))
    counter.view.save_as()


@pytest.mark.parametrize("kind", ["csv", "txt"])
def test_a_conversation_as_a_file(counter: Counter, kind: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    texts = ["=1+1", "+55 11 9", "-2", "@soma", 'não; "sim"\nduas linhas', *[f"mensagem {n}" for n in range(60)]]
    counter.saved(says("Ana", *texts))
    counter.open("Ana")
    path = tmp_path / f"conversa.{kind}"
    monkeypatch.setattr(filedialog, "asksaveasfilename", lambda **_: str(path))
    counter.desk.click("Exportar")
    counter.told(f"Conversa salva em {path}")
    assert path.stat().st_mode & 0o777 == 0o600, "for who exported it alone"
    if kind == "txt":
        lines = path.read_text("utf-8").splitlines()
        assert lines[0] == "Ana"
        assert lines[2].endswith("Ana: =1+1")
        assert lines[6].endswith('Ana: não; "sim"')
        assert lines[7] == "    duas linhas"
        return
    with path.open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.reader(file, delimiter=";"))
    assert rows[0][:5] == ["Quando", "Quem", "Lado", "Tipo", "Texto"]
    assert [one[4] for one in rows[1:6]] == ["'=1+1", "'+55 11 9", "'-2", "'@soma", 'não; "sim"\nduas linhas']
    assert len(rows) == 66
    monkeypatch.setattr(filedialog, "asksaveasfilename", lambda **_: str(tmp_path / "nowhere" / "x.csv"))
    counter.desk.click("Exportar")
    counter.told("O arquivo não pôde ser gravado")
    monkeypatch.setattr(filedialog, "asksaveasfilename", lambda **_: "")
    counter.desk.click("Exportar")
