"""Full text over what was stored: every word, only what is true now, page by page."""

from datetime import UTC, datetime, timedelta
from itertools import count

import pytest

from agent.contract.analysis import Analysis, Sentiment
from agent.contract.rows import Change, Direction, Kind
from agent.contract.search import FoundMessage, MessageSearch, Order
from agent.contract.stored import AnalysedMessage
from agent.errors import BadInput
from agent.storage.store import SqlStore
from tests.storage.chats import row, shows

ZONE = "America/Sao_Paulo"
NUMBERS = count()


async def search(store: SqlStore, words: str, **asked) -> list[FoundMessage]:
    return list((await store.search.messages(MessageSearch(words=words, **asked))).messages)


async def texts(store: SqlStore, words: str, **asked) -> list[str]:
    return [one.text for one in await search(store, words, **asked)]


async def fill(store: SqlStore, to: int = 130) -> None:
    """So many other messages that what was stored before them has gone into the index."""
    rows = [row(f"fill-{next(NUMBERS)}", "enchimento") for _ in range(to)]
    await store.save(shows(*rows, change=Change.BASELINE, title="Enchimento"))


@pytest.fixture(params=["fresh", "indexed"])
async def filled(store, request):
    """Called after what a test stores: each test holds for messages in the index and for those not in it yet."""

    async def later() -> None:
        if request.param == "indexed":
            await fill(store)

    return later


def analysis(sentiment: Sentiment, intent: str) -> Analysis:
    return Analysis(
        sentiment=sentiment,
        sentiment_score=0.9,
        intent=intent,
        confidence_scores={intent: 0.9},
        suggested_responses=(),
        model_version="test",
    )


async def test_case_accents_beginnings_and_signs(store, filled):
    said = ["Não chegou meu PEDIDO, e agora?", "obrigada👍🏽", 'disse "sim" OR não*', "R$ 1.250,00 -50% (NEAR)"]
    await store.save(shows(*[row(f"{n}", text) for n, text in enumerate(said)]))
    await filled()
    for typed, found in {
        "nao ped": [0],
        "PEDÍDO, não": [0],
        "👍": [1],
        "obrigada 👍🏿": [1],
        '"sim"': [2],
        "OR": [2],
        "nã*": [2, 0],
        "r$ 1.250": [3],
        "-50%": [3],
        "near(": [3],
        "words:sim": [],
        "edido": [],
        "***": [],
        "": [],
    }.items():
        assert await texts(store, typed) == [said[n] for n in found], typed
    (one,) = await search(store, "pedi nao")
    assert [one.text[first:end] for first, end in one.marks] == ["Não", "PEDIDO"]


async def test_the_newest_first_by_the_moment_in_which_it_was_written(store, filled):
    await store.save(shows(row("new", "oi novo", date="2026-09-21", time="10:00"), zone=ZONE))
    await store.save(
        shows(
            row("old", "oi velho", date="2025-01-05", time="10:00"), change=Change.HISTORY, window="old new", zone=ZONE
        )
    )
    await store.save(shows(row("unknown", "oi sem data"), title="Bia"))  # counts as seen: 2026-09-21 at 14:13
    await filled()
    assert await texts(store, "oi") == ["oi sem data", "oi novo", "oi velho"]
    day = datetime(2026, 9, 21, tzinfo=UTC)
    assert await texts(store, "oi", since=day, before=day + timedelta(hours=13, minutes=1)) == ["oi novo"]
    assert await texts(store, "oi", before=day) == ["oi velho"]
    found = await search(store, "oi")
    assert [one.sent_at for one in found] == [None, day.replace(hour=13), datetime(2025, 1, 5, 13, tzinfo=UTC)]


async def test_filters(store, filled):
    ana = await store.save(shows(row("A", "o pedido atrasou"), row("B", "o pedido saiu", me=True), title="Ana Sousa"))
    bia = await store.save(shows(row("C", "e o pedido?"), title="Bia", phone="+5511988887777"))
    await store.save_analysis(
        AnalysedMessage(message_id=ana.ids["A"], analysis=analysis(Sentiment.NEGATIVE, "complaint"))
    )
    await store.save_analysis(
        AnalysedMessage(message_id=bia.ids["C"], analysis=analysis(Sentiment.NEUTRAL, "order_status"))
    )
    await filled()
    assert len(await texts(store, "pedido")) == 3
    assert await texts(store, "pedido", direction=Direction.OUT) == ["o pedido saiu"]
    assert await texts(store, "pedido", sentiment=Sentiment.NEGATIVE) == ["o pedido atrasou"]
    assert await texts(store, "pedido", intent="order_status") == ["e o pedido?"]
    assert await texts(store, "pedido", in_chat="sou") == ["o pedido saiu", "o pedido atrasou"]
    assert await texts(store, "pedido", in_chat="(11) 8888-7777") == ["e o pedido?"]
    assert await texts(store, "pedido", in_chat="Carlos") == []
    assert await texts(store, "pedido", in_chat="ana", sentiment=Sentiment.NEUTRAL) == []
    await store.correct(bia.ids["C"], "complaint")
    assert await texts(store, "pedido", intent="order_status") == []
    assert await texts(store, "pedido", intent="complaint") == ["e o pedido?", "o pedido atrasou"]
    (one,) = await search(store, "pedido", in_chat="bia")
    assert (one.intent, one.sentiment, one.chat_title) == ("complaint", Sentiment.NEUTRAL, "Bia")


