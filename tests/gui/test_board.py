"""The board: columns, moves by the mouse and by the keyboard, moves that are refused or taken back."""

import tkinter as tk

import pytest

from agent.contract.access import Role
from agent.contract.desk import ConversationChange, ConversationOutcome, ConversationQuery
from gui.tabs.customers.board import Board
from gui.tabs.customers.pile import Pile
from gui.tabs.customers.stages import RemoveStage, Stages
from gui.tabs.customers.tab import CustomersTab
from tests.gui.conftest import OpenWindow
from tests.gui.customers_office import seed, tab_of
from tests.gui.driver import Driver
from tests.gui.served import ServedOffice
from tests.storage.chats import row, shows

OPEN, WON, LOST, RESOLVED = ConversationOutcome


@pytest.fixture
def desk(open_window: OpenWindow, served: ServedOffice) -> Driver:
    """The window over three conversations, of which none is decided."""
    served.do(seed(served))
    return open_window()


def board_of(desk: Driver, cards: int = 3) -> tuple[CustomersTab, Board]:
    tab = tab_of(desk)
    desk.click("Quadro")
    desk.until(lambda: len(tab.board.piles[OPEN].lines) == cards, "filled")
    desk.turn(0.1)
    return tab, tab.board


def titles(pile: Pile) -> list[str]:
    return [line.title for line in pile.lines]


def outcome(served: ServedOffice, conversation: int) -> ConversationOutcome:
    line = served.do(served.office.store.desk.conversation(conversation))
    assert line is not None
    return line.outcome


def at(pile: Pile, row_: int) -> tuple[int, int]:
    """The middle of a card."""
    step = pile.office.theme.px(90)
    return pile.canvas.winfo_width() // 2, row_ * step + 30


def drag(desk: Driver, source: Pile, row_: int, target: tk.Misc) -> None:
    """Take a card with the mouse and let it go over something."""
    canvas, (x, y) = source.canvas, at(source, row_)
    canvas.event_generate("<ButtonPress-1>", x=x, y=y, rootx=canvas.winfo_rootx() + x, rooty=canvas.winfo_rooty() + y)
    to_x, to_y = target.winfo_rootx() + target.winfo_width() // 2, target.winfo_rooty() + 60
    for step in range(1, 6):
        px = canvas.winfo_rootx() + x + (to_x - canvas.winfo_rootx() - x) * step // 5
        py = canvas.winfo_rooty() + y + (to_y - canvas.winfo_rooty() - y) * step // 5
        canvas.event_generate(
            "<B1-Motion>", x=px - canvas.winfo_rootx(), y=py - canvas.winfo_rooty(), rootx=px, rooty=py
        )
        desk.turn()
    canvas.event_generate(
        "<ButtonRelease-1>", x=to_x - canvas.winfo_rootx(), y=to_y - canvas.winfo_rooty(), rootx=to_x, rooty=to_y
    )
    desk.turn()


def test_columns_with_their_counts(desk: Driver) -> None:
    _, board = board_of(desk)
    assert [str(pile.count.cget("text")) for pile in board.piles.values()] == ["3", "0", "0", "0"]
    assert desk.sees("Nenhuma conversa aqui.")
    texts = desk.texts(board.piles[OPEN])
    assert "Bia 🌻" in texts
    long = next(text for text in texts if text.startswith("Comercial"))
    assert long.endswith("…")
    assert "espera resposta" in " ".join(texts)


def test_a_card_is_dragged_and_comes_back(desk: Driver, served: ServedOffice) -> None:
    tab, board = board_of(desk)
    ana = titles(board.piles[OPEN]).index("Ana Conceição")
    drag(desk, board.piles[OPEN], ana, board.piles[WON])
    assert titles(board.piles[WON]) == ["Ana Conceição"], "there at once"
    desk.until(lambda: outcome(served, 1) is WON)
    desk.until(lambda: tab.edits.line.text == "Ana Conceição foi para Ganhas.")
    assert str(board.piles[WON].count.cget("text")) == "1"
    desk.press("<Control-z>", board.piles[WON].canvas)
    desk.until(lambda: outcome(served, 1) is OPEN)
    desk.until(lambda: titles(board.piles[WON]) == [])


