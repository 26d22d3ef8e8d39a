"""Webhooks over the API: who may, what is refused, and the whole way to a receiver that checks the signature."""

import asyncio
import json
import os
import re
import sys
from datetime import timedelta
from pathlib import Path

import pytest

from agent.api.reach import Reach
from agent.contract.access import Role
from agent.jobs.webhooks import Webhooks
from agent.net.client import Outside
from agent.settings import Settings
from agent.settings.schema import WebhookSettings
from agent.storage.store import utc_now
from tests.api.conftest import Office
from tests.net.receiver import Reply, receiver
from tests.storage.chats import row, shows

DOCUMENT = Path(__file__).parents[2] / "docs" / "webhooks.md"
URL = "https://erp.example/balcao"


async def test_the_life_of_a_webhook(office: Office) -> None:
    admin = await office.client(Role.ADMIN)
    made = await admin.post("/api/webhooks", json={"url": URL, "kinds": ["message.*"]})
    assert made.status_code == 201
    secret = made.json()["secret"]
    assert len(secret) > 40
    for answer in (await admin.get("/api/webhooks"), await admin.get("/api/webhooks/1")):
        assert answer.status_code == 200
        assert secret not in answer.text
        assert "secret" not in answer.text
    assert (await admin.get("/api/webhooks")).json()["items"][0]["url"] == URL
    changed = await admin.patch("/api/webhooks/1", json={"enabled": False, "kinds": []})
    assert changed.json()["disabled_at"] is not None
    assert changed.json()["kinds"] == []
    assert (await admin.patch("/api/webhooks/1", json={"enabled": True})).json()["disabled_at"] is None
    assert (await admin.post("/api/webhooks/1/test")).status_code == 202
    assert (await admin.delete("/api/webhooks/1")).status_code == 204
    for method, path in (("GET", "1"), ("PATCH", "1"), ("DELETE", "1"), ("GET", "1/deliveries"), ("POST", "1/test")):
        answer = await admin.request(method, f"/api/webhooks/{path}", json={} if method == "PATCH" else None)
        assert answer.status_code == 404, (method, path)
    actions = [line.action for line in await office.reach.audit.page()]
    assert {"webhook.added", "webhook.changed", "webhook.tested", "webhook.removed"} <= set(actions)


async def test_the_secret_is_in_no_log_line_event_or_audit_line(
    office: Office, capsys: pytest.CaptureFixture[str]
) -> None:
    admin = await office.client(Role.ADMIN)
    secret = (await admin.post("/api/webhooks", json={"url": URL})).json()["secret"]
    told = [one.model_dump_json() for one in await office.store.events_after(0)]
    audited = [one.model_dump_json() for one in await office.reach.audit.page()]
    assert told
    assert audited
    out = capsys.readouterr()
    assert secret not in "".join([*told, *audited, out.out, out.err])


@pytest.mark.parametrize("role", [Role.ATTENDANT, Role.SUPERVISOR])
async def test_nobody_else_may(office: Office, role: Role) -> None:
    client = await office.client(role)
    assert (await client.get("/api/webhooks")).status_code == 403
    assert (await client.post("/api/webhooks", json={"url": URL})).status_code == 403


@pytest.mark.parametrize(
    ("url", "status"),
    [
        ("http://erp.example/", 409),
        ("https://127.0.0.1/", 409),
        ("https://127.0.0.1:8080/api/users", 409),
        ("https://[::1]/", 409),
        ("https://[::ffff:127.0.0.1]/", 409),
        ("https://169.254.169.254/latest/meta-data/", 409),
        ("https://2130706433/", 409),
        ("https://0x7f.0.0.1/", 409),
        ("https://0177.0.0.1/", 409),
        ("https://user:pass@erp.example/", 422),
        ("https://erp.example\\@127.0.0.1/", 422),
        ("file:///etc/passwd", 422),
        ("gopher://erp.example/", 422),
        ("https://erp.example/\r\nX-Header: 1", 422),
        ("https://erp.example/\x01", 422),
        ("https://" + "a" * 3000, 422),
        ("", 422),
        (7, 422),
    ],
)
async def test_addresses_that_are_refused(office: Office, url: object, status: int) -> None:
    admin = await office.client(Role.ADMIN)
    assert (await admin.post("/api/webhooks", json={"url": url})).status_code == status
    made = await admin.post("/api/webhooks", json={"url": URL})
    assert (await admin.patch(f"/api/webhooks/{made.json()['id']}", json={"url": url})).status_code == status
    assert [one.url for one in await office.store.webhooks.all()] == [URL]


