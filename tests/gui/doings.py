"""What people and the page do in an office: each of them brings events about."""

import random
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime
from typing import Any

import httpx

from agent.contract.frames import ChatPreview
from agent.contract.rows import Change, Kind
from agent.contract.stored import AnalysedMessage, OfferRecord, Outcome, SuggestionRecord
from agent.contract.triage import ListedChat
from tests.api.conftest import Office
from tests.core.says import analysis
from tests.storage.chats import row, shows

AT = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)


class Doings:
    """What people and the page may do, chosen at random."""

    def __init__(self, its: Office, client: httpx.AsyncClient, chance: random.Random) -> None:
        self.office, self.client, self.chance = its, client, chance
        self.count = 0
        self.consents: list[str] = []
        self.replies: list[str] = []
        self.pair = (0, 0)

    def all(self) -> list[Callable[[], Awaitable[object]]]:
        """Each of them, in an order of chance; those that need something before them come behind it."""
        first = [self.captured, self.seen, self.captured, self.understood, self.shown, self.replied, self.consented]
        later = [
            self.captured, self.seen_otherwise, self.listed, self.understood, self.corrected, self.shown,
            self.became, self.judged, self.answered, self.decided, self.tagged, self.noted, self.named, self.fielded,
            self.consented, self.consent_changed, self.replied, self.reply_changed, self.backed_up, self.hooked,
            self.hired, self.fired, self.alerted, self.looked_after, self.staged,
        ]  # fmt: skip
        last = [self.merged, self.split, self.anonymised, self.erased]
        return [*first, *self.chance.sample(later, len(later)), *last]

    async def send(self, method: str, path: str, body: object = None, **headers: str) -> Any:
        answer = await self.client.request(method, path, json=body, headers=headers)
        assert answer.status_code < 400, (method, path, answer.text)
        return answer.json() if answer.content else None

    async def captured(self) -> None:
        self.count += 1
        name = self.chance.choice(("Ana", "Bia", "Caio"))
        direction = self.chance.choice(("in", "in", "out"))
        message = {"id": f"m{self.count}", "direction": direction, "text": f"oi {self.count}", "at": AT.isoformat()}
        await self.send(
            "POST", "/api/messages/capture",
            {"session": "s", "chat": {"title": name}, "messages": [message]},
        )  # fmt: skip

    async def message(self) -> int | None:
        counts = await self.office.store.counts()
        most = counts.messages_in + counts.messages_out
        return self.chance.randint(1, most) if most else None

    async def understood(self) -> None:
        if message := await self.message():
            made = analysis("Olá!")
            await self.office.store.save_analysis(AnalysedMessage(message_id=message, analysis=made))

    async def corrected(self) -> None:
        if message := await self.message():
            await self.office.store.correct(message, self.chance.choice(("price", "delivery")))

    async def shown(self) -> None:
        message = await self.message()
        if message is None:
            return
        self.count += 1
        conversation = (await self.send("GET", f"/api/messages/{message}")).get("conversation_id")
        if conversation is None:
            return
        one = SuggestionRecord(slot=0, text="Olá!", source="Saudação", tier=0, score=0.5)
        await self.office.store.save_offer(
            OfferRecord(offer_id=f"o{self.count}", message_id=message, conversation_id=conversation, suggestions=(one,))
        )

    async def conversation(self) -> int | None:
        lines = (await self.send("GET", "/api/conversations"))["items"]
        return self.chance.choice(lines)["id"] if lines else None

    async def customer(self) -> int | None:
        lines = (await self.send("GET", "/api/customers"))["items"]
        return self.chance.choice(lines)["id"] if lines else None

    async def decided(self) -> None:
        if one := await self.conversation():
            await self.send("PATCH", f"/api/conversations/{one}", {"outcome": self.chance.choice(("won", "lost"))})

    async def tagged(self) -> None:
        if one := await self.customer():
            await self.send(self.chance.choice(("PUT", "DELETE")), f"/api/customers/{one}/tags/vip")

    async def noted(self) -> None:
        if one := await self.customer():
            await self.send("POST", f"/api/customers/{one}/notes", {"text": "prefere à tarde"})

    async def fielded(self) -> None:
        if one := await self.customer():
            await self.send("PUT", f"/api/customers/{one}/fields/tamanho", {"value": str(self.chance.randint(36, 44))})

    async def named(self) -> None:
        if one := await self.customer():
            await self.send("PATCH", f"/api/customers/{one}", {"customer": self.chance.choice(("Maria", None))})

    async def seen(self) -> None:
        """On the page, with ids that change later."""
        rows = [row("p1", "quanto custa?"), row("p2", "R$ 59,90", me=True, status="sent"), row("p3", "obrigada")]
        saved = await self.office.store.save(shows(*rows, title="Duda"))
        one = SuggestionRecord(slot=0, text="Olá!", source="Saudação", tier=0, score=0.5)
        offer = OfferRecord(
            offer_id="duda", message_id=saved.ids["p1"], conversation_id=saved.conversation_id, suggestions=(one,)
        )
        await self.office.store.save_offer(offer)
        await self.office.store.set_outcome("duda", 1, Outcome.SHOWN)

    async def seen_otherwise(self) -> None:
        changes = (
            (row("p1", "quanto custa o azul?", edited=True), Change.EDITED),
            (row("p2", "R$ 59,90", me=True, status="read"), Change.STATUS),
            (row("p1", "quanto custa o azul?", edited=True, reactions=("👍",)), Change.REACTION),
            (row("p3", kind=Kind.DELETED), Change.DELETED),
        )
        for one, change in changes:
            await self.office.store.save(shows(one, change=change, title="Duda", window="p1 p2 p3"))

    async def listed(self) -> None:
        def chat(waits: bool) -> ListedChat:
            preview = ChatPreview(title="Elis", unread=int(waits), last_text="oi")
            return ListedChat(preview=preview, waits=waits)

        for waits in (True, False):
            await self.office.store.save_listed("loja", [chat(waits)], None)

    async def card(self) -> str:
        cards = (await self.send("GET", "/api/suggestions"))["items"]
        return str(self.chance.choice(cards)["offer_id"])

    async def became(self) -> None:
        for outcome in Outcome:
            await self.office.store.set_outcome(await self.card(), 0, outcome)

    async def judged(self) -> None:
        await self.office.store.judge(await self.card(), 0, "wrong")

    async def answered(self) -> None:
        await self.office.store.answered("duda", "p2")

    async def consented(self) -> None:
        customer = await self.customer()
        made = await self.send("POST", f"/api/customers/{customer}/consents", {"basis": "consent", "text": "aceitou"})
        self.consents.append(f"/api/customers/{customer}/consents/{made['id']}")

    async def consent_changed(self) -> None:
        path = self.consents[0]
        await self.send("PATCH", path, {"text": "aceitou por escrito"})
        await self.send("PATCH", path, {"withdrawn": True})
        await self.send("DELETE", path)

    async def replied(self) -> None:
        self.count += 1
        made = await self.send("POST", "/api/replies", {"title": f"Título {self.count}", "text": "Texto."})
        self.replies.append(f"/api/replies/{made['id']}")

    async def reply_changed(self) -> None:
        change = {"title": "Outro título", "text": "Outro texto."}
        await self.send("PUT", self.replies[0], change, **{"If-Match": "*"})
        await self.send("DELETE", self.replies[0], **{"If-Match": "*"})

    async def backed_up(self) -> None:
        made = await self.send("POST", "/api/backups")
        await self.send("POST", f"/api/backups/{made['name']}/verify")
        await self.send("DELETE", f"/api/backups/{made['name']}")

    async def hooked(self) -> None:
        made = await self.send("POST", "/api/webhooks", {"url": "https://erp.example/balcao"})
        path = f"/api/webhooks/{made['id']}"
        await self.send("PATCH", path, {"enabled": False})
        await self.send("DELETE", path)

    async def hired(self) -> None:
        self.count += 1
        await self.send("POST", "/api/users", {"name": f"pessoa{self.count}", "role": "attendant"})

    async def fired(self) -> None:
        people = (await self.send("GET", "/api/users"))["items"]
        attendants = [one for one in people if one["role"] == "attendant"]
        if attendants:
            await self.send("PATCH", f"/api/users/{attendants[0]['id']}", {"disabled": True})

    async def alerted(self) -> None:
        for kind in ("alert.raised", "alert.cleared"):
            await self.office.store.announce(kind, {"code": "disk", "value": 91.0, "limit": 85.0})

    async def looked_after(self) -> None:
        kinds = (
            "session.life",
            "page.state",
            "capture.paused",
            "capture.resumed",
            "session.stopped",
            "session.started",
        )
        for kind in kinds:
            await self.office.store.announce(kind, {})

    async def staged(self) -> None:
        made = [await self.send("POST", "/api/stages", {"name": name}) for name in ("Orçamento", "Retirada")]
        one = await self.conversation()
        await self.send("PATCH", f"/api/conversations/{one}", {"stage_id": made[0]["id"]})
        await self.send("PATCH", f"/api/stages/{made[1]['id']}", {"name": "Entrega", "place": 0})
        await self.send("DELETE", f"/api/stages/{made[0]['id']}")

    async def merged(self) -> None:
        lines = (await self.send("GET", "/api/customers"))["items"]
        self.pair = (lines[0]["id"], lines[1]["id"])
        await self.send("POST", f"/api/customers/{self.pair[0]}/merge", {"other": self.pair[1]})

    async def split(self) -> None:
        await self.send("POST", f"/api/customers/{self.pair[1]}/split", {"message_id": None})

    async def anonymised(self) -> None:
        await self.send("POST", f"/api/customers/{await self.customer()}/anonymise")

    async def erased(self) -> None:
        await self.send("POST", f"/api/customers/{await self.customer()}/erase")
