"""Tells other systems of events: takes them out of the event log into a durable queue for each address, and sends.

The cursor of an address moves in the transaction that queues, and a delivery is done in the transaction that says so:
whatever is cut off between sending and that is sent again, with the same ``Balcao-Id``. So a receiver hears of each
event at least once, and counts it once by that id. Events of one customer go one after another, in order; different
customers go side by side.
"""

import asyncio
import random
from collections.abc import Callable, Mapping
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime

import structlog

from agent import __version__
from agent.contract.jobs import JobName
from agent.contract.webhooks import DeliveryState, WebhookEvent
from agent.errors import BalcaoError
from agent.net.addresses import Unreachable
from agent.net.client import Answer, Outside
from agent.net.signing import signature
from agent.storage.repositories.webhooks import TESTS, Outgoing
from agent.storage.rota import Rota
from agent.storage.store import SqlStore, utc_now

log = structlog.get_logger(__name__)

LOOK_S = 1.0
"""How often it is looked whether it is time for another attempt; new events are noticed at once."""

AT_ONCE = 4
"""Customers of one address that are told at the same time; addresses do not wait for each other."""

FIRST_S, LONGEST_S = 2.0, 3600.0
"""The first pause after a failure, doubled each time, and the longest: 20 attempts last about 9 hours."""

_LATEST = timedelta(days=1)
"""A receiver that asks to come back even later is asked then."""

_TIDY_S = 3600.0
_AGAIN_S = 60.0


