"""What was written and is not stored yet: nobody loses it without having been asked."""

import tkinter as tk
from collections.abc import Callable
from datetime import UTC, datetime

import pytest

from agent.contract.learning import ProposedReply
from gui.login import Login
from gui.tabs.ai.intents import Intents
from gui.tabs.ai.knowledge import Knowledge
from gui.tabs.ai.learned import LearnedReplies
from gui.tabs.ai.replies import Replies
from gui.tabs.ai.section import AiSection
from gui.tabs.customers.tab import CustomersTab
from gui.window import Window
from tests.gui import system
from tests.gui.ai_desk import section, type_into
from tests.gui.conftest import OpenWindow
from tests.gui.customers_office import opened, seed
from tests.gui.driver import Driver
from tests.gui.people import attendant_comes_in
from tests.gui.served import ServedOffice
from tests.gui.test_window import PASSWORD, connected, signs_in

ASKED = "Descartar o que você escreveu?"
TYPED = "um trem azul sobe o morro"
REPLIES = "replies:\n  - {id: preco, title: Preço, text: Depende.}\n  - {id: oi, title: Oi, text: Olá!}\n"
INTENTS = "intents:\n  oleo: {title: Óleo, examples: [troca de oleo]}\n  gas: {title: Gás, examples: [gas]}\n"


def asked(desk: Driver) -> None:
    desk.until(lambda: desk.sees(ASKED), "asked")


def not_asked(desk: Driver) -> None:
    assert not desk.sees(ASKED)


def answer(desk: Driver, text: str) -> None:
    """Press a button of the question."""
    asked(desk)
    system.press(desk, system.dialog(desk), text)
    desk.until(lambda: not desk.sees(ASKED), "answered")


def menu(desk: Driver, *path: str) -> None:
    """Choose an entry, as a click on it does."""
    found: tk.Menu = desk.root.nametowidget(desk.root.cget("menu"))
    *above, entry = path
    for text in above:
        found = found.nametowidget(found.entrycget(_at(found, text), "menu"))
    found.invoke(_at(found, entry))
    desk.turn()


def marked(desk: Driver, *path: str) -> bool:
    """Whether a line of a menu has its mark."""
    found: tk.Menu = desk.root.nametowidget(desk.root.cget("menu"))
    *above, entry = path
    for text in above:
        found = found.nametowidget(found.entrycget(_at(found, text), "menu"))
    at = _at(found, entry)
    return str(found.getvar(found.entrycget(at, "variable"))) == str(found.entrycget(at, "value"))


def _at(menu: tk.Menu, text: str) -> int:
    last = menu.index("end")
    assert last is not None
    return next(
        at for at in range(last + 1) if menu.type(at) not in ("separator", "tearoff")
        and menu.entrycget(at, "label") == text
    )  # fmt: skip


@pytest.fixture
def desk(open_window: OpenWindow, served: ServedOffice) -> Driver:
    """The tab of the model, over two of each kind."""
    served.settings.replies_file.write_text(REPLIES, "utf-8")
    (served.settings.profile_dir / "intents.yaml").write_text(INTENTS, "utf-8")
    served.settings.knowledge_path.mkdir(parents=True, exist_ok=True)
    for name in ("oleo.md", "gas.md"):
        (served.settings.knowledge_path / name).write_text(f"# {name}\n\nTexto.\n", "utf-8")
    served.do(proposed(served))
    found = open_window(tab="ai")
    connected(found)
    return found


async def proposed(served: ServedOffice) -> None:
    for n, text in enumerate(("Ele passa amanhã.", "Abrimos às nove.")):
        one = ProposedReply(
            text=text, title=f"Título {n}", shortcut=f"/t{n}", intent="scheduling", sent_by="Bia",
            sent_at=datetime.now(UTC), messages=(), customers=3,
        )  # fmt: skip
        await served.office.store.learning.propose([one])


EDITORS: tuple[tuple[str, type[AiSection], Callable[[AiSection], tk.Text], str], ...] = (
    ("replies", Replies, lambda one: one.fields["text"].text, "Nova resposta"),  # type: ignore[attr-defined]
    ("intents", Intents, lambda one: one.texts.text, "Nova intenção"),  # type: ignore[attr-defined]
    ("knowledge", Knowledge, lambda one: one.text.text, "Novo texto"),  # type: ignore[attr-defined]
    ("learned", LearnedReplies, lambda one: one.fields["text"].text, ""),  # type: ignore[attr-defined]
)


