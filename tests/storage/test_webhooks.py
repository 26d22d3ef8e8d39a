"""The queue of deliveries, on each database."""

from agent.contract.webhooks import DeliveryState, Webhook
from agent.storage.store import SqlStore
from agent.storage.webhooks import MOST
from tests.storage.chats import row, shows


async def added(store: SqlStore, *kinds: str) -> Webhook:
    made = await store.webhooks.add("https://erp.example/x", "whsec_s", kinds)
    assert made is not None
    return made


async def filled(store: SqlStore) -> int:
    looked = 0
    while now := await store.webhooks.fill(3):
        looked += now
    return looked


async def test_events_are_queued_once_for_each_address(store: SqlStore) -> None:
    await store.save(shows(row("A0", "antes")))
    first, second = await added(store), await added(store, "message.captured")
    for n in range(7):
        await store.save(shows(row(f"A{n + 1}", "oi"), title="Ana" if n % 2 else "Bia"))
    assert await filled(store) > 0
    assert await filled(store) == 0
    assert await store.webhooks.waiting() == [first.id, second.id]
    theirs = await store.webhooks.deliveries(second.id)
    assert len(theirs) == 7
    assert len({one.balcao_id for one in theirs}) == 7
    due = await store.webhooks.due(second.id, 10)
    assert [one.event and one.event.number for one in due] == sorted(one.event_number for one in theirs)[:2]
    assert len({one.order_key for one in due}) == 2
    assert all(one.customer_id is not None for one in due)
    assert await store.webhooks.due(second.id, 10, {one.order_key for one in due}) == []
    assert len(await store.webhooks.due(second.id, 1)) == 1


async def test_a_merged_customer_s_events_are_one_line_of_events(store: SqlStore) -> None:
    await store.save(shows(row("A1", "oi"), title="Ana"))
    await store.save(shows(row("B1", "oi"), title="Ana Trabalho"))
    (ana,), (work,) = await store.people.find("Ana"), await store.people.find("Ana Trabalho")
    await store.people.merge(ana.id, work.id)
    webhook = await added(store, "message.captured")
    await store.save(shows(row("A2", "oi"), title="Ana"))
    await store.save(shows(row("B2", "oi"), title="Ana Trabalho"))
    await filled(store)
    due = await store.webhooks.due(webhook.id, 10)
    assert [(one.order_key, one.customer_id) for one in due] == [(f"customer:{ana.id}", ana.id)]


async def test_a_group_is_nobody_s(store: SqlStore) -> None:
    webhook = await added(store, "message.captured")
    await store.save(shows(row("G1", "oi", author="Ana"), title="Turma", group=True))
    await filled(store)
    (due,) = await store.webhooks.due(webhook.id, 10)
    assert due.customer_id is None
    assert due.order_key.startswith("conversation:")


async def test_changing_and_removing(store: SqlStore) -> None:
    webhook = await added(store)
    await store.save(shows(row("A1", "oi")))
    await filled(store)
    off = await store.webhooks.change(webhook.id, enabled=False, kinds=("chat.waits",), url="https://b.example/")
    assert off is not None
    assert (off.kinds, off.url, off.disabled_at is None, off.waiting > 0) == (
        ("chat.waits",),
        "https://b.example/",
        False,
        True,
    )
    assert await store.webhooks.waiting() == []
    assert await store.webhooks.due(webhook.id, 10) == []
    on = await store.webhooks.change(webhook.id, enabled=True)
    assert on is not None
    assert on.disabled_at is None
    assert on.upto > off.upto
    (out, *_) = await store.webhooks.due(webhook.id, 10)
    await store.webhooks.settle(out, DeliveryState.DEAD, error="timeout")
    assert await store.webhooks.retry(out.id) is True
    assert await store.webhooks.change(99, enabled=True) is None
    assert await store.webhooks.remove(webhook.id)
    assert not await store.webhooks.remove(webhook.id)
    assert await store.webhooks.all() == []
    await store.webhooks.settle(out, DeliveryState.DELIVERED, status=200)  # It was under way: no harm.
    assert await store.webhooks.delivery(out.id) is None


async def test_there_are_only_so_many(store: SqlStore) -> None:
    for _ in range(MOST):
        await added(store)
    assert await store.webhooks.add("https://erp.example/x", "s") is None


async def test_the_number_to_look_a_customer_up_by(store: SqlStore) -> None:
    unsaved = await store.save(shows(row("A1", "oi"), title="+55 11 90000-0001", phone="+5511900000001"))
    saved = await store.save(shows(row("A2", "oi"), title="Ana", window="A1 A2"))
    assert saved.conversation_id == unsaved.conversation_id
    assert await store.phone_of(saved.conversation_id) == "+5511900000001"
    nobody = await store.save(shows(row("B1", "oi"), title="Bia"))
    assert await store.phone_of(nobody.conversation_id) is None
    group = await store.save(shows(row("G1", "oi"), title="Turma", group=True))
    assert await store.phone_of(group.conversation_id) is None
    assert await store.phone_of(999) is None
    (bia,), (ana,) = (
        await store.people.find("Bia"),
        await store.people.find("Ana") or await store.people.find("+5511900000001"),
    )
    await store.people.merge(bia.id, ana.id)
    assert await store.phone_of(nobody.conversation_id) == "+5511900000001", "she is the same person"
    await store.save(shows(row("C1", "oi"), title="+55 11 90000-0002", phone="+5511900000002"))
    (other,) = await store.people.find("+5511900000002")
    await store.people.merge(bia.id, other.id)
    assert await store.phone_of(nobody.conversation_id) is None, "two numbers: it is not sure which"
