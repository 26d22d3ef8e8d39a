"""Colours, letters and distances of the window: light, dark, or as the system has it; 100 to 200 %."""

import tkinter as tk
from collections.abc import Callable
from dataclasses import dataclass
from tkinter import font, ttk
from typing import Literal, get_args

import sv_ttk

from gui.dye import dye
from gui.system_look import soon_told

ThemeName = Literal["system", "light", "dark"]
THEMES: tuple[ThemeName, ...] = get_args(ThemeName)
Tone = Literal["calm", "good", "warn", "bad"]
"""How something is meant: a colour of the palette by what it says."""
SCALES = (100, 125, 150, 175, 200)
_BEFORE_ARROW = 8


@dataclass(frozen=True, slots=True)
class Palette:
    """Colours by what they are for. The overlay's own, so that both look like one product."""

    ground: str
    paper: str
    line: str
    ink: str
    ink_2: str
    accent: str
    accent_soft: str
    on_accent: str
    """Letters on the accent."""
    good: str
    good_soft: str
    bad: str
    bad_soft: str
    calm: str
    calm_soft: str
    warn: str
    warn_soft: str
    mark: str
    """Behind words that were found."""


LIGHT = Palette(
    ground="#fafafa", paper="#ffffff", line="#e4e0da", ink="#1c1c1c", ink_2="#5b6360",
    accent="#0b7a4b", accent_soft="#e3f4ea", on_accent="#ffffff",
    good="#0b6b42", good_soft="#dff3e6", bad="#b3261e", bad_soft="#fdeceb",
    calm="#4a5568", calm_soft="#ecebe8", warn="#7a4b00", warn_soft="#fdf1d8", mark="#ffe58a",
)  # fmt: skip
DARK = Palette(
    ground="#1c1c1c", paper="#262727", line="#3a3d3d", ink="#f3f5f4", ink_2="#a9b1ae",
    accent="#4fd68b", accent_soft="#17352a", on_accent="#10241a",
    good="#6fe0a2", good_soft="#17352a", bad="#ff9d94", bad_soft="#40201e",
    calm="#c4cbd3", calm_soft="#303434", warn="#f5c86b", warn_soft="#3b2f16", mark="#6a5424",
)  # fmt: skip

_FONTS: dict[str, tuple[int, Literal["normal", "bold"]]] = {
    "SunValleyCaptionFont": (12, "normal"),
    "SunValleyBodyFont": (14, "normal"),
    "SunValleyBodyStrongFont": (14, "bold"),
    "SunValleyBodyLargeFont": (18, "normal"),
    "SunValleySubtitleFont": (20, "bold"),
    "SunValleyTitleFont": (28, "bold"),
    "SunValleyTitleLargeFont": (40, "bold"),
    "SunValleyDisplayFont": (68, "bold"),
}
"""The theme's named fonts: pixels at 100 %, weight."""
_NAMED = ("TkDefaultFont", "TkTextFont", "TkMenuFont", "TkHeadingFont", "TkFixedFont", "TkTooltipFont")


class Theme:
    """The look of one window."""

    def __init__(self, root: tk.Tk, name: ThemeName, percent: int) -> None:
        self._root = root
        self.name: ThemeName = name
        self.percent = percent
        self._system_is_dark = False
        self._family = _family(root)
        self._dyed: set[str] = set()
        self._listeners: list[tuple[tk.Misc, Callable[[], None]]] = []
        self.apply()

    @property
    def palette(self) -> Palette:
        """The colours that count now."""
        return DARK if self.is_dark else LIGHT

    @property
    def is_dark(self) -> bool:
        """Whether the widgets are dark now."""
        return self._system_is_dark if self.name == "system" else self.name == "dark"

    def px(self, pixels: float) -> int:
        """So many pixels at 100 %, on this window's scale."""
        return round(pixels * self.percent / 100)

    def font(self, pixels: int = 14, weight: Literal["normal", "bold"] = "normal") -> tuple[str, int, str]:
        """A font for canvases."""
        return (self._family, -self.px(pixels), weight)

    def follow(self, widget: tk.Misc, restyle: Callable[[], None]) -> None:
        """Call this now, and whenever the look becomes another one while the widget is there."""
        self._listeners.append((widget, restyle))
        restyle()

    def choose(self, name: ThemeName, percent: int) -> None:
        """Another look, at once."""
        self.name, self.percent = name, percent
        self.apply()
        self._restyle()

    def system_became(self, dark: bool) -> None:
        """The system's look, as it was told just now; where this window follows it, it changes, too."""
        if self.name == "system" and dark != self._system_is_dark:
            self._system_is_dark = dark
            self._dress()
            self._restyle()

    def _restyle(self) -> None:
        self._listeners = [(widget, restyle) for widget, restyle in self._listeners if widget.winfo_exists()]
        for _, restyle in self._listeners:
            restyle()

    def apply(self) -> None:
        """Set the widgets' colours, fonts and sizes. The system is asked here, so that canvases have the same look."""
        if self.name == "system":
            self._system_is_dark = soon_told()
        self._dress()

    def _dress(self) -> None:
        name_now = "dark" if self.is_dark else "light"
        sv_ttk.set_theme(name_now, self._root)
        if name_now not in self._dyed:
            self._dyed.add(name_now)
            dye(self._root, name_now, self.palette.accent, self.palette.on_accent)
            self._root.tk.eval("configure_colors")
        for name, (pixels, weight) in _FONTS.items():
            font.nametofont(name, self._root).configure(family=self._family, size=-self.px(pixels), weight=weight)
        for name in _NAMED:
            one = font.nametofont(name, self._root)
            family = one.actual("family") if name == "TkFixedFont" else self._family
            one.configure(family=family, size=-self.px(13 if name != "TkTooltipFont" else 12))
        style, colours = ttk.Style(self._root), self.palette
        self._root.configure(background=colours.ground)
        style.map("Accent.TButton", foreground=[("disabled", colours.ink_2), ("", colours.on_accent)])
        style.map("Toggle.TButton", foreground=[("selected", colours.on_accent), ("", colours.ink)])
        style.configure("Treeview", rowheight=self.px(30), font="SunValleyBodyFont")
        style.configure("Treeview.Heading", font="SunValleyCaptionFont")
        _plain_tables(style, colours)
        _roomy_arrows(style, self.px(_BEFORE_ARROW))
        _quiet_bars(style)
        style.configure("TNotebook.Tab", padding=(self.px(14), self.px(6)))
        style.configure("Quiet.TLabel", foreground=colours.ink_2)
        style.configure("Caption.TLabel", foreground=colours.ink_2, font="SunValleyCaptionFont")
        style.configure("Title.TLabel", font="SunValleySubtitleFont")
        style.configure("Large.TLabel", font="SunValleyBodyLargeFont")
        style.configure("Strong.TLabel", font="SunValleyBodyStrongFont")
        style.configure("Fault.TLabel", foreground=colours.bad, font="SunValleyCaptionFont")
        style.configure("Status.TFrame", background=colours.ground)
        self._root.option_add("*Menu.font", "TkMenuFont")


