"""Somebody who owes a password of their own or a second factor does it where they sign in, and is in."""

from typing import Any

import pytest
from sqlalchemy import func, select

from agent.contract.access import Role
from agent.storage.tables import TokenFamily
from gui.kit.choices import ChoiceButton
from gui.login import Login
from gui.owing import Owing
from gui.theme import DARK
from tests.gui.conftest import OpenWindow
from tests.gui.driver import Driver
from tests.gui.people import ONCE, PASSWORD, code_of, gives_code, owed, signs_in, user
from tests.gui.served import ServedOffice
from tests.gui.test_window import connected

MINE = "um trem azul sobe o morro"


def arrives(open_window: OpenWindow, served: ServedOffice, role: Role, password: str) -> tuple[Driver, Owing, int]:
    """Ana signs in, and is led to what she owes; her id."""
    ana = served.do(user(served, "ana.souza", role, password))
    desk = open_window(local=False)
    desk.until(lambda: desk.sees("Entre com a sua conta"))
    signs_in(desk, "ana.souza", password)
    return desk, owed(desk), ana


def types(desk: Driver, owing: Owing, **texts: str) -> None:
    for name, text in texts.items():
        desk.fill(owing.fields[name].entry, text)  # type: ignore[attr-defined]


def login(desk: Driver) -> Any:
    return next(one for one in desk.all() if isinstance(one, Login))


def pictured(desk: Driver, owing: Owing) -> Any:
    desk.until(lambda: owing.panel is not None, "the picture")
    return owing.panel


def test_a_password_of_ones_own_is_looked_at_while_one_types(open_window: OpenWindow, served: ServedOffice) -> None:
    desk, owing, ana = arrives(open_window, served, Role.ATTENDANT, ONCE)
    assert desk.sees("Escolha a sua senha")
    assert not desk.sees("Passo 1"), "there is one step only"
    new, again = owing.fields["new"], owing.fields["again"]
    for text, said in (
        ("curta", "No mínimo 12 caracteres."),
        ("a joia da souza brilha", "nome de usuário"),
        ("senha12345678", "fácil de adivinhar"),
        (ONCE, "É a senha de hoje"),
    ):
        types(desk, owing, new=text)
        assert said in new.fault
    desk.click(owing.button)
    assert "não são iguais" in again.fault
    assert served.do(served.office.store.accounts.user(ana)).password_once, "nothing was sent"
    types(desk, owing, new=MINE, again="um trem verde")
    assert "não são iguais" in again.fault
    types(desk, owing, again=MINE)
    assert (new.fault, again.fault) == ("", "")
    desk.press("<Return>", again.entry)  # type: ignore[attr-defined]
    connected(desk)
    assert not served.do(served.office.store.accounts.user(ana)).password_once


def test_a_second_factor_alone_with_a_wrong_code_first(open_window: OpenWindow, served: ServedOffice) -> None:
    desk, owing, ana = arrives(open_window, served, Role.ADMIN, PASSWORD)
    panel = pictured(desk, owing)
    assert panel.picture.width() > 100
    types(desk, owing, code="12345")
    desk.click(owing.button)
    assert panel.code.fault, "not six digits"
    right = code_of(panel.secret.get())
    types(desk, owing, code="000000" if right != "000000" else "111111")
    desk.click(owing.button)
    desk.until(lambda: "não vale" in panel.code.fault, "the agent's answer")
    assert not served.do(served.office.store.accounts.user(ana)).second_factor
    gives_code(desk, owing)
    connected(desk)
    assert desk.window.office.role is Role.ADMIN
    assert served.do(served.office.store.accounts.user(ana)).second_factor


def test_first_the_password_then_the_factor_and_the_next_time_neither(
    open_window: OpenWindow, served: ServedOffice
) -> None:
    desk, owing, _ = arrives(open_window, served, Role.SUPERVISOR, ONCE)
    assert desk.sees("Passo 1 de 2")
    types(desk, owing, new=MINE, again=MINE)
    desk.click(owing.button)
    desk.until(lambda: desk.sees("Passo 2 de 2"))
    pictured(desk, owing)
    secret = gives_code(desk, owing)
    connected(desk)
    desk.window.sign_out()
    desk.until(lambda: desk.sees("Entre com a sua conta"))
    desk.press("<Control-r>", desk.root)
    assert not desk.sees("Exportar relatório"), "nobody is in"
    desk.fill(login(desk).who.password, MINE)
    desk.press("<Return>", login(desk).who.password)
    desk.until(login(desk).who.code.winfo_ismapped, "the code is asked for")
    assert not [one for one in desk.all() if isinstance(one, Owing)]
    assert len(secret) >= 32


