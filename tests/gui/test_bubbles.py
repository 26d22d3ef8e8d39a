"""A conversation of any length: only what is near is drawn, and nothing overlaps, jumps or is left out."""

import tkinter as tk
from collections.abc import Iterator

import pytest

from gui.kit.bubble_drawing import Bubble
from gui.kit.bubbles import Bubbles
from gui.loop import Loop
from gui.theme import Theme

MANY, PAGE = 5000, 50


class Paged(Bubbles):
    """Asks for older ones as the tab does, and gets them at once."""

    def __init__(self, root: tk.Tk, theme: Theme, loop: Loop) -> None:
        self.asked = False
        super().__init__(root, theme, loop, older=self.want, seen_all=lambda: None)

    def want(self) -> None:
        """The top is near."""
        self.asked = True


def bubble(number: int) -> Bubble:
    side = "ours" if number % 3 == 0 else "theirs"
    return Bubble(id=number, side=side, text=f"mensagem {number} " + "palavra comprida " * (number % 7), foot="12:00")  # type: ignore[arg-type]


@pytest.fixture
def shown(root: tk.Tk) -> Iterator[Paged]:
    """The newest fifty."""
    root.geometry("640x700")
    theme = Theme(root, "light", 100)
    loop = Loop(root)
    made = Paged(root, theme, loop)
    made.pack(fill="both", expand=True)
    root.update()
    made.show([bubble(n) for n in range(MANY - PAGE, MANY)])
    yield made
    loop.close()


def whole(made: Bubbles) -> None:
    """Every bubble begins where the one above ends, and what is seen is drawn as tall as it is said to be."""
    top, bottom = made.canvas.canvasy(0), made.canvas.canvasy(made.canvas.winfo_height())
    for above, below in zip(made._drawn, made._drawn[1:], strict=False):
        assert abs(above.y + above.height - below.y) < 1
    for one in made._drawn:
        if one.y < bottom and one.y + one.height > top:
            assert one.is_drawn
            box = made.canvas.bbox(one.tag)
            assert one.y - 2 <= box[1] <= box[3] <= one.y + one.height + 2


def test_five_thousand_are_read_upwards_and_few_are_drawn(shown: Paged) -> None:
    pages = 0
    while (first := shown.ids[0]) > 0:
        shown.asked = False
        seen = shown.ids[0], shown.canvas.canvasy(0)
        shown._to(shown._ends()[0])
        assert shown.asked, f"the top is near: {seen}"
        before = shown._drawn[0].y - shown.canvas.canvasy(0)
        oldest = shown._drawn[0]
        shown.prepend([bubble(n) for n in range(max(first - PAGE, 0), first)])
        assert abs(oldest.y - shown.canvas.canvasy(0) - before) < 2, "what is seen stays where it is"
        assert shown.drawn < 3 * PAGE
        pages += 1
    assert pages == MANY // PAGE - 1
    assert shown.ids == list(range(MANY))
    assert len(shown.canvas.find_all()) < 1500
    whole(shown)
    shown.winfo_toplevel().geometry("420x500")
    shown.update()
    shown._redraw()
    assert shown.drawn < 3 * PAGE, "another width draws no more than what is near"
    whole(shown)
    for number in (2500, 17, 4990):
        shown.mark(number)
        whole(shown)
        shown.reveal(number)
        assert shown.texts(number)
    shown.to_bottom()
    assert shown.at_bottom
    assert shown.texts(MANY - 1)
    for _ in range(40):
        shown.scroll(-900)
        whole(shown)


def test_what_is_far_away_changes_and_is_right_when_it_is_seen(shown: Paged) -> None:
    shown.prepend([bubble(n) for n in range(MANY - 400, MANY - PAGE)])
    shown.to_bottom()
    far = MANY - 390
    assert shown.texts(far) == []
    longer = Bubble(id=far, side="theirs", text="outro texto " * 60, foot="12:00")
    shown.change([longer])
    shown.remove({far + 1})
    shown.mark(far)
    whole(shown)
    assert any("outro texto" in text for text in shown.texts(far))
    assert far + 1 not in shown.ids
