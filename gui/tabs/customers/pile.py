"""One column of the board: its head with a count, and the cards that fit, drawn as it scrolls."""

import tkinter as tk
from collections.abc import Callable, Sequence
from tkinter import font, ttk

from agent.contract.desk import ConversationLine, ConversationOutcome
from gui.kit.shown_text import cut, one_line
from gui.office import Office
from gui.tabs.places import Place

_TALL, _GAP = 82, 8
COLOURS = {
    ConversationOutcome.OPEN: "warn",
    ConversationOutcome.WON: "good",
    ConversationOutcome.LOST: "bad",
    ConversationOutcome.RESOLVED: "calm",
}


class Pile(tk.Frame):
    """Conversations that stand in the same place."""

    def __init__(self, master: tk.Misc, office: Office, place: Place, title: str | None = None) -> None:
        """``title``: of a stage of the company's own."""
        super().__init__(master, highlightthickness=1, borderwidth=0)
        self.office, self.stands = office, place
        outcome = place if isinstance(place, ConversationOutcome) else None
        self.colour = COLOURS[outcome] if outcome is not None else "accent"
        self.title = (
            office.words(f"customers.outcome_{outcome.value}") if outcome is not None else one_line(title or "")
        )
        self.lines: list[ConversationLine] = []
        self.more = False
        self.chosen: int | None = None
        """Number of the conversation on which the keyboard is."""
        self.lit = False
        """Whether a card is held above it."""
        self.wants_more: Callable[[], None] = lambda: None
        self.entitled: Callable[[], None] = lambda: None
        """Called when its name is given other room."""
        px = office.theme.px
        head = self._head = tk.Frame(self)
        head.pack(fill="x", padx=px(12), pady=(px(10), px(6)))
        head.pack_propagate(False)
        self._dot = tk.Frame(head, width=px(10), height=px(10))
        self.count = tk.Label(head, text="0", font="SunValleyBodyFont")
        # One pixel wide, and then as wide as there is room: a long name makes no column wider than the others.
        self._title = tk.Label(
            head, text=self.title, anchor="w", justify="left", width=1, borderwidth=0, font="SunValleyBodyStrongFont"
        )
        self._dot.pack(side="left", anchor="n", padx=(0, px(8)), pady=px(5))
        self.count.pack(side="right", anchor="n")
        self._title.pack(side="left", anchor="n", fill="x", expand=True)
        self._title.bind("<Configure>", lambda event: self._entitle(event.width))
        self._bar = ttk.Scrollbar(self, command=self._scrolled)
        self.canvas = tk.Canvas(self, highlightthickness=0, borderwidth=0, width=px(120), height=px(100))
        self.canvas.configure(yscrollcommand=self._bar.set, yscrollincrement=1)
        self.canvas.pack(fill="both", expand=True, padx=px(8), pady=(0, px(8)))
        self.canvas.bind("<Configure>", lambda _: self.draw())
        for event in ("<MouseWheel>", "<Button-4>", "<Button-5>"):
            self.canvas.bind(event, self._wheel)
        self.name_font = font.Font(self, font="SunValleyBodyStrongFont")
        self._small_font = font.Font(self, font="SunValleyCaptionFont")
        office.theme.follow(self, self._restyle)

    @property
    def head_wants(self) -> int:
        """How tall its head would have to be, in pixels, for its whole name."""
        return max(self._title.winfo_reqheight(), self.count.winfo_reqheight())

    def give_head(self, pixels: int) -> None:
        """So much height for its head."""
        self._head.configure(height=pixels)

    def show(self, lines: Sequence[ConversationLine], *, more: bool) -> None:
        """Other cards."""
        self.lines, self.more = list(lines), more
        self.draw()

    def at(self, y: int) -> ConversationLine | None:
        """The card at a place of the canvas as it is seen."""
        step = self.office.theme.px(_TALL + _GAP)
        row, rest = divmod(int(self.canvas.canvasy(y)), step)
        return self.lines[row] if 0 <= row < len(self.lines) and rest <= self.office.theme.px(_TALL) else None

    def row_of(self, conversation_id: int | None) -> int | None:
        """Where a conversation stands in it."""
        return next((row for row, line in enumerate(self.lines) if line.id == conversation_id), None)

    def see(self, row: int) -> None:
        """Scroll until a card is seen as a whole."""
        px, step = self.office.theme.px, self.office.theme.px(_TALL + _GAP)
        top, height = self.canvas.canvasy(0), self.canvas.winfo_height()
        if row * step < top:
            self._go(row * step)
        elif row * step + px(_TALL) > top + height:
            self._go(row * step + px(_TALL) - height)
        self.draw()

    def draw(self) -> None:
        """Draw the cards that are seen."""
        canvas, px, colours = self.canvas, self.office.theme.px, self.office.theme.palette
        step, width = px(_TALL + _GAP), canvas.winfo_width() - px(4)
        whole = max(len(self.lines) * step, canvas.winfo_height())
        canvas.configure(scrollregion=(0, 0, width, whole))
        canvas.delete("all")
        self._show_bar(whole > canvas.winfo_height() > 1)
        plus = "+" if self.more else ""
        self.count.configure(text=f"{self.office.number(len(self.lines))}{plus}")
        if not self.lines:
            canvas.create_text(
                width / 2, px(36), text=self.office.words("customers.no_cards"), fill=colours.ink_2,
                font=self._small_font, width=max(width - px(16), 10), justify="center",
            )  # fmt: skip
            return
        first = max(int(canvas.canvasy(0)) // step, 0)
        last = min(int(canvas.canvasy(canvas.winfo_height())) // step, len(self.lines) - 1)
        for row in range(first, last + 1):
            self._card(self.lines[row], row * step, width)
        if self.more and last >= len(self.lines) - 5:
            self.wants_more()

    def _card(self, line: ConversationLine, top: int, width: int) -> None:
        canvas, px, colours = self.canvas, self.office.theme.px, self.office.theme.palette
        chosen = line.id == self.chosen
        canvas.create_rectangle(
            1, top + 1, width, top + px(_TALL), fill=colours.ground, width=px(2) if chosen else 1,
            outline=colours.accent if chosen else colours.line,
        )  # fmt: skip
        left, room = px(12), width - px(24)
        at = self.office.clock(line.active_at)
        clock = self._small_font.measure(at)
        texts = (
            (px(18), cut(one_line(line.title), self.name_font, room - clock - px(8)), self.name_font, colours.ink),
            (px(40), cut(self._last(line), self._small_font, room), self._small_font, colours.ink_2),
            (px(62), cut(self._about(line), self._small_font, room), self._small_font,
             colours.warn if line.waits else colours.ink_2),
        )  # fmt: skip
        for down, text, letters, ink in texts:
            canvas.create_text(left, top + down, text=text, anchor="w", font=letters, fill=ink)
        canvas.create_text(width - px(12), top + px(18), text=at, anchor="e", font=self._small_font, fill=colours.ink_2)

    def _last(self, line: ConversationLine) -> str:
        return one_line(line.last.text or "") if line.last is not None else ""

    def _about(self, line: ConversationLine) -> str:
        words, parts = self.office.words, []
        if line.waits:
            parts.append(words("customers.waits"))
        if line.last is not None and line.last.intent:
            parts.append(words.intent(line.last.intent))
        if line.attendant:
            parts.append(line.attendant)
        if line.is_group:
            parts.append(words("customers.group"))
        return " · ".join(parts) or line.phone or ""

    def _go(self, y: float) -> None:
        whole = float(str(self.canvas.cget("scrollregion")).split()[3])
        self.canvas.yview_moveto(max(y, 0) / whole)

    def _scrolled(self, *how: str) -> None:
        self.canvas.yview(*how)
        self.draw()

    def _wheel(self, event: "tk.Event[tk.Misc]") -> None:
        up = event.num == 4 or event.delta > 0
        step = self.office.theme.px(_TALL // 2)
        self.canvas.yview_scroll(-step if up else step, "units")
        self.draw()

    def light(self, on: bool) -> None:
        """Show that a card would go here."""
        if on != self.lit:
            self.lit = on
            self._restyle()

    def _entitle(self, wide: int) -> None:
        self._title.configure(wraplength=wide)
        self.entitled()

    def _show_bar(self, scrolls: bool) -> None:
        """The bar is there only where there is something to scroll."""
        px = self.office.theme.px
        if scrolls == bool(self._bar.winfo_manager()):
            return
        if scrolls:
            self._bar.pack(side="right", fill="y", before=self.canvas)
        else:
            self._bar.pack_forget()
        self.canvas.pack_configure(padx=(px(8), 0 if scrolls else px(8)))

    def _restyle(self) -> None:
        colours = self.office.theme.palette
        ground = colours.accent_soft if self.lit else colours.paper
        self.configure(
            background=ground, highlightcolor=colours.line,
            highlightbackground=colours.accent if self.lit else colours.line,
        )  # fmt: skip
        self._dot.configure(background=getattr(colours, self.colour))
        for one in (self._head, self._title, self.count, self.canvas):
            one.configure(background=ground)
        self._title.configure(foreground=colours.ink)
        self.count.configure(foreground=colours.ink_2)
        self.draw()
