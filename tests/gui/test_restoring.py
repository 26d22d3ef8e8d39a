"""A backup is restored from the window: asked for twice, carried out by the agent as it starts anew, and told."""

from tkinter import ttk
from typing import Any

from agent.contract.access import Role
from tests.gui.conftest import OpenWindow
from tests.gui.driver import Driver
from tests.gui.served import ServedOffice
from tests.gui.system import dialog, no_dialog, opened, press, section, told
from tests.gui.test_window import connected, status
from tests.storage.chats import row, shows
from tests.storage.test_restore import flip


def copied(served: ServedOffice) -> str:
    """A copy with one message; two came since."""

    async def make() -> str:
        store, copies = served.office.store, served.office.reach.backups
        assert copies is not None
        await store.save(shows(row("A", "oi"), title="Maria"))
        made = await copies.make(store)
        await store.save(shows(row("B", "tudo bem?"), row("C", "oi?"), title="Maria", window="A B C"))
        return made.name

    return served.do(make())


async def messages(served: ServedOffice) -> int:
    return (await served.office.store.counts()).messages_in


def asks(desk: Driver, name: str) -> Any:
    """The question, once the copy was chosen."""
    backups = section(desk, "backups")
    desk.until(lambda: name in backups.table.names)
    backups.table.choose(name)
    desk.until(lambda: backups.restore_button.instate(["!disabled"]))
    desk.click(backups.restore_button)
    return dialog(desk)


def confirms(desk: Driver, question: Any, word: str) -> None:
    entry = next(one for one in desk.all(question) if isinstance(one, ttk.Entry))
    desk.fill(entry, word)
    press(desk, question, "Restaurar")


def ordered(served: ServedOffice) -> bool:
    return served.office.session.starts_again > 0


def test_a_backup_is_restored_and_the_window_comes_back(open_window: OpenWindow, served: ServedOffice) -> None:
    name = copied(served)
    desk = opened(open_window)
    question = asks(desk, name)
    shown = " ".join(desk.texts(question))
    assert "Mensagens: 1. Clientes: 1." in shown
    assert "chegaram 2 mensagens, que saem do banco" in shown
    assert "ainda não foi testada" in shown
    confirms(desk, question, "sim")
    assert question.winfo_exists(), "another word does nothing"
    assert not ordered(served)
    confirms(desk, question, "Restaurar")
    told(desk, "Restaurando o backup")
    desk.until(lambda: ordered(served))
    no_dialog(desk)
    served.restart()
    told(desk, "Backup restaurado")
    connected(desk)
    assert served.do(messages(served)) == 1
    backups = section(desk, "backups")
    desk.until(lambda: len(backups.table.names) == 2, "what was there is kept as a copy")
    lines = served.do(served.office.reach.audit.page())
    assert [line.action for line in lines if line.action.startswith("backup.")][:2] == [
        "backup.restored", "backup.restore_asked",
    ]  # fmt: skip


def test_a_copy_that_is_no_good_changes_nothing_and_says_so(open_window: OpenWindow, served: ServedOffice) -> None:
    name = copied(served)
    desk = opened(open_window)
    confirms(desk, asks(desk, name), "restaurar")
    desk.until(lambda: ordered(served))
    copies = served.office.reach.backups
    assert copies is not None
    flip(copies.file(name))
    served.restart()
    told(desk, "não foi restaurado (CorruptDatabase)")
    assert served.do(messages(served)) == 3
    desk.until(lambda: "Conectado" in status(desk, "connection"))


def test_a_copy_of_another_profile_is_refused_at_once(open_window: OpenWindow, served: ServedOffice) -> None:
    name = copied(served)
    copies = served.office.reach.backups
    assert copies is not None
    side = copies.file(name).with_suffix(".json")
    side.write_text(side.read_text().replace('"customers": ', '"customers": 1'))
    desk = opened(open_window)
    confirms(desk, asks(desk, name), "restaurar")
    told(desk, "Escolha outro; nada foi alterado")
    assert not ordered(served)


def test_only_an_administrator_is_offered_it(open_window: OpenWindow, served: ServedOffice) -> None:
    copied(served)
    desk = opened(open_window, served, Role.SUPERVISOR)
    backups = section(desk, "backups")
    desk.until(lambda: backups.table.names)
    assert not [one for one in desk.all(backups) if isinstance(one, ttk.Button) and one.cget("text") == "Restaurar"]