def test_whoever_goes_back_goes_on_later_where_they_were(open_window: OpenWindow, served: ServedOffice) -> None:
    desk, owing, ana = arrives(open_window, served, Role.ADMIN, ONCE)
    desk.click("Voltar")
    desk.until(lambda: desk.sees("Entre com a sua conta"))
    who = login(desk).who
    assert (who.name.get(), who.password.get()) == ("ana.souza", "")
    desk.until(lambda: served.do(living(served, ana)) == 0, "what was signed in is signed out")
    signs_in(desk, "ana.souza", ONCE)
    owing = owed(desk)
    types(desk, owing, new=MINE, again=MINE)
    desk.click(owing.button)
    pictured(desk, owing)
    desk.click("Voltar")
    desk.until(lambda: desk.sees("Entre com a sua conta"))
    signs_in(desk, "ana.souza", MINE)
    owing = owed(desk)
    assert not desk.sees("Passo"), "the password is theirs by now, and one step is left"
    pictured(desk, owing)
    gives_code(desk, owing)
    connected(desk)


async def living(served: ServedOffice, user_id: int) -> int:
    """How many signings-in of theirs are good."""
    async with served.office.store._database.engine.connect() as db:
        living = select(func.count()).where(TokenFamily.user_id == user_id, TokenFamily.revoked_at.is_(None))
        return int((await db.execute(living)).scalar_one())


@pytest.mark.parametrize("step", ["password", "factor"])
def test_the_server_goes_in_the_middle_and_what_was_typed_stays(
    step: str, open_window: OpenWindow, served: ServedOffice
) -> None:
    factor = step == "factor"
    role, password = (Role.ADMIN, PASSWORD) if factor else (Role.ATTENDANT, ONCE)
    desk, owing, _ = arrives(open_window, served, role, password)
    texts = {"new": MINE, "again": MINE}
    if factor:
        texts = {"code": code_of(pictured(desk, owing).secret.get())}
    types(desk, owing, **texts)
    served.stop_serving()
    desk.click(owing.button)
    desk.until(lambda: "não responde" in str(owing.fault.cget("text")))
    assert {name: field.entry.get() for name, field in owing.fields.items()} == texts  # type: ignore[attr-defined]
    served.serve_again()
    if factor:
        gives_code(desk, owing)
    else:
        desk.click(owing.button)
    connected(desk)


def test_what_was_stored_before_its_answer_got_lost(open_window: OpenWindow, served: ServedOffice) -> None:
    desk, owing, ana = arrives(open_window, served, Role.ADMIN, ONCE)

    async def changed() -> None:
        reach = served.office.reach
        await reach.store.accounts.set_password(ana, await reach.passwords.hash(MINE), but=await family(served, ana))

    served.do(changed())
    types(desk, owing, new=MINE, again=MINE)
    desk.click(owing.button)
    desk.until(lambda: "talvez a nova já esteja guardada" in str(login(desk).who.fault.cget("text")))
    signs_in(desk, "ana.souza", MINE)
    owing = owed(desk)
    secret = str(pictured(desk, owing).secret.get())

    async def confirmed() -> None:
        accounts = served.office.store.accounts
        assert await accounts.confirm_second_factor(ana, secret, 1, but=await family(served, ana))

    served.do(confirmed())
    gives_code(desk, owing)
    connected(desk)


async def family(served: ServedOffice, user_id: int) -> str:
    """The one that is good."""
    async with served.office.store._database.engine.connect() as db:
        good = select(TokenFamily.id).where(TokenFamily.user_id == user_id, TokenFamily.revoked_at.is_(None))
        return str((await db.execute(good)).scalars().one())


def picks(button: ChoiceButton, text: str) -> None:
    """A line of its list."""
    lines = button.lines
    lines.invoke(next(at for at in range(int(lines.index("end") or 0) + 1) if lines.entrycget(at, "label") == text))


def test_language_and_look_are_chosen_before_anybody_is_in(open_window: OpenWindow) -> None:
    desk = open_window(local=False, theme="light")
    desk.until(lambda: desk.sees("Entre com a sua conta"))
    page = login(desk)
    desk.fill(page.server, "https://loja.example")
    desk.fill(page.who.name, "ana")
    picks(page.language, "English")
    desk.until(lambda: desk.sees("Sign in with your"))
    assert (page.server.get(), page.who.name.get()) == ("https://loja.example", "ana"), "what was typed is kept"
    picks(page.theme, "Dark")
    desk.until(lambda: desk.root.cget("background") == DARK.ground)
    assert (str(page.language.cget("text")), str(page.theme.cget("text"))) == ("English", "Dark")
    remembered = desk.window.office.memory.now
    assert (remembered.language, remembered.theme) == ("en", "dark")
    desk.click("Sign in")
    assert desk.sees("Type your password"), "what is wrong is said in that language"