class Webhooks:
    """Sends from one store."""

    def __init__(
        self,
        outside: Outside,
        *,
        attempts: int,
        now: Callable[[], datetime] = utc_now,
        chance: Callable[[], float] = random.random,
        rota: Rota | None = None,
    ) -> None:
        """``attempts``: after so many a delivery is put aside; ``chance``: numbers from 0 to 1, for the pauses.

        ``rota`` is told when old deliveries are removed.
        """
        self._outside, self._attempts, self._now, self._chance = outside, attempts, now, chance
        self._busy: set[tuple[int, str]] = set()
        self._failing: set[int] = set()
        self._wake = asyncio.Event()
        self._rota = rota or Rota(now)
        self._tidy_at = now()

    async def run(self, store: SqlStore) -> None:
        """Queue and send until cancelled."""
        store.on_events(self._wake.set)
        try:
            with self._rota.planned(JobName.WEBHOOKS, lambda: self._tidy_at):
                while True:
                    try:
                        await self._work(store)
                    except* BalcaoError:
                        raise
                    except* Exception:
                        log.exception("webhooks stopped; they go on in a minute")
                    self._tidy_at = self._now() + timedelta(seconds=_AGAIN_S)
                    await asyncio.sleep(_AGAIN_S)
        finally:
            await self._outside.close()

    async def turn(self, store: SqlStore) -> int:
        """Queue what is new and send whatever it is time for, until there is nothing more; how many attempts."""
        done = 0
        while True:
            async with asyncio.TaskGroup() as tasks:
                begun = await self._begin(store, tasks)
            if not begun:
                return done
            done += begun

    async def _work(self, store: SqlStore) -> None:
        clock = asyncio.get_running_loop().time
        tidied = float("-inf")
        async with asyncio.TaskGroup() as tasks:
            while True:
                if clock() - tidied >= _TIDY_S:
                    tidied = clock()
                    async with self._rota.running(store, JobName.WEBHOOKS):
                        await store.webhooks.prune()
                    self._tidy_at = self._now() + timedelta(seconds=_TIDY_S)
                await self._begin(store, tasks)
                try:
                    async with asyncio.timeout(LOOK_S):
                        await self._wake.wait()
                except TimeoutError:
                    pass
                self._wake.clear()

    async def _begin(self, store: SqlStore, tasks: asyncio.TaskGroup) -> int:
        while await store.webhooks.fill():
            pass
        begun = 0
        for webhook_id in await store.webhooks.waiting():
            busy = {key for one, key in self._busy if one == webhook_id}
            if len(busy) >= AT_ONCE:
                continue
            for out in await store.webhooks.due(webhook_id, AT_ONCE - len(busy), busy):
                self._busy.add((webhook_id, out.order_key))
                tasks.create_task(self._send(store, out), name=f"webhook-{webhook_id}")
                begun += 1
        return begun

    async def _send(self, store: SqlStore, out: Outgoing) -> None:
        try:
            if out.event is None:
                await store.webhooks.settle(out, DeliveryState.DROPPED, error="erased")
                return
            body = _body(out)
            stamp = str(int(self._now().timestamp()))
            headers = {
                "Content-Type": "application/json",
                "User-Agent": f"Balcao/{__version__}",
                "Balcao-Id": out.balcao_id,
                "Balcao-Timestamp": stamp,
                "Balcao-Signature": signature(out.secret, out.balcao_id, stamp, body),
            }
            try:
                answer = await self._outside.ask("POST", out.url, headers=headers, body=body)
            except Unreachable as error:
                await self._failed(store, out, error.reason)
            else:
                await self._answered(store, out, answer)
        finally:
            self._busy.discard((out.webhook_id, out.order_key))
            self._wake.set()

    async def _answered(self, store: SqlStore, out: Outgoing, answer: Answer) -> None:
        if 200 <= answer.status < 300:
            await store.webhooks.settle(out, DeliveryState.DELIVERED, status=answer.status)
            if out.webhook_id in self._failing:
                self._failing.discard(out.webhook_id)
                log.info("a webhook answers again", webhook=out.webhook_id)
        elif answer.status == 410:
            log.warning("a webhook is gone and was switched off", webhook=out.webhook_id)
            await store.webhooks.settle(out, DeliveryState.DEAD, status=410, error="gone", disable=True)
        else:
            error = "redirect" if 300 <= answer.status < 400 else "status"
            wait = retry_after(answer.headers, self._now())
            if wait is not None:
                await store.webhooks.hold(out, self._now() + wait)
            # What else waits is held with its address, so that it goes on at once where a person sees to that.
            own = wait if out.order_key == TESTS else None
            await self._failed(store, out, error, answer.status, own)

    async def _failed(
        self, store: SqlStore, out: Outgoing, error: str, status: int | None = None, wait: timedelta | None = None
    ) -> None:
        if out.webhook_id not in self._failing:
            self._failing.add(out.webhook_id)
            log.warning("a webhook does not answer", webhook=out.webhook_id, error=error, status=status)
        if out.attempts + 1 >= self._attempts:
            await store.webhooks.settle(out, DeliveryState.DEAD, status=status, error=error)
            return
        pause = max(pause_after(out.attempts + 1, self._chance()), wait or timedelta())
        next_at = self._now() + pause
        await store.webhooks.settle(out, DeliveryState.WAITING, status=status, error=error, next_at=next_at)


def pause_after(attempts: int, chance: float) -> timedelta:
    """How long to wait after so many failed attempts: half of it by chance, so that receivers are not hit in step."""
    longest = min(LONGEST_S, FIRST_S * 2.0 ** min(attempts - 1, 30))
    return timedelta(seconds=longest * (0.5 + 0.5 * chance))


def retry_after(headers: Mapping[str, str], now: datetime) -> timedelta | None:
    """How long the receiver asks to be left alone, a day at most; None where it does not say."""
    said = headers.get("retry-after", "").strip()
    if said.isascii() and said.isdecimal():
        return min(timedelta(seconds=int(said[:9])), _LATEST)
    try:
        moment = parsedate_to_datetime(said)
    except (ValueError, TypeError):
        return None
    moment = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
    return min(max(moment - now, timedelta()), _LATEST)


def _body(out: Outgoing) -> bytes:
    assert out.event is not None  # noqa: S101 (an erased one is not sent)
    told = WebhookEvent(
        id=out.balcao_id,
        webhook=out.webhook_id,
        number=out.event.number,
        kind=out.event.kind,
        at=out.event.at,
        conversation=out.event.conversation_id,
        message=out.event.message_id,
        customer=out.customer_id,
        data=out.event.data,
    )
    return told.model_dump_json().encode()
