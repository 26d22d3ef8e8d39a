"""The tab of the customers: the list, the card, every edit and how it is taken back, who is who."""

import tkinter as tk
from tkinter import ttk

import pytest

from agent.contract.access import Role
from agent.contract.customers import CustomerCard
from gui.tabs.customers.merging import MergeDialog
from gui.tabs.customers.tab import CustomersTab
from gui.tabs.customers.writing import Editable, Writing
from tests.gui.conftest import OpenWindow
from tests.gui.customers_office import LONG, PHONE, opened, seed, tab_of, within
from tests.gui.driver import Driver
from tests.gui.served import ServedOffice
from tests.gui.test_window import PASSWORD, signs_in, user
from tests.storage.chats import row, shows


@pytest.fixture
def desk(open_window: OpenWindow, served: ServedOffice) -> Driver:
    """The window over three customers."""
    served.do(seed(served))
    return open_window()


def names(tab: CustomersTab) -> list[str]:
    return [str(tab.list.tree.item(line, "values")[0]) for line in tab.list.tree.get_children()]


def notice(tab: CustomersTab) -> str:
    return tab.edits.line.text


def write(desk: Driver, writing: Writing, text: str) -> None:
    """Type it, as a person would."""
    if isinstance(writing.field, tk.Text):
        writing.field.delete("1.0", "end")
        writing.field.insert("end", text)
    else:
        writing.field.delete(0, "end")
        writing.field.insert("end", text)
    writing.field.focus_force()
    writing.field.event_generate("<KeyRelease>", keysym="a")
    desk.turn()


def edit(desk: Driver, editable: Editable) -> Writing:
    """Open the field of a text."""
    desk.click(editable.pencil)
    return next(one for one in editable.winfo_children() if isinstance(one, Writing))


def undo(desk: Driver, tab: CustomersTab) -> None:
    """By the keyboard."""
    desk.press("<Control-z>", tab.list.tree)
    desk.until(lambda: notice(tab).startswith(("Desfeito", "Não foi desfeito")), "undone")


async def card(served: ServedOffice, who: int = 1) -> CustomerCard:
    store = served.office.store
    people = await store.people.find(str(who))
    return await store.desk.card(people[0], await store.dashboard.place())


def test_nobody_yet_is_said(open_window: OpenWindow, served: ServedOffice) -> None:
    desk = open_window()
    tab_of(desk)
    desk.until(lambda: desk.sees("Nenhum cliente ainda"))
    assert desk.sees("Escolha um cliente")
    served.do(seed(served))
    desk.until(lambda: desk.sees("Bia"), "told live")
    assert not desk.sees("Nenhum cliente ainda")


def test_a_list_that_is_searched(desk: Driver) -> None:
    tab = tab_of(desk)
    desk.until(lambda: len(names(tab)) == 3)
    desk.fill(tab.search, "conceicao")
    desk.until(lambda: names(tab) == ["Ana Conceição"])
    desk.fill(tab.search, "90000-0012")
    desk.until(lambda: names(tab) == ["Ana Conceição"])
    desk.fill(tab.search, "ninguém mesmo")
    desk.until(lambda: desk.sees("Ninguém encontrado"))
    desk.fill(tab.search, "")
    desk.until(lambda: len(names(tab)) == 3)
    desk.press("<Down>", tab.list.tree)
    desk.press("<Down>", tab.list.tree)
    desk.until(lambda: tab.card.customer is not None and tab.card.customer.id == 2, "opened by the keyboard")


def test_in_a_narrow_list_the_name_has_the_room_that_columns_left(desk: Driver) -> None:
    tab = tab_of(desk)
    desk.until(lambda: len(names(tab)) == 3)
    desk.window.choose_size(200)
    desk.window.root.geometry("1280x800")
    tab = tab_of(desk)
    desk.until(lambda: len(names(tab)) == 3 and len(tab.list.tree.cget("displaycolumns")) == 2)
    desk.turn(0.1)
    tree = tab.list.tree
    assert tree.column("name", "width") > tree.column("last", "width")
    assert abs(tree.column("name", "width") + tree.column("last", "width") - tree.winfo_width()) < 10


