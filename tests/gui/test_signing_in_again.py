"""Somebody whose sign-in ends while they work is asked who they are, and finds their work as it was."""

from datetime import timedelta
from tkinter import ttk

import httpx
import pytest
from sqlalchemy import update

from agent.contract.access import Role
from agent.contract.signing_in import SignedIn
from agent.storage.tables import TokenFamily
from gui.link.api import Api
from gui.link.credentials import Person
from gui.link.errors import Foreign, Refused, Unreachable
from gui.login import Login, SignInAgain
from gui.snapshot import Connection
from tests.gui.conftest import OpenWindow
from tests.gui.driver import Driver
from tests.gui.people import ONCE, PASSWORD, attendant_comes_in, gives_code, owed, user
from tests.gui.served import ServedOffice
from tests.gui.system import dialog, no_dialog, press, section
from tests.gui.test_window import connected, status

TYPED = "um trem azul sobe o morro"
TOKENS = SignedIn(access_token="old", refresh_token="r1", expires_in=900, role=Role.ATTENDANT)


def signed_in(answer: httpx.Response | Exception) -> Api:
    """An API that refuses the token ``old``, and answers so when another one is asked for."""

    def asked(request: httpx.Request) -> httpx.Response:
        if request.url.path == "/api/auth/refresh":
            if isinstance(answer, Exception):
                raise answer
            return answer
        if request.headers["authorization"] == "Bearer old":
            return httpx.Response(401, json={"code": "not_signed_in", "detail": "Entre."})
        return httpx.Response(200, json={"name": "ana"})

    api = Api("http://127.0.0.1:1", Person(TOKENS))
    api._http = httpx.Client(base_url=api.server, transport=httpx.MockTransport(asked))
    return api


@pytest.mark.parametrize(
    ("answer", "error"),
    [
        (httpx.Response(500), Unreachable),
        (httpx.Response(502, text="<html>"), Unreachable),
        (httpx.Response(429), Unreachable),
        (httpx.Response(404), Unreachable),
        (httpx.ConnectError("nobody"), Unreachable),
        (httpx.Response(200, text="<html>"), Foreign),
    ],
)
def test_a_server_in_trouble_signs_nobody_out(answer: httpx.Response | Exception, error: type[Exception]) -> None:
    api, told = signed_in(answer), list[int]()
    api.signed_out = lambda: told.append(1)
    for _ in range(2):
        with pytest.raises(error):
            api.get("/api/auth/me", dict)
    assert api.credentials is not None
    assert (api.credentials.token(), told) == ("old", []), "it is tried again with what there is"


def test_a_refresh_that_is_refused_is_told_and_one_that_is_not_goes_on() -> None:
    api, told = signed_in(httpx.Response(401, json={"code": "not_signed_in", "detail": "Entre."})), list[int]()
    api.signed_out = lambda: told.append(1)
    with pytest.raises(Refused):
        api.get("/api/auth/me", dict)
    assert api.credentials is not None
    assert (api.credentials.token(), told) == (None, [1])
    new = TOKENS.model_copy(update={"access_token": "new"})
    assert signed_in(httpx.Response(200, text=new.model_dump_json())).get("/api/auth/me", dict) == {"name": "ana"}


def working(open_window: OpenWindow, served: ServedOffice) -> Driver:
    """Somebody who has signed in, with a dialog open and something typed into it."""
    served.do(user(served, "bia", Role.ATTENDANT))
    desk = attendant_comes_in(open_window, served, "ana", tab="system")
    connected(desk)
    desk.until(lambda: "system" in desk.window.tabs)
    section(desk, "account")
    desk.until(lambda: desk.sees("Trocar senha"))
    desk.click("Trocar senha")
    desk.fill(dialog(desk).fields["new"].entry, TYPED)
    return desk


def asked_again(desk: Driver) -> SignInAgain:
    desk.until(lambda: isinstance(dialog(desk), SignInAgain), "asked who it is")
    found = dialog(desk)
    assert isinstance(found, SignInAgain)
    return found


def signed_out(served: ServedOffice, desk: Driver) -> None:
    """As by somebody who ends all sign-ins of this user; and the next request notices."""
    reach = served.office.reach

    async def end() -> None:
        async with reach.store._database.engine.begin() as db:
            await db.execute(update(TokenFamily).values(revoked_at=reach.now(), reason="signed_out"))

    served.do(end())
    desk.window.refresh_all()


