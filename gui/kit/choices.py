"""One of several: the lines of a menu, of which the one that counts now is marked; the languages and the looks."""

import tkinter as tk
from collections.abc import Callable, Sequence
from tkinter import ttk
from typing import TypeVar

from gui.theme import THEMES, ThemeName
from gui.words import LANGUAGES, Language, Words

Choice = TypeVar("Choice")

_LANGUAGE_NAMES: dict[Language, str] = {"pt-BR": "Português", "en": "English", "es": "Español"}


def languages() -> list[tuple[str, Language]]:
    """Each in its own words."""
    return [(_LANGUAGE_NAMES[one], one) for one in LANGUAGES]


def themes(words: Words) -> list[tuple[str, ThemeName]]:
    """The looks that there are."""
    return [(words(f"frame.theme_{name}"), name) for name in THEMES]


def fill(
    menu: tk.Menu,
    options: Sequence[tuple[str, Choice]],
    now: Callable[[], Choice],
    choose: Callable[[Choice], None],
) -> None:
    """Make a menu's lines: what is read, and what is chosen by it."""
    # Tk forgets a variable that nobody holds, so each line has a hold of it.
    chosen = tk.StringVar(menu, str(now()))
    for text, value in options:

        def do(value: Choice = value, held: tk.StringVar = chosen) -> None:
            choose(value)
            if menu.winfo_exists():
                held.set(str(now()))  # It may have been asked about, and is not so yet.

        menu.add_radiobutton(label=text, value=str(value), variable=chosen, command=do)


class ChoiceButton(ttk.Menubutton):
    """Says what was chosen, and opens the list."""

    def __init__(
        self,
        master: tk.Misc,
        options: Sequence[tuple[str, Choice]],
        now: Callable[[], Choice],
        choose: Callable[[Choice], None],
    ) -> None:
        names = {value: text for text, value in options}
        super().__init__(master, text=names[now()])
        self.lines = tk.Menu(self, tearoff=False)

        def take(value: Choice) -> None:
            choose(value)
            if self.winfo_exists():
                self.configure(text=names[now()])

        fill(self.lines, options, now, take)
        self.configure(menu=self.lines)