def test_a_name_is_checked_kept_and_taken_back(desk: Driver, served: ServedOffice) -> None:
    tab = opened(desk, 1, "Ana Conceição")
    writing = edit(desk, tab.card.head.name)
    for text, fault in (("", ""), ("x" * 201, "No máximo 200 letras; agora são 201."), ("a\tb", "Há um sinal")):
        write(desk, writing, text)
        assert fault in writing.fault
        writing.save()
        assert tab.card.head.name.busy, "nothing is sent that would be refused"
    write(desk, writing, "Ana (oficina)")
    assert writing.fault == ""
    desk.press("<Return>", writing.field)
    desk.until(lambda: notice(tab) == "Ana Conceição: nome alterado")
    desk.until(lambda: "Ana (oficina)" in names(tab))
    desk.click("Desfazer")
    desk.until(lambda: "Desfeito" in notice(tab))
    assert served.do(card(served)).customer == "Ana Conceição"
    desk.until(lambda: tab.card.head.name.text == "Ana Conceição")


def test_the_chats_title_again(desk: Driver, served: ServedOffice) -> None:
    served.do(served.office.store.desk.rename(1, "Outra"))
    tab = opened(desk, 1, "Outra")
    tab.card.head.menu.invoke("Usar o nome da conversa")
    desk.until(lambda: tab.card.head.name.text == "Ana Conceição")
    undo(desk, tab)
    assert served.do(card(served)).customer == "Outra"


def test_escape_leaves_a_text_as_it_was(desk: Driver) -> None:
    tab = opened(desk, 1, "Ana Conceição")
    writing = edit(desk, tab.card.head.name)
    write(desk, writing, "Engano")
    desk.press("<Escape>", writing.field)
    assert not tab.card.head.name.busy
    assert tab.card.head.name.text == "Ana Conceição"


def test_what_is_being_written_is_not_overwritten(desk: Driver, served: ServedOffice) -> None:
    tab = opened(desk, 1, "Ana Conceição")
    writing = edit(desk, tab.card.head.name)
    write(desk, writing, "Ana, que estou escreven")
    write(desk, tab.card.notes.new, "metade de uma nota")
    served.do(served.office.store.desk.rename(1, "De outro lugar"))
    served.do(served.office.store.desk.tag(1, "vip"))
    desk.until(lambda: any("vip" in text for text in desk.texts(tab.card.head)), "the rest is told live")
    assert writing.text == "Ana, que estou escreven"
    assert tab.card.notes.new.text == "metade de uma nota"
    desk.window.go("customers", customer=2)
    desk.until(lambda: desk.sees("Descartar o que você escreveu?"))
    desk.press("<Escape>", within(desk, desk.root, "Descartar"))
    assert writing.text == "Ana, que estou escreven"
    desk.window.go("customers", customer=2)
    desk.click("Descartar")
    desk.until(lambda: tab.card.customer is not None and tab.card.customer.id == 2)
    assert not tab.card.is_unsaved


def test_tags(desk: Driver, served: ServedOffice) -> None:
    tab = opened(desk, 1, "Ana Conceição")
    head = tab.card.head
    desk.click(head.add)
    assert head.tag is not None
    for bad in ("a/b", "x" * 61, ".."):
        write(desk, head.tag, bad)
        assert head.tag.fault
    write(desk, head.tag, "cliente vip 🌟")
    desk.press("<Return>", head.tag.field)
    desk.until(lambda: served.do(card(served)).tags == ("cliente vip 🌟",))
    desk.until(lambda: desk.sees("cliente vip 🌟  ✕"))
    desk.click("cliente vip 🌟  ✕")
    desk.until(lambda: served.do(card(served)).tags == ())
    desk.until(lambda: "removida" in notice(tab))
    undo(desk, tab)
    assert served.do(card(served)).tags == ("cliente vip 🌟",)
    for _ in range(2):  # at once: the second waits until the first is done, and finds nothing
        desk.press("<Control-z>", tab.list.tree)
    desk.until(lambda: notice(tab) == "Não há nada para desfazer.")
    assert served.do(card(served)).tags == ()


def test_an_undo_waits_for_the_edit_before_it(desk: Driver, served: ServedOffice) -> None:
    tab = opened(desk, 1, "Ana Conceição")
    write(desk, tab.card.notes.new, "liga amanhã")
    desk.press("<Control-Return>", tab.card.notes.new.field)
    desk.press("<Control-z>", tab.list.tree)
    desk.until(lambda: notice(tab).startswith("Desfeito"))
    assert served.do(card(served)).notes == ()


