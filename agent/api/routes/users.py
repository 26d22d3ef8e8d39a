"""Who may sign in."""

from typing import Annotated

from fastapi import APIRouter, Path

from agent.api.guard import GuardedRoute, Reaching, Touching
from agent.api.paging import Limit, NumberCursor, Page, number_of
from agent.api.passwords import ONCE_LASTS, make_password
from agent.api.problems import Code, Refused
from agent.api.reach import Reach
from agent.api.signing_in import mark_of
from agent.contract.access import UserAccount
from agent.contract.desk import MOST_ID
from agent.contract.signing_in import NewUser, UserChange, UserWithPassword

router = APIRouter(route_class=GuardedRoute, tags=["users"])

UserId = Annotated[int, Path(ge=1, le=MOST_ID)]


@router.get("/api/users", summary="List the users")
async def list_users(reach: Reaching, limit: Limit = 50, cursor: NumberCursor = None) -> Page[UserAccount]:
    """Everybody who may sign in, or might once, the oldest first."""
    found = await reach.store.accounts.listed(number_of(cursor) or 0, limit + 1)
    users = await _with_locks(reach, found[:limit])
    return Page(items=users, cursor=str(users[-1].id) if len(found) > limit else None)


@router.post("/api/users", status_code=201, summary="Add a user")
async def add_user(reach: Reaching, touched: Touching, wish: NewUser) -> UserWithPassword:
    """Somebody who may sign in, with a password for the first time. `conflict`: the name is taken."""
    once = make_password()
    until = reach.now() + ONCE_LASTS
    try:
        user = await reach.store.accounts.add(wish.name, wish.role, await reach.passwords.hash(once), once_until=until)
    except ValueError as error:
        raise Refused(Code.CONFLICT) from error
    touched.data.update(user_id=user.id, role=user.role.value)
    return UserWithPassword(user=user, once=once, once_until=until)


@router.get("/api/users/{user_id}", summary="Look at a user")
async def show_user(reach: Reaching, user_id: UserId) -> UserAccount:
    """One user."""
    return await _one(reach, user_id)


@router.patch("/api/users/{user_id}", summary="Change a user")
async def change_user(reach: Reaching, touched: Touching, user_id: UserId, wish: UserChange) -> UserAccount:
    """Another role, or no entry any more. It counts at once. `conflict`: no administrator would be left."""
    try:
        changed = await reach.store.accounts.change(user_id, role=wish.role, disabled=wish.disabled)
    except ValueError as error:
        raise Refused(Code.CONFLICT) from error
    if changed is None:
        raise Refused(Code.NOT_FOUND)
    touched.data["user_id"] = user_id
    touched.data.update(wish.model_dump(mode="json", exclude_none=True))
    return changed


@router.post("/api/users/{user_id}/reset", summary="Give a user another first password")
async def reset_user(reach: Reaching, touched: Touching, user_id: UserId) -> UserWithPassword:
    """For who has forgotten the password or lost the authenticator app: both are gone, and every signing-in ends.

    The new password serves to choose another one. A lock is taken away.
    """
    user = await _one(reach, user_id)
    once, until = make_password(), reach.now() + ONCE_LASTS
    hashed = await reach.passwords.hash(once)
    async with reach.store.together():
        await reach.store.accounts.remove_second_factor(user_id)
        await reach.store.accounts.set_password(user_id, hashed, once_until=until)
        await reach.store.accounts.unlock(mark_of(reach, user.name))
    touched.data["user_id"] = user_id
    return UserWithPassword(user=await _one(reach, user_id), once=once, once_until=until)


async def _one(reach: Reach, user_id: int) -> UserAccount:
    user = await reach.store.accounts.user(user_id)
    if user is None:
        raise Refused(Code.NOT_FOUND)
    return (await _with_locks(reach, [user]))[0]


async def _with_locks(reach: Reach, users: list[UserAccount]) -> tuple[UserAccount, ...]:
    marks = {user.id: mark_of(reach, user.name) for user in users}
    locks = await reach.store.accounts.locks(list(marks.values()))
    return tuple(user.model_copy(update={"locked_until": locks.get(marks[user.id])}) for user in users)