@pytest.mark.parametrize(("name", "kind", "text_of", "new"), EDITORS, ids=[name for name, *_ in EDITORS])
def test_another_line_is_opened_once_that_was_agreed_to(
    desk: Driver, name: str, kind: type[AiSection], text_of: Callable[[AiSection], tk.Text], new: str
) -> None:
    one = section(desk, name, kind)
    listing, text = one.listing, text_of(one)  # type: ignore[attr-defined]
    desk.until(lambda: len(listing.list.get_children()) == 2, "the list")
    first, second = listing.list.get_children()

    def held() -> str:
        return text.get("1.0", "end").strip()

    for line in (first, second, first):  # Nothing was written: nobody asks.
        listing.list.selection_set(line)
        desk.until(lambda line=line: listing._last == line)  # type: ignore[misc]
        not_asked(desk)
    desk.until(lambda: held() not in ("", TYPED), "what it holds")
    type_into(desk, text, TYPED)
    listing.list.selection_set(second)
    answer(desk, "Cancelar")
    assert held() == TYPED
    desk.until(lambda: listing.selected == first, "and it is still that line")
    if new:
        desk.click(new)
        answer(desk, "Cancelar")
        assert held() == TYPED
    listing.list.selection_set(second)
    answer(desk, "Descartar")
    desk.until(lambda: held() not in ("", TYPED), "the other one")
    assert listing.selected == second
    if new:
        type_into(desk, text, TYPED)
        desk.click(new)
        answer(desk, "Descartar")
        desk.until(lambda: held() == "", "a new one")
        listing.list.selection_set(first)
        desk.until(lambda: held() != "", "nothing was written: nobody asks")
        not_asked(desk)


def test_what_is_decided_elsewhere_takes_no_words_away(desk: Driver, served: ServedOffice) -> None:
    one = section(desk, "learned", LearnedReplies)
    desk.until(lambda: one.listing.selected is not None)
    field = one.fields["text"]
    type_into(desk, field.text, TYPED)  # type: ignore[attr-defined]
    one.which.choose("approved")
    desk.until(lambda: not one.listing.list.get_children(), "another list")
    desk.turn(0.1)
    assert field.read() == TYPED
    not_asked(desk)


def test_a_file_that_is_removed_elsewhere_takes_no_words_away(desk: Driver, served: ServedOffice) -> None:
    one = section(desk, "knowledge", Knowledge)
    desk.until(lambda: one.text.text.get("1.0", "end").strip(), "one is open")
    shown = one.name.read()
    type_into(desk, one.text.text, TYPED)
    (served.settings.knowledge_path / str(shown)).unlink()
    one.refresh()
    desk.until(lambda: len(one.listing.list.get_children()) == 1, "gone")
    assert (one.text.read(), one.name.read()) == (TYPED, shown)


def test_another_language_and_size_are_asked_about_once(desk: Driver) -> None:
    one = section(desk, "replies", Replies)
    desk.until(lambda: "oi" in one.listing.list.get_children())
    one.listing.choose("oi")
    text = one.fields["text"].text  # type: ignore[attr-defined]
    type_into(desk, text, TYPED)
    desk.window.go("dashboard")  # It is not lost by being out of sight, and is found from there.
    for path in (("Exibir", "Idioma", "English"), ("Exibir", "Tamanho", "125 %")):
        menu(desk, *path)
        asked(desk)
        assert desk.sees("Ainda não foi salvo o que você escreveu aqui: IA.")
        answer(desk, "Cancelar")
        assert not marked(desk, *path), "the menu marks what is so"
    assert text.get("1.0", "end").strip() == TYPED
    assert (desk.window.office.words.language, desk.window.theme.percent) == ("pt-BR", 100)
    menu(desk, "Exibir", "Idioma", "English")
    menu(desk, "Exibir", "Idioma", "English")
    assert len([one for one in desk.root.winfo_children() if isinstance(one, tk.Toplevel)]) == 1, "one question"
    answer(desk, "Descartar")
    desk.until(lambda: desk.window.office.words.language == "en" and desk.sees("● Connected"))
    menu(desk, "View", "Size", "125 %")
    desk.until(lambda: desk.window.theme.percent == 125, "nothing is written: nobody asks")


