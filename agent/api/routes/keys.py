"""Keys for other systems."""

from typing import Annotated

from fastapi import APIRouter, Path

from agent.api.guard import Asking, GuardedRoute, Reaching, Touching
from agent.api.paging import Limit, NumberCursor, Page, number_of
from agent.api.problems import Code, Refused
from agent.api.tokens import HINT_LENGTH, digest_of, make_key
from agent.contract.desk import MOST_ID
from agent.contract.signing_in import ApiKeyInfo, MadeKey, NewKey

router = APIRouter(route_class=GuardedRoute, tags=["keys"])

KeyId = Annotated[int, Path(ge=1, le=MOST_ID)]


@router.get("/api/keys", summary="List the API keys")
async def list_keys(reach: Reaching, limit: Limit = 50, cursor: NumberCursor = None) -> Page[ApiKeyInfo]:
    """The newest first, without what they consist of; revoked ones too."""
    found = await reach.store.api_keys.listed(number_of(cursor), limit + 1)
    return Page(items=tuple(found[:limit]), cursor=str(found[limit - 1].id) if len(found) > limit else None)


@router.post("/api/keys", status_code=201, summary="Make an API key")
async def add_key(reach: Reaching, actor: Asking, touched: Touching, wish: NewKey) -> MadeKey:
    """A key that another system sends as `Authorization: Bearer bk_...` or `X-API-Key: bk_...`. It is shown once."""
    key = make_key()
    info = await reach.store.api_keys.add(
        wish.name, frozenset(wish.scopes), actor.label, hint=key[:HINT_LENGTH], digest=digest_of(key), days=wish.days
    )
    touched.data.update(key_id=info.id, scopes=[scope.value for scope in info.scopes])
    return MadeKey(key=key, info=info)


@router.delete("/api/keys/{key_id}", status_code=204, summary="Revoke an API key")
async def revoke_key(reach: Reaching, touched: Touching, key_id: KeyId) -> None:
    """It is good no more, at once. `not_found`: there is none, or it was revoked before."""
    if not await reach.store.api_keys.revoke(key_id):
        raise Refused(Code.NOT_FOUND)
    touched.data["key_id"] = key_id