def test_let_go_outside_or_where_it_was_nothing_happens(desk: Driver, served: ServedOffice) -> None:
    tab, board = board_of(desk)
    assert desk.window.status is not None
    for target in (board.piles[OPEN], desk.window.status):
        drag(desk, board.piles[OPEN], 0, target)
        desk.turn(0.1)
        assert len(board.piles[OPEN].lines) == 3
        assert tab.edits.line.text == ""
    assert not board.busy


def test_by_the_keyboard(desk: Driver, served: ServedOffice) -> None:
    _, board = board_of(desk)
    first, second = (line.id for line in board.piles[OPEN].lines[:2])
    canvas = board.piles[OPEN].canvas
    desk.press("<Home>", canvas)
    assert board.piles[OPEN].chosen == first, "the focus chooses the first one"
    desk.press("<Down>", canvas)
    assert board.piles[OPEN].chosen == second
    desk.press("<Control-Right>", canvas)
    desk.until(lambda: outcome(served, second) is WON)
    assert board.piles[WON].chosen == second, "the keyboard goes along"
    desk.press("<Control-Right>", board.piles[WON].canvas)
    desk.turn()
    desk.until(lambda: titles(board.piles[WON]) == [] or outcome(served, second) is WON)
    desk.press("<Left>", desk.root.focus_get())
    desk.press("<Up>", canvas)
    assert board.piles[OPEN].chosen == first
    desk.press("<Control-Left>", canvas)
    assert outcome(served, first) is OPEN, "there is nothing further left"
    gone: list[dict[str, object]] = []
    desk.window.office.go = lambda _, **what: gone.append(what)
    desk.press("<Return>", canvas)
    assert gone == [{"conversation": first}]


def test_a_refused_move_goes_back_with_the_reason(desk: Driver, served: ServedOffice) -> None:
    tab, board = board_of(desk)
    served.stop_serving()
    drag(desk, board.piles[OPEN], 0, board.piles[LOST])
    desk.until(lambda: "voltou para o lugar. O agente não responde" in tab.edits.line.text)
    assert (len(board.piles[OPEN].lines), titles(board.piles[LOST])) == (3, [])
    served.serve_again()
    desk.until(lambda: desk.window.office.connection.value == "live")
    line = board.piles[OPEN].lines[0]
    served.do(served.office.reach.forgetting.erase(line.customer_id or 0, "command"))
    board.move(line, RESOLVED)
    desk.until(lambda: "voltou para o lugar" in tab.edits.line.text and "agente" not in tab.edits.line.text)
    desk.until(lambda: len(board.piles[OPEN].lines) == 2, "and is gone, as it is elsewhere")


def test_an_undo_does_not_take_back_what_another_person_did(desk: Driver, served: ServedOffice) -> None:
    tab, board = board_of(desk)
    line = board.piles[OPEN].lines[0]
    board.move(line, WON)
    desk.until(lambda: "foi para Ganhas" in tab.edits.line.text)
    served.do(served.office.store.desk.change(line.id, ConversationChange(outcome=LOST)))
    desk.press("<Control-z>", board.piles[WON].canvas)
    desk.until(lambda: "Outra pessoa mudou isso" in tab.edits.line.text)
    assert outcome(served, line.id) is LOST


def test_a_change_from_elsewhere_moves_a_card_but_not_under_the_hand(desk: Driver, served: ServedOffice) -> None:
    _, board = board_of(desk)
    pile = board.piles[OPEN]
    x, y = at(pile, 0)
    pile.canvas.event_generate("<ButtonPress-1>", x=x, y=y)
    assert board.busy
    served.do(served.office.store.desk.change(1, ConversationChange(outcome=RESOLVED)))
    board.reload()
    desk.turn(0.3)
    assert len(pile.lines) == 3, "nothing moves while a card is held"
    pile.canvas.event_generate("<ButtonRelease-1>", x=x, y=y)
    served.do(served.office.store.desk.change(2, ConversationChange(outcome=RESOLVED)))
    desk.until(lambda: sorted(titles(board.piles[RESOLVED])) == ["Ana Conceição", "Bia 🌻"])


