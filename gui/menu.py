"""The menu and the quick actions above the tabs."""

import tkinter as tk
from collections.abc import Callable
from functools import partial
from tkinter import ttk
from typing import Protocol

from agent.contract.access import Role
from agent.contract.recordings import RecordingState
from agent.contract.sessions import SessionState
from gui.help import About, Keys
from gui.kit.choices import fill, languages, themes
from gui.kit.unsaved import ask_first
from gui.office import Office
from gui.pairing import PairingWindow
from gui.recording import record_label, record_or_stop
from gui.reporting import ReportDialog
from gui.status import StatusLine
from gui.steering import back_up, pause_label, pause_or_resume, show_page, steered, stop_or_start, turn_label
from gui.tabs import TABS
from gui.theme import SCALES, ThemeName
from gui.words import Language


class Shell(Protocol):
    """What the menu can do with the window."""

    office: Office
    body: ttk.Frame
    status: StatusLine | None

    def go(self, name: str, **wanted: object) -> None:
        """Show a tab."""
        ...

    def choose_language(self, language: Language) -> None:
        """Speak another language."""
        ...

    def choose_look(self, theme: ThemeName) -> None:
        """Other colours."""
        ...

    def choose_notify(self, on: bool) -> None:
        """Whether alerts also appear on the desktop."""
        ...

    def choose_size(self, percent: int) -> None:
        """Another size."""
        ...

    def refresh_all(self) -> None:
        """Ask for everything again."""
        ...

    def sign_out(self) -> None:
        """Ask who it is."""
        ...

    def open_documentation(self) -> None:
        """The API's own page."""
        ...

    def close(self) -> None:
        """Close the window."""
        ...


def build_menu(window: Shell) -> None:
    """Menu bar with its shortcuts. Before something that makes the widgets anew, what is not stored is asked about."""
    words, root, theme = window.office.words, window.office.root, window.office.theme

    def first(do: Callable[..., None]) -> Callable[..., None]:
        return lambda *what: ask_first(window.office, root, partial(do, *what))

    close = first(window.close)
    bar = tk.Menu(root, tearoff=False)
    file = _menu(bar, words("frame.menu_balcao"))
    file.add_command(label=words("frame.backup_now"), command=lambda: backup_now(window))
    file.add_command(label=words("frame.show_qr"), command=lambda: show_qr(window))
    file.add_command(label=words("report.open"), accelerator="Ctrl+R", command=lambda: show_report(window))
    file.add_separator()
    file.add_command(label=pause_label(window.office, None), command=lambda: set_pause(window))
    pause = str(file.index("end"))
    file.add_command(label=turn_label(window.office, None), command=lambda: stop_or_start_it(window))
    turn = str(file.index("end"))
    file.add_command(label=words("frame.show_page"), command=lambda: show_its_page(window))
    file.add_separator()
    file.add_command(label=record_label(window.office), command=lambda: record_it(window))
    record = str(file.index("end"))
    file.add_command(label=words("recording.list"), command=lambda: show_recordings(window))

    def called() -> None:
        file.entryconfigure(pause, label=pause_label(window.office, _session(window)))
        file.entryconfigure(turn, label=turn_label(window.office, _session(window)))
        file.entryconfigure(record, label=record_label(window.office))

    file.configure(postcommand=called)
    file.add_separator()
    file.add_command(label=words("frame.sign_out"), command=first(window.sign_out))
    file.add_command(label=words("frame.quit"), accelerator="Ctrl+Q", command=close)
    view = _menu(bar, words("frame.menu_view"))
    for at, name in enumerate(TABS, 1):
        view.add_command(label=words(f"frame.tab_{name}"), accelerator=f"Ctrl+{at}", command=partial(window.go, name))
        _on_key(root, f"<Control-Key-{at}>", partial(window.go, name))
    view.add_separator()
    _switch(view, words("frame.notify"), window.office.memory.now.notify, window.choose_notify)
    fill(_menu(view, words("frame.theme")), themes(words), lambda: theme.name, window.choose_look)
    sizes = [(f"{percent} %", percent) for percent in SCALES]
    fill(_menu(view, words("frame.size")), sizes, lambda: theme.percent, first(window.choose_size))
    now = _menu(view, words("frame.language"))
    fill(now, languages(), lambda: window.office.words.language, first(window.choose_language))
    help_ = _menu(bar, words("frame.menu_help"))
    help_.add_command(label=words("help.keys"), accelerator="F1", command=lambda: show_keys(window))
    help_.add_command(label=words("frame.api_page"), command=window.open_documentation)
    help_.add_separator()
    help_.add_command(label=words("help.about"), command=lambda: show_about(window))
    root.configure(menu=bar)
    root.bind("<Control-q>", lambda _: close())
    root.bind("<Control-r>", lambda _: show_report(window))
    root.bind("<F5>", lambda _: window.refresh_all())
    root.bind("<F1>", lambda _: show_keys(window))


