"""What people and the page do in an office: each of them brings events about."""

import random
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime
from typing import Any

import httpx

from agent.contract.cares import CareCode
from agent.contract.frames import ChatPreview, PageState
from agent.contract.learning import Evaluation, ProposedReply, RankingState, Score
from agent.contract.life import Life, LifeLevel, LifeReason
from agent.contract.rows import Change, Kind
from agent.contract.stored import AnalysedMessage, OfferRecord, Outcome, SuggestionRecord
from agent.contract.triage import ListedChat
from agent.contract.webhooks import DeliveryState
from agent.jobs.monitor import Facts, Watching
from agent.ports import ModelState
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
        self.model: ModelState = "off"

    def all(self) -> list[Callable[[], Awaitable[object]]]:
        """Each of them, in an order of chance; those that need something before them come behind it."""
        first = [self.captured, self.seen, self.captured, self.understood, self.shown, self.replied, self.consented]
        later = [
            self.captured, self.seen_otherwise, self.listed, self.understood, self.corrected, self.shown,
            self.became, self.painted, self.judged, self.answered, self.decided, self.tagged, self.noted, self.named,
            self.fielded, self.consented, self.consent_changed, self.replied, self.reply_changed, self.backed_up,
            self.hooked, self.hired, self.fired, self.alerted, self.looked_after, self.staged, self.grown, self.cared,
            self.proposed, self.ranked, self.loaded, self.intended, self.known, self.given_up, self.damaged,
            self.restored,
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

    async def painted(self) -> None:
        await self.office.store.painted(await self.card(), 80.0)

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
        """There is no page here: the session says what it would say, and the same is told as where there is one."""
        live, paused = Life(level=LifeLevel.LIVE), Life(level=LifeLevel.BLIND, reason=LifeReason.PAUSED)
        turns: tuple[tuple[str, dict[str, object]], ...] = (
            ("session.life", {"life": Life(level=LifeLevel.DEGRADED, reason=LifeReason.OFFLINE)}),
            ("page.state", {"page": PageState.SYNCING}),
            ("capture.paused", {"life": paused}),
            ("capture.resumed", {"life": live}),
            ("session.stopped", {"state": "stopped", "life": None}),
            ("session.started", {"state": "running", "life": live, "page": PageState.READY}),
        )
        session = self.office.session
        for kind, values in turns:
            session.state = session.state.model_copy(update=values)
            await self.office.store.announce(kind, {})

    async def loaded(self) -> None:
        """The language model; who looks at the machine tells of it."""
        copies = self.office.reach.backups
        assert copies is not None
        looks = Watching(self.office.reach.watch, lambda: Facts("running", None, self.model, (), 1), copies)
        states: tuple[ModelState, ...] = ("loading", "ready")
        for state in states:
            self.model = state
            await looks.look(self.office.store)

    async def grown(self) -> None:
        """A draft comes to a card that is there."""
        card = (await self.send("GET", "/api/suggestions"))["items"][0]
        draft = SuggestionRecord(slot=2, text="Rascunho", source="Modelo", tier=1, score=None)
        names = ("offer_id", "message_id", "conversation_id")
        await self.office.store.save_offer(OfferRecord(suggestions=(draft,), **{name: card[name] for name in names}))

    async def cared(self) -> None:
        """What the core says of a message that looks wrong is told, and kept nowhere else."""
        message, code = await self.message(), CareCode.PIX_CHANGED.value
        await self.office.store.announce("care.raised", {"code": code}, message_id=message)

    async def proposed(self) -> None:
        """What the learner finds, once and again, and what a supervisor makes of it."""
        one = ProposedReply(
            text="Oi {nome}, já saiu!", title="Já saiu", shortcut="/saiu", intent="delivery", sent_by="Ana",
            sent_at=AT, messages=(1,), customers=1,
        )  # fmt: skip
        for messages in ((1,), (1, 2)):
            await self.office.store.learning.propose([one.model_copy(update={"messages": messages})])
        for what in ("approve", "reopen", "reject"):
            await self.send("POST", f"/api/proposals/1/{what}")

    async def ranked(self) -> None:
        learning = self.office.store.learning
        await self.send("POST", "/api/learning/shadow/bold")
        shadow = await learning.ranking(RankingState.SHADOW)
        assert shadow is not None
        await learning.keep_shadow(shadow.id, {"duda": "oi"})
        scores = {"none": Score(cards=1, top1=1.0, mrr=1.0)}
        await learning.keep_evaluation(Evaluation(at=AT, first=AT, last=AT, scores=scores))
        await self.send("POST", "/api/learning/promote")
        await self.send("POST", "/api/learning/rollback")

    async def intended(self) -> None:
        texts = ["quero trocar o óleo do carro", "vocês fazem troca de óleo?", "preciso trocar o óleo"]
        body, path = {"title": "Troca de óleo", "examples": texts}, "/api/intents/troca_de_oleo"
        await self.send("PUT", path, body, **{"If-Match": "*"})
        await self.send("POST", "/api/training/intents")
        await self.send("POST", "/api/intents/versions/0/use")

    async def known(self) -> None:
        text = "# Entrega\n\nEntregamos em dois dias úteis em toda a cidade."
        for name in ("entrega.md", "troca.md"):
            await self.send("PUT", f"/api/knowledge/{name}", {"text": text})
        await self.send("DELETE", "/api/knowledge/troca.md")

    async def given_up(self) -> None:
        """Nobody answers at an address: a delivery to it is given up."""
        hooks = self.office.store.webhooks
        made = await self.send("POST", "/api/webhooks", {"url": "https://crm.example/balcao"})
        await self.send("POST", f"/api/webhooks/{made['id']}/test")
        await hooks.fill()
        for one in await hooks.due(made["id"], 1):
            await hooks.settle(one, DeliveryState.DEAD, error="timeout", disable=True)

    async def damaged(self) -> None:
        """A copy in which the disk has changed a bit."""
        made, copies = await self.send("POST", "/api/backups"), self.office.reach.backups
        assert copies is not None
        file = copies.file(made["name"])
        held = bytearray(file.read_bytes())
        held[len(held) // 2] ^= 1
        file.write_bytes(held)
        assert not (await self.send("POST", f"/api/backups/{made['name']}/verify"))["proven"]

    async def restored(self) -> None:
        """What a restore tells in the database that takes the place; ``test_restoring.py`` restores one."""
        await self.office.store.announce("backup.restored", {"name": "20261122T030000Z", "forgotten": 0})

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