async def test_dead_letters_are_shown_page_by_page_and_started_again(office: Office) -> None:
    admin = await office.client(Role.ADMIN)
    async with receiver() as there:
        made = await office.store.webhooks.add(there.url(), "whsec_s", ["message.captured"])
        assert made is not None
        for n in range(5):
            await office.store.save(shows(row(f"A{n}", "oi")))
        there.reply = lambda _: Reply(500)
        sender = Webhooks(Outside(private=True, timeout_s=5), attempts=1, now=office.clock)
        await sender.turn(office.store)
        found, cursor = [], None
        while True:
            query: dict[str, str | int] = {"state": "dead", "limit": 2} | ({"cursor": cursor} if cursor else {})
            page = (await admin.get(f"/api/webhooks/{made.id}/deliveries", params=query)).json()
            found += page["items"]
            if (cursor := page["cursor"]) is None:
                break
        assert [one["last_status"] for one in found] == [500] * 5
        assert len({one["id"] for one in found}) == 5
        assert (await admin.get("/api/webhooks")).json()["items"][0]["dead"] == 5
        there.reply = lambda _: Reply()
        retry = f"/api/webhooks/deliveries/{found[0]['id']}/retry"
        again = await admin.post(retry)
        assert (again.status_code, again.json()["state"]) == (200, "waiting")
        await sender.turn(office.store)
        assert there.requests[-1].headers["balcao-id"] == found[0]["balcao_id"]
        assert (await admin.post(retry)).status_code == 409
        assert (await admin.post("/api/webhooks/deliveries/999/retry")).status_code == 404
        empty = await admin.get(f"/api/webhooks/{made.id}/deliveries", params={"state": "dropped"})
        assert empty.json() == {"items": [], "cursor": None}


async def test_addresses_inside_where_the_settings_allow_them(office: Office) -> None:
    object.__setattr__(office.reach, "settings", _inside(office.reach))
    admin = await office.client(Role.ADMIN)
    assert (await admin.post("/api/webhooks", json={"url": "http://10.0.0.5:3000/x"})).status_code == 201
    assert (await admin.post("/api/webhooks", json={"url": "http://169.254.169.254/"})).status_code == 409


def _inside(reach: Reach) -> Settings:
    return reach.settings.model_copy(update={"webhooks": WebhookSettings(private_addresses=True)})


async def test_the_receiver_of_the_document_accepts_ours_once_and_nothing_else(office: Office, tmp_path: Path) -> None:
    """The very script of docs/webhooks.md, as another program."""
    (script,) = re.findall(r"```python\n(.*?)```", DOCUMENT.read_text("utf-8"), re.DOTALL)
    async with receiver() as free:  # A port that is free a moment later.
        port = free.port
    path = tmp_path / "receiver.py"
    path.write_text(script, encoding="utf-8")
    environment = {**os.environ, "BALCAO_SECRET": "whsec_right", "PORT": str(port)}
    process = await asyncio.create_subprocess_exec(
        sys.executable, str(path), env=environment, stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.DEVNULL
    )
    try:
        url = f"http://127.0.0.1:{port}/"
        right = await office.store.webhooks.add(url, "whsec_right", ["message.captured"])
        wrong = await office.store.webhooks.add(url, "whsec_wrong", ["message.captured"])
        assert right is not None
        assert wrong is not None
        await office.store.save(shows(row("A1", "oi")))
        outside = Outside(private=True, timeout_s=5)
        async with asyncio.timeout(20):
            while True:
                try:
                    await outside.ask("GET", url, headers={})
                    break
                except ConnectionError:
                    await asyncio.sleep(0.05)
        await Webhooks(outside, attempts=1).turn(office.store)  # By the true clock: the script looks at the time.
        (taken,) = await office.store.webhooks.deliveries(right.id)
        (refused,) = await office.store.webhooks.deliveries(wrong.id)
        assert (taken.state.value, taken.last_status) == ("delivered", 204)
        assert (refused.state.value, refused.last_status) == ("dead", 400)
        assert process.stdout is not None
        printed = json.loads(await asyncio.wait_for(process.stdout.readline(), 10))
        assert printed["id"] == taken.balcao_id
        await office.store.save(shows(row("A2", "oi")))
        await Webhooks(outside, attempts=1, now=lambda: utc_now() - timedelta(minutes=10)).turn(office.store)
        (old, _) = await office.store.webhooks.deliveries(right.id)
        assert (old.state.value, old.last_status) == ("dead", 400), "signed well, but long ago"
    finally:
        process.kill()
        await process.wait()
