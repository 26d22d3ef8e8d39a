"""Other systems that are told of events: their addresses, and what is on its way to them."""

from typing import Annotated

from fastapi import APIRouter, Path, Query

from agent.api.guard import GuardedRoute, Reaching, Touching
from agent.api.paging import Limit, NumberCursor, Page, number_of
from agent.api.problems import Code, Fault, Refused, Why
from agent.api.reach import Reach
from agent.contract.desk import MOST_ID
from agent.contract.webhooks import (
    Delivery,
    DeliveryState,
    NewWebhook,
    Webhook,
    WebhookChange,
    WebhookMade,
    WebhookTested,
)
from agent.net.addresses import Unreachable, check_url
from agent.net.signing import new_secret
from agent.storage.webhooks import MOST

router = APIRouter(route_class=GuardedRoute, tags=["webhooks"])

WebhookId = Annotated[int, Path(ge=1, le=MOST_ID, examples=[1])]
DeliveryId = Annotated[int, Path(ge=1, le=MOST_ID, examples=[1])]


@router.get("/api/webhooks", summary="Addresses that are told of events")
async def webhooks(reach: Reaching) -> Page[Webhook]:
    """All of them on one page, oldest first; without their secrets."""
    return Page(items=tuple(await reach.store.webhooks.all()))


@router.post("/api/webhooks", status_code=201, summary="Add an address")
async def add(new: NewWebhook, reach: Reaching, touched: Touching) -> WebhookMade:
    """It is told of what happens from now on. The secret that deliveries are signed with is shown this once."""
    _check(reach, new.url)
    secret = new_secret()
    made = await reach.store.webhooks.add(new.url, secret, new.kinds)
    if made is None:
        raise Refused(Code.CONFLICT, Why("full", most=MOST))
    touched.data["webhook_id"] = made.id
    return WebhookMade(**made.model_dump(), secret=secret)


@router.get("/api/webhooks/{webhook_id}", summary="One address")
async def webhook(webhook_id: WebhookId, reach: Reaching) -> Webhook:
    """With how much waits for it and how much was given up."""
    return _found(await reach.store.webhooks.get(webhook_id))


@router.patch("/api/webhooks/{webhook_id}", summary="Change an address")
async def change(webhook_id: WebhookId, wanted: WebhookChange, reach: Reaching, touched: Touching) -> Webhook:
    """What is left out stays. Switched off, nothing is queued or sent."""
    if wanted.url is not None:
        _check(reach, wanted.url)
    touched.data["webhook_id"] = webhook_id
    return _found(
        await reach.store.webhooks.change(webhook_id, url=wanted.url, kinds=wanted.kinds, enabled=wanted.enabled)
    )


@router.delete("/api/webhooks/{webhook_id}", status_code=204, summary="Remove an address")
async def remove(webhook_id: WebhookId, reach: Reaching, touched: Touching) -> None:
    """What waits for it is dropped."""
    if not await reach.store.webhooks.remove(webhook_id):
        raise Refused(Code.NOT_FOUND)
    touched.data["webhook_id"] = webhook_id


@router.get("/api/webhooks/{webhook_id}/deliveries", summary="What was sent, waits, or was given up")
async def deliveries(
    webhook_id: WebhookId,
    reach: Reaching,
    state: Annotated[DeliveryState | None, Query(description="``dead`` are those that were given up.")] = None,
    limit: Limit = 50,
    cursor: NumberCursor = None,
) -> Page[Delivery]:
    """The newest first. Delivered ones are kept for a week, given-up ones for a month."""
    _found(await reach.store.webhooks.get(webhook_id))
    found = await reach.store.webhooks.deliveries(webhook_id, state, number_of(cursor), limit + 1)
    more = str(found[limit - 1].id) if len(found) > limit else None
    return Page(items=tuple(found[:limit]), cursor=more)


@router.post("/api/webhooks/{webhook_id}/test", status_code=202, summary="Send a test")
async def test(webhook_id: WebhookId, reach: Reaching, touched: Touching) -> WebhookTested:
    """Queues an event ``webhook.test`` for this address alone; the list of deliveries shows how it went."""
    number = await reach.store.webhooks.test(webhook_id)
    if number is None:
        raise Refused(Code.NOT_FOUND)
    touched.data["webhook_id"] = webhook_id
    return WebhookTested(event_number=number)


@router.post("/api/webhooks/deliveries/{delivery_id}/retry", summary="Start a delivery anew")
async def retry(delivery_id: DeliveryId, reach: Reaching, touched: Touching) -> Delivery:
    """One that was given up, or one that waits for its next attempt. Its ``Balcao-Id`` stays."""
    started = await reach.store.webhooks.retry(delivery_id)
    found = await reach.store.webhooks.delivery(delivery_id)
    if started is None or found is None:
        raise Refused(Code.NOT_FOUND)
    if not started:
        raise Refused(Code.CONFLICT)
    touched.data["delivery_id"] = delivery_id
    return found


def _found(webhook: Webhook | None) -> Webhook:
    if webhook is None:
        raise Refused(Code.NOT_FOUND)
    return webhook


def _check(reach: Reach, url: str) -> None:
    """What can be said before its name is resolved, which each sending does anew. The settings decide: a conflict."""
    try:
        check_url(url, private=reach.settings.webhooks.private_addresses)
    except Unreachable as error:
        raise Refused(Code.CONFLICT, Why(error.reason), faults=[Fault(where="body.url", what=error.reason)]) from error
