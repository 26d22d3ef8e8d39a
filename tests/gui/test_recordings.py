"""Recording from the window, and the list of what was recorded."""

from pathlib import Path

import pytest

from agent.contract.access import Role
from agent.contract.recordings import RecordingWanted
from agent.recordings.desk import RecordingDesk
from gui import recording
from gui.kit import dialogs
from gui.player.window import PlayerWindow
from gui.recording import RecordDialog
from tests.gui.conftest import OpenWindow
from tests.gui.driver import Driver
from tests.gui.recordings_office import CHAT, DEMO, with_recordings
from tests.gui.served import ServedOffice
from tests.gui.system import dialog, no_dialog, opened, press, section, told
from tests.gui.test_window import connected, status
from tests.recordings.conftest import STORED


@pytest.fixture
def shelf(served: ServedOffice) -> RecordingDesk:
    return with_recordings(served, DEMO, CHAT)


@pytest.fixture(autouse=True)
def quickly(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(recording, "_EVERY_MS", 100)


def ready(desk: Driver) -> None:
    connected(desk)
    desk.until(lambda: desk.window.office.recording is not None, "the state of the recording is known")


def begun_elsewhere(served: ServedOffice, shelf: RecordingDesk) -> None:
    """Somebody else has started a recording."""

    async def start() -> None:
        shelf.start(RecordingWanted(page=False))

    served.do(start())


def test_a_recording_is_started_seen_and_stopped(
    open_window: OpenWindow, served: ServedOffice, shelf: RecordingDesk
) -> None:
    desk = open_window()
    ready(desk)
    assert status(desk, "recording") == ""
    desk.click("Gravar…")
    asked = dialog(desk)
    assert isinstance(asked, RecordDialog)
    desk.click(asked.page.button)  # no page
    press(desk, asked, "Gravar")
    told(desk, "A gravação começou")
    no_dialog(desk)
    desk.until(lambda: status(desk, "recording").startswith("● gravando 00:0"))
    desk.until(lambda: status(desk, "recording") >= "● gravando 00:01", "its seconds go on")
    assert shelf.state.state == "recording"
    desk.click("Parar gravação")
    told(desk, "Gravação pronta: ")
    desk.until(lambda: status(desk, "recording") == "")
    assert desk.sees("Gravar…")
    name = shelf.state.name
    assert name in [one.name for one in shelf.shelf.files()]
    done = {line.action: line.data for line in served.do(served.office.reach.audit.page())}
    assert {"session.recorded", "session.recording_ended"} <= set(done)


def test_that_real_texts_are_recorded_can_be_seen(
    open_window: OpenWindow, served: ServedOffice, shelf: RecordingDesk
) -> None:
    async def start() -> None:
        shelf.start(RecordingWanted(page=False), keep_text=True)

    served.do(start())
    desk = open_window()
    ready(desk)
    desk.until(lambda: status(desk, "recording").endswith("com nomes e textos reais"), "it says so while it goes on")


def test_only_the_last_minutes(
    open_window: OpenWindow, served: ServedOffice, shelf: RecordingDesk, monkeypatch: pytest.MonkeyPatch
) -> None:
    wanted = []
    start = shelf.start
    monkeypatch.setattr(shelf, "start", lambda how: (wanted.append(how), start(how))[1])
    desk = open_window()
    ready(desk)
    desk.click("Gravar…")
    asked = dialog(desk)
    desk.click("Só os últimos minutos antes de parar")
    for text, fault in (("", "Preencha"), ("0", "De 1 a 240"), ("241", "De 1 a 240"), ("dez", "número inteiro")):
        desk.fill(asked.minutes.entry, text)
        press(desk, asked, "Gravar")
        assert fault in asked.minutes.fault
    assert wanted == []
    desk.fill(asked.minutes.entry, "25")
    press(desk, asked, "Gravar")
    desk.until(lambda: wanted)
    assert (wanted[0].keep_minutes, wanted[0].page) == (25, True)
    desk.until(lambda: status(desk, "recording").startswith("● gravando"))
    served.do(shelf.close())


def test_while_the_agent_is_away_nothing_is_claimed(
    open_window: OpenWindow, served: ServedOffice, shelf: RecordingDesk
) -> None:
    desk = open_window()
    ready(desk)
    begun_elsewhere(served, shelf)
    desk.until(lambda: status(desk, "recording").startswith("● gravando"))
    served.stop_serving()
    desk.until(lambda: "fora do ar" in status(desk, "connection"))
    desk.until(lambda: desk.window.office.recording is None)
    desk.turn(0.6)
    assert status(desk, "recording") == ""
    served.serve_again()
    desk.until(lambda: status(desk, "recording").startswith("● gravando"))
    served.do(shelf.close())


def test_what_another_one_started_meanwhile_is_said(
    open_window: OpenWindow, served: ServedOffice, shelf: RecordingDesk
) -> None:
    desk = open_window()
    ready(desk)
    asked = RecordDialog(desk.window.office, "loja")
    desk.until(asked.start.winfo_ismapped)
    begun_elsewhere(served, shelf)
    press(desk, asked, "Gravar")
    desk.until(lambda: "Já há uma gravação" in str(asked.said.cget("text")))
    press(desk, asked, "Cancelar")
    desk.until(lambda: desk.sees("Parar gravação"))
    served.do(shelf.close())


def test_an_attendant_records_nothing_and_asks_nothing(
    open_window: OpenWindow, served: ServedOffice, shelf: RecordingDesk
) -> None:
    desk = opened(open_window, served, Role.ATTENDANT)
    desk.until(lambda: "Ao vivo" in status(desk, "session"))
    desk.click("Gravar…")
    told(desk, "não tem permissão")
    no_dialog(desk)
    desk.turn(0.3)
    assert "refused" not in {line.action for line in served.do(served.office.reach.audit.page())}
    assert shelf.state.state == "idle"


def test_the_list_and_what_can_be_done_with_one(
    open_window: OpenWindow, served: ServedOffice, shelf: RecordingDesk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk = opened(open_window)
    listed = section(desk, "recordings")
    desk.until(lambda: set(listed.table.names) == {DEMO, CHAT})
    row = " ".join(map(str, listed.table.list.values(DEMO)))
    for part in (DEMO, "01:33", "65", "página e acontecimentos", " kB"):
        assert part in row
    listed.table.choose(DEMO)
    desk.turn(0.05)
    places = [tmp_path / "kept.balcao"]
    monkeypatch.setattr(dialogs, "save_as", lambda *_: places[0])
    desk.click("Salvar arquivo…")
    told(desk, "Gravação salva em")
    assert places[0].read_bytes() == (STORED / DEMO).read_bytes()
    assert places[0].stat().st_mode & 0o777 == 0o600
    places[0] = tmp_path / "no such folder" / "kept.balcao"
    desk.click("Salvar arquivo…")
    told(desk, "Não foi possível gravar")
    desk.click("Remover")
    press(desk, dialog(desk), "Cancelar")
    no_dialog(desk)
    desk.click("Remover")
    press(desk, dialog(desk), "Remover")
    told(desk, "Gravação removida")
    desk.until(lambda: listed.table.names == (CHAT,))
    assert [one.name for one in shelf.shelf.files()] == [CHAT]


def test_the_menu_leads_to_the_list_and_return_opens_one(
    open_window: OpenWindow, served: ServedOffice, shelf: RecordingDesk
) -> None:
    from gui.menu import show_recordings

    desk = open_window()
    ready(desk)
    show_recordings(desk.window)
    listed = section(desk, "recordings")
    desk.until(lambda: listed.table.selected is not None)
    desk.press("<Return>", listed.table.list)
    player = dialog(desk)
    assert isinstance(player, PlayerWindow)
    desk.press("<Escape>", player)
    no_dialog(desk)


def test_no_recording_yet_is_said(open_window: OpenWindow, served: ServedOffice) -> None:
    with_recordings(served)
    desk = opened(open_window)
    listed = section(desk, "recordings")
    desk.until(lambda: desk.sees("Nenhuma gravação ainda"))
    assert listed.play_button.instate(["disabled"])
    desk.click(listed.record_button)
    assert isinstance(dialog(desk), RecordDialog)
