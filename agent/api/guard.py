"""Stands before every route: who asks, may they, how often, have they asked this before; and what they did is kept.

It is the class of all routes, so that none can be without it; ``access.NEEDS`` says what each takes.
"""

from collections.abc import Callable, Coroutine
from functools import partial
from typing import Annotated, Any

from fastapi import Depends, Request, Response
from fastapi.routing import APIRoute

from agent.api import access
from agent.api.identity import holds_local_token, identify
from agent.api.problems import Code, Refused
from agent.api.reach import Reach
from agent.api.repeats import once
from agent.contract.access import Actor
from agent.contract.audit import AuditEntry

Handler = Callable[[Request], Coroutine[Any, Any, Response]]


class Touched:
    """What a route says of its use, for the audit log: whose data it was, and ids, labels and numbers."""

    def __init__(self) -> None:
        self.customers: set[int] = set()
        self.data: dict[str, object] = {}

    def customer(self, *customer_ids: int | None) -> None:
        """The answer holds data of these customers, or changed them."""
        self.customers.update(one for one in customer_ids if one is not None)


class GuardedRoute(APIRoute):
    """A route that lets in whom the table lets in."""

    def get_route_handler(self) -> Handler:
        """FastAPI's handler, with everything that stands before and behind it."""
        handler = super().get_route_handler()

        async def guarded(request: Request) -> Response:
            need = access.NEEDS[(request.method, self.path)]
            reach, limit = reach_of(request), request.app.state.limit
            address = request.client.host if request.client else "?"
            if not holds_local_token(request, reach):
                limit.count(f"address {address}")
            actor = await identify(request, reach)
            if actor.kind in ("user", "key"):
                limit.count(actor.label)
            request.state.actor, request.state.touched = actor, Touched()
            if not need.allows(actor):
                if actor.kind == "nobody":  # The log of requests has it; anybody could fill the audit log so.
                    raise Refused(Code.NOT_SIGNED_IN)
                await told(reach, request, actor, "refused", {"route": f"{request.method} {self.path}"})
                raise Refused(Code.SETUP_NEEDED if actor.owes else Code.FORBIDDEN)
            touched: Touched = request.state.touched
            response = await once(
                request, reach, actor, partial(handler, request), touched.customers, secret=need.secret
            )
            if need.audit is not None:
                await told(reach, request, actor, need.audit, touched.data, tuple(touched.customers))
            return response

        return guarded


async def told(
    reach: Reach,
    request: Request,
    actor: Actor,
    action: str,
    data: dict[str, object],
    customers: tuple[int, ...] = (),
) -> None:
    """Add a line to the audit log: ids, labels and numbers."""
    entry = AuditEntry(
        actor=actor.label,
        action=action,
        customers=customers,
        request=request.scope.get("request_id"),
        address=request.client.host if request.client else None,
        data=data,
    )
    await reach.audit.append(entry)


def reach_of(request: Request) -> Reach:
    """What the application was made with."""
    reach: Reach = request.app.state.reach
    return reach


def _actor(request: Request) -> Actor:
    actor: Actor = request.state.actor
    return actor


def _touched(request: Request) -> Touched:
    touched: Touched = request.state.touched
    return touched


Reaching = Annotated[Reach, Depends(reach_of)]
Asking = Annotated[Actor, Depends(_actor)]
Touching = Annotated[Touched, Depends(_touched)]
"""Arguments of routes: what can be reached, who asks, and what the audit log is told."""