def _plain_tables(style: ttk.Style, colours: Palette) -> None:
    """Tables with drawn frames. The theme tiles small pictures over the whole of each, at every line that changes.

    That took four fifths of the time in which a list scrolls by a line.
    """
    for own, clams in (("Table.field", "Treeview.field"), ("Table.heading", "Treeheading.cell")):
        if own not in style.element_names():  # Those of the theme that is in use.
            style.element_create(own, "from", "clam", clams)
    # As the theme has them, with other names for what draws.
    style.tk.eval("""
        ttk::style layout Treeview {
            Table.field -sticky nswe -border 1 -children {
                Treeview.padding -sticky nswe -children { Treeview.treearea -sticky nswe }
            }
        }
        ttk::style layout Treeview.Heading {
            Table.heading -sticky nswe
            Treeheading.padding -sticky nswe -children {
                Treeheading.image -side right -sticky {}
                Treeheading.text -sticky we
            }
        }
    """)
    flat = {"bordercolor": colours.line, "lightcolor": colours.ground, "darkcolor": colours.ground}
    style.configure("Treeview", fieldbackground=colours.ground, **flat)
    style.configure("Treeview.Heading", background=colours.ground, foreground=colours.ink_2, padding=(4, 6), **flat)
    style.map("Treeview.Heading", background=[("active", colours.line)])


def _roomy_arrows(style: ttk.Style, gap: int) -> None:
    """So many pixels between what a button with a menu says and its arrow: the theme leaves none."""
    look = style.theme_use().removeprefix("sun-valley-")
    image = f"::ttk::theme::sv_{look}::I(down)"
    arrow = f"Roomy{gap}.indicator"
    if arrow not in style.element_names():
        shown = style.tk.eval(f"set {image}")
        style.element_create(arrow, "image", shown, width=int(style.tk.call("image", "width", shown)) + gap, sticky="e")
    style.tk.eval(f"""
        ttk::style layout TMenubutton {{
            Menubutton.button -children {{
                Menubutton.padding -children {{
                    Menubutton.label -side left -expand 1
                    {arrow} -side right -sticky nsew
                }}
            }}
        }}
    """)


def _quiet_bars(style: ttk.Style) -> None:
    """A bar that has nothing to scroll is not seen. Its room stays, so that nothing moves when it comes."""
    look = style.theme_use().removeprefix("sun-valley-")
    for part, picture, options in (
        ("trough", "trough-vert", {"sticky": "ns", "border": (0, 6)}),
        ("thumb", "thumb-vert", {"sticky": "ns", "border": (0, 3)}),
        ("uparrow", "up", {"sticky": "n", "height": 13}),
        ("downarrow", "down", {"sticky": "s", "height": 13}),
    ):
        if (own := f"Quiet.{part}") not in style.element_names():
            shown = style.tk.eval(f"set ::ttk::theme::sv_{look}::I(scrollbar-{picture})")
            size = {f"-{way}": style.tk.call("image", way, shown) for way in ("width", "height")}
            clear = style.tk.call("image", "create", "photo", *(part for one in size.items() for part in one))
            style.element_create(own, "image", shown, ("disabled", clear), **options)
    style.tk.eval("""
        ttk::style layout Vertical.TScrollbar {
            Quiet.trough -sticky ns -children {
                Quiet.uparrow -side top
                Quiet.downarrow -side bottom
                Quiet.thumb -expand 1
            }
        }
    """)


def _family(root: tk.Tk) -> str:
    there = set(font.families(root))
    return next((name for name in ("Segoe UI", "SF Pro Text", "Inter", "Noto Sans") if name in there), "TkDefaultFont")
