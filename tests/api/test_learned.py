"""What was learned from use by the API: proposals are decided on and taken back, rankings tried and left."""

from datetime import timedelta

import pytest

from agent.contract.access import Role
from agent.contract.learning import Evaluation, ProposedReply, Score
from agent.contract.stored import OfferRecord
from tests.api.conftest import NOW, Office
from tests.storage.chats import kinds_of_events
from tests.storage.test_learning import answered

TEXT = "Oi {nome}, o técnico passa amanhã entre oito e dez da manhã."


@pytest.fixture
async def proposed(office: Office) -> Office:
    one = ProposedReply(
        text=TEXT, title="Visita", shortcut="/visita", intent="scheduling", sent_by="Ana",
        sent_at=NOW - timedelta(days=1), messages=(), customers=3,
    )  # fmt: skip
    await office.store.learning.propose([one])
    return office


async def test_one_is_approved_in_other_words_and_taken_back(proposed: Office) -> None:
    client = await proposed.client(Role.SUPERVISOR)
    [found] = (await client.get("/api/proposals")).json()["items"]
    assert (found["text"], found["state"], found["sent_by"]) == (TEXT, "proposed", "Ana")
    path = f"/api/proposals/{found['id']}"
    approved = await client.post(f"{path}/approve", json={"text": "Oi {nome}, ele passa amanhã.", "title": "Técnico"})
    assert (approved.status_code, approved.json()["state"], approved.json()["shortcut"]) == (200, "approved", "/visita")
    waiting = (await client.get("/api/proposals", params={"state": "proposed"})).json()["items"]
    assert waiting == []
    assert (await client.post(f"{path}/reopen")).json()["state"] == "proposed"
    assert (await client.post(f"{path}/reject")).json()["state"] == "rejected"
    kinds = [kind for kind in await kinds_of_events(proposed.store) if kind.startswith("proposal.")]
    assert kinds == ["proposal.made", "proposal.approved", "proposal.proposed", "proposal.rejected"]


@pytest.mark.parametrize("body", [{"text": ""}, {"shortcut": "no slash"}, {"intent": "nothing"}, {"state": "approved"}])
async def test_what_cannot_be_a_reply_is_refused(proposed: Office, body: dict[str, str]) -> None:
    client = await proposed.client(Role.SUPERVISOR)
    assert (await client.post("/api/proposals/1/approve", json=body)).status_code == 422
    [found] = (await client.get("/api/proposals")).json()["items"]
    assert found["state"] == "proposed"


async def test_one_that_does_not_exist_is_not_found(office: Office) -> None:
    client = await office.client(Role.SUPERVISOR)
    for what in ("approve", "reject", "reopen"):
        assert (await client.post(f"/api/proposals/7/{what}")).status_code == 404


async def test_an_attendant_decides_nothing(proposed: Office) -> None:
    client = await proposed.client(Role.ATTENDANT)
    assert (await client.get("/api/proposals")).status_code == 403
    assert (await client.post("/api/proposals/1/approve")).status_code == 403


async def test_nothing_learned_yet(office: Office) -> None:
    told = (await (await office.client(Role.SUPERVISOR)).get("/api/learning")).json()
    assert (told["answered"], told["ranking"], told["shadow"], told["evaluations"]) == (0, None, None, [])
    assert set(told["candidates"]) == {"bold", "cautious", "shared", "unlearned"}


async def test_a_ranking_is_tried_used_and_left(office: Office) -> None:
    await answered(office.store)
    client = await office.client(Role.SUPERVISOR)
    assert (await client.post("/api/learning/promote")).status_code == 409
    assert (await client.post("/api/learning/rollback")).status_code == 409
    assert (await client.post("/api/learning/shadow/none")).status_code == 404
    assert (await client.post("/api/learning/shadow/bold")).status_code == 204
    told = (await client.get("/api/learning")).json()
    assert (told["answered"], told["picked"], told["shadow"]["name"]) == (1, 1, "bold")
    assert told["shadow_totals"]["cards"] == 0
    assert (await client.post("/api/learning/promote")).status_code == 204
    assert (await client.get("/api/learning")).json()["ranking"]["name"] == "bold"
    assert (await client.post("/api/learning/rollback")).status_code == 204
    assert (await client.get("/api/learning")).json()["ranking"] is None


async def test_a_week_is_told_with_how_long_its_cards_took(office: Office) -> None:
    await answered(office.store)
    (message,) = (await office.store.desk.messages(1, 1)).items  # type: ignore[union-attr]
    last = office.clock.at
    for n, ms in enumerate((50.0, 60.0, 900.0, 70.0)):
        office.clock.at = last - timedelta(days=2 * n)  # The last of them: before that week.
        one = OfferRecord(
            offer_id=f"w{n}", message_id=message.id, conversation_id=message.conversation_id, suggestions=()
        )
        await office.store.save_offer(one)
        await office.store.painted(f"w{n}", ms)
    office.clock.at = last
    score = {"active": Score(cards=4, top1=0.5, mrr=0.6)}
    week = Evaluation(at=last, first=last - timedelta(days=5), last=last, scores=score)
    await office.store.learning.keep_evaluation(week)
    (told,) = (await (await office.client(Role.SUPERVISOR)).get("/api/learning")).json()["evaluations"]
    # Shown at its very end is the next week's.
    assert told["latency"] == {"count": 2, "p50_ms": 60.0, "p95_ms": 900.0}
    assert told["scores"]["active"]["top1"] == 0.5
