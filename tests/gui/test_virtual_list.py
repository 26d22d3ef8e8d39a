"""A list over any number of rows: its pages alone, and then in a real window."""

import tkinter as tk
from dataclasses import dataclass, field
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as some

from gui.kit.paged import Paged
from gui.kit.shown_text import harmless, one_line
from gui.kit.virtual_list import Column, VirtualList
from gui.link.api import Api, Listed
from gui.link.errors import Refused
from tests.gui.conftest import OpenWindow
from tests.gui.driver import Driver


@dataclass(frozen=True)
class Thing:
    id: int
    name: str


@dataclass
class Things:
    """Things in pages; a cursor is the number of the first one of a page."""

    count: int
    page: int = 100
    asked: list[str | None] = field(default_factory=list)
    broken: bool = False

    def __call__(self, api: Any, cursor: str | None) -> Listed[Any]:
        self.asked.append(cursor)
        if self.broken:
            raise Refused(503, "overloaded", "Cheio demais agora.")
        begin = int(cursor or 0)
        end = min(begin + self.page, self.count)
        return Listed(
            items=tuple(Thing(n, f"coisa {n}") for n in range(begin, end)),
            cursor=str(end) if end < self.count else None,
        )


# The pages alone


@given(
    lengths=some.lists(some.integers(0, 7), min_size=1, max_size=12),
    looks=some.lists(some.tuples(some.integers(0, 60), some.integers(0, 9)), max_size=25),
    kept=some.integers(2, 5),
)
def test_wherever_one_looks_the_rows_are_the_lists_own(
    lengths: list[int], looks: list[tuple[int, int]], kept: int
) -> None:
    rows = list(range(sum(lengths)))
    begins = [sum(lengths[:page]) for page in range(len(lengths))]
    model = Paged[int](kept)

    def answer(page: int) -> None:
        number = 0 if model.cursor(page) is None else int(model.cursor(page) or 0)
        items = rows[begins[number] : begins[number] + lengths[number]]
        model.arrived(page, items, str(number + 1) if number + 1 < len(lengths) else None)

    for first, tall in looks:
        for _ in range(len(lengths) + 2):
            missing = model.wanted(first, first + tall)
            if not missing:
                break
            for page in missing:
                answer(page)
        assert model.known <= len(rows)
        assert model.known == len(rows) or model.known > first + tall
        for row in range(first, min(first + tall + 1, model.known)):
            assert model.item(row) == rows[row]
        assert model.held <= max(kept, tall + 3 + lengths.count(0)) * 7
        assert all(rows[row] == item for row, item in model.held_rows())


def test_a_page_that_is_another_one_now_ends_what_was_known_behind_it() -> None:
    model = Paged[str]()
    model.begun_anew([("ab", "1"), ("cd", "2"), ("ef", None)])
    assert (model.known, model.rows, model.complete) == (6, 6, True)
    model.arrived(0, "a", "1")
    assert (model.known, model.rows, model.complete) == (1, 2, False), "one was taken out: what follows is asked anew"
    assert model.wanted(0, 5) == [1]
    model.arrived(1, "cd", None)
    assert [model.item(row) for row in range(4)] == ["a", "c", "d", None]
    model.arrived(5, "x", None)
    assert model.known == 3, "a page that nobody asked for"


def test_what_was_forgotten_is_asked_for_by_its_own_cursor() -> None:
    model = Paged[int](kept=2)
    model.begun_anew([(range(10 * n, 10 * n + 10), str(n + 1)) for n in range(6)])
    assert (model.known, model.held) == (60, 20)
    assert model.item(5) is None
    assert model.wanted(0, 9) == [0]
    assert [model.cursor(page) for page in (0, 3)] == [None, "3"]
    model.arrived(0, range(10), "1")
    assert (model.item(5), model.known) == (5, 60)


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("São João ☕ 👩‍👧", "São João ☕ 👩‍👧"),
        ("paga \u202egpj.exe\u202c agora", "paga gpj.exe agora"),
        ("a\u200bb\x00c\x1b[31m\ud800", "abc[31m"),
        ("uma\r\noutra\u2028linha", "uma\noutra\nlinha"),
    ],
)
def test_nothing_hides_in_a_text(written: str, shown: str) -> None:
    assert harmless(written) == shown


def test_a_line_of_a_list_is_one_line() -> None:
    assert one_line(" uma \n\n outra ") == "uma outra"
    assert one_line("x" * 5000) == "x" * 299 + "…"


# In a window


class Shelf:
    """A window with one list in it."""

    def __init__(self, desk: Driver, things: Things) -> None:
        self.desk, self.things = desk, things
        self.opened: list[Thing] = []
        self.chosen: list[Thing | None] = []
        top = tk.Toplevel(desk.root)
        top.geometry("500x400")
        self.list: VirtualList[Thing] = VirtualList(
            top, desk.window.office, [Column("id", "Nº", 80), Column("name", "Nome", 200, stretch=True)],
            things, lambda one: (str(one.id), one.name), self.opened.append, chosen=self.chosen.append,
        )  # fmt: skip
        self.list.pack(fill="both", expand=True)
        desk.turn(0.1)

    @property
    def seen(self) -> list[str]:
        tree = self.list.tree
        return [str(tree.set(line, "name")) for line in tree.get_children()]

    def until(self, first: str) -> None:
        self.desk.until(lambda: self.seen[:1] == [first], f"{first} first, not {self.seen[:2]}")

    def press(self, keys: str, times: int = 1) -> None:
        for _ in range(times):
            self.desk.press(keys, self.list.tree)


@pytest.fixture
def shelf(open_window: OpenWindow) -> Shelf:
    return Shelf(open_window(), Things(1_000))


