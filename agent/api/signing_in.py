"""Lets people in: password, code, lock, tokens.

Whether a user exists must not be told. So a name without a user is counted, locked and compared like any other one, and
the answer is the same; only the audit log tells the two apart.
"""

from datetime import datetime, timedelta
from typing import NoReturn

from fastapi import Request

from agent.api.guard import told
from agent.api.identity import NOBODY
from agent.api.passwords import Verdict
from agent.api.problems import Code, Refused
from agent.api.reach import Reach
from agent.api.second_factor import step_of
from agent.api.tokens import AccessTokens, Claims, digest_of, make_family, make_refresh_token
from agent.contract.access import Actor, UserAccount
from agent.contract.signing_in import SignedIn
from agent.storage.repositories import attempts
from agent.storage.repositories.accounts import Credential
from agent.storage.repositories.attempts import Attempt, LockRule
from agent.storage.repositories.families import Entry


async def sign_in(request: Request, reach: Reach, name: str, password: str, code: str | None) -> SignedIn:
    """Tokens for a right password and code. ``Refused``: they are not right, or the name is locked."""
    mark = mark_of(reach, name)
    attempt = await _counted(reach, mark)
    credential = await reach.store.accounts.credential(name=name)
    if attempt.locked_until is not None:
        await _failed(request, reach, credential, attempt, "locked")
    verdict = await _compared(request, reach, credential, attempt, password)
    assert credential is not None  # noqa: S101 (a password of nobody is never right)
    step: int | None = None
    if credential.totp_secret is not None:
        if code is None:
            await reach.store.accounts.forgive_attempt(mark)
            raise Refused(Code.CODE_NEEDED)
        step = step_of(credential.totp_secret, code, reach.now(), credential.totp_step)
        if step is None:
            await _failed(request, reach, credential, attempt, "code")
    family, refresh_token = make_family(), make_refresh_token()
    entry = Entry(credential.user_id, credential.password_hash, verdict.rehashed, step)
    lasts = timedelta(days=reach.settings.security.refresh_days)
    if not await reach.store.families.begin(entry, family, digest_of(refresh_token), lasts, mark=mark):
        await _failed(request, reach, credential, attempt, "stale")
    await told(reach, request, Actor(kind="user", id=credential.user_id), "auth.login", {"second_factor": bool(step)})
    return await _answer(reach, credential.user_id, family, refresh_token)


async def renew(request: Request, reach: Reach, refresh_token: str) -> SignedIn:
    """The next tokens. ``Refused``: the refresh token is not good; if it was used before, none of its family is."""
    following = make_refresh_token()
    renewed = await reach.store.families.renew(digest_of(refresh_token), digest_of(following))
    if renewed.outcome == "reused":
        await told(reach, request, Actor(kind="user", id=renewed.user_id), "auth.refresh_reused", {})
    if renewed.outcome != "ok" or renewed.user_id is None or renewed.family is None:
        raise Refused(Code.NOT_SIGNED_IN)
    return await _answer(reach, renewed.user_id, renewed.family, following)


async def sign_out(request: Request, reach: Reach, refresh_token: str) -> None:
    """End the signing-in that a refresh token belongs to."""
    user_id = await reach.store.families.sign_out(digest_of(refresh_token))
    if user_id is not None:
        await told(reach, request, Actor(kind="user", id=user_id), "auth.logout", {})


async def prove(request: Request, reach: Reach, user_id: int, password: str, code: str | None = None) -> Credential:
    """Ask somebody who has signed in for their password again, and for a code where ``code`` is given or needed.

    Raises:
        Refused: it is not right. That counts as an attempt to sign in does.
    """
    credential = await _credential(reach, user_id)
    mark = mark_of(reach, credential.name)
    attempt = await _counted(reach, mark)
    if attempt.locked_until is not None:
        await _failed(request, reach, credential, attempt, "locked")
    await _compared(request, reach, credential, attempt, password)
    if code is not None and credential.totp_secret is not None:
        await _taken(request, reach, credential, attempt, credential.totp_secret, code)
    await reach.store.accounts.forgive_attempt(mark)
    return credential