@pytest.fixture
def closed(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """Grows by one with each closing of the window, which stays."""
    closed: list[int] = []
    monkeypatch.setattr(Window, "close", lambda _: closed.append(1))
    return closed


def with_a_note(open_window: OpenWindow, served: ServedOffice) -> tuple[Driver, CustomersTab]:
    """A window with a customer's card, and in it a note that is not stored yet."""
    served.do(seed(served))
    desk = open_window()
    tab = opened(desk, 1, "Ana Conceição")
    tab.card.notes.new.put(TYPED)
    return desk, tab


def test_the_window_is_closed_once_that_was_agreed_to(
    open_window: OpenWindow, served: ServedOffice, closed: list[int]
) -> None:
    desk, tab = with_a_note(open_window, served)
    desk.root.tk.call(desk.root.protocol("WM_DELETE_WINDOW"))
    answer(desk, "Cancelar")
    desk.press("<Control-q>", tab.list.tree)
    answer(desk, "Cancelar")
    menu(desk, "Balcão", "Fechar")
    answer(desk, "Cancelar")
    assert (closed, tab.card.notes.new.text) == ([], TYPED)
    menu(desk, "Balcão", "Fechar")
    answer(desk, "Descartar")
    assert closed == [1]
    tab.card.notes.new.put("")
    desk.root.tk.call(desk.root.protocol("WM_DELETE_WINDOW"))
    not_asked(desk)
    assert closed == [1, 1], "nothing is written: nobody asks"


def test_an_edit_on_its_way_is_not_lost_by_closing(
    open_window: OpenWindow, served: ServedOffice, closed: list[int]
) -> None:
    desk, tab = with_a_note(open_window, served)
    tab.card.notes.new.save()
    assert tab.edits.busy
    desk.root.tk.call(desk.root.protocol("WM_DELETE_WINDOW"))
    answer(desk, "Cancelar")
    desk.until(lambda: not tab.edits.busy)
    desk.root.tk.call(desk.root.protocol("WM_DELETE_WINDOW"))
    assert closed == [1]


def test_who_leaves_is_asked_about_a_setting_and_a_dialog(open_window: OpenWindow, served: ServedOffice) -> None:
    desk = attendant_comes_in(open_window, served, "ana", tab="system")
    connected(desk)
    system.section(desk, "account")
    desk.until(lambda: desk.sees("Trocar senha"))
    desk.click("Trocar senha")
    form = system.dialog(desk)
    menu(desk, "Balcão", "Sair da conta")
    desk.until(lambda: [one for one in desk.all() if isinstance(one, Login)], "an empty dialog holds nobody")
    signs_in(desk, "ana", PASSWORD)
    connected(desk)
    system.section(desk, "account")
    desk.click("Trocar senha")
    form = system.dialog(desk)
    desk.until(form.winfo_viewable)
    desk.fill(form.fields["new"].entry, TYPED)
    menu(desk, "Balcão", "Sair da conta")
    answer(desk, "Cancelar")
    assert form.fields["new"].entry.get() == TYPED
    desk.until(lambda: desk.root.grab_current() is form, "the dialog has the window again")
    menu(desk, "Balcão", "Sair da conta")
    answer(desk, "Descartar")
    desk.until(lambda: [one for one in desk.all() if isinstance(one, Login)])


def test_a_setting_that_was_changed_is_asked_about(open_window: OpenWindow) -> None:
    desk = system.opened(open_window)
    one = system.section(desk, "general")
    desk.until(lambda: one.fields, "settings")
    name, field = next((name, field) for name, field in one.fields.items() if hasattr(field, "button"))
    field.button.invoke()
    assert one.is_unsaved, name
    menu(desk, "Exibir", "Tamanho", "125 %")
    answer(desk, "Cancelar")
    assert field.is_changed
    one.put_back()
    menu(desk, "Exibir", "Tamanho", "125 %")
    desk.until(lambda: desk.window.theme.percent == 125)
