"""Messages of another system: stored once, apart from the page's, in order, and understood in the background."""

import asyncio
from typing import Any

import httpx
import pytest

from agent.api.understanding import Understanding
from agent.contract.access import Role
from agent.contract.search import MessageSearch
from agent.contract.stored import MessageState
from agent.errors import DiskFull
from tests.api.conftest import Office
from tests.storage.chats import row, shows
from tests.test_flow import ScriptedAnalyst

CAPTURE = "/api/messages/capture"


def said(wa_id: str, text: str | None = "oi", minute: int = 0, **more: Any) -> dict[str, Any]:
    return {"id": wa_id, "direction": "in", "text": text, "at": f"2026-11-22T08:{minute:02}:00-03:00", **more}


def body(*messages: dict[str, Any], **chat: Any) -> dict[str, Any]:
    return {"session": "crm", "chat": {"title": "Maria", **chat}, "messages": list(messages)}


async def hand_over(office: Office, *messages: dict[str, Any], **chat: Any) -> dict[str, Any]:
    client = await office.client(Role.SUPERVISOR)
    answer = await client.post(CAPTURE, json=body(*messages, **chat))
    assert answer.status_code == 201, answer.text
    told: dict[str, Any] = answer.json()
    return told


async def wa_ids(office: Office, conversation_id: int) -> list[str]:
    page = await office.store.desk.messages(conversation_id)
    assert page is not None
    return [one.wa_id for one in reversed(page.items)]


async def test_what_is_handed_over_is_stored_once(office: Office) -> None:
    first = await hand_over(office, said("a", "bom dia"), said("b", "tudo bem?", 1), phone="(11) 90000-0012")
    again = await hand_over(office, said("a", "bom dia"), said("b", "tudo bem?", 1), phone="(11) 90000-0012")
    assert first["session"] == "api:crm"
    assert first["phone"] == "+5511900000012"
    assert [one["is_new"] for one in first["messages"]] == [True, True]
    assert again == {**first, "messages": [{**one, "is_new": False} for one in first["messages"]]}
    counts = await office.store.counts()
    assert (counts.conversations, counts.messages_in) == (1, 2)


async def test_messages_come_in_any_order_and_stand_in_that_of_their_moments(office: Office) -> None:
    first = await hand_over(office, said("a", minute=1), said("d", minute=4))
    for late in (said("c", minute=3), said("b", minute=2), said("e", minute=5), said("0", minute=0)):
        assert (await hand_over(office, late))["conversation_id"] == first["conversation_id"]
    assert await wa_ids(office, first["conversation_id"]) == ["0", "a", "b", "c", "d", "e"]


async def test_of_one_minute_the_order_is_the_callers(office: Office) -> None:
    told = await hand_over(office, *(said(wa_id) for wa_id in "cabd"))
    assert await wa_ids(office, told["conversation_id"]) == ["c", "a", "b", "d"]


async def test_moments_are_kept_and_nothing_is_invented(office: Office) -> None:
    told = await hand_over(office, said("a", at="2026-11-22T08:30:59-03:00"), said("b", at=None), phone="12")
    assert told["phone"] is None
    first, second = [await office.store.desk.message(one["message_id"]) for one in told["messages"]]
    assert first is not None
    assert second is not None
    assert first.sent_at is not None
    assert first.sent_at.isoformat() == "2026-11-22T11:30:00+00:00"
    assert (second.sent_at, second.author, second.status, second.first_seen) == (None, None, None, office.clock.at)


async def test_a_corrected_message_replaces_its_words_and_is_understood_anew(office: Office) -> None:
    told = await hand_over(office, said("a", "quero 2"))
    await office.reach.understanding.catch_up()
    await hand_over(office, said("a", "quero 3"))
    message = await office.store.desk.message(told["messages"][0]["message_id"])
    assert message is not None
    assert (message.text, message.state) == ("quero 3", MessageState.RECEIVED)


async def test_the_pages_own_messages_cannot_be_reached(office: Office) -> None:
    """The attack: overwrite what a customer wrote, by naming the page's session and the id of the message."""
    await office.store.save(shows(row("3EB0", "devolvam meu dinheiro"), session="loja"))
    client = await office.client(Role.SUPERVISOR)
    forged = body(said("3EB0", "tudo certo, obrigado", edited=True))
    assert (await client.post(CAPTURE, json=forged)).status_code == 422  # nobody can say that it was edited
    for session in ("loja", "api:loja", "../loja", "loja\r\nX: 1", ""):
        answer = await client.post(CAPTURE, json={**body(said("3EB0", "tudo certo, obrigado")), "session": session})
        assert answer.status_code == (201 if session == "loja" else 422)
    found = await office.store.search.messages(MessageSearch(words="dinheiro"))
    assert [one.text for one in found.messages] == ["devolvam meu dinheiro"]
    assert await office.store.unfinished("loja") != []
    assert {one.conversation_id for one in await office.store.unfinished("api:loja")}.isdisjoint(
        {one.conversation_id for one in await office.store.unfinished("loja")}
    )


