"""The colours: words can be read on every ground they stand on, and the widgets wear the product's accent."""

import tkinter as tk
from dataclasses import fields
from tkinter import ttk

import pytest

from gui.dye import _is_blue
from gui.theme import DARK, LIGHT, Palette, Theme

GROUNDS = ("ground", "paper")
INKS = ("ink", "ink_2", "accent", "good", "bad", "warn", "calm")
SOFT = ("accent", "good", "bad", "warn", "calm")


def _light(colour: str) -> float:
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """As WCAG 2.2 defines it."""
    dark, light = sorted((_light(one), _light(other)))
    return (light + 0.05) / (dark + 0.05)


def test_the_measure_is_right() -> None:
    assert (contrast("#000000", "#ffffff"), round(contrast("#777777", "#ffffff"), 2)) == (21, 4.48)


@pytest.mark.parametrize("palette", [LIGHT, DARK], ids=["light", "dark"])
def test_words_can_be_read_wherever_they_stand(palette: Palette) -> None:
    pairs = [(ink, ground) for ink in INKS for ground in GROUNDS]
    pairs += [(name, f"{name}_soft") for name in SOFT]
    pairs += [("ink", "mark"), ("ink", "accent_soft"), ("ink_2", "accent_soft"), ("on_accent", "accent")]
    faint = {
        pair: round(ratio, 2)
        for pair in pairs
        if (ratio := contrast(getattr(palette, pair[0]), getattr(palette, pair[1]))) < 4.5
    }
    assert faint == {}


def test_no_widget_is_blue_in_either_look(root: tk.Tk) -> None:
    for look, palette in (("light", LIGHT), ("dark", DARK)):
        Theme(root, look, 100)  # type: ignore[arg-type]
        images = root.tk.splitlist(root.tk.eval(f"array names ::ttk::theme::sv_{look}::I"))
        assert len(images) > 50
        colours = set[str]()
        for name in images:
            image = root.tk.eval(f"set ::ttk::theme::sv_{look}::I({name})")
            colours |= {one for row in root.tk.splitlist(root.tk.call(image, "data")) for one in str(row).split()}
        points = {one: (int(one[1:3], 16), int(one[3:5], 16), int(one[5:7], 16)) for one in colours}
        assert [one for one, point in points.items() if _is_blue(point)] == []
        assert palette.accent in colours


def test_a_button_with_a_menu_has_room_before_its_arrow(root: tk.Tk) -> None:
    button = ttk.Menubutton(root, text="Mais")
    button.pack()
    for look in ("light", "dark"):
        for percent in (100, 200):
            theme = Theme(root, look, percent)
            root.update()
            arrow = int(root.tk.call("image", "width", root.tk.eval(f"set ::ttk::theme::sv_{look}::I(down)")))
            middle = button.winfo_height() // 2
            parts = [button.identify(x, middle) for x in range(button.winfo_width())]
            wide = sum(part.endswith("indicator") for part in parts)
            assert wide >= arrow + theme.px(8), "the arrow is at the end of its own part"


def test_every_colour_is_written_out() -> None:
    for palette in (LIGHT, DARK):
        for one in fields(Palette):
            assert len(getattr(palette, one.name)) == 7
