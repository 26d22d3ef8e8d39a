"""The main window: menu, tabs, status line; it follows the agent's events, and outlives the agent."""

import logging
import tkinter as tk
import webbrowser
from tkinter import ttk
from typing import Any

from agent.contract.access import Role
from agent.contract.health import Health
from agent.contract.signing_in import Me
from agent.contract.stored import StoredEvent
from gui import icon
from gui.kit.place import Place
from gui.kit.unsaved import ask_first
from gui.link.api import Api
from gui.link.credentials import Person
from gui.link.errors import Refused, Unreachable
from gui.link.live import Arrived, BegunAnew, Connected, Forbidden, Live, Signal
from gui.login import Login, SignInAgain
from gui.loop import Loop
from gui.memory import Memory
from gui.menu import Tools, build_menu
from gui.notices import LOST, Notices
from gui.office import Office
from gui.own_names import OwnNames
from gui.parts import Part
from gui.recording import RecordingWatch
from gui.snapshot import Connection, Outages, Snapshot
from gui.status import StatusLine
from gui.system_look import SystemLook
from gui.tabs import TABS
from gui.tabs.base import Tab
from gui.theme import Theme, ThemeName
from gui.toasts import Toasts
from gui.words import Language, Words

_log = logging.getLogger(__name__)
_TRY_AGAIN_MS = 2000
_LOOK_BACK = 120
"""Events from before the window was opened, so that it does not begin with an empty list."""