async def test_what_was_handed_over_is_understood_in_the_background(office: Office) -> None:
    async with asyncio.TaskGroup() as tasks:
        running = tasks.create_task(office.reach.understanding.run())
        told = await hand_over(
            office, said("a", "quanto custa?"), said("b", None, kind="voice"), said("c", direction="out")
        )
        async with asyncio.timeout(10):
            while await office.store.desk.handed_over():
                await asyncio.sleep(0.01)
        again = await hand_over(office, said("d", "e o frete?"))
        async with asyncio.timeout(10):
            while await office.store.desk.handed_over():
                await asyncio.sleep(0.01)
        running.cancel()
    found = [await office.store.desk.message(one["message_id"]) for one in (*told["messages"], *again["messages"])]
    assert [one.analysis is not None for one in found if one] == [True, False, False, True]
    assert {one.state for one in found if one} == {MessageState.COMPLETE}


async def test_what_an_earlier_run_left_is_taken_up_and_one_bad_message_harms_nobody(office: Office) -> None:
    told = await hand_over(office, said("a", "ruim"), said("b", "bom"))
    analyst = ScriptedAnalyst()
    analyst.poison = "ruim"
    await Understanding(office.store, analyst).catch_up()  # as after a restart: nothing in memory
    bad, good = [await office.store.desk.message(one["message_id"]) for one in told["messages"]]
    assert bad is not None
    assert good is not None
    assert (bad.state, good.state) == (MessageState.ERROR, MessageState.COMPLETE)
    assert await office.store.desk.handed_over() == []


async def test_words_that_changed_meanwhile_do_not_get_the_old_analysis(office: Office) -> None:
    told = await hand_over(office, said("a", "antes"))

    asked: list[str] = []

    class Slow(ScriptedAnalyst):
        async def analyse(self, question: Any, limit: int = 3) -> Any:
            asked.append(question.text)
            if question.text == "antes":
                await hand_over(office, said("a", "depois"))
            return await super().analyse(question, limit)

    await Understanding(office.store, Slow()).catch_up()
    message = await office.store.desk.message(told["messages"][0]["message_id"])
    assert message is not None
    assert (message.text, message.state) == ("depois", MessageState.COMPLETE)
    assert asked == ["antes", "depois"]


@pytest.mark.parametrize("error", [DiskFull("The disk is full.", "Make room."), ZeroDivisionError("not foreseen")])
async def test_an_error_is_waited_out_and_ends_nothing(
    office: Office, monkeypatch: pytest.MonkeyPatch, error: Exception
) -> None:
    await hand_over(office, said("a"))
    monkeypatch.setattr("agent.api.understanding.AGAIN_S", 0.01)
    real, failed = office.store.set_state, asyncio.Event()

    async def full(*about: Any) -> None:
        if not failed.is_set():
            failed.set()
            raise error
        await real(*about)

    monkeypatch.setattr(office.store, "set_state", full)
    async with asyncio.TaskGroup() as tasks:
        running = tasks.create_task(office.reach.understanding.run())
        async with asyncio.timeout(10):
            await failed.wait()
            while await office.store.desk.handed_over():
                await asyncio.sleep(0.01)
        running.cancel()


async def test_an_erased_person_is_not_brought_back_by_handing_over_again(office: Office) -> None:
    await hand_over(office, said("a", "meu nome é Maria"))
    (maria,) = await office.store.people.find("Maria")
    await office.reach.forgetting.erase(maria.id, "user:1")
    told = await hand_over(office, said("a", "meu nome é Maria"))
    assert told == {"session": "api:crm", "conversation_id": None, "phone": None, "messages": [], "erased": ["a"]}
    assert (await office.store.counts()).messages_in == 0


@pytest.mark.parametrize(
    "wrong",
    [
        {"messages": []},
        {"messages": [said(str(n)) for n in range(101)]},
        {"messages": [said("a", "x" * 65_537)]},
        {"messages": [said("a", "nul\0")]},
        {"messages": [said("a\nb")]},
        {"messages": [said("a", at="2026-11-22T08:00:00")]},
        {"messages": [said("a", at="0001-01-01T00:00:00+14:00")]},
        {"messages": [said("a", direction="sideways")]},
        {"chat": {"title": ""}},
        {"chat": {"title": "Ana", "phone": "'; DROP TABLE customers"}},
        {"session": "x" * 41},
        {"unknown": 1},
    ],
)
async def test_what_cannot_be_taken_is_refused_whole(office: Office, wrong: dict[str, Any]) -> None:
    client = await office.client(Role.SUPERVISOR)
    assert (await client.post(CAPTURE, json={**body(said("a")), **wrong})).status_code in (400, 422)
    assert (await office.store.counts()).messages_in == 0


async def test_groups_have_authors_and_no_customer(office: Office) -> None:
    told = await hand_over(office, said("a", author="José 🌻"), title="Família ❤️", is_group=True, phone="11 90000-0012")
    message = await office.store.desk.message(told["messages"][0]["message_id"])
    assert message is not None
    assert (message.author, message.customer_id, told["phone"]) == ("José 🌻", None, None)


async def test_an_attendant_may_not(office: Office) -> None:
    client: httpx.AsyncClient = await office.client(Role.ATTENDANT)
    assert (await client.post(CAPTURE, json=body(said("a")))).status_code == 403
