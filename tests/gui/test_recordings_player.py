"""The player: events, timeline, keys, speeds; the page where a browser can show it, and plain words where none can."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from agent.contract.recordings import MarkKind, RecordingFile
from gui.link.api import Api
from gui.player.window import PlayerWindow
from gui.words import Language
from tests.gui.conftest import OpenWindow
from tests.gui.driver import Driver
from tests.gui.recordings_office import CHAT, DEMO, with_recordings
from tests.gui.served import ServedOffice
from tests.gui.test_window import connected

Play = Callable[..., tuple[Driver, PlayerWindow]]


@pytest.fixture
def play(open_window: OpenWindow, served: ServedOffice) -> Play:
    """The player on one of the stored recordings; ``browser``: shows its page."""

    def opened(
        name: str = DEMO, *, browser: Path | None = None, language: Language = "pt-BR", **remembered: Any
    ) -> tuple[Driver, PlayerWindow]:
        with_recordings(served, DEMO, CHAT, browser=browser)
        desk = open_window(**remembered)
        connected(desk)
        desk.window.choose_language(language)
        files = desk.window.office.api.listed("/api/recordings", RecordingFile).items
        player = PlayerWindow(desk.window.office, next(one for one in files if one.name == name))
        desk.until(lambda: player.details is not None and len(lines(player)) == len(player.details.marks))
        return desk, player

    return opened


def lines(player: PlayerWindow) -> list[str]:
    listed = player.events.list
    return [" ".join(map(str, listed.item(one, "values"))) for one in listed.get_children()]


def chosen(player: PlayerWindow) -> int:
    return next((int(one) for one in player.events.list.selection()), -1)


def in_full(player: PlayerWindow) -> str:
    return player.events.told.get("1.0", "end").strip()


def test_what_happened_is_listed_and_told_in_full(play: Play) -> None:
    desk, player = play()
    said = "\n".join(lines(player))
    assert "00:00 Tela: Carregando" in said
    assert "00:02 Conversa aberta: Ono Neadsir" in said
    assert "00:02 Cliente: Qual o horário de vocês no s" in said
    assert "Atendente: Sugestão editada e enviada" in said
    assert "22/11/2026 · 65 mensagens · página e acontecimentos" in str(player.about.cget("text"))
    assert player.details is not None
    asked = next(at for at, one in enumerate(player.details.marks) if one.intent == "store_info")
    player.events.list.selection_set(str(asked))
    desk.until(lambda: "Entendido como" in in_full(player))
    assert "Qual o horário de vocês no sábado?" in in_full(player)
    assert player.playback.at_s == player.details.marks[asked].at_s
    player.events.list.selection_set(str(asked + 1))
    desk.until(lambda: in_full(player).startswith("Sugestões"))
    assert "\n1  " in in_full(player)
    assert "\n2  " in in_full(player)


def test_the_keyboard_steps_plays_and_goes_to_both_ends(play: Play) -> None:
    desk, player = play()
    player.timeline.focus_force()
    first = player.playback.last
    desk.press("<Right>", player.timeline)
    assert (player.playback.last, chosen(player)) == (first + 1, first + 1)
    desk.press("<Left>", player.timeline)
    assert player.playback.last == first
    desk.press("<End>", player.timeline)
    assert player.playback.is_over
    assert chosen(player) == len(lines(player)) - 1
    desk.press("<Home>", player.timeline)
    assert player.playback.at_s == 0
    desk.press("<space>", player.timeline)
    assert player.playback.playing
    desk.until(lambda: player.playback.at_s > 0.4)
    desk.press("<space>", player.timeline)
    assert not player.playback.playing
    desk.press("<space>", player.play)  # the button takes the key itself, once
    assert player.playback.playing
    desk.press("<Escape>", player)
    assert not player.winfo_exists()
    desk.turn(0.2)
    assert desk.window.office.toasts.texts == []


def test_the_buttons_and_speeds(play: Play) -> None:
    desk, player = play()
    desk.click("10x")
    assert player.playback.speed == 10
    desk.click(player.play)
    assert player.play.cget("text") == "Pausar"
    desk.until(lambda: player.playback.is_over)
    assert (player.play.cget("text"), player.clock.cget("text")) == ("Reproduzir", "00:53 / 00:53")
    last = len(lines(player)) - 1
    assert chosen(player) == last
    desk.click(player.back)
    assert chosen(player) == last - 1
    desk.click(player.on)
    assert chosen(player) == last


def test_a_click_on_the_timeline_goes_there(play: Play) -> None:
    desk, player = play()
    line = player.timeline
    assert len([one for one in line.find_all() if line.type(one) == "rectangle"]) > 40
    for at in (0.0, 30.0, 12.0):
        line.event_generate("<Button-1>", x=line.x_of(at), y=10)
        desk.turn(0.05)
        assert abs(player.playback.at_s - at) < 0.1
        assert round(line.coords("now")[0]) == line.x_of(player.playback.at_s)
    line.event_generate("<Button-1>", x=line.winfo_width() + 50, y=10)
    assert player.playback.is_over
    line.event_generate("<B1-Motion>", x=0, y=10)
    assert player.playback.at_s == 0


def test_without_a_page_the_events_are_alone_and_that_is_said(play: Play) -> None:
    desk, player = play(CHAT)
    assert desk.sees("Esta gravação não tem a página")
    assert not player.pictures.winfo_ismapped()
    assert player.events.winfo_width() > player.winfo_width() * 0.8
    desk.click("10x")
    desk.click(player.play)
    desk.until(lambda: player.playback.is_over, "a day of silence is skipped")
    assert "enviad" not in in_full(player)
    assert chosen(player) == len(lines(player)) - 1


def test_without_a_browser_that_is_said_and_the_rest_works(play: Play) -> None:
    desk, player = play()
    desk.until(lambda: player.pictures.is_off)
    assert desk.sees("A página não pode ser mostrada")
    assert desk.sees("browser.executable")
    player.step(1)
    assert player.playback.last == 0
    assert desk.window.office.toasts.texts == []


def test_one_that_is_gone_or_damaged_is_said(play: Play, served: ServedOffice) -> None:
    desk, player = play()
    folder = served.settings.profile_dir / "recordings"
    (folder / DEMO).write_bytes(b"no recording")
    for said in ("Copie-o de novo", "não existe"):
        again = PlayerWindow(desk.window.office, player.file)
        desk.until(lambda again=again, said=said: said in str(again.about.cget("text")))
        assert again.play.instate(["disabled"])
        desk.press("<space>", again.timeline)
        assert not again.playback.playing
        again.close()
        (folder / DEMO).unlink(missing_ok=True)


@pytest.mark.parametrize(("name", "percent", "language"), [(DEMO, 100, "pt-BR"), (DEMO, 200, "en"), (CHAT, 200, "es")])
def test_everything_has_room(play: Play, name: str, percent: int, language: Language) -> None:
    desk, player = play(name, percent=percent, theme="dark", language=language)
    player.go(player.playback.seconds)
    desk.turn(0.2)
    right, bottom = player.winfo_rootx() + player.winfo_width(), player.winfo_rooty() + player.winfo_height()
    assert (right <= 1920, bottom <= 1080) == (True, True)
    for widget in (player.back, player.play, player.on, player.clock, *player._buttons):
        assert widget.winfo_width() >= widget.winfo_reqwidth()
        assert widget.winfo_rooty() + widget.winfo_height() <= bottom
    assert player.events.list.winfo_height() > desk.window.theme.px(60)
    close = desk.named(desk.window.office.words("dialogs.close"))
    assert close.winfo_width() >= close.winfo_reqwidth()
    assert close.winfo_rootx() + close.winfo_width() <= right
    assert close.winfo_rootx() >= player._buttons[-1].winfo_rootx() + player._buttons[-1].winfo_width()


@pytest.mark.browser
def test_the_page_is_shown_at_each_moment(play: Play, chromium_path: str) -> None:
    desk, player = play(browser=Path(chromium_path))
    pictures = player.pictures

    def picture() -> object:
        return pictures.tk.call(str(pictures._picture), "data") if pictures._picture else None

    desk.until(lambda: pictures.shown == pictures.wanted == 0)
    first = picture()
    assert first is not None
    assert not pictures.waiting.winfo_ismapped()
    player.go(20)
    desk.until(lambda: pictures.shown == 20)
    assert picture() != first
    assert pictures._picture is not None
    assert pictures._picture.width() <= pictures.canvas.winfo_width()
    player.go(0)
    desk.until(lambda: pictures.shown == 0)
    assert picture() == first


@pytest.mark.browser
def test_only_the_newest_wanted_moment_is_asked_for(
    play: Play, chromium_path: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk, player = play(browser=Path(chromium_path))
    desk.until(lambda: player.pictures.shown == 0)
    asked: list[float] = []
    real = Api.file_with

    def counted(api: Api, path: str, header: str, **query: Any) -> tuple[bytes, str]:
        asked.append(query["at"])
        return real(api, path, header, **query)

    monkeypatch.setattr(Api, "file_with", counted)
    for at in range(1, 40):
        player.go(float(at))
    desk.until(lambda: player.pictures.shown == 39)
    assert asked == [1.0, 39.0]


@pytest.mark.browser
def test_an_agent_that_goes_away_for_a_while_is_waited_for(
    play: Play, served: ServedOffice, chromium_path: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    from gui.player import pictures

    monkeypatch.setattr(pictures, "_AGAIN_MS", 100)
    desk, player = play(browser=Path(chromium_path))
    desk.until(lambda: player.pictures.shown == 0)
    served.stop_serving()
    player.go(20)
    desk.until(lambda: "não responde" in str(player.pictures.waiting.cget("text")))
    served.serve_again()
    desk.until(lambda: player.pictures.shown == 20)
    assert not player.pictures.waiting.winfo_ismapped()


def test_every_kind_of_event_is_called_something_in_every_language() -> None:
    from gui.words import keys

    assert {f"player.kind_{one.value}" for one in MarkKind} <= keys()
