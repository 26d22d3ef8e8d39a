"""Signing in and out, and what somebody does about their own password and second factor."""

from typing import Annotated, Literal

from fastapi import APIRouter, Form, Request
from pydantic import BaseModel, Field
from pydantic.json_schema import SkipJsonSchema

from agent.api import signing_in
from agent.api.guard import Asking, GuardedRoute, Reaching, Touching
from agent.api.password_rules import check_password
from agent.api.problems import Code, Refused
from agent.api.second_factor import make_second_factor
from agent.contract.access import Actor, SignInName
from agent.contract.signing_in import (
    FirstCode,
    Me,
    OldPassword,
    PasswordChange,
    Renewal,
    SecondFactor,
    SecondFactorWish,
    SignedIn,
    TotpCode,
)
from agent.errors import BadInput

router = APIRouter(route_class=GuardedRoute, tags=["auth"])


class LoginForm(BaseModel):
    """OAuth2's password flow (RFC 6749, 4.3), and a code. What else a client sends there is not looked at."""

    grant_type: Literal["password"] = "password"
    username: SignInName
    password: OldPassword
    code: TotpCode | SkipJsonSchema[None] = Field(
        default_factory=lambda: None, description="Of the authenticator app, where one is set up."
    )


@router.post("/api/auth/login", summary="Sign in")
async def login(request: Request, reach: Reaching, form: Annotated[LoginForm, Form()]) -> SignedIn:
    """Tokens for a name, a password and, where one is set up, a code of the authenticator app.

    A wrong name and a wrong password are answered alike, and so is a locked name, whether there is such a user or not.
    `code_needed`: the password is right, the code is missing.
    """
    request.app.state.logins.count(request.client.host if request.client else "?")
    return await signing_in.sign_in(request, reach, form.username, form.password, form.code)


@router.post("/api/auth/refresh", summary="Take the next tokens")
async def refresh(request: Request, reach: Reaching, renewal: Renewal) -> SignedIn:
    """New tokens for a refresh token, which is good once.

    Send it without an access token, which has probably run out: one that is not good is refused on every route.
    A refresh token that comes a second time was stolen, or its thief was here before: the whole signing-in ends.
    """
    return await signing_in.renew(request, reach, renewal.refresh_token)


@router.post("/api/auth/logout", status_code=204, summary="Sign out")
async def logout(request: Request, reach: Reaching, renewal: Renewal) -> None:
    """All tokens of the signing-in that the refresh token belongs to are good no more, at once.

    An unknown one is no error. The access token is not asked for: it may have run out, and who holds the refresh token
    could take another one anyway.
    """
    await signing_in.sign_out(request, reach, renewal.refresh_token)


@router.get("/api/auth/me", summary="Who am I")
async def me(reach: Reaching, actor: Asking) -> Me:
    """Who asks, what they may do, and what they have to do first."""
    user = await reach.store.accounts.user(actor.id) if actor.kind == "user" and actor.id is not None else None
    return Me(
        kind="local" if user is None else "user",
        id=actor.id,
        name=actor.name,
        role=actor.role,
        owes=actor.owes,
        second_factor=user is not None and user.second_factor,
    )


@router.post("/api/auth/password", status_code=204, summary="Choose another password")
async def password(request: Request, reach: Reaching, actor: Asking, touched: Touching, wish: PasswordChange) -> None:
    """Another password for oneself. All other signings-in end."""
    user_id = _user(actor)
    await signing_in.prove(request, reach, user_id, wish.old)
    try:
        check_password(wish.new, actor.name)
    except BadInput as error:
        raise Refused(Code.WEAK_PASSWORD) from error
    if wish.new == wish.old:
        raise Refused(Code.WEAK_PASSWORD)
    await reach.store.accounts.set_password(user_id, await reach.passwords.hash(wish.new), but=actor.family)
    touched.data["user_id"] = user_id


@router.post("/api/auth/totp", summary="Set up an authenticator app")
async def totp(
    request: Request, reach: Reaching, actor: Asking, touched: Touching, wish: SecondFactorWish
) -> SecondFactor:
    """A secret for an authenticator app. It counts once a first code of it is given to `/api/auth/totp/confirm`."""
    user_id = _user(actor)
    credential = await signing_in.prove(request, reach, user_id, wish.password, wish.code)
    if credential.totp_secret is not None and wish.code is None:
        raise Refused(Code.CODE_NEEDED)
    made = make_second_factor(actor.name)
    await reach.store.accounts.begin_second_factor(user_id, made.secret)
    touched.data["user_id"] = user_id
    return made


@router.post("/api/auth/totp/confirm", status_code=204, summary="Confirm the authenticator app")
async def confirm_totp(request: Request, reach: Reaching, actor: Asking, touched: Touching, first: FirstCode) -> None:
    """The first code of an authenticator app that was just set up. All other signings-in end."""
    touched.data["user_id"] = _user(actor)
    await signing_in.confirm(request, reach, actor, first.code)


def _user(actor: Actor) -> int:
    """``Refused``: it is not a user who asks, so that there is no password of theirs."""
    if actor.kind != "user" or actor.id is None:
        raise Refused(Code.CONFLICT)
    return actor.id
