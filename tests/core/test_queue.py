"""What the page is told of who waits: the order, once, and nobody who is forgotten."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from agent.contract.analysis import Sentiment
from agent.contract.commands import QueueCommand
from agent.contract.frames import HelloFrame
from agent.contract.rows import ChatPreview, Direction
from agent.contract.triage import ListedChat, Mood
from agent.core.effects import Serve, Tell
from agent.core.errands import RecallQueue
from agent.core.events import Forgotten, FrameArrived, Glanced, Looked, Recalled
from agent.core.hours import Attendance, Hours
from agent.core.pressing import Rank, in_order
from agent.core.queue import MOST
from tests.core.says import Session, analysis
from tests.core.test_triage import at, chat, lists, ours

NOW = datetime(2026, 11, 20, 18, 0, tzinfo=UTC)
"""Friday, 15:00 in São Paulo."""
ZONE = "America/Sao_Paulo"
FIVE_MINUTES = Attendance()


def listed(title: str, minutes: float | None = None, mood: tuple[Sentiment, str] | None = None, **shown: object):
    preview = ChatPreview(
        **{"title": title, "unread": 1, "last_text": "Oi", "last_direction": Direction.IN} | shown
    )  # fmt: skip
    return ListedChat(
        preview=preview,
        waits=True,
        waits_since=None if minutes is None else NOW - timedelta(minutes=minutes),
        mood=mood and Mood(sentiment=mood[0], sentiment_score=0, intent=mood[1]),
    )


UPSET, CALM, GLAD = (
    (Sentiment.NEGATIVE, "complaint"),
    (Sentiment.NEUTRAL, "price"),
    (Sentiment.POSITIVE, "thanks"),
)


def titles(*chats: ListedChat, attendance: Attendance = FIVE_MINUTES) -> list[str]:
    return [one.chat.preview.title for one in in_order(chats, NOW, attendance, ZONE)]


def queues(session: Session) -> list[QueueCommand]:
    return [e.command for e in session.take() if isinstance(e, Tell) and isinstance(e.command, QueueCommand)]


def names(queue: QueueCommand) -> list[str]:
    return [line.title for line in queue.lines]


def test_over_the_target_then_upset_then_the_longest_wait_then_unknown():
    assert titles(
        listed("new", 1),
        listed("unknown"),
        listed("upset and new", 0.5, UPSET),
        listed("over", 6, CALM),
        listed("long over", 60),
        listed("over and upset", 7, UPSET),
        listed("soon", 4, CALM),
        listed("upset, unknown", None, UPSET),
    ) == [
        "over and upset", "long over", "over", "upset and new", "upset, unknown", "soon", "new", "unknown",
    ]  # fmt: skip


def test_thanks_and_groups_come_after_those_who_want_something():
    assert titles(
        listed("group", 600, UPSET, last_author="Zé"),
        listed("thanks", 500, GLAD),
        listed("new", 1),
        listed("thanks, but upset", 2, (Sentiment.NEGATIVE, "thanks")),
    ) == ["thanks, but upset", "new", "thanks", "group"]


def test_who_was_read_and_asks_nothing_or_was_left_alone_for_a_week_rests():
    week = 60 * 24 * 7
    ranks = {
        one.chat.preview.title: one.rank
        for one in in_order(
            [
                listed("read thanks", 5, GLAD, unread=0),
                listed("read long ago", week + 1, CALM, unread=0),
                listed("unread long ago", week + 1, CALM),
                listed("read, asks", 5, CALM, unread=0),
                listed("marked", 5, GLAD, unread=None),
            ],
            NOW,
            FIVE_MINUTES,
            ZONE,
        )
    }
    assert [title for title, rank in ranks.items() if rank is Rank.REST] == ["read long ago", "read thanks"]
    assert ranks["read, asks"] is Rank.PERSON
    assert ranks["marked"] is Rank.POLITE


def test_the_list_tells_since_when_at_least():
    (one,) = in_order([listed("a", last_date="2026-11-20", last_clock="14:50")], NOW, FIVE_MINUTES, ZONE)
    assert (one.since, one.at_least, one.waited_s) == (NOW - timedelta(minutes=10), False, 600)
    (one,) = in_order([listed("a", unread=3, last_date="2026-11-20", last_clock="14:50")], NOW, FIVE_MINUTES, ZONE)
    assert one.at_least
    # Of a day before, the list tells no clock: it is over by midnight.
    (one,) = in_order([listed("a", last_date="2026-11-19")], NOW, FIVE_MINUTES, ZONE)
    assert (one.since, one.at_least) == (datetime(2026, 11, 20, 3, tzinfo=UTC), True)
    (one,) = in_order([listed("a", last_date="soon")], NOW, FIVE_MINUTES, ZONE)
    assert (one.since, one.waited_s) == (None, None)


def test_only_opening_time_is_waited():
    shop = Attendance(Hours(week=(((480, 1080),),) * 5 + ((), ())), 600)
    waiting = in_order([listed("night", 60 * 18), listed("evening", 60 * 20), listed("noon", 60)], NOW, shop, ZONE)
    assert [(one.chat.preview.title, (one.waited_s or 0) / 3600) for one in waiting] == [
        ("evening", 7), ("night", 7), ("noon", 1),
    ]  # fmt: skip


def test_the_page_is_told_once():
    session = lists(Session(), chat(unread=1))
    (queue,) = queues(session)
    assert (names(queue), queue.is_open, queue.target_s, queue.told_ms) == (["Ana"], True, 300, 1_000_000)
    lists(session, chat(unread=1), at_s=1010)
    session >> Looked(at(1015))
    assert queues(session) == []
    lists(session, chat(unread=2), at_s=1020)
    assert [queue.lines[0].unread for queue in queues(session)] == [2]
    lists(session, ours(), at_s=1030)
    assert [names(queue) for queue in queues(session)] == [[]]


def test_an_empty_list_is_told_too_and_nothing_before_it_was_read():
    session = Session() >> Looked(at(1))
    assert queues(session) == []
    assert [names(queue) for queue in queues(lists(session))] == [[]]


def test_mood_and_the_passing_of_the_target_change_the_order():
    session = lists(Session(), ours("Ana"), ours("Bia"))
    lists(session, chat("Ana"), ours("Bia"), at_s=2000)
    lists(session, chat("Ana"), chat("Bia", last_text="Que absurdo"), at_s=2100)
    assert names(queues(session)[-1]) == ["Ana", "Bia"]
    upset = analysis().model_copy(update={"sentiment": Sentiment.NEGATIVE})
    session >> Glanced("Bia", 0, "Que absurdo", upset)
    (queue,) = queues(session)
    assert names(queue) == ["Bia", "Ana"]
    assert queue.told_ms == 2_100_000
    assert queue.lines[1].waited_s == 100
    session >> Looked(at(2301))
    assert [names(queue) for queue in queues(session)] == [["Ana", "Bia"]]


def test_what_the_page_counts_by_itself_is_put_right_where_it_came_out_wrong():
    shop = Attendance(Hours(week=(((0, 60),),) * 7), 600)  # Open for the first hour of each day.
    session = Session()
    session.state = replace(session.state, zone="UTC", attendance=shop)
    lists(session, ours(), at_s=86_400 + 600)
    lists(session, chat(), at_s=86_400 + 1200)
    assert [queue.is_open for queue in queues(session)] == [True, True]
    session >> Looked(at(86_400 + 3590))
    assert queues(session) == []
    session >> Looked(at(86_400 + 3605))
    (queue,) = queues(session)
    assert (queue.is_open, queue.lines[0].waited_s) == (False, 2400)
    # The computer slept: it is open again, but the night did not count.
    session.state = replace(session.state, queue=queue.model_copy(update={"is_open": True}))
    session >> Looked(at(2 * 86_400 + 10))
    (queue,) = queues(session)
    assert queue.lines[0].waited_s == 2410


def test_so_many_are_told_and_the_others_counted():
    session = lists(Session(), *(chat(f"Cliente {n}") for n in range(MOST + 7)))
    (queue,) = queues(session)
    assert (len(queue.lines), queue.more) == (MOST, 7)


def test_who_is_erased_leaves_at_once():
    session = lists(Session(), chat("Ana"), chat("Bia"))
    queues(session)
    session >> Forgotten(titles=frozenset({"Ana"}))
    assert [names(queue) for queue in queues(session)] == [["Bia"]]


def test_long_words_are_cut():
    (queue,) = queues(lists(Session(), chat(last_text="x" * 60_000)))
    assert queue.lines[0].text == "x" * 300


def hello(session: Session) -> Session:
    return session >> FrameArrived(HelloFrame(kind="hello", seq=1, at_ms=0, script="1", lang="pt-BR", zone="UTC"))


def test_a_new_document_is_told_what_is_known():
    session = hello(Session())
    assert [e.errand for e in session.take() if isinstance(e, Serve) and isinstance(e.errand, RecallQueue)] == [
        RecallQueue("test")
    ]
    lists(session, chat("Ana"))
    queues(session)
    assert [names(queue) for queue in queues(hello(session))] == [["Ana"]]


def test_an_earlier_run_knew_when_the_wait_began():
    session = lists(Session(), chat("Ana"), chat("Bia", last_text="Outra coisa"), ours("Caio"), at_s=5000)
    queues(session)
    earlier = [
        ListedChat(preview=chat("Ana"), waits=True, waits_since=at(1000)),
        ListedChat(preview=chat("Bia"), waits=True, waits_since=at(1000)),
        ListedChat(preview=chat("Caio"), waits=True, waits_since=at(1000)),
        ListedChat(preview=chat("Duda"), waits=True, waits_since=at(1000)),
    ]
    session >> Recalled(tuple(earlier))
    (queue,) = queues(session)
    assert [(line.title, line.waits_since) for line in queue.lines] == [("Ana", at(1000)), ("Bia", None)]
    session >> Recalled(tuple(earlier))
    assert queues(session) == []


def test_writing_again_does_not_shorten_the_wait():
    session = hello(Session())
    lists(session, chat(last_date="1970-01-01", last_clock="00:10"), at_s=3600)
    lists(session, chat(unread=2, last_text="Oi?", last_date="1970-01-01", last_clock="00:50"), at_s=3700)
    assert [queue.lines[0].waits_since for queue in queues(session)] == [at(600), at(600)]
