"""Who has an account in a test, and how they come in."""

from tkinter import ttk

from agent.contract.access import Role
from tests.gui.driver import Driver
from tests.gui.served import ServedOffice

PASSWORD = "sete gatos pulam o muro"


async def user(served: ServedOffice, name: str, role: Role = Role.ATTENDANT) -> int:
    """Somebody with this password; their id."""
    reach = served.office.reach
    return (await reach.store.accounts.add(name, role, await reach.passwords.hash(PASSWORD))).id


def signs_in(desk: Driver, name: str, password: str) -> None:
    """At the window's first page."""
    fields = [one for one in desk.all() if isinstance(one, ttk.Entry)]
    desk.fill(fields[1], name)
    desk.fill(fields[2], password)
    desk.press("<Return>", fields[2])
