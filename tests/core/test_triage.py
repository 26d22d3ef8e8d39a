"""Who waits, from the chat list alone."""

from datetime import UTC, datetime

from agent.contract.frames import ChatsFrame
from agent.contract.rows import ChatPreview, Direction
from agent.core.effects import Glance, SaveListed
from agent.core.events import FrameArrived, Glanced
from tests.core.says import Session, analysis


def chat(title: str = "Ana", **shown: object) -> ChatPreview:
    """A chat whose last words are the customer's, unread, unless ``shown`` says otherwise."""
    return ChatPreview(
        **{"title": title, "unread": 1, "last_text": "Cadê meu pedido?", "last_direction": Direction.IN} | shown
    )


def ours(title: str = "Ana") -> ChatPreview:
    return chat(title, unread=0, last_text="Já saiu!", last_direction=Direction.OUT)


def lists(session: Session, *chats: ChatPreview, at_s: float = 1000.0) -> Session:
    frame = ChatsFrame(kind="chats", seq=1, at_ms=at_s * 1000, chats=chats)
    return session >> FrameArrived(frame)


def at(seconds: float) -> datetime:
    return datetime.fromtimestamp(seconds, UTC)


def test_who_is_unread_or_had_the_last_word_waits():
    session = lists(
        Session(),
        chat("Ana"),
        ours("Bia"),
        chat("Caio", unread=0),
        chat("Marcada", unread=None, last_direction=Direction.OUT),
        chat("Família", unread=0, last_author="Zé"),
    )
    listed = session.one(SaveListed).chats
    assert [c.preview.title for c in listed if c.waits] == ["Ana", "Caio", "Marcada"]


def test_the_wait_begins_when_it_was_seen_to_begin_and_goes_on():
    session = lists(Session(), ours())
    lists(session, chat(), at_s=2000)
    lists(session, chat(unread=2, last_text="Alguém aí?"), at_s=3000)
    assert [e.chats[0].waits_since for e in session.take() if isinstance(e, SaveListed)] == [None, at(2000), at(2000)]
    lists(session, ours(), at_s=4000)
    lists(session, chat(), at_s=5000)
    assert [e.chats[0].waits_since for e in session.take() if isinstance(e, SaveListed)] == [None, at(5000)]


def test_a_wait_that_nobody_saw_begin_has_no_moment_of_ours():
    session = lists(Session(), chat())
    assert session.one(SaveListed).chats[0].waits_since is None
    # Scrolled away and back: what happened meanwhile is not known.
    lists(session, ours(), at_s=2000)
    lists(session, chat("Bia"), at_s=3000)
    session.take()
    lists(session, chat("Bia"), chat(), at_s=4000)
    assert session.one(SaveListed).chats[0].waits_since is None


def test_the_customers_last_words_are_understood_once():
    session = lists(Session(), chat(), ours("Bia"), chat("Foto", last_media=True), chat("Aberta", is_open=True))
    (glance,) = [e for e in session.take() if isinstance(e, Glance)]
    assert (glance.title, glance.question.text, glance.urgent) == ("Ana", "Cadê meu pedido?", False)
    session >> Glanced("Ana", 0, "Cadê meu pedido?", analysis())
    (understood,) = session.one(SaveListed).chats
    assert understood.mood is not None
    assert understood.mood.intent == "price"
    lists(session, chat(unread=3), ours("Bia"))
    (saved,) = [e for e in session.take() if isinstance(e, SaveListed)]
    assert saved.chats[0].mood == understood.mood


def test_a_chat_that_is_left_without_an_answer_is_understood_then():
    session = lists(Session(), chat(is_open=True))
    assert [e for e in session.take() if isinstance(e, Glance)] == []
    lists(session, chat(), at_s=2000)
    (glance,) = [e for e in session.take() if isinstance(e, Glance)]
    assert glance.question.text == "Cadê meu pedido?"


def test_an_answer_for_words_that_were_followed_by_others_is_dropped():
    session = lists(Session(), chat())
    lists(session, chat(unread=2, last_text="Deixa, chegou"))
    session.take()
    session >> Glanced("Ana", 0, "Cadê meu pedido?", analysis())
    assert session.take() == []


def test_two_contacts_of_one_name_are_two_lines():
    session = lists(Session(), chat(), ours())
    assert [(c.twin, c.waits) for c in session.one(SaveListed).chats] == [(0, True), (1, False)]


def test_a_list_that_shows_nothing_new_writes_nothing():
    session = lists(Session(), chat())
    session.take()
    assert lists(session, chat(), at_s=2000).take() == []
