"""What a real HTTP server says of a customer, in the card over the stand-in page."""

import asyncio
import json
import os
from pathlib import Path
from typing import Any

import pytest

from agent.connectors.rest import RestConnector, RestOptions
from tests.browser.conftest import Desk, OpenDesk, chat
from tests.browser.seeing import until
from tests.net.receiver import Receiver, Reply, Request, receiver
from tests.patience import PATIENCE_S

pytestmark = pytest.mark.browser

GOLD, SILVER, NOBODY = "+55 11 90000-0012", "+55 11 90000-0013", "+55 11 90000-0014"
KNOWN = {
    "+5511900000012": {
        "name": "Ana Beatriz <img src=x onerror=alert(1)>",
        "plan": {"name": "Ouro", "since": 2021},
        "city": "Recife",
        "debt": "R$ 0,00",
        "tags": ["vip", "atacado"],
    },
    "+5511900000013": {"name": "Caio", "plan": {"name": "Prata"}},
}
FIELDS = {
    "Nome": "name",
    "Plano": "plan.name",
    "Desde": "plan.since",
    "Cidade": "city",
    "Em aberto": "debt",
    "Tags": "tags",
}
CHATS = [
    chat(GOLD, "Oi!", "Vocês entregam hoje?"),
    chat(SILVER, "Quanto custa?"),
    chat(NOBODY, "Bom dia"),
    chat("Bia", "Oi"),
]


def crm(gates: dict[str, asyncio.Event], request: Request) -> Reply:
    phone = request.path.rpartition("/")[2].replace("%2B", "+")
    found = KNOWN.get(phone)
    body = json.dumps(found).encode() if found else b""
    return Reply(200 if found else 404, body, after=gates.get(phone))


def connector(there: Receiver) -> RestConnector:
    options = RestOptions(url=there.url("/customers/{phone}"), fields=FIELDS, private_address=True, timeout_s=20)
    return RestConnector(options)


async def record(desk: Desk) -> dict[str, Any] | None:
    """What the card shows of the customer; None where it shows nothing."""
    return await desk.page.bridge.call(  # type: ignore[no-any-return]
        """() => {
          const box = globalThis.cardRoot.querySelector('.record');
          if (!box || box.dataset.waiting === 'true') return null;
          const rows = [...box.querySelectorAll('.record-field')];
          return {
            source: box.querySelector('.record-source').textContent,
            fields: Object.fromEntries(rows.map((row) => [
              row.querySelector('dt').textContent.replace(/: $/, ''), row.querySelector('dd').textContent])),
            markup: box.querySelectorAll('img, script, b').length,
          };
        }"""
    )


async def shows(desk: Desk, plan: str | None) -> dict[str, Any]:
    async with asyncio.timeout(PATIENCE_S):
        while True:
            found = await record(desk)
            if (found and found["fields"].get("Plano")) == plan:
                return found or {}
            await asyncio.sleep(0.05)


async def slots(desk: Desk) -> list[list[float]]:
    return await desk.page.bridge.call(  # type: ignore[no-any-return]
        """() => [...globalThis.cardRoot.querySelectorAll('.slot')].map((slot) => {
          const box = slot.getBoundingClientRect();
          return [box.left, box.top, box.width, box.height];
        })"""
    )


async def test_the_record_stands_in_the_card_of_its_chat_and_of_no_other(open_desk: OpenDesk, tmp_path: Path) -> None:
    gates = {"+5511900000012": asyncio.Event()}
    async with receiver() as there:
        there.reply = lambda request: crm(gates, request)
        asked = connector(there)
        desk = await open_desk(connector=asked, chats=CHATS)
        await desk.opens(GOLD)
        await desk.card()  # The suggestion is there, though the other system has not answered.
        await until(lambda: there.requests and slots(desk), "asked, and suggestions are there")
        assert await record(desk) is None
        await desk.opens(SILVER)
        await shows(desk, "Prata")
        gates["+5511900000012"].set()  # Too late: its chat is not open any more.
        await desk.quiet(0.5)
        assert (await shows(desk, "Prata"))["fields"] == {"Nome": "Caio", "Plano": "Prata"}
        await desk.opens(GOLD)
        await desk.card()
        found = await shows(desk, "Ouro")
        assert found["source"] == "De 127.0.0.1"
        assert list(found["fields"]) == list(FIELDS)
        assert found["fields"]["Nome"] == "Ana Beatriz <img src=x onerror=alert(1)>"
        assert found["markup"] == 0
        await pictures(desk, Path(os.environ.get("BALCAO_TEST_PICTURES", str(tmp_path))))
        for title in (NOBODY, "Bia"):
            await desk.opens(title)
            await shows(desk, None)
            await desk.card()
            await desk.quiet(0.3)
            assert await record(desk) is None
        assert [request.path.rpartition("/")[2][-2:] for request in there.requests] == ["12", "13", "12", "14"]
        await asked.close()


async def pictures(desk: Desk, folder: Path) -> None:
    for theme in ("light", "dark"):
        await desk.standin.set_theme(theme)
        for width, height in ((1280, 800), (1280, 640), (900, 700)):
            await desk.tab.set_viewport_size({"width": width, "height": height})
            await asyncio.sleep(0.3)
            path = folder / f"record-{theme}-{width}x{height}.png"
            await desk.tab.screenshot(path=path)
            assert path.stat().st_size > 10_000
    await desk.tab.set_viewport_size({"width": 1280, "height": 800})


async def test_nothing_moves_when_the_answer_comes(open_desk: OpenDesk) -> None:
    gates = {"+5511900000012": asyncio.Event()}
    async with receiver() as there:
        there.reply = lambda request: crm(gates, request)
        asked = connector(there)
        desk = await open_desk(connector=asked, chats=CHATS)
        await desk.opens(GOLD)
        await desk.card()
        await until(lambda: there.requests and slots(desk), "asked, and suggestions are there")
        before = await slots(desk)
        gates["+5511900000012"].set()
        await shows(desk, "Ouro")
        assert await slots(desk) == before
        await asked.close()
