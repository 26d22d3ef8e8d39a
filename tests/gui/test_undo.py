"""One way of taking back: beside a conversation, on the board, in the canned replies. Twice at once, and too early."""

import tkinter as tk
from collections.abc import Callable

import pytest

from agent.analysis.retrieval.replies import load_replies
from agent.contract.desk import ConversationChange, ConversationLine, ConversationOutcome
from gui.tabs.ai.replies import Replies
from tests.gui.ai_desk import section, type_into
from tests.gui.conftest import OpenWindow
from tests.gui.customers_office import seed, tab_of
from tests.gui.driver import Driver
from tests.gui.messages_counter import Counter, says
from tests.gui.served import ServedOffice
from tests.gui.test_window import connected

NOTHING = "Não há nada para desfazer."
WON, OPEN, LOST = ConversationOutcome.WON, ConversationOutcome.OPEN, ConversationOutcome.LOST
WRITTEN = "replies:\n  - {id: preco, title: Preço, text: Depende.}\n  - {id: oi, title: Oi, text: Olá!}\n"


def undo(desk: Driver, widget: tk.Misc, times: int = 1) -> None:
    """Press the keys, without letting the window live in between."""
    widget.focus_force()
    desk.turn()
    for _ in range(times):
        widget.event_generate("<Control-z>")


@pytest.fixture
def counter(open_window: OpenWindow, served: ServedOffice) -> Counter:
    """A conversation that is open in front of somebody."""
    counter = Counter(open_window(), served)
    counter.saved(says("Ana", "oi"))
    counter.open("Ana")
    return counter


def conversation(served: ServedOffice) -> ConversationLine:
    found = served.do(served.office.store.desk.conversation(1))
    assert found is not None
    return found


def win(counter: Counter) -> None:
    counter.choose(counter.view.desk.boxes["outcome"], "Ganha")
    counter.desk.until(lambda: counter.notice == "Resultado de Ana: Ganha")


def test_a_conversation_is_taken_back_twice_at_once(counter: Counter) -> None:
    win(counter)
    counter.choose(counter.view.desk.boxes["status"], "Encerrada")
    counter.desk.until(lambda: counter.notice == "Situação de Ana: Encerrada")
    undo(counter.desk, counter.view.bubbles.canvas, times=3)
    assert counter.view.edits.busy
    counter.desk.until(lambda: counter.notice == NOTHING)
    found = conversation(counter.served)
    assert (found.status.value, found.outcome) == ("open", OPEN), "both, each once"
    assert counter.view.desk.boxes["outcome"].get() == "Em aberto"
    assert counter.desk.window.office.toasts.texts == []


def test_a_conversation_is_taken_back_before_its_change_was_answered(counter: Counter) -> None:
    box, canvas = counter.view.desk.boxes["outcome"], counter.view.bubbles.canvas
    canvas.focus_force()
    counter.desk.turn()
    box.current(list(box.cget("values")).index("Ganha"))
    box.event_generate("<<ComboboxSelected>>")
    assert counter.view.edits.busy
    assert box.instate(["disabled"]), "nothing else is chosen meanwhile"
    canvas.event_generate("<Control-z>")
    counter.desk.until(lambda: counter.notice == "Desfeito: Resultado de Ana: Ganha")
    assert conversation(counter.served).outcome is OPEN
    counter.desk.until(lambda: box.instate(["!disabled"]) and box.get() == "Em aberto")


def test_what_somebody_else_made_of_a_conversation_stays(counter: Counter) -> None:
    win(counter)
    counter.served.do(counter.store.desk.change(1, ConversationChange(outcome=LOST)))
    undo(counter.desk, counter.view.bubbles.canvas)
    counter.desk.until(lambda: "Outra pessoa mudou isso depois de você." in counter.notice)
    assert conversation(counter.served).outcome is LOST


def test_a_conversation_is_taken_back_from_another_one(counter: Counter) -> None:
    win(counter)
    counter.saved(says("Bia", "oi", since=5))
    counter.desk.window.go("messages", conversation=2)
    counter.desk.until(lambda: counter.view.line is not None and counter.view.line.title == "Bia")
    undo(counter.desk, counter.view.bubbles.canvas)
    counter.desk.until(lambda: counter.notice == "Desfeito: Resultado de Ana: Ganha")
    assert conversation(counter.served).outcome is OPEN
    assert counter.view.line is not None
    assert counter.view.line.title == "Bia"


def until_kept(desk: Driver, served: ServedOffice, notice: Callable[[], str], press: Callable[[], None]) -> None:
    """The agent goes and comes back: what could not be taken back can be taken back then."""
    served.stop_serving()
    press()
    desk.until(lambda: notice().startswith("Não foi desfeito") and "O agente não responde" in notice())
    served.serve_again()
    connected(desk)
    press()
    desk.until(lambda: notice().startswith("Desfeito"))


def test_a_conversations_undo_outlives_the_agent(counter: Counter) -> None:
    win(counter)
    until_kept(
        counter.desk, counter.served, lambda: counter.notice, lambda: undo(counter.desk, counter.view.bubbles.canvas)
    )
    assert conversation(counter.served).outcome is OPEN


