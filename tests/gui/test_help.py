"""The list of keys tells what is so, and the window says which one it is."""

import tkinter as tk
from collections.abc import Iterator
from typing import Any, cast

from agent import __version__
from gui.help import KEYS, About, Keys
from tests.gui.conftest import OpenWindow
from tests.gui.customers_office import seed
from tests.gui.dialogs import DIALOGS, close
from tests.gui.driver import Driver
from tests.gui.recordings_office import DEMO, with_recordings
from tests.gui.served import ServedOffice
from tests.gui.system import dialog, no_dialog, press, section
from tests.gui.test_window import connected

_DIALOGS = {
    "help.stages": "gui.tabs.customers.board.Board.__init__",
    "help.player": "gui.tabs.system.recordings.RecordingsSection.play",
}


def everything(widget: tk.Misc) -> Iterator[tk.Misc]:
    yield widget
    for one in widget.winfo_children():
        yield from everything(one)


def bound(within: tk.Misc) -> set[str]:
    """Every key that something in there listens to, as Tk writes it."""
    return {keys for one in everything(within) for keys in one.bind()}


def written(keys: str) -> str:
    """As Tk writes it itself."""
    probe = tk.Frame()
    probe.bind(keys, lambda _: None)
    (found,) = probe.bind()
    probe.destroy()
    return found


def place_of(desk: Driver, room: str) -> tk.Misc:
    """Where the keys of a part of the list count."""
    window = desk.window
    if room in _DIALOGS:
        close(desk)
        DIALOGS[_DIALOGS[room]](desk)
        return cast("tk.Misc", dialog(desk))
    close(desk)
    if room == "help.writing":
        window.go("ai", section="playground")
    elif room == "help.board":
        window.go("customers")
        desk.until(lambda: "customers" in window.tabs)
        tab = cast("Any", window.tabs["customers"])
        tab.view.set("board")
        tab._turned()
        desk.until(lambda: tab.board.piles)
    elif room == "help.logs":
        window.go("system")
        desk.until(lambda: "system" in window.tabs)
        section(desk, "logs")
    elif room == "help.messages":
        window.go("messages")
        desk.until(lambda: "messages" in window.tabs)
    else:
        DIALOGS["gui.menu.show_about"](desk)
    return desk.root


def test_every_key_of_the_list_does_something_there(open_window: OpenWindow, served: ServedOffice) -> None:
    served.do(seed(served))
    with_recordings(served, DEMO)
    desk = open_window()
    connected(desk)
    desk.until(lambda: desk.sees("loja: Ao vivo"))
    idle = list[str]()
    for room, keys in KEYS.items():
        there = bound(place_of(desk, room))
        idle += [f"{room} {one}" for key in keys for one in key.bound if written(one) not in there]
    assert idle == []


def test_every_key_of_the_whole_window_is_in_the_list(open_window: OpenWindow) -> None:
    desk = open_window()
    connected(desk)
    listed = {written(one) for key in KEYS["help.everywhere"] for one in key.bound}
    backwards = {written("<Control-Shift-Tab>"), "<Control-Key-ISO_Left_Tab>", "<Shift-Control-Key-Tab>"}
    own = {keys for keys in desk.root.bind() if "Key" in keys}
    assert own - listed - backwards - {"<Alt-Key>", "<Option-Key>"} == set()


def test_the_list_opens_by_its_own_key(open_window: OpenWindow) -> None:
    desk = open_window()
    connected(desk)
    desk.press("<F1>", desk.root)
    desk.until(lambda: isinstance(dialog(desk), Keys))
    desk.until(lambda: desk.sees("Ctrl+1 … Ctrl+5"))
    desk.press("<Escape>", dialog(desk))
    no_dialog(desk)


def test_the_window_and_its_agent_say_which_they_are(open_window: OpenWindow) -> None:
    desk = open_window()
    connected(desk)
    menu = cast("tk.Menu", desk.root.nametowidget(desk.root.cget("menu")))
    help_ = cast("tk.Menu", desk.root.nametowidget(menu.entrycget(menu.index("end"), "menu")))
    help_.invoke(help_.index("end"))
    about = dialog(desk)
    assert isinstance(about, About)
    desk.until(lambda: desk.sees(f"versão {__version__}") and desk.sees("Apache 2.0"))
    desk.until(lambda: desk.window.office.api.server in str(about.agent.cget("text")), "the agent has answered")
    press(desk, about, "Fechar")
    no_dialog(desk)
