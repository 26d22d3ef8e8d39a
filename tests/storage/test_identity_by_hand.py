"""A person says who is who, and that stays so."""

from datetime import UTC, datetime

import pytest
from sqlalchemy import insert

from agent.contract.rows import Change, Direction
from agent.errors import BadInput
from agent.storage.tables import ListedChat
from tests.storage.chats import kinds_of_events, order, row, shows, table
from tests.storage.test_learning import answered, proposed

PHONE, OTHER_PHONE = "+5511988887777", "+5511966665555"


async def save(store, wa_ids: str, title: str, **seen):
    """The page shows these rows of a chat, an hour a letter: A is 01:00."""
    rows = [row(i, i, date="2026-11-02", time=f"{ord(i[0]) - 64:02}:00") for i in wa_ids.split()]
    return (await store.save(shows(*rows, title=title, change=Change.BASELINE, **seen))).conversation_id


async def names(store) -> list[tuple[int, str, int, int]]:
    """Number, name, chats and messages of each customer."""
    return sorted((one.id, one.customer, one.open_chats, one.messages) for one in await store.people.listed())


async def test_two_numbers_of_one_person_are_one_customer_with_two_chats(store):
    home = await save(store, "A B", "Ana", phone=PHONE)
    work = await save(store, "C", "Ana (trabalho)", phone=OTHER_PHONE)
    done = await store.people.merge(1, 2)
    assert (done.customer_id, done.merged_id, done.moved) == (1, 2, 0)
    assert await names(store) == [(1, "Ana", 2, 3)]
    assert [one.id for one in await store.people.find(OTHER_PHONE)] == [1]
    assert await save(store, "D", "+55 11 6666-5555", phone="+551166665555") == work
    assert await save(store, "E", "Ana") == home
    assert await save(store, "C F", "Ana T.") == work
    assert await names(store) == [(1, "Ana", 2, 6)]
    assert (await store.people.part(2)).left == 3
    assert await names(store) == [(1, "Ana", 1, 3), (2, "Ana T.", 1, 3)]


async def test_a_chat_that_was_stored_as_two_becomes_one_in_its_order(store):
    first = await save(store, "A B E", "Ana", phone=PHONE)
    second = await save(store, "C D F", "Ana Souza")
    assert second != first
    assert (await store.people.merge(1, 2, same_chat=True)).moved == 3
    assert await order(store, first) == "A B C D E F"
    assert await names(store) == [(1, "Ana", 1, 6)]
    assert (await store.counts()).conversations == 1
    assert await save(store, "G", "Ana Souza") == first  # by the title that only the other one had
    assert await save(store, "H", "outra coisa", phone=PHONE) == first
    assert await save(store, "H I", "Aninha") == first
    assert await order(store, first) == "A B C D E F G H I"


async def test_the_number_that_only_the_joined_one_had_leads_to_the_chat_and_goes_back_with_it(store):
    first = await save(store, "A", "Ana")
    await save(store, "B", "+55 11 98888-7777", phone=PHONE)
    await store.people.merge(1, 2, same_chat=True)
    assert await save(store, "C", "+55 11 8888-7777", phone="+551188887777") == first
    assert await save(store, "D", "Ana", phone=OTHER_PHONE) != first  # another number is another person
    await store.people.part(2)
    assert [one["phone"] for one in await table(store, "conversations")] == [None, PHONE, OTHER_PHONE]


async def test_without_dates_the_later_stored_follows(store):
    first = (await store.save(shows(row("B", "b"), row("A", "a"), title="Ana"))).conversation_id
    await store.save(shows(row("D", "d"), row("C", "c"), title="Bia"))
    await store.people.merge(1, 2, same_chat=True)
    assert await order(store, first) == "B A D C"
    await store.save(shows(row("N", "n"), window="A N D", title="Bia"))
    assert await order(store, first) == "B A N D C"


