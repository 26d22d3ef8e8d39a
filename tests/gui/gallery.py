"""Pictures of the supervisor's window: the real window on a virtual screen, beside an agent that runs the demo."""

import argparse
import os
import shutil
import socket
import subprocess
import sys
import tempfile
import tkinter as tk
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from time import sleep
from typing import get_args

from PIL import Image, ImageGrab

from agent.cli.running import LONGEST_DEMO_S
from agent.contract.desk import ConversationLine
from agent.contract.stages import Stage
from gui.link.api import Api, part
from gui.link.credentials import TokenFile
from gui.memory import Memory
from gui.tabs import TABS
from gui.tabs.ai.playground import Playground
from gui.tabs.ai.replies import Replies
from gui.tabs.ai.tab import AiTab
from gui.tabs.customers.tab import CustomersTab
from gui.theme import ThemeName
from gui.window import Window
from gui.words import LANGUAGES, Language
from tests.bench.gui import screen
from tests.gui.dialogs import DIALOGS, close, shown
from tests.gui.driver import Driver

ROOT = Path(__file__).resolve().parents[2]
BUILD = ROOT / "build" / "pictures" / "dashboard"
DOCS = ROOT / "docs" / "pictures" / "dashboard"
RECORDED = ROOT / "tests" / "recordings" / "stored" / "demo.balcao"
SIZE = "1280x800+0+0"
_UP_S = 120
_SETTLED_S = 2.5
_OPENED_S = 1.0
"""A dialog has less to ask for."""
_DOCS_S, _ALL_S = 300, LONGEST_DEMO_S
"""How long the demo's afternoon is; as long as pictures are taken, somebody must answer the window."""
_SEEN_S = 90
"""So much of the afternoon first, that there is something to see."""
_STAGES = ("Primeiro contato", "Orçamento enviado", "Aguardando pagamento")
_TAGS = ("Cliente frequente", "Prova na loja")
_NOTE = "Gosta de provar antes de levar. Avisar quando chegar a coleção nova."
_FIELD = ("Tamanho", "M")
_PLAYER = "gui.tabs.system.recordings.RecordingsSection.play"
_LOOKS: tuple[ThemeName, ...] = ("light", "dark")


def main(arguments: Sequence[str] | None = None) -> int:
    """Write the pictures into a folder."""
    parser = argparse.ArgumentParser(prog="scripts/pictures --dashboard", description=__doc__)
    parser.add_argument("--dashboard", action="store_true", help=argparse.SUPPRESS)
    parser.add_argument("--docs", action="store_true", help="those of the documentation, into docs/pictures/dashboard")
    parser.add_argument("--folder", type=Path)
    parser.add_argument("--language", choices=LANGUAGES, help="this one alone, and no other sizes; without --docs")
    given = parser.parse_args(arguments)
    seconds = _DOCS_S if given.docs else _ALL_S
    with tempfile.TemporaryDirectory() as folder, screen() as display, agent(Path(folder), seconds) as (address, token):
        os.environ["DISPLAY"] = display
        memory = Memory(Path(folder) / "window.json")
        memory.keep(geometry=SIZE, theme="light")
        window = Window(Api(address, TokenFile(token), "pt-BR"), memory, "pt-BR")
        desk = Driver(window)
        desk.until(lambda: window.office.connection.value == "live", "connected")
        desk.turn(_SEEN_S if given.docs else _SEEN_S * 4)
        stages(desk)
        remember(desk, reveal(desk))
        if given.docs:
            documented(desk, given.folder or DOCS)
        else:
            everything(desk, given.folder or BUILD, given.language)
        window.close()
    return 0


def reveal(desk: Driver) -> int:
    """Choose the conversation in which something was said last, and its customer, whose number is told."""
    api = desk.window.office.api
    lines = api.listed("/api/conversations", ConversationLine).items
    chosen = next((line for line in lines if line.customer_id is not None), None)
    if chosen is None or chosen.customer_id is None:
        raise SystemExit("The demo's customers wrote nothing.")
    desk.window.go("messages", conversation=chosen.id)
    desk.window.go("customers", customer=chosen.customer_id)
    return chosen.customer_id