def test_the_board_takes_back_twice_early_and_after_the_agent_was_gone(
    open_window: OpenWindow, served: ServedOffice
) -> None:
    served.do(seed(served))
    desk = open_window()
    tab = tab_of(desk)
    tab.view.set("board")
    tab._turned()
    desk.until(lambda: len(tab.board.piles[OPEN].lines) == 3)
    pile = tab.board.piles[OPEN]
    ana = next(line for line in pile.lines if line.title == "Ana Conceição")
    pile.canvas.focus_force()
    desk.turn()
    tab.board.move(ana, WON)
    assert tab.edits.busy
    for _ in range(2):
        pile.canvas.event_generate("<Control-z>")
    desk.until(lambda: tab.edits.line.text == NOTHING)
    assert conversation(served).outcome is OPEN
    desk.until(lambda: len(pile.lines) == 3)
    tab.board.move(ana, WON)
    desk.until(lambda: tab.edits.line.text == "Ana Conceição foi para Ganhas.")
    until_kept(desk, served, lambda: tab.edits.line.text, lambda: undo(desk, pile.canvas))
    assert conversation(served).outcome is OPEN


@pytest.fixture
def replies(open_window: OpenWindow, served: ServedOffice) -> tuple[Driver, Replies]:
    """Two canned replies, one of them open."""
    served.settings.replies_file.write_text(WRITTEN, "utf-8")
    desk = open_window(tab="ai")
    connected(desk)
    found = section(desk, "replies", Replies)
    desk.until(lambda: "preco" in found.listing.list.get_children(), "the list")
    found.listing.choose("preco")
    return desk, found


def texts(served: ServedOffice) -> dict[str, str]:
    return {one.id: one.text for one in load_replies(served.settings.replies_file).replies}


def change(desk: Driver, found: Replies, text: str) -> None:
    """Write it and save it; not waited for."""
    field = found.fields["text"]
    type_into(desk, field.text, text)  # type: ignore[attr-defined]
    found.store()


def saved(desk: Driver, found: Replies, text: str) -> None:
    before = found.version
    change(desk, found, text)
    desk.until(lambda: not found.edits.busy and found.edits.line.text == "Resposta “Preço” salva", text)
    desk.until(lambda: found.version != before, "read again")


def test_replies_are_taken_back_twice_at_once(replies: tuple[Driver, Replies], served: ServedOffice) -> None:
    desk, found = replies
    saved(desk, found, "R$ 90.")
    saved(desk, found, "R$ 95.")
    undo(desk, found.listing.list, times=3)
    desk.until(lambda: found.edits.line.text == NOTHING)
    assert texts(served) == {"preco": "Depende.", "oi": "Olá!"}
    desk.until(lambda: found.fields["text"].read() == "Depende.")


def test_a_reply_is_taken_back_before_it_was_answered(replies: tuple[Driver, Replies], served: ServedOffice) -> None:
    desk, found = replies
    type_into(desk, found.fields["text"].text, "R$ 90.")  # type: ignore[attr-defined]
    found.listing.list.focus_force()
    desk.turn()
    found.store()
    assert found.edits.busy
    found.listing.list.event_generate("<Control-z>")
    desk.until(lambda: found.edits.line.text == "Desfeito: Resposta “Preço” salva")
    assert texts(served)["preco"] == "Depende."


def test_what_somebody_else_made_of_a_reply_stays_and_what_they_did_elsewhere_is_no_matter(
    replies: tuple[Driver, Replies], served: ServedOffice
) -> None:
    desk, found = replies
    saved(desk, found, "R$ 90.")
    file = served.settings.replies_file
    file.write_text(file.read_text("utf-8").replace("Olá!", "Boa tarde!"), "utf-8")
    undo(desk, found.listing.list)
    desk.until(lambda: found.edits.line.text == "Desfeito: Resposta “Preço” salva")
    assert texts(served) == {"preco": "Depende.", "oi": "Boa tarde!"}
    desk.until(lambda: found.fields["text"].read() == "Depende.")
    desk.until(lambda: found._replies["oi"].text == "Boa tarde!", "read again")
    saved(desk, found, "R$ 95.")
    file.write_text(file.read_text("utf-8").replace("R$ 95.", "De graça"), "utf-8")
    undo(desk, found.listing.list)
    desk.until(lambda: "Outra pessoa mudou isso depois de você." in found.edits.line.text)
    assert texts(served)["preco"] == "De graça"


def test_a_replys_undo_outlives_the_agent(replies: tuple[Driver, Replies], served: ServedOffice) -> None:
    desk, found = replies
    saved(desk, found, "R$ 90.")
    until_kept(desk, served, lambda: found.edits.line.text, lambda: undo(desk, found.listing.list))
    assert texts(served)["preco"] == "Depende."


def test_while_one_writes_the_keys_are_the_fields_own(replies: tuple[Driver, Replies], served: ServedOffice) -> None:
    desk, found = replies
    saved(desk, found, "R$ 90.")
    text = found.fields["text"].text  # type: ignore[attr-defined]
    type_into(desk, text, "R$ 95, mas")
    undo(desk, text)
    desk.turn(0.1)
    assert not found.edits.busy
    assert found.edits.line.text == "Resposta “Preço” salva"
    assert texts(served)["preco"] == "R$ 90."


def test_what_is_typed_while_it_is_saved_stays(replies: tuple[Driver, Replies], served: ServedOffice) -> None:
    desk, found = replies
    change(desk, found, "R$ 90.")
    text = found.fields["text"].text  # type: ignore[attr-defined]
    text.insert("end-1c", " À vista.")
    desk.until(lambda: texts(served)["preco"] == "R$ 90.")
    desk.until(lambda: not found.edits.busy)
    assert found.fields["text"].read() == "R$ 90. À vista."
    assert found.is_unsaved
    assert not found.save.instate(["disabled"])
