"""The keys that do something, by where; and which Balcão this is, and under which licence."""

from tkinter import ttk
from typing import NamedTuple

from agent import __version__
from agent.contract.health import Health
from gui.kit.dialogs import Dialog
from gui.office import Office


class Key(NamedTuple):
    """One of them."""

    shown: str
    """As it stands on a keyboard; ``help.`` and so on: as a word."""
    bound: tuple[str, ...]
    """As Tk names it."""
    does: str


_TABS = tuple(f"<Control-Key-{at}>" for at in range(1, 6))

KEYS: dict[str, tuple[Key, ...]] = {
    "help.everywhere": (
        Key("Ctrl+1 … Ctrl+5", _TABS, "help.tab"),
        Key("Ctrl+Tab", ("<Control-Tab>",), "help.next_tab"),
        Key("Ctrl+PgUp, PgDn", ("<Control-Prior>", "<Control-Next>"), "help.other_tab"),
        Key("Ctrl+R", ("<Control-r>",), "help.report"),
        Key("Ctrl+Z", ("<Control-z>",), "help.undo"),
        Key("F5", ("<F5>",), "help.refresh"),
        Key("F1", ("<F1>",), "help.this_list"),
        Key("Esc", ("<Escape>",), "help.close"),
        Key("Ctrl+Q", ("<Control-q>",), "help.quit"),
    ),
    "help.messages": (
        Key("Ctrl+F", ("<Control-f>",), "help.find"),
        Key("Ctrl+S", ("<Control-s>",), "help.save"),
    ),
    "help.writing": (Key("Ctrl+Enter", ("<Control-Return>",), "help.send"),),
    "help.board": (
        Key("← ↑ ↓ →", ("<Left>", "<Up>", "<Down>", "<Right>"), "help.step"),
        Key("Ctrl+← →", ("<Control-Left>", "<Control-Right>"), "help.shove"),
        Key("Enter", ("<Return>",), "help.open"),
    ),
    "help.stages": (
        Key("Alt+↑ ↓", ("<Alt-Up>", "<Alt-Down>"), "help.order"),
        Key("Delete", ("<Delete>",), "help.remove"),
    ),
    "help.player": (
        Key("help.space", ("<space>",), "help.play"),
        Key("← →", ("<Left>", "<Right>"), "help.event"),
        Key("Home, End", ("<Home>", "<End>"), "help.ends"),
    ),
    "help.logs": (Key("Ctrl+C", ("<Control-c>",), "help.copy"),),
}
_LEFT = ("help.everywhere", "help.messages")


class Keys(Dialog):
    """The list of them, in two columns."""

    def __init__(self, office: Office) -> None:
        super().__init__(office, office.words("help.keys"), width=720)
        words, px = office.words, office.theme.px
        for at in (0, 1):
            half = ttk.Frame(self.body)
            half.grid(row=0, column=at, sticky="n", padx=(px(28) * at, 0))
            half.columnconfigure(0, minsize=px(130))
            for room, keys in KEYS.items():
                if (room in _LEFT) != (at == 0):
                    continue
                ttk.Label(half, text=words(room), style="Strong.TLabel").grid(
                    column=0, columnspan=2, sticky="w", pady=(px(10), px(4))
                )
                for key in keys:
                    row = half.grid_size()[1]
                    shown = words(key.shown) if key.shown.startswith("help.") else key.shown
                    ttk.Label(half, text=shown, style="Quiet.TLabel").grid(row=row, column=0, sticky="nw", pady=px(2))
                    does = ttk.Label(half, text=words(key.does), wraplength=px(230), justify="left")
                    does.grid(row=row, column=1, sticky="w", pady=px(2))
        self.open(self.button(words("frame.close"), self.close))


class About(Dialog):
    """Version and licence of this window, and the version of the agent that it speaks to."""

    def __init__(self, office: Office) -> None:
        super().__init__(office, office.words("help.about"))
        words, px = office.words, office.theme.px
        text = ttk.Label(self.body, text=words("help.what"), wraplength=px(412), justify="left")
        text.grid(columnspan=2, sticky="w", pady=(0, px(12)))
        self.agent = self._line("help.agent", "–")
        self._line("help.window", words("help.version", version=__version__))
        self._line("help.licence", words("help.licence_text"))
        self.open(self.button(words("frame.close"), self.close))
        office.ask(lambda api: api.get("/api/health", Health), self._answered, owner=self, failed=lambda _: None)

    def _line(self, name: str, text: str) -> ttk.Label:
        px, row = self.office.theme.px, self.body.grid_size()[1]
        label = ttk.Label(self.body, text=self.office.words(name), style="Quiet.TLabel")
        label.grid(row=row, column=0, sticky="nw", pady=px(3))
        made = ttk.Label(self.body, text=text, wraplength=px(310), justify="left")
        made.grid(row=row, column=1, sticky="w", padx=(px(14), 0), pady=px(3))
        return made

    def _answered(self, health: Health) -> None:
        said = self.office.words("help.agent_version", version=health.version, server=self.office.api.server)
        self.agent.configure(text=said)