def remember(desk: Driver, customer: int) -> None:
    """What people noted of a customer."""
    api, path = desk.window.office.api, f"/api/customers/{customer}"
    for tag in _TAGS:
        api.send("PUT", f"{path}/tags/{part(tag)}")
    api.send("POST", f"{path}/notes", {"text": _NOTE})
    api.send("PUT", f"{path}/fields/{part(_FIELD[0])}", {"value": _FIELD[1]})


def documented(desk: Driver, folder: Path) -> None:
    """One of each tab, light and dark by turns, and what shows most of the rest."""
    for at, name in enumerate(TABS):
        desk.window.choose_look(_LOOKS[at % 2])
        desk.window.go(name, **({"section": "replies"} if name == "ai" else {}))
        if name == "ai":
            first_reply(desk)
        shoot(desk, folder / f"{name}.webp")
    desk.window.choose_look("light")
    board(desk)
    shoot(desk, folder / "board.webp")
    desk.window.go("ai", section="playground")
    play(desk)
    shoot(desk, folder / "playground.webp")
    desk.window.choose_look("dark")
    desk.window.go("system", section="server")
    shoot(desk, folder / "settings.webp")
    desk.window.choose_look("light")
    ask(desk, DIALOGS[_PLAYER])
    shoot(desk, folder / "player.webp")
    close(desk)


def stages(desk: Driver) -> None:
    """Stages of the company's own, and conversations in them."""
    api = desk.window.office.api
    made = [api.write("POST", "/api/stages", Stage, {"name": name}).id for name in _STAGES]
    wanted: list[dict[str, object]] = [{"stage_id": number} for number in (*made, made[0])]
    wanted += [{"outcome": "won"}, {"outcome": "resolved"}]
    for line, change in zip(api.listed("/api/conversations", ConversationLine).items, wanted, strict=False):
        api.write("PATCH", f"/api/conversations/{line.id}", ConversationLine, change)


def board(desk: Driver) -> None:
    """Turn to the conversations by where they stand."""
    desk.window.go("customers")
    tab = desk.window.tabs["customers"]
    assert isinstance(tab, CustomersTab)
    tab.view.set("board")
    tab._turned()
    desk.until(lambda: len(tab.board.piles) == len(_STAGES) + 4, "the stages are there")


def first_reply(desk: Driver) -> None:
    """Choose the first canned reply."""
    tab = desk.window.tabs["ai"]
    assert isinstance(tab, AiTab)
    replies = tab.section
    assert isinstance(replies, Replies)
    listed = replies.listing.list
    desk.until(listed.get_children, "there are replies")
    replies.listing.choose(listed.get_children()[0])


def play(desk: Driver) -> None:
    """Try a message."""
    tab = desk.window.tabs["ai"]
    assert isinstance(tab, AiTab)
    playground = tab.section
    assert isinstance(playground, Playground)
    playground.message.put("Oi! Vocês entregam no sábado? Meu pedido atrasou e já estou ficando preocupada.")
    playground.ask()
    desk.until(lambda: not playground.go.instate(["disabled"]), "understood")


def everything(desk: Driver, folder: Path, only: Language | None = None) -> None:
    """Every tab with its sections, the board and every dialog, in each language and both looks; tabs in two sizes.

    ``only``: in this language alone, and in no other size.
    """
    window = desk.window
    for language in (only,) if only else LANGUAGES:
        window.choose_language(language)
        for look in _LOOKS:
            window.choose_look(look)
            reveal(desk)  # Also away from the board.
            tabs(desk, folder, f"{language}-{look}")
            dialogs(desk, folder, f"dialog-{language}-{look}")
            board(desk)
            shoot(desk, folder / f"{language}-{look}-board.webp")
    if only is None:
        window.choose_language(_first())
        window.choose_look("light")
        reveal(desk)
        for percent in (125, 200):
            window.choose_size(percent)
            tabs(desk, folder, f"{percent}")
        window.choose_size(100)
    window.ask_who()
    shoot(desk, folder / "login.webp")


def tabs(desk: Driver, folder: Path, how: str) -> None:
    """Every tab, and every section of it."""
    for name in TABS:
        desk.window.go(name)
        for section, turn in sections(desk, name):
            turn()
            if section == "-replies":
                first_reply(desk)
            shoot(desk, folder / f"{how}-{name}{section}.webp")


