"""What was written and is not stored yet: somebody is asked before it is lost."""

import tkinter as tk
from collections.abc import Callable, Iterator
from tkinter import ttk

from gui.kit.dialogs import Dialog, confirm
from gui.kit.forms import Field
from gui.kit.typed import Wrong
from gui.office import Office


class Unsaved:
    """A part of the window in which somebody may have written something that is not stored yet."""

    @property
    def is_unsaved(self) -> bool:
        """Whether it would be lost now."""
        raise NotImplementedError


def unsaved(widget: tk.Misc) -> Iterator[tk.Misc]:
    """The parts of it that would lose something; dialogs above a window belong to it."""
    if isinstance(widget, Unsaved) and widget.is_unsaved:
        yield widget
    for one in widget.winfo_children():
        yield from unsaved(one)


def is_written_in(widget: tk.Misc | None) -> bool:
    """Whether this widget belongs to a part in which something is being written."""
    while widget is not None:
        if isinstance(widget, Unsaved) and widget.is_unsaved:
            return True
        widget = widget.master
    return False


def ask_first(office: Office, within: tk.Misc, then: Callable[[], None]) -> None:
    """Do something that takes away what was written in there; where there is something, ask first."""
    places = {_place(one): None for one in unsaved(within)}
    if not places:
        then()
        return
    title = office.words("forms.leave_title")
    for one in office.root.winfo_children():  # Who closes the window twice is asked once.
        if isinstance(one, Dialog) and one.title() == title:
            one.close()
    text = office.words("forms.leave_text", where=", ".join(places))
    confirm(office, title, text, yes=office.words("forms.leave_yes"), then=then)


def _place(widget: tk.Misc) -> str:
    """The tab or the dialog that it stands in, as people read it."""
    while widget.master is not None:
        if isinstance(widget, tk.Toplevel):
            return str(widget.title())
        if isinstance(widget.master, ttk.Notebook):
            return str(widget.master.tab(str(widget), "text"))
        widget = widget.master
    return str(widget.winfo_toplevel().title())


def differs(field: Field) -> bool:
    """Whether a field holds something else than what it was filled with; an empty one that must not be is empty."""
    try:
        now = field.read()
    except Wrong as wrong:
        now = None if wrong.key in ("needed", "needed_one") else wrong
    return (now or None) != (field.kept or None)
