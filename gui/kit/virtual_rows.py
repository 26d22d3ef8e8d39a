"""What every list over any number of rows does: pages asked for ahead, scrolling, keys, and a selection that stays.

Only as many rows as fit are real, and they are filled again as the list moves. How they look is its heirs' matter.
"""

import tkinter as tk
from collections.abc import Callable, Hashable
from tkinter import ttk
from typing import Any, Generic, Protocol, TypeVar

from gui.kit.paged import Paged
from gui.theme import Theme
from gui.words import Words

Item = TypeVar("Item")
Item_co = TypeVar("Item_co", covariant=True)
Result = TypeVar("Result")

_WHEEL = 3
_MOST_AT_ONCE = 3
"""Pages on their way: who drags the bar over a hundred pages waits for those that are seen."""
_MOST_AGAIN = 4
"""So many pages are read again from the beginning; who is further down gets only the pages in view."""


class Page(Protocol[Item_co]):
    """A page of a list, as the way to the agent gives it."""

    @property
    def items(self) -> tuple[Item_co, ...]:
        """Its rows."""
        ...

    @property
    def cursor(self) -> str | None:
        """For the next page; None: this was the last one."""
        ...


class Asks(Protocol):
    """What a list needs of the office."""

    theme: Theme
    words: Words

    def ask(
        self,
        job: Callable[[Any], Result],
        then: Callable[[Result], None],
        *,
        owner: tk.Misc,
        key: str | None = None,
        failed: Callable[[Exception], None] | None = None,
    ) -> None:
        """Ask the agent something beside the window."""
        ...

    def complain(self, error: Exception) -> None:
        """Say what went wrong."""
        ...


