"""The board: a column for each outcome and each stage of the company's own, conversations as cards.

They are moved by the mouse and by the keyboard.
"""

import tkinter as tk
from collections.abc import Callable
from dataclasses import dataclass
from tkinter import ttk

from agent.contract.access import Role
from agent.contract.desk import ConversationLine, ConversationOutcome
from agent.contract.stages import Stage
from gui.kit.edits import Edit, Edits, Overtaken
from gui.kit.roomy import Roomy
from gui.kit.shown_text import cut, one_line
from gui.link.api import Api
from gui.office import Office
from gui.tabs.customers.pile import Pile
from gui.tabs.customers.stages import Stages
from gui.tabs.places import Place, change_to, column, place_of, places, put

_PAGE, _MOST = 50, 1000
_FAR = 6
"""Pixels that the pointer goes before a press is a drag."""
_NARROWEST = 168
"""Pixels of a column at 100 %."""
_LOWEST = 190
_PUSH_MS = 40

Found = tuple[tuple[Stage, ...], dict[Place, tuple[list[ConversationLine], bool]]]


@dataclass
class _Held:
    """A card that the mouse holds."""

    line: ConversationLine
    source: Pile
    x: int
    y: int
    ghost: tk.Label | None = None


class Board(ttk.Frame):
    """All columns."""

    def __init__(
        self, master: tk.Misc, office: Office, edits: Edits, opened: Callable[[ConversationLine], None]
    ) -> None:
        """``opened``: a card was double-clicked, or Enter was pressed on it."""
        super().__init__(master)
        self.office, self._edits, self._opened = office, edits, opened
        self._wanted: dict[Place, int] = {}
        self._stages: tuple[Stage, ...] = ()
        self._held: _Held | None = None
        self._moving: dict[int, Place] = {}
        """Conversations on their way: until the agent has answered, they stay where they were put."""
        px = office.theme.px
        below = ttk.Frame(self)
        below.pack(side="bottom", fill="x", pady=(px(6), 0))
        self.manage = ttk.Button(below, text=office.words("customers.stages"), command=lambda: Stages(office))
        if office.may(Role.SUPERVISOR):
            self.manage.pack(side="right", padx=(px(8), 0))
        hint = ttk.Label(below, text=office.words("customers.board_hint"), style="Caption.TLabel", justify="left")
        hint.bind("<Configure>", lambda event: hint.configure(wraplength=max(event.width, 80)))
        hint.pack(side="left", fill="x", expand=True)
        self._inside = Roomy(self, office.theme)
        self._inside.pack(fill="both", expand=True)
        self._inside.body.rowconfigure(0, weight=1)
        self.piles: dict[Place, Pile] = {}
        self._arrange(())

    @property
    def busy(self) -> bool:
        """Whether a card is held."""
        return self._held is not None

    def reload(self) -> None:
        """Ask for all columns again, as far as they were scrolled."""
        wanted = dict(self._wanted)

        def job(api: Api) -> Found:
            stages = api.listed("/api/stages", Stage).items
            return stages, {place: column(api, place, wanted.get(place, _PAGE)) for place in places(stages)}

        self.office.ask(job, self.fill, owner=self, key="board")

    def fill(self, found: Found) -> None:
        """Show these. While a card is held nothing moves: it is asked again when it was put down."""
        if self.busy:
            return
        stages, columns = found
        self._arrange(stages)
        lines = {line.id: line for standing, _ in columns.values() for line in standing}
        for place, pile in self.piles.items():
            standing, more = columns[place]
            kept = [line for line in standing if self._moving.get(line.id, place) == place]
            shown = {line.id for line in kept}
            coming = [
                lines[number] for number, to in self._moving.items()
                if to == place and number in lines and number not in shown
            ]  # fmt: skip
            pile.show([*coming, *kept], more=more)

    def _arrange(self, stages: tuple[Stage, ...]) -> None:
        """A column for each place. What stands in the columns stays where these are the same."""
        names = [(stage.id, stage.name) for stage in stages]
        if self.piles and names == [(stage.id, stage.name) for stage in self._stages]:
            return
        self._stages = stages
        titles, px = dict(names), self.office.theme.px
        chosen = next((pile.chosen for pile in self.piles.values()), None)
        held = any(pile.canvas is self.focus_get() for pile in self.piles.values())
        for pile in self.piles.values():
            pile.destroy()
        body, self.piles = self._inside.body, {}
        for at in range(body.grid_size()[0]):
            body.columnconfigure(at, weight=0, uniform="", minsize=0)
        order = places(stages)
        for at, place in enumerate(order):
            title = titles.get(place) if not isinstance(place, ConversationOutcome) else None
            pile = self.piles[place] = Pile(body, self.office, place, title)
            pile.chosen = chosen
            body.columnconfigure(at, weight=1, uniform="piles")
            pile.grid(row=0, column=at, sticky="nsew", padx=(0 if at == 0 else px(8), 0))
            pile.wants_more = lambda place=place: self._further(place)  # type: ignore[misc]
            pile.entitled = self._level
            self._listen(pile)
        self._inside.least = (len(order) * px(_NARROWEST), px(_LOWEST))
        self._inside.fit()
        if held:
            self.piles[order[0]].canvas.focus_set()

    def _level(self) -> None:
        """All cards begin at one height, however many lines the names above them take."""
        tallest = max(pile.head_wants for pile in self.piles.values())
        for pile in self.piles.values():
            pile.give_head(tallest)

    def move(self, line: ConversationLine, to: Place) -> None:
        """Say where a conversation stands: the card goes there at once, and back where that is refused."""
        before = place_of(line)
        if before == to or line.id in self._moving:
            return
        path, words = f"/api/conversations/{line.id}", self.office.words
        self._moving[line.id] = to
        self._put(line, before, to)

        def change(api: Api) -> ConversationLine:
            return api.write("PATCH", path, ConversationLine, change_to(to))

        def back(api: Api, _: object) -> None:
            if place_of(api.get(path, ConversationLine)) != to:
                raise Overtaken
            api.send("PATCH", path, change_to(before))

        def done(now: ConversationLine) -> None:
            self._moving.pop(line.id, None)
            self._replace(now)

        def failed(why: str) -> None:
            self._moving.pop(line.id, None)
            self._put(put(line, to), to, before)
            self._edits.line.show(words("customers.stays", customer=title, why=why), "bad")

        title = one_line(line.title, 40)
        said = words("customers.did_move", customer=title, outcome=self.piles[to].title)
        self._edits.make(Edit(said, change, back), then=done, failed=failed)

    def _put(self, line: ConversationLine, source: Place, to: Place) -> None:
        if source not in self.piles or to not in self.piles:  # Its stage was removed meanwhile.
            self.reload()
            return
        leaves, goes = self.piles[source], self.piles[to]
        moved = put(line, to)
        leaves.show([one for one in leaves.lines if one.id != line.id], more=leaves.more)
        lines = [one for one in goes.lines if one.id != line.id]
        row = next((row for row, one in enumerate(lines) if one.active_at < line.active_at), len(lines))
        goes.show([*lines[:row], moved, *lines[row:]], more=goes.more)
        self.choose(moved.id)

    def _replace(self, line: ConversationLine) -> None:
        pile = self.piles.get(place_of(line))
        row = pile.row_of(line.id) if pile is not None else None
        if pile is not None and row is not None:
            pile.lines[row] = line
            pile.draw()

    def choose(self, conversation_id: int | None) -> None:
        """Put the keyboard's frame around a card."""
        for pile in self.piles.values():
            pile.chosen = conversation_id
            row = pile.row_of(conversation_id)
            if row is not None:
                pile.see(row)
                self._inside.see(pile)
                pile.canvas.focus_set()
            else:
                pile.draw()

    def _further(self, place: Place) -> None:
        wanted = self._wanted.get(place, _PAGE)
        if len(self.piles[place].lines) >= wanted and wanted < _MOST:
            self._wanted[place] = wanted + _PAGE
            self.office.loop.later(1, self.reload, self)

    # By the keyboard

    def _listen(self, pile: Pile) -> None:
        canvas = pile.canvas
        canvas.configure(takefocus=True)
        for keys, down, right in (("Up", -1, 0), ("Down", 1, 0), ("Left", 0, -1), ("Right", 0, 1)):
            canvas.bind(f"<{keys}>", lambda _, down=down, right=right: self._step(pile, down, right))  # type: ignore[misc]
        for keys, right in (("Left", -1), ("Right", 1)):
            canvas.bind(f"<Control-{keys}>", lambda _, right=right: self._shove(pile, right))  # type: ignore[misc]
        canvas.bind("<Return>", lambda _: self._enter(pile))
        canvas.bind("<FocusIn>", lambda _: self._entered(pile))
        canvas.bind("<ButtonPress-1>", lambda event: self._press(pile, event))
        canvas.bind("<B1-Motion>", self._drag)
        canvas.bind("<ButtonRelease-1>", self._drop)
        canvas.bind("<Double-1>", lambda _: self._enter(pile))
        canvas.bind("<Escape>", lambda _: self._let_go())

    def _entered(self, pile: Pile) -> None:
        if pile.lines and pile.row_of(pile.chosen) is None:
            self.choose(pile.lines[0].id)

    def _step(self, pile: Pile, down: int, right: int) -> str:
        row = pile.row_of(pile.chosen)
        if row is None:
            self._entered(pile)
            return "break"
        if right:
            order = list(self.piles)
            at = order.index(pile.stands) + right
            while 0 <= at < len(order) and not self.piles[order[at]].lines:
                at += right
            if not 0 <= at < len(order):
                return "break"
            pile = self.piles[order[at]]
        self.choose(pile.lines[max(0, min(row + down, len(pile.lines) - 1))].id)
        return "break"

    def _shove(self, pile: Pile, right: int) -> str:
        order = list(self.piles)
        row, at = pile.row_of(pile.chosen), order.index(pile.stands) + right
        if row is not None and 0 <= at < len(order):
            self.move(pile.lines[row], order[at])
        return "break"

    def _enter(self, pile: Pile) -> None:
        row = pile.row_of(pile.chosen)
        if row is not None:
            self._opened(pile.lines[row])

    # By the mouse

    def _press(self, pile: Pile, event: "tk.Event[tk.Misc]") -> None:
        line = pile.at(event.y)
        pile.canvas.focus_set()
        if line is not None:
            self.choose(line.id)
            self._held = _Held(line, pile, event.x_root, event.y_root)

    def _drag(self, event: "tk.Event[tk.Misc]") -> None:
        held = self._held
        if held is None:
            return
        if held.ghost is None:
            if abs(event.x_root - held.x) + abs(event.y_root - held.y) < self.office.theme.px(_FAR):
                return
            held.ghost = self._ghost(held)
            self._push()
        held.x = event.x_root
        x, y, px = event.x_root - self.winfo_rootx(), event.y_root - self.winfo_rooty(), self.office.theme.px
        held.ghost.place(x=x - px(20), y=y - px(16))
        held.ghost.lift()
        below = self._below(event.x_root)
        for pile in self.piles.values():
            pile.light(pile is below and pile is not held.source)

    def _drop(self, event: "tk.Event[tk.Misc]") -> None:
        held, below = self._held, self._below(event.x_root)
        was_dragged = held is not None and held.ghost is not None
        self._let_go()
        if held is not None and was_dragged and below is not None and self._is_inside(event.y_root):
            self.move(held.line, below.stands)

    def _push(self) -> None:
        """As long as a card is held at an edge, what is hidden there comes in."""
        if self._held is not None and self._held.ghost is not None:
            self._inside.push(self._held.x)
            self.office.loop.later(_PUSH_MS, self._push, self)

    def _let_go(self) -> None:
        if self._held is None:
            return
        if self._held.ghost is not None:
            self._held.ghost.destroy()
            self.office.loop.later(1, self.reload, self)
        self._held = None
        for pile in self.piles.values():
            pile.light(False)

    def _ghost(self, held: _Held) -> tk.Label:
        colours, px = self.office.theme.palette, self.office.theme.px
        return tk.Label(
            self, text=cut(one_line(held.line.title), held.source.name_font, px(180)), font="SunValleyBodyStrongFont",
            background=colours.accent_soft, foreground=colours.ink, padx=px(14), pady=px(10), highlightthickness=2,
            highlightbackground=getattr(colours, held.source.colour), cursor="fleur",
        )  # fmt: skip

    def _below(self, x: int) -> Pile | None:
        return next((pile for pile in self.piles.values() if 0 <= x - pile.winfo_rootx() < pile.winfo_width()), None)

    def _is_inside(self, y: int) -> bool:
        return 0 <= y - self.winfo_rooty() < self.winfo_height()
