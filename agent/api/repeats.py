"""Writes with an ``Idempotency-Key``: done once, however often a client that heard no answer repeats them."""

import hashlib
import re
from collections.abc import Awaitable, Callable

from fastapi import Request, Response

from agent.api.problems import Code, Fault, Refused
from agent.api.reach import Reach
from agent.contract.access import Actor

HEADER = "Idempotency-Key"
WRITES = frozenset({"POST", "PUT", "PATCH", "DELETE"})

_KEY = re.compile(r"[\x21-\x7e]{1,200}")


async def once(
    request: Request,
    reach: Reach,
    actor: Actor,
    handle: Callable[[], Awaitable[Response]],
    customers: set[int],
    *,
    secret: bool,
) -> Response:
    """The answer of ``handle``, or the one that the same write was given before.

    Args:
        request: its body has been read already.
        reach: where answers are kept.
        actor: keys of different actors have nothing to do with each other.
        handle: does it.
        customers: whose data it is about, once it is done; those of the first time where it was done before.
        secret: the answer shows a secret once: it is not kept, and a repetition is told so (409).

    Raises:
        Refused: the key was used for another request, that one is still being worked on, or its answer is not kept.
    """
    key = request.headers.get(HEADER)
    if key is None or request.method not in WRITES or actor.kind == "nobody":
        return await handle()
    if not _KEY.fullmatch(key):
        raise Refused(Code.INVALID, faults=[Fault(where=f"header.{HEADER}", what="1 to 200 visible ASCII characters")])
    answers = reach.store.idempotency
    known = await answers.begin(actor.label, key, await _fingerprint(request))
    if known is not None:
        if known.fingerprint != await _fingerprint(request):
            raise Refused(Code.KEY_REUSED)
        if known.status is None:
            raise Refused(Code.IN_PROGRESS, headers={"Retry-After": "1"})
        if secret or known.forgotten:
            raise Refused(Code.CONFLICT)
        customers.update(known.customers or ())
        return Response(known.body, known.status, {"Idempotency-Replayed": "true"}, known.media_type)
    try:
        response = await handle()
    except BaseException:
        await answers.give_up(actor.label, key)
        raise
    if 200 <= response.status_code < 300 and _is_text(response):
        media_type = None if secret else response.headers.get("content-type")
        body = None if secret or not response.body else bytes(response.body).decode()
        await answers.finish(actor.label, key, response.status_code, media_type, body, customers)
    else:
        await answers.give_up(actor.label, key)
    return response


async def _fingerprint(request: Request) -> str:
    said = f"{request.method} {request.scope['path']}?{request.scope['query_string'].decode('latin-1')}\n".encode()
    return hashlib.sha256(said + await request.body()).hexdigest()


def _is_text(response: Response) -> bool:
    return isinstance(getattr(response, "body", None), bytes | memoryview)