def test_who_is_signed_out_signs_in_again_and_finds_what_was_typed(
    open_window: OpenWindow, served: ServedOffice
) -> None:
    desk = working(open_window, served)
    form = dialog(desk)
    signed_out(served, desk)
    again = asked_again(desk)
    assert status(desk, "connection") == "● Entre de novo"
    assert again.who.name.get() == "ana"
    desk.press("<Escape>", again)
    assert again.winfo_exists(), "a key pressed by chance loses nothing"
    desk.fill(again.who.password, "not the right one")
    desk.press("<Return>", again.who.password)
    desk.until(lambda: "senha" in str(again.who.fault.cget("text")).lower())
    desk.fill(again.who.password, PASSWORD)
    desk.press("<Return>", again.who.password)
    connected(desk)
    desk.until(lambda: not again.winfo_exists())
    assert form.winfo_exists()
    assert form.fields["new"].entry.get() == TYPED
    assert desk.root.grab_current() is form, "the dialog beneath has the window again"
    assert not [text for text in desk.window.office.toasts.texts if "Entre" in text], "it was said once"
    for name, text in (("old", PASSWORD), ("again", TYPED)):
        desk.fill(form.fields[name].entry, text)
    press(desk, form, "Mudar")
    desk.until(lambda: not form.winfo_exists(), "and it can be sent")


def test_the_events_stop_and_one_is_asked_without_touching_anything(
    open_window: OpenWindow, served: ServedOffice
) -> None:
    desk = working(open_window, served)
    served.stop_serving()
    desk.until(lambda: desk.window.office.connection is Connection.LOST)
    signed_out(served, desk)
    served.serve_again()
    asked_again(desk)


def test_another_person_begins_anew_and_whoever_leaves_sees_nothing(
    open_window: OpenWindow, served: ServedOffice
) -> None:
    desk = working(open_window, served)
    form = dialog(desk)
    signed_out(served, desk)
    again = asked_again(desk)
    desk.fill(again.who.name, "bia")
    desk.fill(again.who.password, PASSWORD)
    desk.press("<Return>", again.who.password)
    connected(desk)
    desk.until(lambda: desk.window.office.who == "bia")
    assert not form.winfo_exists(), "what Ana has typed is not hers"
    signed_out(served, desk)
    press(desk, asked_again(desk), "Sair da conta")
    desk.until(lambda: [one for one in desk.all() if isinstance(one, Login)])
    no_dialog(desk)
    assert not [one for one in desk.all() if isinstance(one, ttk.Notebook)]


def test_who_owes_a_second_factor_by_now_sets_it_up_there(open_window: OpenWindow, served: ServedOffice) -> None:
    desk = working(open_window, served)
    served.stop_serving()
    desk.until(lambda: desk.window.office.connection is Connection.LOST)

    async def promoted() -> None:  # An administrator needs a second factor, and there is none.
        accounts = served.office.store.accounts
        ana = next(one for one in await accounts.listed() if one.name == "ana")
        await accounts.change(ana.id, role=Role.ADMIN)

    served.do(promoted())
    served.serve_again()
    again = asked_again(desk)
    assert "Falta um passo" in str(again.who.fault.cget("text"))
    desk.fill(again.who.password, PASSWORD)
    desk.press("<Return>", again.who.password)
    owing = owed(desk)
    press(desk, again, "Voltar")
    desk.until(lambda: not owing.winfo_exists() and again.who.winfo_ismapped(), "the sign-in again")
    assert again.who.password.get() == ""
    desk.fill(again.who.password, PASSWORD)
    desk.press("<Return>", again.who.password)
    owing = owed(desk)
    desk.until(lambda: owing.panel is not None and desk.root.focus_get() is owing.fields["code"].entry, "one can type")
    desk.press("<Escape>", again)
    assert again.winfo_exists(), "a key pressed by chance loses nothing"
    gives_code(desk, owing)
    connected(desk)
    desk.until(lambda: not again.winfo_exists())
    desk.until(lambda: desk.window.office.role is Role.ADMIN)


def test_a_password_of_somebody_elses_is_changed_there_and_what_was_typed_stays(
    open_window: OpenWindow, served: ServedOffice
) -> None:
    desk = working(open_window, served)
    form = dialog(desk)

    async def reset() -> None:
        reach = served.office.reach
        ana = next(one for one in await reach.store.accounts.listed() if one.name == "ana")
        until = reach.now() + timedelta(days=3)
        await reach.store.accounts.set_password(ana.id, await reach.passwords.hash(ONCE), once_until=until)

    served.do(reset())
    desk.window.refresh_all()
    again = asked_again(desk)
    desk.fill(again.who.password, ONCE)
    desk.press("<Return>", again.who.password)
    owing = owed(desk)
    for name in ("new", "again"):
        desk.fill(owing.fields[name].entry, PASSWORD)
    press(desk, again, "Continuar")
    connected(desk)
    desk.until(lambda: not again.winfo_exists())
    assert form.fields["new"].entry.get() == TYPED