def test_only_as_many_rows_as_fit_are_real(shelf: Shelf) -> None:
    shelf.list.reload()
    shelf.until("coisa 0")
    assert len(shelf.seen) == shelf.list.fit() + 1 < 20
    shelf.list.scroll_to(75)
    shelf.desk.until(lambda: shelf.list.items_loaded == 200, "the next page, before it is reached")
    shelf.list.scroll_to(95)
    assert (shelf.seen[0], shelf.seen[-1]) == ("coisa 95", f"coisa {95 + shelf.list.fit()}")


def test_keys_wheel_and_mouse(shelf: Shelf) -> None:
    shelf.list.reload()
    shelf.until("coisa 0")
    shelf.press("<Down>", 3)
    assert shelf.list.selected == Thing(2, "coisa 2")
    shelf.press("<Up>")
    shelf.press("<Return>")
    assert shelf.opened == [Thing(1, "coisa 1")]
    shelf.press("<Next>")
    assert shelf.list.selected == Thing(1 + shelf.list.fit(), f"coisa {1 + shelf.list.fit()}")
    shelf.press("<Home>")
    assert shelf.list.selected == Thing(0, "coisa 0")
    shelf.press("<Prior>")
    assert shelf.list.first == 0
    shelf.list.tree.event_generate("<Button-5>", x=5, y=60)
    shelf.until("coisa 3")
    shelf.list.tree.event_generate("<Button-1>", x=20, y=shelf.desk.window.theme.px(30 + 15))
    assert shelf.list.selected == Thing(3, "coisa 3")
    for event in ("<ButtonRelease-1>", "<ButtonPress-1>"):
        shelf.list.tree.event_generate(event, x=20, y=shelf.desk.window.theme.px(30 + 15))
    assert shelf.opened[-1] == Thing(3, "coisa 3")
    for known in (100, 200, 300):
        shelf.press("<End>")
        shelf.desk.until(lambda known=known: shelf.list.items_loaded > known)


def test_the_selection_outlives_scrolling_and_reloading(shelf: Shelf) -> None:
    shelf.list.reload()
    shelf.until("coisa 0")
    shelf.press("<Down>", 3)
    shelf.list.scroll_to(60)
    shelf.until("coisa 60")
    assert shelf.list.tree.selection() == ()
    assert shelf.list.selected == Thing(2, "coisa 2")
    asked = len(shelf.things.asked)
    shelf.list.reload()
    shelf.desk.until(lambda: len(shelf.things.asked) > asked and not shelf.list._asked)
    assert (shelf.seen[0], shelf.list.selected) == ("coisa 60", Thing(2, "coisa 2"))
    shelf.list.scroll_to(0)
    shelf.until("coisa 0")
    assert shelf.list.tree.selection() == ("2",)
    shelf.list.reload(keep=False)
    assert shelf.list.selected is None


def test_far_down_only_what_is_seen_is_read_again(shelf: Shelf) -> None:
    shelf.list.reload()
    while not shelf.list.model.complete:
        known = shelf.list.items_loaded
        shelf.list.scroll_to(known)
        shelf.desk.until(lambda known=known: shelf.list.items_loaded > known)
    shelf.list.scroll_to(810)
    shelf.desk.until(lambda: not shelf.list._asked)
    shelf.things.asked.clear()
    shelf.list.reload()
    shelf.desk.until(lambda: shelf.things.asked and not shelf.list._asked)
    assert set(shelf.things.asked) <= {"700", "800", "900"}
    assert shelf.seen[0] == "coisa 810"
    shelf.list.scroll_to(0)
    shelf.desk.until(lambda: None in shelf.things.asked, "from the beginning, once that can be seen")


def test_what_fails_is_said_and_tried_again_by_a_click(shelf: Shelf) -> None:
    shelf.things.broken = True
    shelf.list.reload()
    shelf.desk.until(lambda: "Não deu para carregar" in "".join(shelf.seen))
    assert shelf.desk.window.office.toasts.texts == ["Cheio demais agora."]
    shelf.desk.turn(0.1)
    assert len(shelf.things.asked) == 1, "not again and again"
    shelf.things.broken = False
    shelf.list.tree.event_generate("<Button-1>", x=20, y=shelf.desk.window.theme.px(30 + 15))
    shelf.until("coisa 0")


def test_an_answer_to_an_earlier_question_is_not_taken(shelf: Shelf) -> None:
    shelf.list.reload()
    shelf.things.count = 3
    shelf.list.reload(keep=False)
    shelf.desk.until(lambda: shelf.list.model.complete)
    shelf.desk.turn(0.1)
    assert shelf.seen == ["coisa 0", "coisa 1", "coisa 2"]


def test_a_million_rows_are_no_more_work_than_ten(open_window: OpenWindow) -> None:
    rows = tuple(range(1_000_000))

    def all_at_once(api: Api, cursor: str | None) -> Listed[int]:
        return Listed.model_construct(items=rows, cursor=None)

    desk = open_window()
    top = tk.Toplevel(desk.root)
    top.geometry("500x400")
    many: VirtualList[int] = VirtualList(
        top, desk.window.office, [Column("n", "N", 90)], all_at_once, lambda n: (str(n),), lambda n: None
    )
    many.pack(fill="both", expand=True)
    desk.turn(0.1)
    many.reload()
    desk.until(lambda: many.items_loaded == 1_000_000)
    for share in ("0.25", "0.5", "1.0"):
        many._dragged("moveto", share)
    assert len(many.tree.get_children()) <= many.fit() + 1
    assert many.tree.set(many.tree.get_children()[-1], "n") == "999999"
