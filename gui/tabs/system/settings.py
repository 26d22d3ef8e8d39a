"""The settings, as the agent describes them: what can be changed here, within which limits, and from when it counts."""

import tkinter as tk
from collections.abc import Mapping
from tkinter import ttk

from agent.contract.settings import SettingEntry, SettingList
from gui.kit.forms import Choice, Field, Line, Lines, Switch, all_right
from gui.kit.scrolled import Scrolled
from gui.kit.typed import decimal, entries, pairs, whole, written
from gui.kit.unsaved import Unsaved
from gui.link.errors import Refused
from gui.office import Office
from gui.tabs.system.section import Section, enable

GROUPS: Mapping[str, tuple[str, ...]] = {
    "server": ("api.", "websocket.", "page.url", "browser."),
    "model": ("model.", "suggestions.", "learning."),
    "database": ("profile", "backup.", "reports.", "privacy.keep_", "flow."),
    "security": ("security.", "privacy.mask_", "company.", "webhooks.", "connector"),
    "logging": ("logs.",),
}
"""Where each setting stands, by what its name begins with; all others are general ones."""

AT_THE_MODEL = frozenset(
    f"model.{name}"
    for name in ("name", "drafts", "temperature", "max_tokens", "gpu_layers", "threads", "context_tokens")
)
"""Changed where the models are looked at, in the tab of the model: in one place only."""


def group_of(name: str) -> str:
    """The section of a setting."""
    return next((group for group, begins in GROUPS.items() if name.startswith(begins)), "general")