async def test_cards_and_corrections_go_with_their_messages(store):
    one = await answered(store)
    other = await answered(store, "Bia", "s")
    await store.correct(3, "stock")
    await store.learning.propose([proposed(2, 4)])
    choices = await store.learning.choices()
    await store.people.merge(1, 2, same_chat=True)
    assert {line["conversation_id"] for line in await table(store, "offers")} == {one}
    assert len(await store.learning.choices()) == 2
    assert [p.customers for p in await store.learning.proposals()] == [1]
    split = await store.people.split(1, 3)
    assert (split.left, split.moved) == (2, 2)
    assert [line["conversation_id"] for line in await table(store, "offers")] == [one, 3]
    await store.people.merge(1, split.split_id, same_chat=True)
    await store.people.part(2)
    assert await store.learning.choices() == choices
    assert [line["conversation_id"] for line in await table(store, "offers")] == [one, other]
    assert [c.people[0] for c in await store.learning.corrections()] == ["Bia"]


async def test_each_half_of_a_split_chat_is_known_again(store):
    first = await save(store, "A B", "Maria", phone=PHONE)
    await save(store, "C D", "Maria")  # another Maria: nobody could tell
    (third,) = [one.id for one in await store.people.said(1) if one.text == "C"]
    split = await store.people.split(1, third)
    assert (split.customer_id, split.split_id, split.left, split.moved) == (1, 2, 2, 2)
    assert await names(store) == [(1, "Maria", 1, 2), (2, "Maria", 1, 2)]
    second = 2
    assert await save(store, "B E", "Maria") == first
    assert await save(store, "D F", "Maria") == second
    assert await save(store, "G", "Maria", phone=PHONE) == first
    assert await save(store, "H", "Maria") not in (first, second)  # the name alone says nothing any more
    assert await save(store, "F I", "Maria Lima") == second
    assert await save(store, "J", "Maria Lima") == second
    assert (await order(store, first), await order(store, second)) == ("A B E G", "C D F I J")


async def test_of_two_of_one_name_the_clock_can_leave_one(store):
    await save(store, "A M", "Maria", phone=PHONE)
    other = await save(store, "X Y", "Maria", phone=OTHER_PHONE)
    assert await save(store, "C Q", "Maria") == other  # the first one's M is not between them


async def test_chats_of_one_person_that_have_one_name_do_not_make_it_doubtful(store):
    await save(store, "A", "Ana", phone=PHONE)
    work = await save(store, "B", "Ana", phone=OTHER_PHONE)
    await store.people.merge(1, 2)
    assert await save(store, "C", "Ana") == work


async def test_what_is_decided_is_told_in_numbers(store):
    await save(store, "A B", "Ana")
    await save(store, "C", "Bia")
    await store.people.merge(1, 2, same_chat=True)
    await store.people.split(1, 2)
    await store.people.part(2)
    told = [event for event in await store.events_after(0) if event.kind.startswith("customer")]
    assert [event.kind for event in told] == ["customer.merged", "customer.split", "customer.split"]
    assert told[0].data == {"customer_id": 1, "merged_id": 2, "moved": 1, "same_chat": True}
    assert "Ana" not in "".join(event.model_dump_json() for event in told)


async def test_nonsense_is_refused_and_changes_nothing(store):
    await save(store, "A B", "Ana", phone=PHONE)
    await save(store, "C", "Bia", phone=OTHER_PHONE)
    await store.save(shows(row("S", "F", kind="system"), row("D", "d"), title="Caio", session="filial"))
    before = [await table(store, name) for name in ("conversations", "customers", "messages", "merged_customers")]
    told = await kinds_of_events(store)
    for reason, work in (
        ("no customer 9", store.people.merge(1, 9)),
        ("no customer 9", store.people.split(9, 1)),
        ("same customer", store.people.merge(1, 1)),
        ("two numbers", store.people.merge(1, 2, same_chat=True)),
        ("two WhatsApp accounts", store.people.merge(1, 3, same_chat=True)),
        ("was not merged", store.people.part(1)),
        ("not one of customer 1's", store.people.split(1, 3)),
        ("not one of customer 1's", store.people.split(1, 99)),
        ("nothing would be left", store.people.split(1, 1)),
        ("nothing would be left", store.people.split(3, 5)),
    ):
        with pytest.raises(BadInput, match=reason):
            await work
    assert await kinds_of_events(store) == told
    names = ("conversations", "customers", "messages", "merged_customers")
    assert before == [await table(store, name) for name in names]


