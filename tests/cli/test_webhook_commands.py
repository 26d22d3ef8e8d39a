"""Webhooks as a person sets them up."""

import json

import pytest

from agent.contract.webhooks import DeliveryState
from agent.errors import BadInput
from agent.storage.store import SqlStore
from tests.cli.database import with_store
from tests.storage.chats import row, shows


async def gives_up(store: SqlStore) -> None:
    await store.save(shows(row("A1", "oi")))
    assert await store.webhooks.fill()
    (out, *_) = await store.webhooks.due(1, 1)
    await store.webhooks.settle(out, DeliveryState.DEAD, status=500, error="status")


def test_an_address_from_its_adding_to_its_removal(command, folder, monkeypatch):
    folder.mkdir()
    with_store(folder)
    assert "No webhook" in command("webhook", "list")
    made = json.loads(command("webhook", "add", "https://erp.example/x", "--kind", "message.captured", "--json"))
    assert made["secret"].startswith("whsec_")
    with_store(folder, gives_up)
    listed = command("webhook", "list")
    assert "message.captured: https://erp.example/x" in listed
    assert made["secret"] not in listed
    shown = command("webhook", "deliveries", "1", "--state", "dead")
    assert all(word in shown for word in ("dead", "500", "status"))
    number = json.loads(command("webhook", "deliveries", "1", "--json"))[0]["id"]
    assert "on its way again" in command("webhook", "retry", str(number))
    assert "waiting" in command("webhook", "deliveries", "1")
    assert "removed" in command("webhook", "remove", "1")
    for words in (("remove", "1"), ("deliveries", "1"), ("retry", str(number)), ("deliveries", "1", "--state", "x")):
        with pytest.raises(BadInput):
            command("webhook", *words)


@pytest.mark.parametrize(
    "url", ["http://erp.example/", "https://10.0.0.1/", "https://u:p@erp.example/", "erp.example", "file:///etc/passwd"]
)
def test_an_address_that_is_refused(command, folder, monkeypatch, url):
    folder.mkdir()
    with_store(folder)
    with pytest.raises(BadInput):
        command("webhook", "add", url)
    assert "No webhook" in command("webhook", "list")
    monkeypatch.setenv("BALCAO_WEBHOOKS__PRIVATE_ADDRESSES", "true")
    if url == "https://10.0.0.1/":
        assert "whsec_" in command("webhook", "add", url, "--kind", "message.*")
