"""A dialog with fields: looked at while one types, sent with one button, and what the agent says stands in it."""

from collections.abc import Callable, Mapping
from tkinter import ttk
from typing import TypeVar

from gui.kit.dialogs import Dialog
from gui.kit.forms import Field, all_right
from gui.kit.unsaved import Unsaved, differs
from gui.link.api import Api
from gui.link.errors import Refused
from gui.office import Office

Answer = TypeVar("Answer")


class Form(Unsaved, Dialog):
    """Fields go into ``body``, and into ``fields`` under the names that the API has for them."""

    def __init__(self, office: Office, title: str, hint: str = "") -> None:
        super().__init__(office, title)
        px = office.theme.px
        if hint:
            label = ttk.Label(self.body, text=hint, style="Quiet.TLabel", wraplength=px(412), justify="left")
            label.pack(anchor="w", pady=(0, px(8)))
        self.fields: dict[str, Field] = {}
        self.fault = ttk.Label(self.body, style="Fault.TLabel", wraplength=px(412), justify="left")
        self.fault.pack(side="bottom", anchor="w", pady=(px(6), 0))

    @property
    def is_unsaved(self) -> bool:
        """Whether something was filled in."""
        return any(map(differs, self.fields.values()))

    def add(self, name: str, field: Field) -> None:
        """One more field, under the others."""
        self.fields[name] = field
        field.pack(fill="x", pady=(0, self.office.theme.px(10)))

    def values(self) -> dict[str, object] | None:
        """What was filled in; None: something is wrong, and it is said."""
        if not all_right(list(self.fields.values())):
            return None
        return {name: field.read() for name, field in self.fields.items()}

    def send(
        self, text: str, job: Callable[[Api, Mapping[str, object]], Answer], then: Callable[[Answer], None]
    ) -> None:
        """Make the button that sends it, and open the dialog. It stays open until the agent has agreed."""

        def go() -> None:
            values = self.values()
            if values is None or button.instate(["disabled"]):
                return
            button.state(["disabled"])
            self.fault.configure(text="")
            self.office.ask(lambda api: job(api, values), done, owner=self, failed=refused)

        def done(answer: Answer) -> None:
            self.close()
            then(answer)

        def refused(error: Exception) -> None:
            button.state(["!disabled"])
            self.fault.configure(text=self.refusal(error))

        button = self.button(text, go, main=True)
        self.button(self.office.words("dialogs.cancel"), self.close)
        self.bind("<Return>", lambda _: go())
        self.open()
        for field in self.fields.values():
            field.focus_it()
            break

    def refusal(self, error: Exception) -> str:
        """What is said of a refusal; faults go to their fields."""
        at_fields = False
        for where, what in error.faults if isinstance(error, Refused) else ():
            name = where.removeprefix("body.").partition(".")[0]
            if name in self.fields:
                at_fields = True
                said = self.office.words("system.setting_refused", what=self.office.words.fault(what))
                self.fields[name].say(said)
        return error.detail if at_fields and isinstance(error, Refused) else self.office.explain(error)
