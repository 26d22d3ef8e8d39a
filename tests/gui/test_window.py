"""The frame: who is asked for, what is said when the agent goes and comes back, language, look, place."""

import re
import tkinter as tk
from tkinter import ttk

import pytest

from agent.contract.access import Role
from agent.contract.life import Life, LifeLevel, LifeReason
from gui.kit.place import Screen, within
from gui.words import LANGUAGES, Words
from tests.gui.conftest import OpenWindow
from tests.gui.driver import Driver
from tests.gui.people import PASSWORD, signs_in, user
from tests.gui.served import ServedOffice


def status(desk: Driver, name: str) -> str:
    line = desk.window.status
    return line.text(name) if line else ""


def connected(desk: Driver) -> None:
    desk.until(lambda: status(desk, "connection") == "● Conectado", "connected")


def test_this_machines_owner_is_in_at_once(open_window: OpenWindow) -> None:
    desk = open_window()
    connected(desk)
    desk.until(lambda: "loja: Ao vivo" in status(desk, "session"))
    desk.until(lambda: desk.sees("Nenhum backup ainda"))


def test_the_agent_goes_and_comes_back(open_window: OpenWindow, served: ServedOffice) -> None:
    desk = open_window()
    connected(desk)
    served.stop_serving()
    desk.until(lambda: "fora do ar" in status(desk, "connection"))
    assert status(desk, "session") == "", "what is not known any more is not shown as known"
    served.serve_again()
    connected(desk)
    desk.until(lambda: "Ao vivo" in status(desk, "session"))


def test_an_agent_that_is_started_later_is_found(open_window: OpenWindow, served: ServedOffice) -> None:
    served.stop_serving()
    desk = open_window()
    desk.until(lambda: "fora do ar" in status(desk, "connection"))
    served.serve_again()
    connected(desk)


def test_a_wrong_password_is_said_and_a_right_one_opens(open_window: OpenWindow, served: ServedOffice) -> None:
    served.do(user(served, "ana", Role.ATTENDANT))
    desk = open_window(local=False)
    desk.until(lambda: desk.sees("Entre com a sua conta"))
    signs_in(desk, "ana", "not the right one")
    desk.until(lambda: desk.sees("senha"), "told that it is wrong")
    desk.until(lambda: not desk.sees("Entrando"))
    signs_in(desk, "ana", PASSWORD)
    connected(desk)
    assert desk.window.office.role is Role.ATTENDANT


def test_what_is_missing_is_said_before_anybody_is_asked(open_window: OpenWindow) -> None:
    desk = open_window(local=False)
    desk.until(lambda: desk.sees("Entre com a sua conta"))
    for fields, said in (
        (("", "", ""), "O endereço começa com"),
        (("http://loja.example", "ana", "x"), "Fora deste computador"),
        (("https://loja.example", "", "x"), "Escreva o seu usuário"),
        (("https://loja.example", "ana", ""), "Escreva a sua senha"),
    ):
        for entry, text in zip([one for one in desk.all() if isinstance(one, ttk.Entry)], fields, strict=False):
            desk.fill(entry, text)
        desk.click("Entrar")
        assert desk.sees(said), desk.texts()


def test_blind_and_paused_are_said_as_they_come(open_window: OpenWindow, served: ServedOffice) -> None:
    desk = open_window()
    connected(desk)
    session = served.office.session

    def says(life: Life, text: str) -> None:
        session.state = session.state.model_copy(update={"life": life})
        served.do(served.served.append(kind="session.life"))
        desk.until(lambda: text in status(desk, "session"), text)

    says(Life(level=LifeLevel.BLIND, reason=LifeReason.ANCHORS), "Às cegas · Não consigo ler a página")
    says(Life(level=LifeLevel.BLIND, reason=LifeReason.PAUSED), "Pausado")
    says(Life(level=LifeLevel.LIVE), "Ao vivo")


def test_every_language_and_look_at_run_time(open_window: OpenWindow) -> None:
    desk = open_window()
    connected(desk)
    for language in LANGUAGES:
        desk.window.choose_language(language)
        said = Words(language)("dashboard.waiting")
        desk.until(lambda said=said: desk.sees(said), language)
    for theme in ("dark", "light", "system"):
        desk.window.choose_look(theme)
        desk.turn(0.1)
        assert desk.root.cget("background") == desk.window.theme.palette.ground
    for percent in (200, 125, 100):
        desk.window.choose_size(percent)
        desk.turn(0.1)
    again = desk.window.office.memory.now
    assert (again.language, again.theme, again.percent) == ("es", "system", 100)


