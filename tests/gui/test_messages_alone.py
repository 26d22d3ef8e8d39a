"""What of the messages needs no window: what a newer reading changes, texts in pieces."""

import pytest

from agent.contract.history import MessageCard, MessagePage
from agent.contract.rows import Change, Direction, Kind
from agent.contract.stored import MessageState
from gui.tabs.messages.finder import pieces_of
from gui.tabs.messages.thread import Changes, Thread
from tests.gui.messages_counter import NOON


def card(number: int, text: str = "") -> MessageCard:
    return MessageCard(
        id=number, wa_id=str(number), session="loja", conversation_id=1, chat_title="Ana", customer_id=1,
        direction=Direction.IN, kind=Kind.TEXT, author=None, text=text or f"m{number}", sent_at=NOON, first_seen=NOON,
        status=None, quoted=None, edited=False, forwarded=False, truncated=False, reactions=(), origin=Change.NEW,
        state=MessageState.COMPLETE, analysis=None, cards=(),
    )  # fmt: skip


def page(*cards: MessageCard, cursor: str | None = None) -> MessagePage:
    return MessagePage(items=cards[::-1], cursor=cursor)


def numbers(thread: Thread) -> list[int]:
    return [one.id for one in thread.messages]


def test_a_newer_reading_is_told_apart_from_what_is_known() -> None:
    thread = Thread()
    thread.begin([page(card(3), card(4), card(5), cursor="3")])
    assert thread.older(page(card(1), card(2), card(3))) == (card(1), card(2))
    assert (numbers(thread), thread.cursor) == ([1, 2, 3, 4, 5], None)
    changes = thread.newer(page(card(4, "outro"), card(5), card(6), cursor="4"), [card(1, "novo"), card(99)])
    assert changes == Changes((card(6),), (card(1, "novo"), card(4, "outro")))
    assert (numbers(thread), thread.messages[0].text) == ([1, 2, 3, 4, 5, 6], "novo")
    assert thread.cursor is None, "what was before them is known already"
    assert thread.newer(page(card(4), card(6))).gone == {5}
    assert numbers(thread) == [1, 2, 3, 4, 6]


@pytest.mark.parametrize("newest", [[20, 21], [4, 10, 5], []])
def test_what_does_not_follow_on_is_shown_anew(newest: list[int]) -> None:
    thread = Thread()
    thread.begin([page(card(3), card(4), card(5))])
    assert thread.newer(page(*map(card, newest), cursor="x")) == Changes(anew=True)
    assert (numbers(thread), thread.cursor) == (newest, "x")


@pytest.mark.parametrize(
    ("text", "marks", "pieces"),
    [
        ("não há", ((0, 3),), [("não", True), (" há", False)]),
        ("a\n\nbom dia", ((3, 6),), [("a ", False), ("bom", True), (" dia", False)]),
        ("x" * 60 + "fim", ((60, 63),), [("…", False), ("x" * 24, False), ("fim", True)]),
        ("abc", (), [("abc", False)]),
    ],
)
def test_a_text_in_pieces(text: str, marks: tuple[tuple[int, int], ...], pieces: list[tuple[str, bool]]) -> None:
    assert pieces_of(text, marks) == pieces
