"""The REST connector against a real HTTP server."""

import asyncio
import json

import pytest

from agent.connectors.asking import BREAK_S, LONGEST_BREAK_S, MOST, NOBODY_S, AskingOnce
from agent.connectors.rest import LARGEST, RestConnector, RestOptions
from agent.contract.connector import CustomerRecord, RecordField
from agent.errors import BadInput
from tests.net.receiver import Receiver, Reply, Request, receiver

PHONE = "+5511900000012"
ANA = {"name": "Ana", "plan": {"name": "Ouro", "active": True}, "orders": [{"id": 7}], "tags": ["vip", "sp"]}
FIELDS = {"Nome": "name", "Plano": "plan.name", "Ativo": "plan.active", "Pedido": "orders.0.id", "Tags": "tags"}


class Clock:
    at = 0.0

    def __call__(self) -> float:
        return self.at


def answers(value: object, status: int = 200) -> Reply:
    return Reply(status, json.dumps(value).encode(), {"Content-Type": "application/json"})


def connector(there: Receiver, clock: Clock | None = None, **options: object) -> RestConnector:
    asked = RestOptions(
        **{"url": there.url("/contacts?phone={phone}"), "fields": FIELDS, "private_address": True} | options  # type: ignore[arg-type]
    )
    return RestConnector(asked, clock=clock or Clock())


def shown(record: CustomerRecord | None) -> dict[str, str] | None:
    return None if record is None else {one.label: one.value for one in record.fields}