def test_a_backup_by_the_menu_is_told(open_window: OpenWindow, served: ServedOffice) -> None:
    desk = open_window()
    connected(desk)
    desk.until(lambda: desk.sees("Nenhum backup ainda"))
    desk.click("Fazer backup agora")
    desk.until(lambda: any("Backup feito" in text for text in desk.window.office.toasts.texts))
    desk.until(lambda: "restauração nunca testada" in status(desk, "backup"))


def test_an_alert_comes_up_stays_and_is_told_when_it_is_over(open_window: OpenWindow, served: ServedOffice) -> None:
    desk = open_window(notify=False)
    connected(desk)

    async def tell(kind: str) -> None:
        async with served.office.store.together():
            await served.office.store.announce(kind, {"code": "disk", "value": 91, "limit": 85})

    served.do(tell("alert.raised"))
    desk.until(lambda: "Disco quase cheio" in desk.window.office.toasts.texts)
    served.do(tell("alert.cleared"))
    desk.until(lambda: "Resolvido: Disco quase cheio" in desk.window.office.toasts.texts)


def test_the_capture_is_paused_and_goes_on_by_the_button(open_window: OpenWindow, served: ServedOffice) -> None:
    asked = served.office.session.pauses
    desk = open_window()
    connected(desk)
    desk.until(lambda: "Ao vivo" in status(desk, "session"))
    desk.click("Pausar captura")
    desk.until(lambda: asked == [True])
    session = served.office.session
    session.state = session.state.model_copy(update={"life": Life(level=LifeLevel.BLIND, reason=LifeReason.PAUSED)})
    served.do(served.served.append(kind="capture.paused"))
    desk.until(lambda: "Pausado" in status(desk, "session"))
    assert not desk.sees("Pausar captura")
    desk.click("Retomar captura")
    desk.until(lambda: asked == [True, False])


def test_a_surprise_ends_nothing_and_shows_no_trace(open_window: OpenWindow) -> None:
    desk = open_window()
    connected(desk)
    desk.root.after(1, lambda: 1 / 0)
    desk.until(lambda: any("ZeroDivisionError" in text for text in desk.window.office.toasts.texts))
    assert not desk.sees("Traceback")


def test_the_place_is_remembered(open_window: OpenWindow) -> None:
    desk = open_window()
    desk.turn(0.1)
    desk.root.geometry("1000x700+40+30")
    desk.turn(0.2)
    desk.window.close()
    kept = desk.window.office.memory.now.geometry
    assert kept is not None
    assert kept.startswith("1000x700")
    desk.window.close = lambda: None  # type: ignore[method-assign]
    assert isinstance(desk.root, tk.Tk)


def standing(desk: Driver) -> tuple[int, int, int, int]:
    """Width, height, left and top, as they were asked for."""
    found = re.fullmatch(r"([0-9]+)x([0-9]+)\+(-?[0-9]+)\+(-?[0-9]+)", desk.root.geometry())
    assert found
    width, height, left, top = map(int, found.groups())
    return width, height, left, top


@pytest.mark.parametrize(
    "geometry",
    ["1280x800+3200+200", "1280x800+-1900+40", "1280x800+100+-900", "1280x800+1800+1000", "4000x3000+0+0"],
)
def test_a_window_that_stood_on_a_screen_that_is_gone_can_be_seen(geometry: str, open_window: OpenWindow) -> None:
    desk = open_window(geometry=geometry)
    desk.until(lambda: desk.root.winfo_viewable() and desk.root.winfo_width() >= 1280)
    width, height, left, top = standing(desk)
    assert left >= 0
    assert top >= 0
    assert left + width <= desk.root.winfo_screenwidth()
    assert top + height <= desk.root.winfo_screenheight()


@pytest.mark.parametrize(
    ("geometry", "seen"),
    [
        (None, "1280x800"),
        ("no place", "1280x800"),
        ("1000x700", "1000x700"),
        ("1000x700+40+30", "1000x700+40+30"),
        ("1000x700+-1500+30", "1000x700+-1500+30"),
        ("1000x700+-2500+30", "1000x700+-1920+30"),
        ("1000x700+1900+900", "1000x700+920+380"),
    ],
)
def test_a_second_monitor_at_the_left_is_a_part_of_the_screen(geometry: str | None, seen: str) -> None:
    assert within(geometry, Screen(-1920, 0, 3840, 1080)) == seen


def test_another_look_before_the_agent_has_answered(open_window: OpenWindow) -> None:
    desk = open_window()
    desk.window.choose_size(125)
    connected(desk)
    assert desk.window.theme.percent == 125