async def many(served: ServedOffice, count: int) -> None:
    """So many conversations more."""
    for n in range(count):
        one = row(f"M{n}", f"oi {n}", date="2026-11-19", time=f"{n // 60:02}:{n % 60:02}")
        await served.office.store.save(shows(one, title=f"Cliente {n:02}", zone="UTC"))


def test_many_cards_come_in_pages_and_scroll(desk: Driver, served: ServedOffice) -> None:
    served.do(many(served, 70))
    _, board = board_of(desk, 50)
    pile = board.piles[OPEN]
    assert str(pile.count.cget("text")) == "50+"
    assert len(pile.canvas.find_all()) < 80, "only the cards that are seen are drawn"
    pile.see(49)
    desk.until(lambda: len(pile.lines) == 73)
    assert str(pile.count.cget("text")) == "73"
    pile.see(72)
    assert desk.sees("Cliente 00")
    page = served.do(served.office.store.desk.conversations(ConversationQuery(limit=200)))
    assert [line.id for line in pile.lines] == [line.id for line in page.items]


def in_stages(served: ServedOffice, *names: str) -> list[int]:
    return [served.do(served.office.store.desk.add_stage(name)).id for name in names]


def stage_of(served: ServedOffice, conversation: int) -> int | None:
    line = served.do(served.office.store.desk.conversation(conversation))
    assert line is not None
    return line.stage_id


def is_cut(label: tk.Misc) -> bool:
    """Whether some of its text has no room: beside, below, or in what it stands in."""
    holder = label.nametowidget(label.winfo_parent())
    below = label.winfo_y() + label.winfo_reqheight()
    return int(label.cget("wraplength")) > label.winfo_width() or below > holder.winfo_height()


def bars(desk: Driver, board: Board) -> list[bool]:
    return [any(one.winfo_class() == "TScrollbar" for one in desk.all(pile)) for pile in board.piles.values()]


def test_names_are_read_whole_and_bars_stand_where_something_scrolls(desk: Driver, served: ServedOffice) -> None:
    names = ["Aguardando pagamento", "Etapa com um nome comprido demais", "Visita", "Retirada"]
    in_stages(served, *names)
    desk.root.geometry("1280x800")
    _, board = board_of(desk)
    desk.until(lambda: len(board.piles) == 8)
    desk.turn(0.1)
    tall = [label.winfo_height() for name in names if (label := desk.named(name)) and not is_cut(label)]
    assert len(tall) == 4
    assert tall[1] > tall[2], "in lines below one another where there is no room beside"
    assert len({pile.canvas.winfo_rooty() for pile in board.piles.values()}) == 1, "cards begin at one height"
    assert bars(desk, board) == [False] * 8
    served.do(many(served, 9))
    desk.until(lambda: len(board.piles[OPEN].lines) == 12)
    desk.until(lambda: bars(desk, board) == [True] + [False] * 7)


