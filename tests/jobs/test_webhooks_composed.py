"""The agent as it is put together: by its settings it tells other systems, and asks another one."""

import asyncio
from pathlib import Path

import pytest

from agent.compose import build
from agent.errors import BadInput
from agent.settings import Settings
from tests.net.receiver import receiver
from tests.storage.chats import row, shows
from tests.storage.fresh import fresh_store


def settings(tmp_path: Path, **groups: object) -> Settings:
    return Settings.model_validate({"profiles_dir": tmp_path, "model": {"drafts": False}, **groups})


@pytest.mark.parametrize("private", [True, False])
async def test_events_go_out_by_the_settings(tmp_path: Path, private: bool) -> None:
    agent = build(settings(tmp_path, webhooks={"private_addresses": private, "timeout_s": 5, "attempts": 1}))
    assert agent.webhooks is not None
    store = await fresh_store()
    async with receiver() as there:
        webhook = await store.webhooks.add(there.url(), "whsec_s", ["message.captured"])
        assert webhook is not None
        running = asyncio.ensure_future(agent.webhooks(store))
        await store.save(shows(row("A1", "oi")))
        async with asyncio.timeout(20):
            while not (found := await store.webhooks.deliveries(webhook.id)) or found[0].state == "waiting":
                await asyncio.sleep(0.02)
        running.cancel()
        await asyncio.gather(running, return_exceptions=True)
        assert found[0].state == ("delivered" if private else "dead")
        assert len(there.requests) == private
    await store.close()
    await agent.analyst.close()


async def test_a_system_is_asked_only_where_one_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    agent = build(settings(tmp_path))
    assert agent.connector is None
    assert not agent.first_state().connected
    await agent.analyst.close()
    named = {"url": "https://crm.example/{phone}", "fields": {"Plano": "plan"}}
    agent = build(settings(tmp_path, connector=named))
    assert agent.connector is not None
    assert agent.connector.source == "crm.example"
    assert agent.first_state().connected
    await agent.analyst.close()
    with pytest.raises(BadInput, match="refused_address"):
        build(settings(tmp_path, connector={"url": "https://10.0.0.1/{phone}"}))
