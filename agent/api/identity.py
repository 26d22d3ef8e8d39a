"""Who asks."""

import hmac
import ipaddress

from starlette.requests import HTTPConnection

from agent.api.problems import Code, Refused
from agent.api.reach import Reach
from agent.api.tokens import KEY_PREFIX, AccessTokens, digest_of
from agent.contract.access import Actor, Role

NOBODY = Actor(kind="nobody")

_LONGEST = 2000
"""Characters of a token; ours have a quarter of it."""


async def identify(connection: HTTPConnection, reach: Reach) -> Actor:
    """Who a request comes from, by its ``Authorization`` (or ``X-API-Key``) header; nobody where it has none.

    Raises:
        Refused: there is one, and it is not good.
    """
    header = connection.headers.get("authorization")
    if header is None:
        key = connection.headers.get("x-api-key")
        return NOBODY if key is None else await _key(key, reach)
    kind, _, token = header.partition(" ")
    if kind.lower() != "bearer" or not token:
        raise Refused(Code.NOT_SIGNED_IN)
    return await actor_of(token, connection, reach)


def holds_local_token(connection: HTTPConnection, reach: Reach) -> bool:
    """Whether a request comes from this machine with the local token."""
    kind, _, token = connection.headers.get("authorization", "").partition(" ")
    return kind.lower() == "bearer" and _is_local_token(token, reach) and _is_local(connection)


async def actor_of(token: str, connection: HTTPConnection, reach: Reach) -> Actor:
    """Whose token this is. ``Refused``: nobody's.

    Nothing is taken from the token but whose it is: what they may do is looked up each time, so that another role, a
    disabled user or a signing-out counts at once.
    """
    if _is_local_token(token, reach):
        if not _is_local(connection):
            raise Refused(Code.NOT_SIGNED_IN)
        return Actor(kind="local", role=Role.ADMIN)
    if token.startswith(KEY_PREFIX):
        return await _key(token, reach)
    claims = None if len(token) > _LONGEST else AccessTokens(reach.secrets.key("tokens")).read(token, reach.now())
    user = None if claims is None else await reach.store.families.who(claims.user_id, claims.family)
    if claims is None or user is None:
        raise Refused(Code.NOT_SIGNED_IN)
    owes = user.owes(reach.settings.security.second_factor)
    return Actor(kind="user", id=user.id, name=user.name, role=user.role, family=claims.family, owes=owes)


async def _key(key: str, reach: Reach) -> Actor:
    found = await reach.store.api_keys.use(digest_of(key)) if key.startswith(KEY_PREFIX) else None
    if found is None:
        raise Refused(Code.NOT_SIGNED_IN)
    return Actor(kind="key", id=found.id, name=found.name, scopes=frozenset(found.scopes))


def _is_local_token(token: str, reach: Reach) -> bool:
    return hmac.compare_digest(token.encode(), reach.local_token.encode())


def _is_local(connection: HTTPConnection) -> bool:
    """A proxy on this machine speaks for others: what it forwards is not local."""
    if connection.client is None or "x-forwarded-for" in connection.headers or "forwarded" in connection.headers:
        return False
    try:
        return ipaddress.ip_address(connection.client.host).is_loopback
    except ValueError:
        return False
