"""People who sign in, as a client of the API does it."""

from datetime import datetime, timedelta

import httpx
import pyotp

from agent.contract.access import Role
from tests.api.conftest import Office

PASSWORD = "sete gatos pulam o muro"
SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"


async def person(
    office: Office,
    name: str = "ana",
    role: Role = Role.ATTENDANT,
    *,
    secret: str | None = None,
    once_until: datetime | None = None,
) -> int:
    """A user with ``PASSWORD``, and with an authenticator app where there is a ``secret``; their id."""
    hashed = await office.reach.passwords.hash(PASSWORD)
    user = await office.store.accounts.add(name, role, hashed, once_until=once_until)
    if secret is not None:
        await office.store.accounts.begin_second_factor(user.id, secret)
        await office.store.accounts.confirm_second_factor(user.id, secret, step=0)
    return user.id


async def login(
    office: Office,
    name: str = "ana",
    password: str = PASSWORD,
    code: str | None = None,
    address: str = "127.0.0.1",
) -> httpx.Response:
    """The answer to somebody who wants to sign in."""
    client = await office.client(address=address)
    form = {"username": name, "password": password, **({} if code is None else {"code": code})}
    return await client.post("/api/auth/login", data=form)


async def signed_in(office: Office, name: str = "ana", code: str | None = None) -> tuple[httpx.AsyncClient, str]:
    """A client of somebody who has signed in, and their refresh token."""
    answer = await login(office, name, code=code)
    assert answer.status_code == 200, answer.text
    return await office.client(answer.json()["access_token"]), answer.json()["refresh_token"]


async def status(office: Office, token: str, address: str = "127.0.0.1", **headers: str) -> int:
    """What the API answers to a token."""
    client = await office.client(token, address)
    return (await client.get("/api/auth/me", headers=headers)).status_code


def code_of(at: datetime, secret: str = SECRET, later: timedelta = timedelta(0)) -> str:
    """What the authenticator app shows."""
    return pyotp.TOTP(secret).at(at + later)


async def audited(office: Office, action: str) -> list[tuple[str, dict[str, object]]]:
    """Actor and data of each line of the audit log with this action, the newest first."""
    return [(line.actor, line.data) for line in await office.reach.audit.page(action=action)]
