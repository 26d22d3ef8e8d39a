"""Users, one's own account, API keys: made, changed, refused, shown once."""

from datetime import UTC, datetime, timedelta
from tkinter import ttk
from typing import Any

import pyotp

from agent.contract.access import Role, Scope
from agent.storage.repositories.families import Entry
from gui.tabs.system.account import FactorDialog
from gui.tabs.system.secret import SecretDialog
from tests.gui.conftest import OpenWindow
from tests.gui.driver import Driver
from tests.gui.people import PASSWORD, user
from tests.gui.served import ServedOffice
from tests.gui.system import dialog, no_dialog, opened, press, section, told, types


async def account(served: ServedOffice) -> int:
    """Whoever sits before the window has a password, and no second factor."""
    office = served.office
    hashed = await office.reach.passwords.hash(PASSWORD)
    me = office.users[Role.ATTENDANT] = (await office.store.accounts.add("ana", Role.ATTENDANT, hashed)).id
    assert await office.store.families.begin(Entry(me, hashed), f"test-{me}", f"test-{me}", timedelta(days=1))
    served.token_file.write_text(await office.token(Role.ATTENDANT))
    return me


def chosen(desk: Driver, person: int) -> Any:
    """The list of users, with one of them chosen."""
    users = section(desk, "users")
    desk.until(lambda: users.table.names == (str(person),))
    assert users.reset_button.instate(["disabled"]), "nobody is chosen"
    users.table.choose(str(person))
    desk.until(lambda: users.reset_button.instate(["!disabled"]))
    return users


def shown_once(desk: Driver) -> str:
    """What is shown in a dialog for one time, which is closed."""
    desk.until(lambda: isinstance(dialog(desk), SecretDialog), "shown once")
    shown = dialog(desk)
    once = str(shown.entry.get())
    press(desk, shown, "Copiar")
    assert desk.root.clipboard_get() == once
    press(desk, shown, "Fechar")
    return once


def test_a_user_is_added_and_the_password_is_shown_once(open_window: OpenWindow, served: ServedOffice) -> None:
    desk = opened(open_window)
    users = section(desk, "users")
    desk.until(lambda: desk.sees("Nenhum usuário ainda"))
    desk.click("Novo usuário")
    form = dialog(desk)
    press(desk, form, "Adicionar")
    assert form.fields["name"].fault == "Preencha este campo."
    types(desk, form.fields["name"], "<b>ana")
    assert "sinal que não pode" in form.fields["name"].fault
    types(desk, form.fields["name"], "ana.souza")
    press(desk, form, "Adicionar")
    assert len(shown_once(desk)) > 8
    desk.until(lambda: any("Senha provisória" in users.table.list.values(one) for one in users.table.names))


def test_a_name_that_is_taken_is_said_in_the_dialog(open_window: OpenWindow, served: ServedOffice) -> None:
    served.do(user(served, "ana"))
    desk = opened(open_window)
    section(desk, "users")
    desk.click("Novo usuário")
    form = dialog(desk)
    types(desk, form.fields["name"], "ANA")
    press(desk, form, "Adicionar")
    desk.until(lambda: str(form.fault.cget("text")), "a reason")
    desk.press("<Escape>", form)
    no_dialog(desk)


def test_role_lock_and_reset(open_window: OpenWindow, served: ServedOffice) -> None:
    ana = served.do(user(served, "ana"))
    accounts = served.office.store.accounts
    desk = opened(open_window)
    users = chosen(desk, ana)
    desk.click(users.role_button)
    form = dialog(desk)
    form.fields["role"].choose("supervisor")
    press(desk, form, "Salvar")
    desk.until(lambda: served.do(accounts.user(ana)).role is Role.SUPERVISOR)
    no_dialog(desk)
    desk.click(users.lock_button)
    press(desk, dialog(desk), "Desativar")
    desk.until(lambda: users.things[str(ana)].disabled_at is not None)
    desk.until(lambda: users.lock_button.cget("text") == "Reativar")
    desk.click(users.lock_button)
    desk.until(lambda: users.things[str(ana)].disabled_at is None)
    desk.click(users.reset_button)
    press(desk, dialog(desk), "Nova senha")
    shown_once(desk)
    desk.until(lambda: users.things[str(ana)].password_once)


def test_the_last_administrator_stays(open_window: OpenWindow, served: ServedOffice) -> None:
    eva = served.do(user(served, "eva", Role.ADMIN))
    desk = opened(open_window)
    users = chosen(desk, eva)
    desk.click(users.lock_button)
    press(desk, dialog(desk), "Desativar")
    told(desk, "nenhum administrador")