async def test_what_is_one_already_is_not_merged_again(store):
    for wa_id, title in zip("ABC", ("Ana", "Bia", "Caio"), strict=True):
        await save(store, wa_id, title)
    await store.people.merge(1, 2)
    await store.people.merge(1, 3)
    with pytest.raises(BadInput, match="one customer already"):
        await store.people.merge(3, 2)
    with pytest.raises(BadInput, match=r"merged into them: 2, 3\..*split 2"):
        await store.people.part(1)
    await store.people.merge(1, 2, same_chat=True)
    with pytest.raises(BadInput, match="one chat already"):
        await store.people.merge(2, 1, same_chat=True)
    assert await names(store) == [(1, "Ana", 2, 3)]


async def test_chats_joined_in_a_row_come_apart_in_any_order(store):
    for wa_id, title in zip("ABC", ("Ana", "Bia", "Caio"), strict=True):
        await save(store, wa_id, title)
    for back in ((2, 1), (1, 2)):
        await store.people.merge(2, 1, same_chat=True)
        await store.people.merge(3, 2, same_chat=True)
        assert await order(store, 3) == "A B C"
        for one in back:
            await store.people.part(one)
        assert [await order(store, one) for one in (1, 2, 3)] == ["A", "B", "C"]
        assert await names(store) == [(1, "Ana", 1, 1), (2, "Bia", 1, 1), (3, "Caio", 1, 1)]
        assert await table(store, "moved_messages") == []


async def test_erasing_a_merged_customer_erases_all_of_it(store):
    await answered(store)
    await answered(store, "Bia", "s")
    await save(store, "A", "Caio")
    await store.people.merge(1, 2, same_chat=True)
    await store.people.merge(1, 3)
    assert (await store.people.erase(2)).messages == 5
    for name in ("customers", "conversations", "messages", "offers", "moved_messages", "joined_conversations"):
        assert await table(store, name) == []
    assert await kinds_of_events(store) == ["customer.erased"]


@pytest.mark.parametrize(("erased", "left"), [(1, {4}), (3, {1, 2, 3})])
async def test_erasing_one_half_of_a_split_chat_leaves_the_other(store, erased, left):
    await save(store, "A B", "Ana")
    await save(store, "C D", "Bia")
    await store.people.merge(1, 2, same_chat=True)
    assert (await store.people.split(1, 4)).split_id == 3  # D, which was Bia's
    await store.people.erase(erased)
    assert {one["id"] for one in await table(store, "messages")} == left
    captured = [event.message_id for event in await store.events_after(0) if event.kind == "message.captured"]
    assert set(captured) == left
    (customer,) = await store.people.listed()
    assert (customer.customer, customer.messages) == ("Ana", len(left))
    kept = {1: "D", 3: "C"}[erased]
    assert await order(store, await save(store, f"{kept} E", "Ana")) == {1: "D E", 3: "A B C E"}[erased]


async def test_erasing_takes_what_the_chat_list_showed_of_them(store):
    await save(store, "A", "Ana")
    await save(store, "B", "Bia")
    line = {"twin": 0, "last_text": "oi", "last_direction": Direction.IN, "waits": True, "seen_at": datetime.now(UTC)}
    async with store._database.engine.begin() as db:
        await db.execute(insert(ListedChat), [{"session": "loja", "title": one, **line} for one in ("Ana", "Bia")])
    await store.people.erase(1)
    assert [one["title"] for one in await table(store, "listed_chats")] == ["Bia"]


async def test_a_merged_customer_whose_chat_turns_out_to_be_a_group_is_let_go(store):
    for wa_id, title in zip("ABC", ("Ana", "Família", "Caio"), strict=True):
        await save(store, wa_id, title)
    await store.people.merge(2, 1, same_chat=True)
    await store.people.merge(2, 3)
    await save(store, "B D", "Família", group=True)
    assert await names(store) == [(1, "Ana", 2, 2)]
    assert [await order(store, one) for one in (1, 2, 3)] == ["A", "B D", "C"]


async def test_messages_of_a_customer_are_shown_with_their_numbers(store):
    await save(store, "A B C", "Ana")
    assert [(one.id, one.date, one.time, one.text) for one in await store.people.said(1, last=2)] == [
        (2, "2026-11-02", "02:00", "B"),
        (3, "2026-11-02", "03:00", "C"),
    ]
