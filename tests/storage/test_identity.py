"""Who is who: message ids, then the phone number, then the title."""

from agent.contract.rows import Change
from tests.storage.chats import order, row, shows, table


def _chat(wa_id: str, day: int, time: str = "10:00"):
    return row(wa_id, wa_id, date=f"2026-11-{day:02}", time=time)


async def test_a_rename_is_followed_by_the_messages(store):
    first = await store.save(shows(row("A", "Oi"), title="+55 11 98888-7777", phone="+5511988887777"))
    second = await store.save(shows(row("B", "Sou a Ana"), title="Ana (cliente)", window="A B"))
    assert second.conversation_id == first.conversation_id
    (conversation,) = await table(store, "conversations")
    assert (conversation["title"], conversation["phone"]) == ("Ana (cliente)", "+5511988887777")
    (customer,) = await table(store, "customers")
    assert (customer["name"], customer["phone"]) == ("Ana (cliente)", "+5511988887777")
    assert [m.chat_title for m in await store.recent(first.conversation_id)] == ["Ana (cliente)"] * 2


async def test_the_same_title_without_other_evidence_is_the_same_chat(store):
    first = await store.save(shows(row("A", "Oi")))
    second = await store.save(shows(row("B", "Voltei"), change=Change.BASELINE))
    assert second.conversation_id == first.conversation_id


async def test_two_contacts_of_one_name_are_told_apart(store):
    one = await store.save(shows(_chat("A1", 3), _chat("A2", 5), title="Maria"))
    other = await store.save(shows(_chat("B1", 1), _chat("B2", 9), title="Maria", change=Change.BASELINE))
    assert other.conversation_id != one.conversation_id
    again = await store.save(shows(_chat("A3", 10), title="Maria", window="A1 A2 A3"))
    assert again.conversation_id == one.conversation_id
    assert await order(store, one.conversation_id) == "A1 A2 A3"
    assert await order(store, other.conversation_id) == "B1 B2"


async def test_one_number_with_and_without_the_ninth_digit_is_one_chat(store):
    first = await store.save(shows(row("A", "Oi"), title="+55 11 8888-7777", phone="+551188887777"))
    second = await store.save(shows(row("B", "Oi"), title="+55 11 98888-7777", phone="+5511988887777"))
    assert second.conversation_id == first.conversation_id


async def test_another_number_under_the_same_title_is_another_chat(store):
    first = await store.save(shows(row("A", "Oi"), title="Cliente", phone="+5511988887777"))
    second = await store.save(shows(row("B", "Oi"), title="Cliente", phone="+5511966665555"))
    assert second.conversation_id != first.conversation_id


async def test_a_group_and_a_person_of_one_title_are_two_chats(store):
    person = await store.save(shows(row("A", "Oi"), title="Pizzaria"))
    group = await store.save(shows(row("B", "Oi"), title="Pizzaria", group=True))
    assert group.conversation_id != person.conversation_id
    assert len(await table(store, "customers")) == 1


async def test_a_chat_whose_signs_of_a_group_come_late_becomes_one(store):
    first = await store.save(shows(row("A", "Oi"), title="Família"))
    second = await store.save(shows(row("B", "Oi"), title="Família", group=True, window="A B"))
    third = await store.save(shows(row("C", "Oi"), title="Família", window="A B C"))
    assert first.conversation_id == second.conversation_id == third.conversation_id
    assert [c["is_group"] for c in await table(store, "conversations")] == [True]
    assert await table(store, "customers") == []


async def test_most_of_the_known_messages_decide(store):
    one = await store.save(shows(row("A1", "1"), row("A2", "2"), title="Ana"))
    await store.save(shows(row("B1", "1"), title="Bia"))
    third = await store.save(shows(row("A3", "3"), title="Ana", window="A1 A2 B1 A3"))
    assert third.conversation_id == one.conversation_id


async def test_profiles_do_not_share_chats(store):
    one = await store.save(shows(row("A", "Oi")))
    other = await store.save(shows(row("B", "Oi"), session="filial"))
    assert one.conversation_id != other.conversation_id