async def test_a_customer_is_asked_for_by_number_and_shown_by_the_settings_paths(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("CRM_KEY", "segredo")
    async with receiver() as there:
        there.reply = lambda _: answers(ANA)
        asked = connector(there, key_env="CRM_KEY")
        record = await asked.look_up(PHONE)
        await asked.close()
        assert shown(record) == {"Nome": "Ana", "Plano": "Ouro", "Ativo": "sim", "Pedido": "7", "Tags": "vip, sp"}
        assert record is not None
        assert record.source == "127.0.0.1"
        (request,) = there.requests
        assert request.path == "/contacts?phone=%2B5511900000012"
        assert request.headers["authorization"] == "Bearer segredo"


@pytest.mark.parametrize(
    "answer",
    [
        Reply(404),
        Reply(204, b""),
        answers(None),
        answers([]),
        answers([ANA, ANA]),
        answers({"other": 1}),
        answers("Ana"),
        answers({"name": None, "plan": "x", "tags": [[1]], "orders": []}),
    ],
)
async def test_nothing_where_it_knows_nobody_or_is_not_sure(answer: Reply) -> None:
    async with receiver() as there:
        there.reply = lambda _: answer
        assert await connector(there).look_up(PHONE) is None


async def test_a_search_that_found_exactly_one() -> None:
    async with receiver() as there:
        there.reply = lambda _: answers([ANA])
        assert (shown(await connector(there).look_up(PHONE)) or {})["Plano"] == "Ouro"


@pytest.mark.parametrize(
    "answer",
    [
        Reply(500),
        Reply(401),
        Reply(302, headers={"Location": "http://127.0.0.1:1/"}),
        Reply(200, b"<html>"),
        Reply(200, b"\xff\xfe"),
        Reply(200, b"[" * 100_000),
        Reply(200, b'{"name": "' + b"x" * LARGEST + b'"}'),
        Reply(cut=True),
    ],
    ids=["500", "401", "redirect", "html", "bytes", "nested", "large", "cut"],
)
async def test_an_odd_answer_is_no_answer(answer: Reply) -> None:
    async with receiver() as there:
        there.reply = lambda _: answer
        with pytest.raises(ConnectionError):
            await connector(there).look_up(PHONE)
        assert len(there.requests) == 1


async def test_texts_are_one_line_without_what_nobody_sees_and_not_too_long() -> None:
    async with receiver() as there:
        odd = {"name": "Ana\u202e\u200b\n<b>Lima</b>\x00\ud83d", "plan": {"name": "x" * 5000}}
        there.reply = lambda _: answers(odd)
        asked = connector(there, fields={"No\nme\u200b": "name", "Plano": "plan.name"})
        found = shown(await asked.look_up(PHONE))
        assert found is not None
        assert found["No me"] == "Ana <b>Lima</b>"
        assert len(found["Plano"]) == 160
        assert found["Plano"].endswith("…")


async def test_a_slow_system_is_given_up() -> None:
    never = asyncio.Event()
    async with receiver() as there:
        there.reply = lambda _: Reply(after=never)
        with pytest.raises(ConnectionError, match="timeout"):
            await connector(there, timeout_s=0.3).look_up(PHONE)
        never.set()


async def test_addresses_and_keys_are_checked_before_anything_runs() -> None:
    for url in ("http://crm.example/{phone}", "https://127.0.0.1/{phone}", "https://u:p@crm.example/{phone}"):
        with pytest.raises(BadInput):
            RestConnector(RestOptions(url=url))
    with pytest.raises(BadInput, match="NO_SUCH_KEY"):
        RestConnector(RestOptions(url="https://crm.example/{phone}", key_env="NO_SUCH_KEY"))


async def test_answers_are_kept_and_nobody_for_a_shorter_while() -> None:
    clock = Clock()
    async with receiver() as there:
        there.reply = lambda request: answers(ANA) if "12" in request.path else Reply(404)
        asked = connector(there, clock)
        for _ in range(3):
            assert await asked.look_up(PHONE) is not None
            assert await asked.look_up("+5511900000013") is None
        assert len(there.requests) == 2
        clock.at = NOBODY_S + 1
        await asked.look_up(PHONE)
        await asked.look_up("+5511900000013")
        assert len(there.requests) == 3
        clock.at = 601.0
        await asked.look_up(PHONE)
        assert len(there.requests) == 4
        asked.forget()
        await asked.look_up(PHONE)
        assert len(there.requests) == 5
        never_kept = connector(there, cache_minutes=0)
        await never_kept.look_up(PHONE)
        await never_kept.look_up(PHONE)
        assert len(there.requests) == 7


async def test_one_question_a_number_at_a_time() -> None:
    gate = asyncio.Event()
    async with receiver() as there:

        def answer(_: Request) -> Reply:
            reply = answers(ANA)
            reply.after = gate
            return reply

        there.reply = answer
        asked = connector(there)
        several = [asyncio.create_task(asked.look_up(PHONE)) for _ in range(5)]
        async with asyncio.timeout(10):
            while not there.requests:
                await asyncio.sleep(0.01)
        gate.set()
        assert len({shown(one)["Nome"] for one in await asyncio.gather(*several) if one}) == 1  # type: ignore[index]
        assert len(there.requests) == 1


RECORD = CustomerRecord(source="crm", fields=(RecordField(label="Plano", value="Ouro"),))


async def test_a_broken_system_is_left_alone_for_longer_and_longer() -> None:
    clock, calls, broken = Clock(), 0, True

    async def ask(_: str) -> CustomerRecord | None:
        nonlocal calls
        calls += 1
        if broken:
            raise ConnectionError("status_500")
        return RECORD

    asking = AskingOnce(ask, keep_s=600, clock=clock)

    async def tries() -> None:
        with pytest.raises(ConnectionError):
            await asking.look_up(f"+{clock.at}")

    for _ in range(10):
        await tries()
    assert calls == 3, "after three failures nothing is asked"
    clock.at += BREAK_S
    for _ in range(5):
        await tries()
    assert calls == 4, "one question after the pause, and a longer pause"
    clock.at += BREAK_S
    await tries()
    assert calls == 4
    clock.at += LONGEST_BREAK_S
    broken = False
    assert await asking.look_up(PHONE) == RECORD
    assert await asking.look_up("+1") == RECORD
    assert calls == 6


async def test_whoever_waits_is_told_when_the_question_is_given_up() -> None:
    gate = asyncio.Event()

    async def ask(_: str) -> CustomerRecord | None:
        await gate.wait()
        return None

    asking = AskingOnce(ask, keep_s=600, clock=Clock())
    first = asyncio.create_task(asking.look_up(PHONE))
    await asyncio.sleep(0)
    second = asyncio.create_task(asking.look_up(PHONE))
    await asyncio.sleep(0)
    first.cancel()
    with pytest.raises(ConnectionError):
        await second
    gate.set()
    assert await asking.look_up(PHONE) is None


async def test_only_so_many_answers_are_kept() -> None:
    asked: list[str] = []

    async def ask(phone: str) -> CustomerRecord | None:
        asked.append(phone)
        return RECORD

    asking = AskingOnce(ask, keep_s=600, clock=Clock())
    for n in range(MOST + 10):
        await asking.look_up(str(n))
    await asking.look_up(str(MOST + 9))
    await asking.look_up("0")
    assert len(asked) == MOST + 11


async def test_an_answer_that_comes_after_an_erasure_is_not_kept() -> None:
    gate, calls = asyncio.Event(), 0

    async def ask(_: str) -> CustomerRecord | None:
        nonlocal calls
        calls += 1
        await gate.wait()
        return RECORD

    asking = AskingOnce(ask, keep_s=600, clock=Clock())
    first = asyncio.create_task(asking.look_up(PHONE))
    await asyncio.sleep(0)
    asking.forget()
    gate.set()
    assert await first == RECORD
    await asking.look_up(PHONE)
    assert calls == 2