def test_fields(desk: Driver, served: ServedOffice) -> None:
    tab = opened(desk, 1, "Ana Conceição")
    fields = tab.card.fields
    write(desk, fields.value, "39")
    assert fields.value.fault == "Dê um nome ao campo."
    desk.fill(fields.name, "número do pé")
    write(desk, fields.value, "x" * 1001)
    assert "1000" in fields.value.fault
    write(desk, fields.value, "39")
    desk.press("<Return>", fields.value.field)
    desk.until(lambda: served.do(card(served)).fields == {"número do pé": "39"})
    desk.until(lambda: "número do pé" in fields.rows.shown)
    write(desk, edit(desk, fields.rows.shown["número do pé"].value), "40")
    desk.click("Salvar")
    desk.until(lambda: served.do(card(served)).fields == {"número do pé": "40"})
    desk.until(lambda: "salvo" in notice(tab))
    desk.click(within(desk, fields, "Remover"))
    desk.until(lambda: served.do(card(served)).fields == {})
    desk.until(lambda: "removido" in notice(tab))
    for expected in ({"número do pé": "40"}, {"número do pé": "39"}, {}):
        undo(desk, tab)
        desk.until(lambda expected=expected: served.do(card(served)).fields == expected)
        tab.edits.line.hide()


def test_notes(desk: Driver, served: ServedOffice) -> None:
    tab = opened(desk, 1, "Ana Conceição")
    notes = tab.card.notes

    def texts() -> list[str]:
        return [one.text for one in served.do(card(served)).notes]

    write(desk, notes.new, "x" * 4001)
    assert "4000" in notes.new.fault
    write(desk, notes.new, "prefere à tarde\n🌻")
    desk.press("<Control-Return>", notes.new.field)
    desk.until(lambda: texts() == ["prefere à tarde\n🌻"])
    desk.until(lambda: notes.rows.shown)
    assert notes.new.text == ""
    (shown,) = notes.rows.shown.values()
    write(desk, edit(desk, shown.text), "de manhã")
    desk.click("Salvar")
    desk.until(lambda: texts() == ["de manhã"])
    desk.until(lambda: "editada" in notice(tab))
    desk.click(within(desk, notes, "Remover"))
    desk.until(lambda: texts() == [])
    desk.until(lambda: "removida" in notice(tab))
    for expected in (["de manhã"], ["prefere à tarde\n🌻"], []):
        undo(desk, tab)
        desk.until(lambda expected=expected: texts() == expected)
        tab.edits.line.hide()


def test_an_edit_that_somebody_else_overtook_is_not_undone(desk: Driver, served: ServedOffice) -> None:
    tab = opened(desk, 1, "Ana Conceição")
    write(desk, edit(desk, tab.card.head.name), "Minha Ana")
    desk.click("Salvar")
    desk.until(lambda: "nome alterado" in notice(tab))
    served.do(served.office.store.desk.rename(1, "Ana dos outros"))
    undo(desk, tab)
    assert "Outra pessoa mudou isso depois de você." in notice(tab)
    assert served.do(card(served)).customer == "Ana dos outros"


def test_an_agent_that_is_gone_takes_no_text_away(desk: Driver, served: ServedOffice) -> None:
    tab = opened(desk, 1, "Ana Conceição")
    served.stop_serving()
    write(desk, tab.card.notes.new, "ligar amanhã")
    desk.press("<Control-Return>", tab.card.notes.new.field)
    desk.until(lambda: "O agente não responde" in notice(tab))
    assert tab.card.notes.new.text == "ligar amanhã"
    writing = edit(desk, tab.card.head.name)
    write(desk, writing, "Ana nova")
    desk.press("<Return>", writing.field)
    desk.until(lambda: tab.card.head.name.busy, "open again, with what was written")
    assert tab.card.head.name.text == "Ana Conceição"
    served.serve_again()
    desk.until(lambda: desk.window.office.connection.value == "live")
    desk.click(within(desk, tab.card.notes, "Anotar"))
    desk.until(lambda: "nota escrita" in notice(tab))


def test_a_number_of_two_is_said_in_words(desk: Driver, served: ServedOffice) -> None:
    served.do(served.office.store.save(shows(row("D1"), title="Ana (loja 2)", phone=PHONE, session="outra")))
    tab = tab_of(desk)
    desk.window.go("customers", customer=PHONE)
    desk.until(lambda: f"Mais de um cliente tem o número {PHONE}" in notice(tab))
    desk.until(lambda: sorted(names(tab)) == ["Ana (loja 2)", "Ana Conceição"])


def test_somebody_who_is_not_there(desk: Driver) -> None:
    tab_of(desk)
    desk.window.go("customers", customer=999)
    desk.until(lambda: desk.sees("Este cliente não existe mais"))