class Window:
    """Everything that one person sees."""

    def __init__(self, api: Api, memory: Memory, language: Language) -> None:
        """``api``: with credentials where there are any."""
        self.root = root = tk.Tk(className="Balcao")
        root.title("Balcão")
        icon.put_on(root)
        root.withdraw()
        memory_now = memory.now
        self.theme = Theme(root, memory_now.theme, memory_now.percent)
        self.loop = Loop(root)
        self.office = Office(
            root, self.loop, self.theme, Words(language), memory, Toasts(root, self.theme, self.loop), api, go=self.go
        )
        self._names = OwnNames(self.office, self._everything_is_stale)
        self.live: Live | None = None
        self._asking: SignInAgain | None = None
        self._take(api)
        self.notices = Notices(self.office)
        self._look = SystemLook(
            lambda: self.theme.name == "system", lambda dark: self.loop.post(lambda: self.theme.system_became(dark))
        )
        self.body = ttk.Frame(root)
        self.status: StatusLine | None = None
        self.tabs: dict[str, Tab] = {}
        self._book: ttk.Notebook | None = None
        self._pages: dict[str, ttk.Frame] = {}
        self._place = Place(root, memory)
        root.protocol("WM_DELETE_WINDOW", lambda: ask_first(self.office, root, self.close))
        root.report_callback_exception = self._surprise
        self._dress()
        root.deiconify()
        self._begin()

    def run(self) -> None:
        """Until the window is closed."""
        self.root.mainloop()

    def close(self) -> None:
        """Remember the place, and end."""
        self._place.keep()
        if self.live is not None:
            self.live.close()
        self.loop.close()
        self.notices.close()
        self._look.close()
        self.root.destroy()

    def go(self, name: str, **wanted: Any) -> None:  # noqa: ANN401 (what a tab can reveal is the tab's own)
        """Show a tab, and something in it."""
        if self._book is None or name not in self._pages:
            return
        self._book.select(str(self._pages[name]))
        self.root.update_idletasks()
        if wanted:
            self._tab(name).reveal(**wanted)

    def choose_language(self, language: Language) -> None:
        """Speak another language from now on; what the agent answers, too."""
        self._speak(language)
        self._rebuild()

    def _speak(self, language: Language) -> None:
        self.office.words = Words(language, self.office.words.titles)
        self.office.api.language = language
        self.office.memory.keep(language=language)

    def choose_look(self, theme: ThemeName) -> None:
        """Other colours."""
        self.office.memory.keep(theme=theme)
        self.theme.choose(theme, self.theme.percent)

    def choose_notify(self, on: bool) -> None:
        """Whether alerts also appear on the desktop."""
        self.office.memory.keep(notify=on)

    def choose_size(self, percent: int) -> None:
        """Another size. Distances were set when the widgets were made, so they are made anew."""
        self.office.memory.keep(percent=percent)
        self.theme.choose(self.theme.name, percent)
        self._rebuild()

    def refresh_all(self) -> None:
        """Ask for everything again."""
        self._everything_is_stale()

    def sign_out(self) -> None:
        """Ask who it is."""
        credentials = self.office.api.credentials
        if isinstance(credentials, Person):
            self.loop.run(self.office.api.sign_out, lambda _: None, lambda _: None)
        self.ask_who()

    def ask_who(self, notice: str = "") -> None:
        """Show the sign-in instead of the tabs."""
        self._asked_no_more()
        self._close_dialogs()
        self._stop_listening()
        self.office.outages = Outages()  # Of the agent that was being asked; who comes now may ask another one.
        self.office.toasts.close(LOST)
        self._undress()
        self.body = ttk.Frame(self.root)
        self.body.pack(fill="both", expand=True)
        login = Login(self.body, self.office, self._entered, self._speak, self.choose_look, notice)
        login.pack(fill="both", expand=True)

    def open_documentation(self) -> None:
        """The API's own page, in the browser."""
        webbrowser.open(f"{self.office.api.server}/api/docs")

    # The agent

    def _begin(self) -> None:
        """Ask who we are and where the events stand; until somebody answers, again and again."""
        self._connection(Connection.CONNECTING)
        self.office.ask(_who_and_where, self._known, owner=self.body, key="begin", failed=self._not_known)

    def _known(self, found: tuple[Me, Health]) -> None:
        me, health = found
        if me.owes:
            self.ask_who(self.office.words("login.owes"))
            return
        self.office.role, self.office.who = me.role or Role.ATTENDANT, me.name
        begin = max(0, health.last_event - _LOOK_BACK)
        self.office.snapshot = Snapshot(begin)
        self._everything_is_stale()
        self._listen(begin)

    def _not_known(self, error: Exception) -> None:
        if isinstance(error, Refused) and error.status in (401, 403):
            self.ask_who()
            return
        self._connection(Connection.LOST)
        if not isinstance(error, Unreachable):
            self.office.complain(error)
        credentials = self.office.api.credentials
        if credentials is None or (credentials.token() is None and isinstance(credentials, Person)):
            self.ask_who(self.office.explain(error))
            return
        self.loop.later(_TRY_AGAIN_MS, self._begin, self.body)

    def _entered(self, api: Api) -> None:
        self.office.api.close()
        self._take(api)
        self._rebuild()
        self._begin()

    def _take(self, api: Api) -> None:
        self.office.api = api
        api.signed_out = lambda: self.loop.post(lambda: self._signed_out() if self.office.api is api else None)

    def _signed_out(self, notice: str = "") -> None:
        """Ask who it is, and leave everything as it is meanwhile."""
        if self._asking is not None or self._book is None:
            return
        self._stop_listening()
        self._connection(Connection.SIGNED_OUT)
        self._asking = SignInAgain(
            self.office, self._entered_again, lambda: ask_first(self.office, self.root, self.ask_who), notice
        )

    def _entered_again(self, api: Api) -> None:
        self._asked_no_more()
        self.office.api.credentials = api.credentials  # Requests that are under way find the new token there.
        api.close()
        self._connection(Connection.CONNECTING)
        self.office.ask(_who_and_where, self._known_again, owner=self.body, key="begin", failed=self._not_known)

    def _asked_no_more(self) -> None:
        if self._asking is not None:
            self._asking.finish()
            self._asking = None

    def _close_dialogs(self) -> None:
        for one in self.root.winfo_children():
            if isinstance(one, tk.Toplevel):
                one.destroy()

    def _known_again(self, found: tuple[Me, Health]) -> None:
        me, health = found
        if me.owes:
            self._signed_out(self.office.words("login.owes"))
            return
        office = self.office
        if (me.role or Role.ATTENDANT, me.name) != (office.role, office.who):  # What another one typed is not theirs.
            self._close_dialogs()
            self._known(found)
            self._rebuild()
            return
        if health.last_event < office.snapshot.number:
            self._anew(health.last_event)
        self._everything_is_stale()
        self._listen(office.snapshot.number)

    def _listen(self, after: int) -> None:
        self._stop_listening()
        api = self.office.api
        if api.credentials is None:
            return
        live: Live

        def tell(signal: Signal) -> None:
            self.loop.post(lambda: self._heard(signal) if self.live is live else None)

        live = Live(api.server, api.credentials, api.renew, tell)
        self.live = live
        live.begin(after)

    def _stop_listening(self) -> None:
        if self.live is not None:
            self.live.close()
            self.live = None

    def _heard(self, signal: Signal) -> None:
        if isinstance(signal, Arrived):
            self._happened(signal.events)
        elif isinstance(signal, Connected):
            self._connection(Connection.LIVE)
            if signal.last < self.office.snapshot.number:
                self._anew(signal.last)
        elif isinstance(signal, BegunAnew):
            self._anew(0)
        elif isinstance(signal, Forbidden):
            self._signed_out(self.office.words("login.owes"))
        else:
            self._connection(Connection.LOST)

    def _happened(self, events: tuple[StoredEvent, ...]) -> None:
        office = self.office
        before = office.snapshot
        fresh = tuple(event for event in events if event.number > before.number)
        office.snapshot = before.fetched(*Part).after_all(fresh)
        self._went_stale(office.snapshot.stale)
        for tab in self.tabs.values():
            tab.happened(fresh)
        self.notices.happened(fresh)

    def _anew(self, number: int) -> None:
        self.office.snapshot = self.office.snapshot.begun_anew(number)
        self._everything_is_stale()

    def _everything_is_stale(self) -> None:
        self._went_stale(frozenset(Part))

    def _went_stale(self, parts: frozenset[Part]) -> None:
        if self.status is not None and parts & self.status.parts:
            self.status.went_stale(parts)
        for tab in self.tabs.values():
            tab.went_stale(parts)
        self._names.went_stale(parts)

    def _connection(self, state: Connection) -> None:
        self.office.connection = state
        if self.status is not None:
            self.status.connection(state)
        if state in (Connection.LIVE, Connection.SIGNED_OUT):
            self.notices.answered()
        elif state is Connection.LOST and self.notices.unanswered():
            self._went_stale(frozenset({Part.ALERTS}))
        if state is Connection.LIVE:
            self._everything_is_stale()

    # The widgets

    def _dress(self) -> None:
        """Make the menu, the tabs and the status line."""
        office = self.office
        self.body = ttk.Frame(self.root)
        self.body.pack(fill="both", expand=True)
        build_menu(self)
        tools = Tools(self, self.body)
        tools.pack(fill="x")
        self.status = StatusLine(self.body, office)
        watch = RecordingWatch(office, self.body, (self.status.recording, tools.recording))
        self.status.followers = (tools.follow, watch.follow)
        self.status.pack(side="bottom", fill="x")
        ttk.Separator(self.body).pack(side="bottom", fill="x")
        self._book = book = ttk.Notebook(self.body)
        book.pack(fill="both", expand=True, padx=self.theme.px(8), pady=(0, self.theme.px(4)))
        self.tabs, self._pages = {}, {}
        for name in TABS:
            page = ttk.Frame(book, padding=self.theme.px(6))
            self._pages[name] = page
            book.add(page, text=office.words(f"frame.tab_{name}"))
        book.enable_traversal()
        book.bind("<<NotebookTabChanged>>", lambda _: self._turned())
        wanted = office.memory.now.tab
        book.select(str(self._pages[wanted if wanted in self._pages else next(iter(TABS))]))
        self.status.connection(office.connection)

    def _undress(self) -> None:
        self.body.destroy()
        self.root.configure(menu=tk.Menu(self.root))
        self.status, self._book, self.tabs, self._pages = None, None, {}, {}

    def _rebuild(self) -> None:
        dressed = self._book is not None
        self._undress()
        self._dress()
        if dressed or self.office.connection is Connection.LIVE:
            self._everything_is_stale()
        if dressed and self.live is None:  # The answer to the first question was the old body's, and went with it.
            self._begin()

    def _tab(self, name: str) -> Tab:
        if name not in self.tabs:
            tab = TABS[name]()(self._pages[name], self.office)
            tab.pack(fill="both", expand=True)
            self.tabs[name] = tab
            tab.happened(tuple(reversed(self.office.snapshot.recent)))
        return self.tabs[name]

    def _turned(self) -> None:
        if self._book is None:
            return
        shown = next((name for name, page in self._pages.items() if str(page) == self._book.select()), None)
        for name, tab in self.tabs.items():
            if name != shown:
                tab.hide()
        if shown is not None:
            self.office.memory.keep(tab=shown)
            self._tab(shown).show()

    def _surprise(self, kind: type[BaseException], error: BaseException, trace: Any) -> None:  # noqa: ANN401
        _log.error("a surprise in the window", exc_info=(kind, error, trace))
        self.office.toasts.say(self.office.words("frame.failed", what=kind.__name__), "bad")


def _who_and_where(api: Api) -> tuple[Me, Health]:
    return api.get("/api/auth/me", Me), api.get("/api/health", Health)