class Tools(ttk.Frame):
    """Quick actions. Those for which a narrow window has no room are in the menu, too."""

    def __init__(self, window: Shell, master: tk.Misc) -> None:
        super().__init__(master)
        self._office = office = window.office
        px, words = office.theme.px, office.words
        self._title = ttk.Label(self, text="Balcão", style="Title.TLabel")
        self._title.pack(side="left", padx=(px(14), px(18)), pady=px(8))
        self._pause = ttk.Button(self, text=pause_label(office, None), command=lambda: set_pause(window))
        self._turn = ttk.Button(self, text=turn_label(office, None), command=lambda: stop_or_start_it(window))
        self._record = ttk.Button(self, text=record_label(office), command=lambda: record_it(window))
        self.buttons = [
            ttk.Button(self, text=words("frame.show_qr"), command=lambda: show_qr(window)),
            ttk.Button(self, text=words("report.open"), command=lambda: show_report(window)),
            ttk.Button(self, text=words("frame.backup_now"), command=lambda: backup_now(window)),
            self._pause,
            self._turn,
            ttk.Button(self, text=words("frame.show_page"), command=lambda: show_its_page(window)),
            self._record,
        ]
        self._shown = 0
        self.bind("<Configure>", lambda event: self._fit(event.width))

    def follow(self, session: SessionState | None) -> None:
        """The session is known anew: the buttons say what they would do now."""
        self._pause.configure(text=pause_label(self._office, session))
        self._turn.configure(text=turn_label(self._office, session))
        self._fit(self.winfo_width())

    def recording(self, _state: RecordingState | None, _seconds: float) -> None:
        """The recording has begun or ended: the button says what it would do now."""
        self._record.configure(text=record_label(self._office))
        self._fit(self.winfo_width())

    def _fit(self, width: int) -> None:
        gap = self._office.theme.px(8)
        left, shown = width - self._title.winfo_reqwidth() - 5 * gap, 0
        for button in self.buttons:
            left -= button.winfo_reqwidth() + gap
            shown += left >= 0
        if shown == self._shown:
            return
        self._shown = shown
        for at, button in enumerate(self.buttons):
            if at < shown:
                button.pack(side="right", padx=(0, gap), pady=gap)
            else:
                button.pack_forget()


def show_qr(window: Shell) -> None:
    """The code that links the phone."""
    steered(window.office, _session(window), lambda session: PairingWindow(window.office, session.name))


def show_report(window: Shell) -> None:
    """Ask which figures are wanted as a file. Its key is there before anybody is in, too."""
    if window.status is None:
        return
    if not window.office.may(Role.SUPERVISOR):
        window.office.say(window.office.words("frame.not_allowed"), "warn")
        return
    ReportDialog(window.office)


def set_pause(window: Shell) -> None:
    """Stop the capture, or let it go on."""
    steered(window.office, _session(window), lambda session: pause_or_resume(window.office, session, window.body))


def stop_or_start_it(window: Shell) -> None:
    """Close the session's browser after a question, or open it."""
    steered(window.office, _session(window), lambda session: stop_or_start(window.office, session, window.body))


def show_its_page(window: Shell) -> None:
    """Bring WhatsApp's window to the front."""
    steered(window.office, _session(window), lambda session: show_page(window.office, session, window.body))


def record_it(window: Shell) -> None:
    """Record the session, or stop that."""
    steered(window.office, _session(window), lambda session: record_or_stop(window.office, session, window.body))


def show_recordings(window: Shell) -> None:
    """The recordings that there are."""
    if window.office.may(Role.SUPERVISOR):
        window.go("system", section="recordings")
    else:
        window.office.say(window.office.words("frame.not_allowed"), "warn")


def backup_now(window: Shell) -> None:
    """Make a copy of the database."""
    office = window.office
    if not office.may(Role.ADMIN):
        office.say(office.words("frame.not_allowed"), "warn")
        return
    back_up(office, window.body)


def show_keys(window: Shell) -> None:
    """Every key that does something, by where."""
    Keys(window.office)


def show_about(window: Shell) -> None:
    """Which Balcão this is, and under which licence."""
    About(window.office)


def _session(window: Shell) -> SessionState | None:
    return window.status.session if window.status else None


def _menu(bar: tk.Menu, label: str) -> tk.Menu:
    menu = tk.Menu(bar, tearoff=False)
    bar.add_cascade(label=label, menu=menu)
    return menu


def _on_key(root: tk.Tk, keys: str, do: Callable[[], None]) -> None:
    root.bind(keys, lambda _: do())


def _switch(menu: tk.Menu, label: str, now: bool, choose: Callable[[bool], None]) -> None:
    state = tk.BooleanVar(menu, now)
    menu.add_checkbutton(label=label, variable=state, command=lambda: choose(state.get()))
