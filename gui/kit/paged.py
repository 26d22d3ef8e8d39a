"""Rows that come in pages by cursor, and of which only some are kept. Pure: no window, no network.

A page that was forgotten is asked for again by its own cursor, so memory does not grow with what was scrolled past.
"""

from bisect import bisect_right
from collections import OrderedDict
from collections.abc import Iterator, Sequence
from typing import Generic, TypeVar

Item = TypeVar("Item")

KEPT = 40
"""Pages that are kept; those not looked at for longest go first."""


class Paged(Generic[Item]):
    """All rows that are known of, and the pages that hold some of them now."""

    def __init__(self, kept: int = KEPT) -> None:
        self._kept = kept
        self._starts = [0]
        """First row of each page that is known of; behind the last of them, its end."""
        self._cursors: list[str | None] = [None]
        self._pages: OrderedDict[int, tuple[Item, ...]] = OrderedDict()
        self._in_view = 0
        """Pages that are looked at now: these are kept, however short they are."""
        self.complete = False
        """Whether the last page is known of."""

    @property
    def known(self) -> int:
        """Rows that are known of, whether they are held now or not."""
        return self._starts[-1]

    @property
    def rows(self) -> int:
        """Rows to be shown: one more says that others are coming."""
        return self.known if self.complete else self.known + 1

    @property
    def held(self) -> int:
        """Rows that are held now."""
        return sum(len(page) for page in self._pages.values())

    def page_of(self, row: int) -> int:
        """The page in which a row is; the one behind all others for a row that is not known of yet."""
        return min(bisect_right(self._starts, row) - 1, len(self._cursors) - 1)

    def cursor(self, page: int) -> str | None:
        """What a page is asked for with."""
        return self._cursors[page]

    def item(self, row: int) -> Item | None:
        """What is in a row; None where it is not held now."""
        if not 0 <= row < self.known:
            return None
        page = self.page_of(row)
        held = self._pages.get(page)
        return None if held is None else held[row - self._starts[page]]

    def wanted(self, first: int, last: int) -> list[int]:
        """Pages that are to be asked for, so that these rows can be shown."""
        if self.known == 0:
            return [] if self.complete else [len(self._starts) - 1]
        first, last = max(0, first), max(0, last)
        pages = range(self.page_of(min(first, self.known - 1)), self.page_of(min(last, self.known - 1)) + 1)
        self._in_view = len(pages) + 1
        for page in pages:
            if page in self._pages:
                self._pages.move_to_end(page)
        missing = [page for page in pages if page not in self._pages]
        if not self.complete and last >= self.known:
            missing.append(len(self._starts) - 1)
        return missing

    def arrived(self, page: int, items: Sequence[Item], cursor: str | None) -> None:
        """A page is here. Where it is not as long as it was, or goes on elsewhere, what follows is asked for anew."""
        if page > len(self._starts) - 1:
            return
        end = self._starts[page] + len(items)
        is_known = page < len(self._starts) - 1
        if not (is_known and self._starts[page + 1] == end and cursor == self._next(page)):
            for later in [one for one in self._pages if one > page]:
                del self._pages[later]
            del self._starts[page + 1 :], self._cursors[page + 1 :]
            self._starts.append(end)
            self.complete = cursor is None
            if cursor is not None:
                self._cursors.append(cursor)
        self._pages[page] = tuple(items)
        self._pages.move_to_end(page)
        while len(self._pages) > max(self._kept, self._in_view):
            self._pages.popitem(last=False)

    def begun_anew(self, pages: Sequence[tuple[Sequence[Item], str | None]]) -> None:
        """Forget everything; these are the first pages now."""
        self._starts, self._cursors, self.complete = [0], [None], False
        self._pages.clear()
        for at, (items, cursor) in enumerate(pages):
            self.arrived(at, items, cursor)

    def held_rows(self) -> Iterator[tuple[int, Item]]:
        """Every row that is held now."""
        for page in sorted(self._pages):
            yield from enumerate(self._pages[page], self._starts[page])

    def _next(self, page: int) -> str | None:
        return self._cursors[page + 1] if page + 1 < len(self._cursors) else None