class SettingsSection(Unsaved, Section):
    """One group of them."""

    def __init__(self, master: tk.Misc, office: Office) -> None:
        super().__init__(master, office)
        px = office.theme.px
        foot = ttk.Frame(self)
        foot.pack(side="bottom", fill="x", pady=(px(10), 0))
        self.save = ttk.Button(foot, text=self.words("system.save"), style="Accent.TButton", command=self.store)
        self.undo = ttk.Button(foot, text=self.words("system.undo"), command=self.put_back)
        self.line = ttk.Label(foot, style="Quiet.TLabel")
        self.save.pack(side="right")
        self.undo.pack(side="right", padx=px(8))
        self.line.pack(side="left")
        self._scrolled = Scrolled(self, office.theme, office.loop)
        self._scrolled.pack(fill="both", expand=True)
        self.fields: dict[str, Field] = {}
        self._looked()

    @property
    def is_unsaved(self) -> bool:
        """Whether a setting was changed."""
        return bool(self._changes())

    def refresh(self) -> None:
        """Ask for them, unless somebody is changing some: theirs would be gone."""
        if not self._changes():
            self.office.ask(
                lambda api: api.get("/api/settings", SettingList), self.fill, owner=self, key=f"settings-{self.title}"
            )

    def fill(self, found: SettingList) -> None:
        """Show what they are."""
        mine = [one for one in found.items if group_of(one.name) == self.title and one.name not in AT_THE_MODEL]
        for one in mine:
            if one.name not in self.fields:
                field = self.fields[one.name] = self._field(one)
                px = self.office.theme.px
                field.pack(fill="x", padx=(0, px(14)), pady=px(7))
                ttk.Separator(self._scrolled.body).pack(fill="x", padx=(0, px(14)))
            if not one.hidden:
                self.fields[one.name].put(one.next_value)
            self.fields[one.name].note.configure(text=self._note(one))
            self.fields[one.name].note.pack(anchor="w")
        self._looked()

    def store(self) -> None:
        """Send what was changed."""
        changes = self._changes()
        if not changes or not all_right([self.fields[name] for name in changes]):
            return
        wanted = {name: self.fields[name].read() for name in changes}
        enable(self.save, False)
        self.office.ask(
            lambda api: api.write("PATCH", "/api/settings", SettingList, wanted), self._stored, owner=self,
            failed=self._refused,
        )  # fmt: skip

    def put_back(self) -> None:
        """As it was."""
        for name in self._changes():
            self.fields[name].put(self.fields[name].kept)
        self._looked()

    def _stored(self, found: SettingList) -> None:
        self.fill(found)
        later = any(one.value != one.next_value for one in found.items)
        self.office.say(self.words("system.saved_for_later" if later else "system.saved"))

    def _refused(self, error: Exception) -> None:
        known = False
        for where, what in error.faults if isinstance(error, Refused) else ():
            path = where.removeprefix("body.")
            name = next((name for name in self.fields if path == name or path.startswith(f"{name}.")), None)
            if name is not None:
                known = True
                self.fields[name].say(self.words("system.setting_refused", what=self.words.fault(what)))
        self._looked()
        if not known:
            said = self.office.explain(error)
            if isinstance(error, Refused):  # What is wrong with the file is said in the words of who reads it: English.
                said = self.words("system.settings_not_saved", what=said)
            self.office.say(said, "bad")

    def _changes(self) -> list[str]:
        return [name for name, field in self.fields.items() if field.is_changed]

    def _looked(self) -> None:
        changes = self._changes()
        faults = sum(bool(self.fields[name].fault) for name in changes)
        enable(self.save, bool(changes) and not faults)
        enable(self.undo, bool(changes))
        text = self.words("system.changes", n=len(changes)) if changes else self.words("system.file_only")
        self.line.configure(text=self.words("system.faults", n=faults) if faults else text)

    def _note(self, one: SettingEntry) -> str:
        words, notes = self.words, [one.name]
        if one.hidden:
            notes.append(words("system.setting_hidden"))
        elif not one.changeable:
            notes.append(words("system.setting_file"))
        elif one.overridden:
            notes.append(words("system.setting_overridden"))
        if one.changeable and one.restart:
            notes.append(words("system.setting_restart"))
        if one.value != one.next_value and not one.hidden:
            notes.append(words("system.setting_now", value=self._said(one)))
        return " · ".join(notes)

    def _said(self, one: SettingEntry) -> str:
        """What it is now, as a person would say it."""
        value, words = one.value, self.words
        if value is None or value in ("", [], {}):
            return words("system.setting_empty")
        if isinstance(value, bool):
            return words("forms.is_on" if value else "forms.is_off")
        if one.kind == "choice":
            return words.label("setting", f"{one.name}.{value}")
        if isinstance(value, list):
            return ", ".join(map(str, value))
        if isinstance(value, dict):
            return ", ".join(f"{name}: {held}" for name, held in value.items())
        return words.figure(value) if isinstance(value, float) else str(value)

    def _field(self, one: SettingEntry) -> Field:
        theme, words, body = self.office.theme, self.words, self._scrolled.body
        name = words.label("setting", one.name)
        field: Field
        if one.hidden:
            field = Line(body, theme, words, name, written(), note=" ", beside=True)
            field.put("••••••")
        elif one.kind == "boolean":
            field = Switch(body, theme, words, name, note=" ", beside=True, changed=self._looked)
        elif one.kind == "choice":
            options = {value: words.label("setting", f"{one.name}.{value}") for value in one.choices}
            field = Choice(body, theme, words, name, options, note=" ", beside=True, changed=self._looked)
        elif one.kind in ("list", "mapping"):
            by_lines = entries if one.kind == "list" else pairs
            field = Lines(body, theme, words, name, by_lines, note=" ", beside=True, changed=self._looked)
        else:
            parse = {
                "integer": whole(one.minimum, one.maximum, empty=one.nullable),
                "number": decimal(one.minimum, one.maximum, empty=one.nullable),
            }.get(one.kind, written(one.max_length, one.pattern, nothing=None if one.nullable else ""))
            field = Line(body, theme, words, name, parse, note=" ", beside=True, changed=self._looked)
        if not one.changeable or one.hidden:
            field.lock()
        return field


class GeneralSection(SettingsSection):
    """Language, attendant, opening times."""

    title = "general"


class ServerSection(SettingsSection):
    """Addresses, ports, TLS, CORS, the browser."""

    title = "server"


class ModelSection(SettingsSection):
    """The model and its suggestions; how it writes is set where the models are."""

    title = "model"

    def __init__(self, master: tk.Misc, office: Office) -> None:
        super().__init__(master, office)
        self.tool(self.words("system.to_models"), lambda: office.go("ai", section="models"))


class DatabaseSection(SettingsSection):
    """Where it lies, copies, how long data are kept."""

    title = "database"


class SecuritySection(SettingsSection):
    """Signing in, limits, masking."""

    title = "security"


class LoggingSection(SettingsSection):
    """What is written into the log."""

    title = "logging"