def dialogs(desk: Driver, folder: Path, how: str) -> None:
    """Every dialog, on the place that opens it."""
    window = desk.window
    desk.until(lambda: window.status is not None and window.status.session is not None, "the session is known")
    for place, open_it in DIALOGS.items():
        ask(desk, open_it)
        shoot(desk, folder / f"{how}-{place.removeprefix('gui.')}.webp", _OPENED_S)
        if window._asking is not None:  # The dialog that asks who it is: the others are not of somebody signed out.
            api = window.office.api
            window._entered_again(Api(api.server, api.credentials))
            desk.until(lambda: window.office.connection.value == "live", "signed in again")
        close(desk)


def ask(desk: Driver, open_it: Callable[[Driver], object]) -> None:
    """Open a dialog."""
    open_it(desk)
    desk.until(lambda: shown(desk) is not None, "a dialog")


def sections(desk: Driver, name: str) -> Iterator[tuple[str, Callable[[], None]]]:
    """What a tab has inside, and how it is turned to."""
    desk.until(lambda: name in desk.window.tabs, f"the tab {name}")
    tab = desk.window.tabs[name]
    inside = getattr(tab, "sections", None)
    if inside is None:
        yield "", lambda: None
        return
    for section in inside.names:

        def turn(section: str = section) -> None:
            inside.choose(section)

        yield f"-{section}", turn


def shoot(desk: Driver, path: Path, rest: float = _SETTLED_S) -> None:
    """What the screen shows once the window has come to rest, after so many seconds."""
    desk.turn(rest)
    for told in list(desk.root.winfo_children()):  # Of this computer, which is busy with making pictures.
        if isinstance(told, tk.Frame) and told.winfo_manager() == "place":
            told.place_forget()
    desk.turn()
    box = (0, 0, desk.root.winfo_width(), desk.root.winfo_rooty() + desk.root.winfo_height())
    picture: Image.Image = ImageGrab.grab(bbox=box, xdisplay=os.environ["DISPLAY"])
    path.parent.mkdir(parents=True, exist_ok=True)
    picture.save(path, quality=82, method=6)
    print(path, flush=True)


@contextmanager
def agent(folder: Path, seconds: int) -> Iterator[tuple[str, Path]]:
    """The demo's agent with its API for so long, without a window of its own; its address and its token's file."""
    ports = [_free_port() for _ in range(2)]
    environment = {
        **os.environ,
        "PYTHONPATH": str(ROOT),
        "BALCAO_PROFILES_DIR": str(folder / "profiles"),
        "BALCAO_API__PORT": str(ports[0]),
        "BALCAO_WEBSOCKET__PORT": str(ports[1]),
    }
    command = [sys.executable, "-m", "agent", "demo", "--headless", "--seconds", f"{seconds}", "--model", "none"]
    with (
        (folder / "agent.log").open("wb") as log,
        subprocess.Popen(command, cwd=ROOT, env=environment, stdout=log, stderr=log) as running,
    ):
        try:
            if not _answers(ports[0], running):
                raise SystemExit(f"The agent did not start: {(folder / 'agent.log').read_text('utf-8')[-2000:]}")
            recordings = folder / "profiles" / "demo" / "recordings"  # The demo begins with an empty profile.
            recordings.mkdir(mode=0o700)
            shutil.copy(RECORDED, recordings)
            yield f"http://127.0.0.1:{ports[0]}", folder / "profiles" / "demo" / "api.token"
        finally:
            running.terminate()


def _free_port() -> int:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        port: int = one.getsockname()[1]
        return port


def _answers(port: int, running: "subprocess.Popen[bytes]") -> bool:
    """Wait for it; false when it ended before, or takes too long."""
    for _ in range(_UP_S * 10):
        with socket.socket() as one:
            if one.connect_ex(("127.0.0.1", port)) == 0:
                return True
        if running.poll() is not None:
            return False
        sleep(0.1)
    return False


def _first() -> Language:
    first: Language = get_args(Language)[0]
    return first


if __name__ == "__main__":
    sys.exit(main())