def test_a_conversation_is_one_click_away(desk: Driver) -> None:
    tab = opened(desk, 1, "Ana Conceição")
    gone: list[tuple[str, object]] = []
    desk.window.office.go = lambda name, **what: gone.append((name, what))
    desk.click(within(desk, tab.card.chats, "Abrir"))
    assert gone == [("messages", {"conversation": 1})]


def test_two_become_one_are_undone_and_split(desk: Driver, served: ServedOffice) -> None:
    tab = opened(desk, 1, "Ana Conceição")

    def merge() -> None:
        tab.card.head.menu.invoke("Juntar com outro cliente…")
        dialog = next(one for one in desk.root.winfo_children() if isinstance(one, MergeDialog))
        desk.fill(dialog.search, "bia")
        desk.until(lambda: dialog.list.get_children() == ("2",), "found")
        assert "disabled" in dialog.do.state()
        dialog.list.selection_set("2")
        desk.until(lambda: "Bia 🌻" in desk.texts(dialog.sides[1]), "both are seen first")
        assert "Ana Conceição" in desk.texts(dialog.sides[0])
        desk.click("Juntar")
        desk.until(lambda: notice(tab) == "Bia 🌻 agora é Ana Conceição.")

    merge()
    desk.until(lambda: tab.card.customer is not None and len(tab.card.customer.chats) == 2)
    desk.until(lambda: len(names(tab)) == 2)
    undo(desk, tab)
    desk.until(lambda: len(names(tab)) == 3)
    merge()
    desk.until(lambda: any(text == "Separar" for text in desk.texts(tab.card.chats)))
    desk.click(within(desk, tab.card.chats, "Separar"))
    desk.until(lambda: served.do(card(served, 2)).customer == "Bia 🌻")
    desk.until(lambda: "separado de novo" in notice(tab))
    undo(desk, tab)
    assert served.do(card(served, 2)).id == 1


def test_an_attendant_edits_and_may_no_more(open_window: OpenWindow, served: ServedOffice) -> None:
    served.do(seed(served))
    served.do(user(served, "bruno", Role.ATTENDANT))
    note = served.do(served.office.store.desk.add_note(1, "do supervisor", "user:77"))
    desk = open_window(local=False)
    desk.until(lambda: desk.sees("Entre com a sua conta"))
    desk.fill(next(one for one in desk.all() if isinstance(one, ttk.Entry)), served.address)
    signs_in(desk, "bruno", PASSWORD)
    tab = opened(desk, 1, "Ana Conceição")
    menu = tab.card.head.menu
    assert [menu.entrycget(n, "label") for n in range((menu.index("end") or 0) + 1)] == ["Usar o nome da conversa"]
    for word in ("Apagar tudo…", "Anonimizar…", "Exportar os dados…", "Separar"):
        assert not desk.sees(word)
    shown = tab.card.notes.rows.shown[note.id]
    writing = edit(desk, shown.text)
    write(desk, writing, "reescrita")
    desk.press("<Control-Return>", writing.field)
    desk.until(lambda: shown.text.busy and notice(tab), "refused, and the text is still there")
    assert "não permite" in notice(tab)


def card_of(tab: CustomersTab) -> CustomerCard:
    assert tab.card.customer is not None
    return tab.card.customer


def test_every_look_with_a_very_long_name(desk: Driver) -> None:
    desk.root.geometry("900x600")
    for percent in (200, 125):
        desk.window.choose_size(percent)
        tab = opened(desk, 3, LONG[:200].strip())
        body, left = tab.card.head.master, tab.list.master
        desk.until(lambda tab=tab: tab.winfo_viewable() and desk.root.winfo_width() == 900, "placed")
        desk.until(lambda body=body: body.winfo_viewable() and body.winfo_width() >= 300, "the card has room, too")
        widest: list[int] = []
        tab.card.head.bind("<Configure>", lambda event, widest=widest: widest.append(event.width), add="+")
        tab.card.head.show(card_of(tab))
        desk.turn()
        assert max((*widest, tab.card.head.winfo_width())) <= body.winfo_width(), "not even for a moment"
        assert left.winfo_width() >= 300
    for theme in ("dark", "light"):
        desk.window.choose_look(theme)
        desk.turn(0.1)
        label = within(desk, tab.card.notes, "Notas")
        assert str(label.cget("background")) == desk.window.theme.palette.paper
    for language in ("en", "es"):
        desk.window.choose_language(language)
        opened(desk, 3, LONG[:200].strip())
    assert desk.window.office.toasts.texts == []