def test_a_supervisor_may_look_and_no_more(open_window: OpenWindow, served: ServedOffice) -> None:
    desk = opened(open_window, served, Role.SUPERVISOR)
    users = section(desk, "users")
    desk.until(lambda: users.table.names)
    assert not desk.sees("Novo usuário")


def test_the_owner_of_this_machine_has_no_password(open_window: OpenWindow) -> None:
    desk = opened(open_window)
    section(desk, "account")
    desk.until(lambda: desk.sees("Dono deste computador"))
    assert not desk.sees("Trocar senha")


def test_a_weak_password_is_refused_with_the_agents_reason(open_window: OpenWindow, served: ServedOffice) -> None:
    served.do(account(served))
    desk = opened(open_window)
    section(desk, "account")
    desk.until(lambda: desk.sees("Trocar senha"))
    desk.click("Trocar senha")
    form = dialog(desk)
    types(desk, form.fields["old"], PASSWORD)
    types(desk, form.fields["new"], "curta")
    assert form.fields["new"].fault == "No mínimo 12 caracteres."
    types(desk, form.fields["new"], "senha12345678")
    types(desk, form.fields["again"], "senha12345679")
    assert "não são iguais" in form.fields["again"].fault
    types(desk, form.fields["again"], "senha12345678")
    assert "fácil de adivinhar" in form.fields["new"].fault
    for name, text in (("old", "not the right one"), ("new", "um trem azul sobe"), ("again", "um trem azul sobe")):
        types(desk, form.fields[name], text)
    press(desk, form, "Mudar")
    desk.until(lambda: form.winfo_exists() and str(form.fault.cget("text")))
    types(desk, form.fields["old"], PASSWORD)
    press(desk, form, "Mudar")
    told(desk, "Senha trocada")
    no_dialog(desk)


def test_a_second_factor_is_set_up_by_its_picture(open_window: OpenWindow, served: ServedOffice) -> None:
    accounts, me = served.office.store.accounts, served.do(account(served))
    desk = opened(open_window)
    section(desk, "account")
    desk.until(lambda: desk.sees("Sem verificação em duas etapas"))
    desk.click("Ligar verificação em duas etapas")
    form = dialog(desk)
    types(desk, form.fields["password"], PASSWORD)
    press(desk, form, "Continuar")
    desk.until(lambda: isinstance(dialog(desk), FactorDialog), "the picture")
    shown = dialog(desk)
    assert shown.panel.picture.width() > 100
    secret = next(one.get() for one in desk.all(shown) if isinstance(one, ttk.Entry) and one.instate(["readonly"]))
    types(desk, shown.code, "12345")
    press(desk, shown, "Confirmar")
    assert shown.code.fault, "not six digits"
    types(desk, shown.code, "000000")
    press(desk, shown, "Confirmar")
    desk.until(lambda: shown.code.fault and "sinal" not in shown.code.fault, "the agent's reason")
    types(desk, shown.code, pyotp.TOTP(secret).at(datetime.now(UTC)))
    press(desk, shown, "Confirmar")
    told(desk, "duas etapas ligada")
    assert served.do(accounts.user(me)).second_factor
    desk.until(lambda: desk.sees("Trocar o aplicativo autenticador"))


def test_a_key_is_made_shown_once_and_revoked(open_window: OpenWindow, served: ServedOffice) -> None:
    desk = opened(open_window)
    keys = section(desk, "keys")
    desk.until(lambda: desk.sees("Nenhuma chave ainda"))
    desk.click("Nova chave")
    form = dialog(desk)
    press(desk, form, "Criar")
    assert form.fields["name"].fault == "Preencha este campo."
    assert form.fields["scopes"].fault == "Marque pelo menos um."
    types(desk, form.fields["name"], "CRM")
    form.fields["scopes"].buttons[Scope.CUSTOMERS_READ].invoke()
    types(desk, form.fields["days"], "9999")
    press(desk, form, "Criar")
    assert form.fields["days"].fault == "De 1 a 3650."
    types(desk, form.fields["days"], "30")
    press(desk, form, "Criar")
    assert shown_once(desk).startswith("bk_")
    desk.until(lambda: len(keys.table.names) == 1)
    assert "Ler clientes" in keys.table.list.values(keys.table.names[0])
    keys.table.choose(keys.table.names[0])
    desk.until(lambda: keys.revoke_button.instate(["!disabled"]))
    desk.click(keys.revoke_button)
    press(desk, dialog(desk), "Revogar")
    desk.until(lambda: "Revogada" in keys.table.list.values(keys.table.names[0]))
    desk.until(lambda: keys.revoke_button.instate(["disabled"]))