class VirtualRows(ttk.Frame, Generic[Item]):
    """The list without its look."""

    def __init__(
        self,
        master: tk.Misc,
        office: Asks,
        fetch: Callable[[Any, str | None], Page[Item]],
        opened: Callable[[Item], None],
        *,
        chosen: Callable[[Item | None], None] | None = None,
        key: Callable[[Item], Hashable] | None = None,
        filled: Callable[[], None] | None = None,
    ) -> None:
        """Make it; nothing is asked for before the first ``reload``.

        Args:
            master: Where it stands.
            office: The office.
            fetch: Gives the page for a cursor. It runs in another thread: no widgets, no variables of Tk.
            opened: A row was double-clicked, or Enter was pressed on it.
            chosen: Another row was selected.
            key: What a row is known again by after a reload; its ``id`` otherwise.
            filled: Something came in.
        """
        super().__init__(master)
        self.office = office
        self.model: Paged[Item] = Paged()
        self.first = 0
        self._fetch, self._opened, self._chosen, self._filled = fetch, opened, chosen, filled
        self._key = key or (lambda item: getattr(item, "id", item))
        self._selected: Item | None = None
        self._at: int | None = None
        self._asked: set[int] = set()
        self._generation = 0
        self._fault = False
        self._behind = False
        self._bar = ttk.Scrollbar(self, command=self._dragged)
        self._bar.pack(side="right", fill="y")

    # What others use

    @property
    def selected(self) -> Item | None:
        """The selected row; it stays so when it is scrolled out of sight."""
        return self._selected

    @property
    def items_loaded(self) -> int:
        """Rows that have been read so far."""
        return self.model.known

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing: asked, and answered."""
        return self.model.complete and not self.model.known

    def reload(self, *, keep: bool = True) -> None:
        """Ask again. ``keep=False``: something else is asked for, so begin at the top with nothing selected."""
        self._generation += 1
        self._asked.clear()
        self._fault, self._behind = False, False
        if not keep:
            self._select(None, None, quiet=True)
        last = self.model.page_of(min(self.first + self.fit(), max(self.model.known - 1, 0))) if keep else 0
        if last >= _MOST_AGAIN:
            self._behind = True
            for page in range(self.model.page_of(self.first), last + 1):
                self._ask(page)
            return
        generation = self._generation

        def job(api: Any) -> list[Page[Item]]:  # noqa: ANN401 (kit knows nothing of the way to the agent)
            pages = [self._fetch(api, None)]
            while len(pages) <= last and pages[-1].cursor is not None:
                pages.append(self._fetch(api, pages[-1].cursor))
            return pages

        self._asked.add(0)
        self.office.ask(
            job,
            lambda pages: self._again(generation, pages, keep=keep),
            owner=self,
            failed=lambda error: self._failed(generation, 0, error),
        )

    def select(self, item: Item | None) -> None:
        """Select a row without telling ``chosen``; one that is not in the list may be selected, too."""
        self._select(item, self._row_of(item), quiet=True)

    def scroll_to(self, row: int) -> None:
        """Let this row be the first one, as far as that goes."""
        top = max(0, self.model.rows - self.fit())
        self.first = max(0, min(row, top))
        if self._behind and self.first == 0:
            self.reload()
        self.refill()

    # What its heirs are asked

    def fit(self) -> int:
        """How many rows are seen as a whole; at least one."""
        raise NotImplementedError

    def paint(self) -> None:
        """Show the rows from ``first`` on."""
        raise NotImplementedError

    # What its heirs use

    def listen(self, surface: tk.Misc) -> None:
        """Take keys and wheel from what shows the rows."""
        moves: dict[str, Callable[[], None]] = {
            "<Up>": lambda: self._step(-1),
            "<Down>": lambda: self._step(1),
            "<Prior>": lambda: self._step(-self.fit()),
            "<Next>": lambda: self._step(self.fit()),
            "<Home>": lambda: self._go(0),
            "<End>": lambda: self._go(self.model.known - 1),
            "<Button-4>": lambda: self.scroll_to(self.first - _WHEEL),
            "<Button-5>": lambda: self.scroll_to(self.first + _WHEEL),
            "<Return>": self._open,
        }
        for event, do in moves.items():

            def run(_: object, do: Callable[[], None] = do) -> str:
                do()
                return "break"

            surface.bind(event, run)

        def wheel(event: "tk.Event[tk.Misc]") -> str:
            self.scroll_to(self.first - round(event.delta / 120 * _WHEEL or (event.delta > 0) - (event.delta < 0)))
            return "break"

        surface.bind("<MouseWheel>", wheel)
        surface.bind("<Configure>", lambda _: self.scroll_to(self.first))

    def pressed(self, row: int) -> None:
        """A row was clicked."""
        if self.model.item(row) is None and self._fault:
            self.reload()
        elif self.model.item(row) is not None:
            self._go(row)

    def opens(self) -> None:
        """The selected row was double-clicked."""
        self._open()

    def is_selected(self, row: int, item: Item) -> bool:
        """Whether it is this one."""
        return self._selected is not None and row == self._at and self._key(item) == self._key(self._selected)

    def placeholder(self) -> str:
        """What stands in a row that is not here yet."""
        return self.office.words("list.failed" if self._fault else "list.loading")

    def refill(self) -> None:
        """Show what is to be seen now, and ask for what is missing."""
        rows, fit = self.model.rows, self.fit()
        self._bar.set(self.first / rows, min(1.0, (self.first + fit) / rows)) if rows else self._bar.set(0, 1)
        self.paint()
        if self._fault or self._generation == 0:
            return
        for page in self.model.wanted(self.first - fit, self.first + 3 * fit):
            self._ask(page)

    # Its own

    def _ask(self, page: int) -> None:
        if page in self._asked or len(self._asked) >= _MOST_AT_ONCE:
            return
        self._asked.add(page)
        generation, cursor = self._generation, self.model.cursor(page)
        self.office.ask(
            lambda api: self._fetch(api, cursor),
            lambda found: self._arrived(generation, page, found),
            owner=self,
            failed=lambda error: self._failed(generation, page, error),
        )

    def _arrived(self, generation: int, page: int, found: Page[Item]) -> None:
        if generation != self._generation:
            return
        self._asked.discard(page)
        self.model.arrived(page, found.items, found.cursor)
        self._settle()

    def _again(self, generation: int, pages: list[Page[Item]], *, keep: bool) -> None:
        if generation != self._generation:
            return
        self._asked.clear()
        top = self.model.item(self.first) if keep and self.first else None
        self.model.begun_anew([(page.items, page.cursor) for page in pages])
        row = self._row_of(top)
        self.first = row if row is not None else (self.first if keep else 0)
        self._settle()

    def _settle(self) -> None:
        row = self._row_of(self._selected)
        if row is not None:
            self._at, self._selected = row, self.model.item(row)
        self.scroll_to(self.first)
        if self._filled is not None:
            self._filled()

    def _failed(self, generation: int, page: int, error: Exception) -> None:
        if generation != self._generation:
            return
        self._asked.discard(page)
        self._fault = True
        self.office.complain(error)
        self.refill()
        if self._filled is not None:
            self._filled()

    def _dragged(self, what: str, amount: str, unit: str = "") -> None:
        if what == "moveto":
            self.scroll_to(round(float(amount) * self.model.rows))
        else:
            self.scroll_to(self.first + int(amount) * (self.fit() if unit == "pages" else 1))

    def _step(self, by: int) -> None:
        self._go((self._at if self._at is not None else self.first - (1 if by > 0 else 0)) + by)

    def _go(self, row: int) -> None:
        row = max(0, min(row, self.model.known - 1))
        if self.model.known == 0:
            return
        fit = self.fit()
        if row < self.first:
            self.scroll_to(row)
        elif row >= self.first + fit:
            self.scroll_to(row - fit + 1)
        item = self.model.item(row)
        if item is not None:
            self._select(item, row)

    def _select(self, item: Item | None, row: int | None, *, quiet: bool = False) -> None:
        self._selected, self._at = item, row
        self.paint()
        if self._chosen is not None and not quiet:
            self._chosen(item)

    def _open(self) -> None:
        if self._selected is not None:
            self._opened(self._selected)

    def _row_of(self, item: Item | None) -> int | None:
        if item is None:
            return None
        key = self._key(item)
        return next((row for row, one in self.model.held_rows() if self._key(one) == key), None)