def test_a_card_goes_through_the_companys_own_stages(desk: Driver, served: ServedOffice) -> None:
    first, second = in_stages(served, "Orçamento", "Etapa com um nome comprido demais para caber")
    tab, board = board_of(desk)
    desk.until(lambda: list(board.piles) == [OPEN, first, second, WON, LOST, RESOLVED])
    ana = titles(board.piles[OPEN]).index("Ana Conceição")
    drag(desk, board.piles[OPEN], ana, board.piles[first])
    desk.until(lambda: tab.edits.line.text == "Ana Conceição foi para Orçamento.")
    assert (outcome(served, 1), stage_of(served, 1)) == (OPEN, first)
    desk.press("<Control-Right>", board.piles[first].canvas)
    desk.until(lambda: "foi para Etapa com um nome" in tab.edits.line.text)
    assert stage_of(served, 1) == second
    desk.press("<Control-Right>", board.piles[second].canvas)
    desk.until(lambda: tab.edits.line.text == "Ana Conceição foi para Ganhas.")
    assert (outcome(served, 1), stage_of(served, 1)) == (WON, None)
    for expected in (second, first, None):
        desk.press("<Control-z>", board.piles[OPEN].canvas)
        desk.until(lambda expected=expected: stage_of(served, 1) == expected and outcome(served, 1) is OPEN)
        desk.until(lambda: "Desfeito" in tab.edits.line.text)
        tab.edits.line.hide()
    desk.root.geometry("900x600")

    def beyond() -> bool:
        last = board.piles[RESOLVED]
        return last.winfo_rootx() + last.winfo_width() > desk.root.winfo_rootx() + 900

    desk.until(lambda: desk.root.winfo_width() == 900 and beyond(), "no column narrower than it can be")
    board.move(board.piles[OPEN].lines[0], RESOLVED)
    desk.until(lambda: not beyond(), "scrolled to")


def test_stages_are_made_put_in_order_and_removed(desk: Driver, served: ServedOffice) -> None:
    _, board = board_of(desk)
    desk.click("Etapas…")
    dialog = next(one for one in desk.root.winfo_children() if isinstance(one, Stages))

    def names() -> list[str]:
        return [str(dialog.list.values(line)[0]) for line in dialog.list.get_children()]

    for name in ("Orçamento", "Retirada"):
        desk.fill(dialog.entry, name)
        desk.press("<Return>", dialog.entry)
        desk.until(lambda name=name: name in names())
    for bad, fault in (
        ("orçamento", "Já existe"),
        ("x" * 41, "No máximo 40 letras; agora são 41."),
        ("a\u200bb", "sinal"),
    ):
        desk.fill(dialog.entry, bad)
        assert fault in str(dialog.fault.cget("text"))
        assert dialog.add.instate(["disabled"])
    first, second = (one.id for one in dialog.stages)
    dialog.list.selection_set(str(second))
    desk.press("<Alt-Up>", dialog.list)
    desk.until(lambda: names() == ["Retirada", "Orçamento"])
    desk.fill(dialog.entry, "Entrega")
    desk.click(dialog.rename)
    desk.until(lambda: names() == ["Entrega", "Orçamento"])
    desk.until(lambda: list(board.piles) == [OPEN, second, first, WON, LOST, RESOLVED], "told live")
    served.do(served.office.store.desk.change(1, ConversationChange(stage_id=second)))
    dialog._ask(lambda _: None)
    desk.until(lambda: dialog.stages[0].conversations == 1)
    desk.click(dialog.drop)
    ask = next(one for one in desk.root.winfo_children() if isinstance(one, RemoveStage))
    assert desk.sees("Há 1 conversa nesta etapa.")
    ask.where.current(1)
    desk.click("Remover etapa")
    desk.until(lambda: names() == ["Orçamento"])
    assert stage_of(served, 1) == first, "nothing is lost"


def test_a_stage_that_was_removed_elsewhere(desk: Driver, served: ServedOffice) -> None:
    (first,) = in_stages(served, "Orçamento")
    tab, board = board_of(desk)
    desk.until(lambda: first in board.piles)
    served.stop_serving()
    served.do(served.office.store.desk.remove_stage(first, None))
    board.move(board.piles[OPEN].lines[0], first)
    desk.until(lambda: "voltou para o lugar" in tab.edits.line.text)
    served.serve_again()
    desk.until(lambda: first not in board.piles and len(board.piles[OPEN].lines) == 3)


def test_who_attends_moves_cards_and_makes_no_stages(open_window: OpenWindow, served: ServedOffice) -> None:
    served.do(seed(served))
    desk = open_window()
    desk.until(lambda: desk.window.office.connection.value == "live")
    desk.window.office.role = Role.ATTENDANT
    _, board = board_of(desk)
    assert not board.manage.winfo_ismapped()
