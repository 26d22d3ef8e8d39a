"""The language model: which there are, which is used, how a download goes on, and how it writes."""

import tkinter as tk
from tkinter import ttk

from agent.contract.access import Role
from agent.contract.models import ModelEntry, ModelList
from agent.contract.settings import SettingEntry, SettingList
from gui.kit.forms import Field, Line, Switch, all_right
from gui.kit.panels import Panel
from gui.kit.scrolled import Scrolled
from gui.kit.typed import decimal, whole
from gui.office import Office
from gui.parts import Part
from gui.tabs.ai.section import AiSection, enable, wrapped

SETTINGS = ("drafts", "temperature", "max_tokens", "gpu_layers", "threads", "context_tokens")
_LOOK_MS = 700
"""Between two looks at a download."""
_GB = 1e9


class _Row:
    """One model of the catalogue."""

    def __init__(self, section: "Models", name: str) -> None:
        self.name, self._section = name, section
        office, px = section.office, section.office.theme.px
        self._panel = Panel(section.catalogue, office.theme)
        self._panel.pack(fill="x", pady=(0, px(8)))
        body = self._panel.body
        self.fetch = ttk.Button(body, text=office.words("ai.download"), command=lambda: section.download(name))
        self.choose = ttk.Button(body, text=office.words("ai.use_model"), command=lambda: section.choose(name))
        self.title = tk.Label(body, anchor="w", font="SunValleyBodyStrongFont")
        self.state = tk.Label(body, anchor="w", font="SunValleyCaptionFont")
        self.bar = ttk.Progressbar(body, maximum=1000)
        self.choose.pack(side="right")
        self.fetch.pack(side="right", padx=px(8))
        self.title.pack(fill="x")
        self.state.pack(fill="x")
        self._tone = "ink_2"
        office.theme.follow(self._panel, self._restyle)

    def show(self, one: ModelEntry, *, admin: bool, fits: bool) -> None:
        """What is known of it now."""
        words, office, load = self._section.words, self._section.office, one.download
        running = load is not None and load.state in ("running", "checking")
        said = words("ai.model_absent")
        self._tone = "ink_2"
        if load is not None and running:
            share = load.done / max(load.total, 1)
            said = words("ai.model_checking") if load.state == "checking" else words(
                "ai.model_loading", share=office.percent(share), done=office.number(load.done / _GB, 2),
                total=office.number(load.total / _GB, 2),
            )  # fmt: skip
            self.bar.configure(value=round(share * 1000))
        elif one.present:
            said, self._tone = words("ai.model_chosen" if one.chosen else "ai.model_present"), "good"
        elif load is not None and load.state == "failed":
            said, self._tone = words("ai.model_failed", reason=load.reason or ""), "bad"
        elif not fits:
            said, self._tone = words("ai.model_no_room"), "warn"
        self.title.configure(text=f"{one.title} · {office.number(one.size / _GB, 2)} GB · {one.licence}")
        self.state.configure(text=said + " " + words("ai.model_needs", gb=office.number(one.memory / _GB, 1)))
        if running:
            self.bar.pack(fill="x", pady=(office.theme.px(6), 0))
        else:
            self.bar.pack_forget()
        enable(self.fetch, is_so=admin and not one.present and not running and fits)
        enable(self.choose, is_so=admin and one.present and not one.chosen)
        self._restyle()

    def _restyle(self) -> None:
        colours = self._section.office.theme.palette
        self.title.configure(background=colours.paper, foreground=colours.ink)
        self.state.configure(background=colours.paper, foreground=getattr(colours, self._tone))