async def confirm(request: Request, reach: Reach, actor: Actor, code: str) -> None:
    """A first code of the app that was just set up. ``Refused``: it is wrong, or nothing was set up."""
    assert actor.id is not None  # noqa: S101 (the routes have asked)
    credential = await _credential(reach, actor.id)
    if credential.totp_pending is None:
        raise Refused(Code.CONFLICT)
    mark = mark_of(reach, credential.name)
    attempt = await _counted(reach, mark)
    if attempt.locked_until is not None:
        await _failed(request, reach, credential, attempt, "locked")
    step = step_of(credential.totp_pending, code, reach.now(), None)
    if step is None:
        await _failed(request, reach, credential, attempt, "code")
    await reach.store.accounts.forgive_attempt(mark)
    pending = credential.totp_pending
    if not await reach.store.accounts.confirm_second_factor(actor.id, pending, step, but=actor.family):
        raise Refused(Code.CONFLICT)


def mark_of(reach: Reach, name: str) -> str:
    """What stands for a name where attempts are counted."""
    return attempts.mark_of(reach.secrets.key("names"), name)


async def _credential(reach: Reach, user_id: int) -> Credential:
    credential = await reach.store.accounts.credential(user_id=user_id)
    if credential is None:
        raise Refused(Code.NOT_SIGNED_IN)
    return credential


async def _counted(reach: Reach, mark: str) -> Attempt:
    rule = LockRule(reach.settings.security.lock_after, timedelta(minutes=reach.settings.security.lock_minutes))
    return await reach.store.accounts.count_attempt(mark, rule)


async def _compared(
    request: Request, reach: Reach, credential: Credential | None, attempt: Attempt, password: str
) -> Verdict:
    """It is compared whoever it is: that takes the time that could tell."""
    verdict = await reach.passwords.verify(password, credential.password_hash if credential else None)
    if credential is None or not verdict.right or not credential.is_good(reach.now()):
        await _failed(request, reach, credential, attempt, "password")
    return verdict


async def _taken(
    request: Request, reach: Reach, credential: Credential, attempt: Attempt, secret: str, code: str
) -> None:
    step = step_of(secret, code, reach.now(), credential.totp_step)
    if step is None or not await reach.store.accounts.take_step(credential.user_id, step):
        await _failed(request, reach, credential, attempt, "code")


async def _failed(
    request: Request, reach: Reach, credential: Credential | None, attempt: Attempt, reason: str
) -> NoReturn:
    user = {"user_id": credential.user_id if credential else None}
    await told(reach, request, NOBODY, "auth.failed", {**user, "reason": reason})
    if attempt.locked_until is not None:
        raise Refused(Code.LOCKED, headers={"Retry-After": str(_seconds(attempt.locked_until, reach.now()))})
    if attempt.locks_until is not None:
        await told(
            reach, request, NOBODY, "auth.locked", {**user, "seconds": _seconds(attempt.locks_until, reach.now())}
        )
    raise Refused(Code.WRONG_LOGIN)


def _seconds(until: datetime, now: datetime) -> int:
    return max(1, round((until - now).total_seconds()))


async def _answer(reach: Reach, user_id: int, family: str, refresh_token: str) -> SignedIn:
    user: UserAccount | None = await reach.store.accounts.user(user_id)
    if user is None:
        raise Refused(Code.NOT_SIGNED_IN)
    security = reach.settings.security
    tokens = AccessTokens(reach.secrets.key("tokens"))
    return SignedIn(
        access_token=tokens.issue(Claims(user_id, family), reach.now(), security.access_minutes),
        expires_in=security.access_minutes * 60,
        refresh_token=refresh_token,
        role=user.role,
        owes=user.owes(security.second_factor),
    )
