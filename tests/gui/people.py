"""Who has an account in a test, and how they come in."""

from datetime import UTC, datetime, timedelta
from tkinter import ttk

import pyotp

from agent.contract.access import Role
from gui.owing import Owing
from tests.gui.conftest import OpenWindow
from tests.gui.driver import Driver
from tests.gui.served import ServedOffice

PASSWORD = "sete gatos pulam o muro"
ONCE = "nuvem lenta pula a cerca 7"


async def user(served: ServedOffice, name: str, role: Role = Role.ATTENDANT, password: str = PASSWORD) -> int:
    """Somebody with this password, which they have to change where it is ``ONCE``; their id."""
    reach = served.office.reach
    until = reach.now() + timedelta(days=3) if password == ONCE else None
    hashed = await reach.passwords.hash(password)
    return (await reach.store.accounts.add(name, role, hashed, once_until=until)).id


def signs_in(desk: Driver, name: str, password: str) -> None:
    """At the window's first page."""
    fields = [one for one in desk.all() if isinstance(one, ttk.Entry)]
    desk.fill(fields[1], name)
    desk.fill(fields[2], password)
    desk.press("<Return>", fields[2])


def attendant_comes_in(open_window: OpenWindow, served: ServedOffice, name: str, **remembered: object) -> Driver:
    """A window in which an attendant of this name has just signed in."""
    served.do(user(served, name, Role.ATTENDANT))
    desk = open_window(local=False, **remembered)
    desk.until(lambda: desk.sees("Entre com a sua conta"))
    signs_in(desk, name, PASSWORD)
    return desk


def owed(desk: Driver) -> Owing:
    """What stands in the place of the sign-in."""
    found: list[Owing] = []

    def there() -> bool:
        found[:] = [one for one in desk.all() if isinstance(one, Owing)]
        return bool(found)

    desk.until(there, "what is owed")
    return found[0]


def code_of(secret: str) -> str:
    """What the app shows now."""
    return pyotp.TOTP(secret).at(datetime.now(UTC))


def gives_code(desk: Driver, owing: Owing) -> str:
    """Read the key, type the app's code, and go on; the key."""
    panel = owing.panel
    assert panel is not None
    secret = str(panel.secret.get())
    desk.fill(panel.code.entry, code_of(secret))
    desk.press("<Return>", panel.code.entry)
    return secret