class Models(AiSection):
    """A supervisor looks; an administrator fetches, chooses and sets."""

    title = "models"
    parts = frozenset({Part.MODELS})

    def __init__(self, master: tk.Misc, office: Office) -> None:
        super().__init__(master, office)
        px = office.theme.px
        self._admin = office.may(Role.ADMIN)
        self.running = wrapped(ttk.Label(self, style="Strong.TLabel"))
        self.next = wrapped(ttk.Label(self, style="Quiet.TLabel"))
        scrolled = Scrolled(self, office.theme, office.loop)
        scrolled.pack(fill="both", expand=True, pady=(px(10), 0))
        scrolled.body.configure(padding=(0, 0, px(14), 0))
        self.catalogue = ttk.Frame(scrolled.body)
        self.catalogue.pack(fill="x")
        self.wait = ttk.Label(self.catalogue, text=self.words("ai.models_looking"), style="Quiet.TLabel")
        self.wait.pack(anchor="w")
        self.rows: dict[str, _Row] = {}
        self.form = ttk.Frame(scrolled.body)
        self.form.pack(fill="x", pady=(px(10), 0))
        self.fields: dict[str, Field] = {}
        foot = ttk.Frame(scrolled.body)
        if self._admin:
            foot.pack(fill="x", pady=px(10))
        self.save = self.button(foot, "save", self.store, main=True, side="right")
        self.undo = self.button(foot, "undo", self._put_back, side="right")
        self._looks = False
        self._looked()

    @property
    def is_unsaved(self) -> bool:
        """Whether a setting was changed."""
        return bool(self._changes())

    def refresh(self) -> None:
        """Ask for the models and, where they may be seen, for the settings."""
        self._ask_models()
        if self._admin and not self._changes():
            self.office.ask(
                lambda api: api.get("/api/settings", SettingList), self.fill_settings, owner=self, key="ai-settings"
            )

    def fill(self, found: ModelList) -> None:
        """Show the models; as long as one is on its way, ask again."""
        words, office = self.words, self.office
        self.wait.pack_forget()
        self.running.configure(text=words(f"ai.running_{found.state}", name=found.running or ""))
        chosen = next((one for one in found.items if one.chosen), None)
        key = "ai.next_auto" if found.chosen == "auto" else "ai.next"
        self.next.configure(
            text=words(key, name=chosen.title if chosen else found.chosen,
                       memory=office.number(found.free_memory / _GB, 1), disk=office.number(found.free_disk / _GB, 1))
        )  # fmt: skip
        for one in found.items:
            if one.name not in self.rows:
                self.rows[one.name] = _Row(self, one.name)
            self.rows[one.name].show(one, admin=self._admin, fits=found.free_disk > one.size)
        busy = any(one.download is not None and one.download.state in ("running", "checking") for one in found.items)
        if busy and not self._looks:
            self._looks = True
            office.loop.later(_LOOK_MS, self._look_again, self)

    def download(self, name: str) -> None:
        """Fetch a model."""
        self.office.ask(lambda api: api.write("POST", f"/api/models/{name}/download", ModelList), self.fill, owner=self)

    def choose(self, name: str) -> None:
        """Use a model from the next start on."""

        def done(_: bytes) -> None:
            self.office.say(self.words("ai.model_will_be"), "calm")
            self._ask_models()

        self.office.ask(lambda api: api.send("PATCH", "/api/settings", {"model.name": name}), done, owner=self)

    def fill_settings(self, found: SettingList) -> None:
        """Show how it writes."""
        known = {one.name.removeprefix("model."): one for one in found.items if one.name.startswith("model.")}
        for name in SETTINGS:
            one = known[name]
            if name not in self.fields:
                field = self.fields[name] = self._field(name, one)
                field.pack(fill="x", pady=self.office.theme.px(6))
                if one.overridden or not one.changeable:
                    field.lock()
            self.fields[name].put(one.next_value)
        self._looked()

    def store(self) -> None:
        """Write what was changed; it counts from the next start on."""
        changes = self._changes()
        if not changes or not all_right([self.fields[name] for name in changes]):
            return
        body = {f"model.{name}": self.fields[name].read() for name in changes}

        def done(_: bytes) -> None:
            for name in changes:
                self.fields[name].put(self.fields[name].read())
            self.office.say(self.words("ai.settings_saved"))
            self._looked()

        self.office.ask(lambda api: api.send("PATCH", "/api/settings", body), done, owner=self)

    def _field(self, name: str, one: SettingEntry) -> Field:
        words, theme = self.words, self.office.theme
        title, note = words(f"ai.set_{name}"), words(f"ai.set_{name}_note")
        if one.kind == "boolean":
            return Switch(self.form, theme, words, title, note=note, beside=True, changed=self._looked)
        make = whole if one.kind == "integer" else decimal
        parse = make(one.minimum, one.maximum, empty=one.nullable)
        return Line(self.form, theme, words, title, parse, note=note, beside=True, changed=self._looked)

    def _ask_models(self) -> None:
        self.office.ask(lambda api: api.get("/api/models", ModelList), self.fill, owner=self, key="models")

    def _look_again(self) -> None:
        self._looks = False
        self._ask_models()

    def _changes(self) -> list[str]:
        return [name for name, field in self.fields.items() if field.is_changed]

    def _put_back(self) -> None:
        for field in self.fields.values():
            field.put(field.kept)
        self._looked()

    def _looked(self) -> None:
        for button in (self.save, self.undo):
            enable(button, is_so=bool(self._changes()))
