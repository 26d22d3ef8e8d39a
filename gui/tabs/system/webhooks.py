"""Addresses of other systems that are told of events, and how the deliveries to each of them went."""

import tkinter as tk
from collections.abc import Mapping
from tkinter import ttk

from agent.contract.webhooks import Delivery, DeliveryState, Webhook, WebhookMade, WebhookTested
from gui.kit.dialogs import confirm
from gui.kit.forms import Line, Lines
from gui.kit.panels import Panel
from gui.kit.typed import entries, written
from gui.link.api import Api, Listed
from gui.office import Office
from gui.parts import Part
from gui.tabs.system.asking import Form
from gui.tabs.system.secret import SecretDialog
from gui.tabs.system.section import Row, Section, Table, enable
from gui.theme import Tone

_EVERY_MS = 5000
_URL = r"^https?://[^\s/]+"
_TONES: dict[DeliveryState, Tone] = {
    DeliveryState.WAITING: "warn", DeliveryState.DELIVERED: "good", DeliveryState.DEAD: "bad",
    DeliveryState.DROPPED: "calm",
}  # fmt: skip


class WebhooksSection(Section):
    """The addresses above, the deliveries of the chosen one below."""

    title = "webhooks"
    parts = frozenset({Part.WEBHOOKS})
    every_ms = _EVERY_MS

    def __init__(self, master: tk.Misc, office: Office) -> None:
        super().__init__(master, office)
        words, px = self.words, office.theme.px
        self.hooks: dict[str, Webhook] = {}
        self.deliveries: dict[str, Delivery] = {}
        self.tool(words("system.add_webhook"), self.add, main=True)
        self.buttons = {
            "remove": self.tool(words("system.remove"), self.remove),
            "test": self.tool(words("system.test"), self.test),
            "switch": self.tool(words("system.switch_off"), self.switch),
            "change": self.tool(words("system.change"), self.change),
        }
        self.table = Table(
            self, office,
            {"col_url": 330, "col_state": 120, "col_waiting": 80, "col_dead": 90, "col_kinds": 220},
            empty=words("system.no_webhooks"), hint=words("system.no_webhooks_hint"), chosen=self._chosen, height=5,
        )  # fmt: skip
        self.table.pack(fill="both", expand=True)
        panel = Panel(self, office.theme, words("system.deliveries"))
        panel.pack(fill="both", expand=True, pady=(px(10), 0))
        self.sent = Table(
            panel.body, office,
            {"col_at": 120, "col_event": 90, "col_state": 130, "col_attempts": 90, "col_answer": 220},
            empty=words("system.no_deliveries"), chosen=self._delivery_chosen, height=5,
        )  # fmt: skip
        self.retry_button = ttk.Button(panel.body, text=words("system.retry"), command=self.retry)
        self.retry_button.pack(side="bottom", anchor="w", pady=(px(6), 0))
        self.sent.pack(fill="both", expand=True)
        self._chosen()

    def refresh(self) -> None:
        """Ask for the addresses; their deliveries follow."""
        self.office.ask(
            lambda api: api.listed("/api/webhooks", Webhook), self.fill, owner=self, key="webhooks",
        )  # fmt: skip

    def fill(self, found: Listed[Webhook]) -> None:
        """Show them."""
        self.hooks = {str(one.id): one for one in found.items}
        self.table.show([self._row(one) for one in found.items])
        if self.hooks and self.table.selected is None:
            self.table.choose(next(iter(self.hooks)))

    def add(self) -> None:
        """Ask for an address."""
        form = self._form(self.words("system.add_webhook"), None)

        def job(api: Api, values: Mapping[str, object]) -> WebhookMade:
            return api.write("POST", "/api/webhooks", WebhookMade, values)

        form.send(self.words("system.add"), job, self._made)

    def change(self) -> None:
        """Another address, or other events."""
        hook = self._hook()
        if hook is None:
            return
        form = self._form(self.words("system.change_webhook"), hook)

        def job(api: Api, values: Mapping[str, object]) -> Webhook:
            return api.write("PATCH", f"/api/webhooks/{hook.id}", Webhook, values)

        form.send(self.words("system.save"), job, lambda _: self.refresh())

    def switch(self) -> None:
        """Off, or on again."""
        hook = self._hook()
        if hook is not None:
            body = {"enabled": hook.disabled_at is not None}
            self.office.ask(
                lambda api: api.write("PATCH", f"/api/webhooks/{hook.id}", Webhook, body), lambda _: self.refresh(),
                owner=self,
            )  # fmt: skip

    def test(self) -> None:
        """Send it an event that is nothing but a test."""
        hook = self._hook()
        if hook is None:
            return

        def done(_: WebhookTested) -> None:
            self.office.say(self.words("system.tested"), "calm")
            self.refresh()

        self.office.ask(lambda api: api.write("POST", f"/api/webhooks/{hook.id}/test", WebhookTested), done, owner=self)

    def remove(self) -> None:
        """After a question."""
        hook, words = self._hook(), self.words
        if hook is None:
            return

        def go() -> None:
            self.office.ask(
                lambda api: api.send("DELETE", f"/api/webhooks/{hook.id}"), lambda _: self.refresh(), owner=self
            )

        confirm(
            self.office, words("system.remove_webhook_ask"), words("system.remove_webhook_text", url=hook.url),
            yes=words("system.remove"), then=go,
        )  # fmt: skip

    def retry(self) -> None:
        """Once more."""
        chosen = self.sent.selected
        if chosen is not None:
            self.office.ask(
                lambda api: api.write("POST", f"/api/webhooks/deliveries/{chosen}/retry", Delivery),
                lambda _: self.refresh(), owner=self,
            )  # fmt: skip

    def _form(self, title: str, hook: Webhook | None) -> Form:
        theme, words = self.office.theme, self.words
        form = Form(self.office, title, words("system.webhook_hint"))
        url = Line(form.body, theme, words, words("system.col_url"), written(2000, _URL, needed=True))
        kinds = Lines(form.body, theme, words, words("system.col_kinds"), entries, note=words("system.kinds_hint"))
        if hook is not None:
            url.put(hook.url)
            kinds.put(list(hook.kinds))
        form.add("url", url)
        form.add("kinds", kinds)
        return form

    def _made(self, made: WebhookMade) -> None:
        words = self.words
        SecretDialog(self.office, words("system.webhook_made"), words("system.webhook_secret"), made.secret)
        self.refresh()

    def _hook(self) -> Webhook | None:
        return self.hooks.get(self.table.selected or "")

    def _chosen(self) -> None:
        hook = self._hook()
        for button in self.buttons.values():
            enable(button, hook is not None)
        off = hook is not None and hook.disabled_at is not None
        self.buttons["switch"].configure(text=self.words("system.switch_on" if off else "system.switch_off"))
        if hook is None:
            self._fill_deliveries(Listed(items=()))
            return
        self.office.ask(
            lambda api: api.listed(f"/api/webhooks/{hook.id}/deliveries", Delivery), self._fill_deliveries,
            owner=self, key="deliveries",
        )  # fmt: skip

    def _fill_deliveries(self, found: Listed[Delivery]) -> None:
        self.deliveries = {str(one.id): one for one in found.items}
        self.sent.show([self._sent_row(one) for one in found.items])

    def _delivery_chosen(self) -> None:
        one = self.deliveries.get(self.sent.selected or "")
        enable(self.retry_button, one is not None and one.state in (DeliveryState.DEAD, DeliveryState.WAITING))

    def _row(self, one: Webhook) -> Row:
        words = self.words
        on = one.disabled_at is None
        kinds = ", ".join(one.kinds) or words("system.all_kinds")
        tone: Tone | None = "calm" if not on else "bad" if one.dead else None
        return Row(
            str(one.id),
            (one.url, words("forms.is_on" if on else "forms.is_off"), str(one.waiting), str(one.dead), kinds),
            tone,
        )

    def _sent_row(self, one: Delivery) -> Row:
        words = self.words
        answer = f"HTTP {one.last_status}" if one.last_status else ""
        if one.last_error:
            answer = f"{answer} {one.last_error.replace('_', ' ')}".strip()
        values = (
            self.office.clock(one.updated_at), str(one.event_number), words(f"system.delivery_{one.state.value}"),
            str(one.attempts), answer,
        )  # fmt: skip
        return Row(str(one.id), values, _TONES[one.state])
