"""Cards that were shown, over the API."""

from datetime import timedelta

import httpx
import pytest

from agent.contract.access import Role
from agent.contract.stored import OfferRecord, Outcome, SuggestionRecord
from tests.api.conftest import Office
from tests.storage.chats import row, shows
from tests.storage.test_desk import INJECTIONS

CARDS = "/api/suggestions"


@pytest.fixture
async def client(office: Office) -> httpx.AsyncClient:
    """Five cards of two chats, a day apart, the newest today."""
    now = office.clock.at
    chats = [await office.store.save(shows(row(f"{title}1"), title=title)) for title in ("Ana", "Bia")]
    became = (Outcome.SHOWN, Outcome.SENT, Outcome.EDITED, Outcome.IGNORED, Outcome.SENT)
    for n, outcome in enumerate(became):
        office.clock.at = now - timedelta(days=4 - n)
        saved = chats[n % 2]
        offer = OfferRecord(
            offer_id=f"run-{n}",
            message_id=next(iter(saved.ids.values())),
            conversation_id=saved.conversation_id,
            suggestions=tuple(
                SuggestionRecord(slot=slot, text=f"texto {slot}", source="s", tier=0, score=0.5) for slot in (1, 2)
            ),
            attendant="Paula" if n else "José 🌻",
        )
        await office.store.save_offer(offer)
        if outcome is not Outcome.SHOWN:
            await office.store.set_outcome(offer.offer_id, 1, outcome)
    office.clock.at = now
    return await office.client(Role.ATTENDANT)


async def ids(client: httpx.AsyncClient, **filters: object) -> list[str]:
    answer = await client.get(CARDS, params={name: str(value) for name, value in filters.items()})
    assert answer.status_code == 200, answer.text
    return [one["offer_id"] for one in answer.json()["items"]]


async def test_what_was_suggested_and_what_became_of_it(client: httpx.AsyncClient) -> None:
    assert await ids(client) == [f"run-{n}" for n in (4, 3, 2, 1, 0)]
    (first, *_) = (await client.get(CARDS)).json()["items"]
    assert [(one["text"], one["outcome"]) for one in first["suggestions"]] == [
        ("texto 1", "sent"),
        ("texto 2", "shown"),
    ]


async def test_every_filter(client: httpx.AsyncClient) -> None:
    assert await ids(client, outcome="sent") == ["run-4", "run-1"]
    assert await ids(client, attendant="José 🌻") == ["run-0"]
    assert await ids(client, conversation_id=2) == ["run-3", "run-1"]
    assert await ids(client, days=2) == ["run-4", "run-3", "run-2"]
    assert await ids(client, conversation_id=99) == []


async def test_pages(client: httpx.AsyncClient) -> None:
    first = (await client.get(CARDS, params={"limit": 3})).json()
    second = (await client.get(CARDS, params={"limit": 3, "cursor": first["cursor"]})).json()
    shown = [one["offer_id"] for one in (*first["items"], *second["items"])]
    assert (shown, second["cursor"]) == ([f"run-{n}" for n in (4, 3, 2, 1, 0)], None)
    for cursor in ("x", "12", "12.zz", "f" * 40 + ".00", "1.ff"):
        assert (await client.get(CARDS, params={"cursor": cursor})).status_code in (200, 409)


@pytest.mark.parametrize("typed", INJECTIONS)
async def test_what_is_typed_is_text(client: httpx.AsyncClient, typed: str) -> None:
    answer = await client.get(CARDS, params={"attendant": typed})
    assert answer.status_code in (200, 422)
    assert answer.status_code == 422 or answer.json()["items"] == []
    assert len(await ids(client)) == 5


async def test_whose_cards_were_read_is_in_the_audit_log(client: httpx.AsyncClient, office: Office) -> None:
    await ids(client, conversation_id=1)
    admin = await office.client(Role.ADMIN)
    lines = (await admin.get("/api/audit")).json()["items"]
    assert [line["customers"] for line in lines if line["action"] == "suggestion.listed"] == [[1]]
