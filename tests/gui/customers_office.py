"""Customers that the tests of their tab and of the board begin with."""

import tkinter as tk

from gui.tabs.customers.tab import CustomersTab
from tests.gui.driver import Driver
from tests.gui.served import ServedOffice
from tests.storage.chats import row, shows

PHONE = "+5511900000012"
LONG = "Comercial de Ferragens e Materiais de Construção Irmãos Nascimento & Filhos Ltda. " * 3


async def seed(served: ServedOffice) -> None:
    """Ana with a number and two messages, Bia, and somebody with a very long name."""
    save = served.office.store.save
    rows = (
        row("A1", "oi, quanto custa?", date="2026-11-20", time="09:00"),
        row("A2", "olá!", me=True, date="2026-11-20", time="09:01"),
    )
    await save(shows(*rows, title="Ana Conceição", phone=PHONE, zone="UTC"))
    await save(shows(row("B1", "bom dia", date="2026-11-21", time="10:00"), title="Bia 🌻", zone="UTC"))
    await save(shows(row("C1", "x" * 400, date="2026-11-21", time="11:00"), title=LONG[:200], zone="UTC"))


def tab_of(desk: Driver) -> CustomersTab:
    """The tab, looked at, once this machine's owner is known."""
    desk.until(lambda: desk.window.office.connection.value == "live", "connected")
    desk.window.go("customers")
    desk.until(lambda: "customers" in desk.window.tabs)
    tab = desk.window.tabs["customers"]
    assert isinstance(tab, CustomersTab)
    return tab


def opened(desk: Driver, who: int | str, name: str) -> CustomersTab:
    """The tab with this customer's card."""
    tab = tab_of(desk)
    desk.window.go("customers", customer=who)
    desk.until(lambda: tab.card.customer is not None and tab.card.customer.customer == name, f"card of {name}")
    desk.turn(0.1)
    return tab


def within(desk: Driver, widget: tk.Misc, text: str) -> tk.Misc:
    """The widget with this text in another one."""
    found = [one for one in desk.all(widget) if _text(one) == text]
    assert found, f"no {text!r} in {desk.texts(widget)}"
    return found[0]


def _text(widget: tk.Misc) -> str:
    try:
        return str(widget.cget("text"))
    except tk.TclError:
        return ""