@pytest.mark.parametrize("order", Order)
async def test_pages_neither_repeat_nor_skip_while_messages_come_in(store, filled, order):
    rows = [row(f"{n}", f"pedido {'pronto' if n % 3 else 'em produção'} {n}") for n in range(25)]
    await store.save(shows(*rows))
    await filled()
    found, cursor = list[str](), None
    for page_number in range(9):
        page = await store.search.messages(MessageSearch(words="pedido em", order=order, limit=4, cursor=cursor))
        found += [one.text for one in page.messages]
        await store.save(shows(row(f"late{page_number}", "pedido em atraso"), title="Bia"))
        if (cursor := page.cursor) is None:
            break
    assert found == [f"pedido em produção {n}" for n in range(24, -1, -3)]
    with pytest.raises(BadInput, match="no place"):
        await search(store, "pedido", order=order, cursor="zz.1")


async def test_the_best_first_where_that_is_wanted(store, filled):
    said = ["prazo do pedido", "pedido: prazo", "pedidos prazos", "qual o prazo para o pedido?"]
    await store.save(shows(*[row(f"{n}", text) for n, text in enumerate(said)]))
    await filled()
    found = await texts(store, "pedido prazo", order=Order.BEST)
    assert found == ["pedido: prazo", "qual o prazo para o pedido?", "prazo do pedido", "pedidos prazos"]


async def test_an_edit_and_a_deletion_are_followed(store, filled):
    await store.save(shows(row("A", "o sapato azul"), row("B", "fica com Deus")))
    await filled()
    await store.save(shows(row("A", "a bolsa verde", edited=True), change=Change.EDITED))
    await store.save(shows(row("B", None, kind=Kind.DELETED), change=Change.EDITED))
    assert await texts(store, "sapato") == []
    assert await texts(store, "bolsa") == ["a bolsa verde"]
    (taken_back,) = await search(store, "deus")
    assert taken_back.kind is Kind.DELETED


async def test_a_moment_that_becomes_known_moves_the_message(store, filled):
    await store.save(shows(row("A", "oi", time="10:00"), row("B", "oi outra vez"), zone=ZONE))
    await filled()
    assert await texts(store, "oi") == ["oi outra vez", "oi"]
    await store.save(shows(row("B", "oi outra vez", date="2020-01-05", time="09:00"), window="A B", zone=ZONE))
    assert await texts(store, "oi") == ["oi", "oi outra vez"]
    assert await texts(store, "oi", before=datetime(2021, 1, 1, tzinfo=UTC)) == ["oi outra vez"]


async def test_system_rows_are_not_found(store, filled):
    await store.save(shows(row("S", "As mensagens são protegidas", kind=Kind.SYSTEM), row("A", "suas mensagens")))
    await filled()
    assert await texts(store, "mensagens") == ["suas mensagens"]


async def test_merged_and_split_chats_are_searched_as_they_are_now(store, filled):
    await store.save(shows(row("A", "pedido um"), title="Ana"))
    await store.save(shows(row("B", "pedido dois"), title="Ana (trabalho)"))
    await filled()
    await store.people.merge(1, 2, same_chat=True)
    assert {one.conversation_id for one in await search(store, "pedido")} == {1}
    assert len(await texts(store, "pedido", in_chat="trabalho")) == 2  # the title that only the joined one had
    await store.people.part(2)
    assert await texts(store, "pedido", in_chat="trabalho") == ["pedido dois"]


async def test_an_erased_customer_is_not_found_and_their_numbers_are_used_again(store, filled):
    await store.save(shows(row("A", "segredo da Ana"), title="Ana"))
    await filled()
    await store.save(shows(row("B", "segredo da Bia"), title="Bia"))
    bia = (await store.people.find("Bia"))[0].id
    await store.people.erase(1)
    assert await texts(store, "segredo") == ["segredo da Bia"]
    await store.people.erase(bia)
    assert await texts(store, "segredo") == []
    await store.save(shows(row("C", "segredo do Caio"), title="Caio"))
    assert await texts(store, "segredo") == ["segredo do Caio"]


async def test_customers_by_name_number_and_title(store):
    await store.save(shows(row("A", "oi"), title="Zé da Silva", phone="+5511988887777"))
    await store.save(shows(row("B", "oi"), title="Ana Sílvia"))
    await store.save(shows(row("C", "oi"), title="Família Silva", group=True))

    async def found(typed: str) -> list[str]:
        return [one.customer for one in await store.search.customers(typed)]

    assert await found("silv") == ["Ana Sílvia", "Zé da Silva"]
    assert await found("SILVA ze") == ["Zé da Silva"]
    for typed in (
        "(11) 98888-7777",
        "11 8888-7777",
        "+55 11 98888 7777",
        "011988887777",
        "8888-7777",
        "zé 8888",
        "7777",
    ):
        assert await found(typed) == ["Zé da Silva"], typed
    for typed in ("11", "", "-", "9999", "Família"):
        assert await found(typed) == [], typed
    await store.people.merge(2, 1)
    (one,) = await store.search.customers("7777")
    assert (one.customer_id, one.titles) == (2, ("Zé da Silva", "Ana Sílvia"))
