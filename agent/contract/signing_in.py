"""What is asked and answered when somebody signs in, and when users and keys are looked after."""

from datetime import datetime
from typing import Annotated, Literal

from pydantic import BeforeValidator, Field, StrictBool

from agent.contract.access import Owed, Role, Scope, SignInName, UserAccount
from agent.contract.base import Value
from agent.contract.written import Written

PASSWORD_LENGTH = (12, 256)

OldPassword = Annotated[
    Written, Field(min_length=1, max_length=PASSWORD_LENGTH[1], examples=["um trem azul sobe o morro"])
]
"""One that was chosen before; nothing is asked of it."""
NewPassword = Annotated[
    Written,
    Field(
        min_length=PASSWORD_LENGTH[0], max_length=PASSWORD_LENGTH[1], examples=["sete gatos pulam o muro da padaria"]
    ),
]
TotpCode = Annotated[str, Field(pattern="^[0-9]{6}$", examples=["492039"])]


def _number(value: object) -> object:
    if isinstance(value, bool | str):  # Which pydantic would make a number of.
        raise ValueError("no number")  # noqa: TRY004 (pydantic answers a ValueError)
    return value


class SignedIn(Value):
    """The tokens of somebody who has signed in."""

    access_token: str
    token_type: Literal["bearer"] = "bearer"  # noqa: S105 (a word of OAuth2)
    expires_in: int = Field(examples=[900])
    """Seconds that the access token is good for."""
    refresh_token: str
    """For the next access token; it is good once, and another one comes with it."""
    role: Role
    owes: tuple[Owed, ...] = ()
    """What has to be done first: until then nothing else is allowed."""


class Renewal(Value):
    """Asks for the next access token."""

    refresh_token: str = Field(min_length=1, max_length=200, pattern="^[A-Za-z0-9_-]+$")


class Me(Value):
    """Who asks."""

    kind: Literal["user", "key", "local"]
    id: int | None
    name: str
    role: Role | None
    owes: tuple[Owed, ...] = ()
    second_factor: bool = False


class PasswordChange(Value):
    """Another password for oneself."""

    old: OldPassword
    new: NewPassword


class SecondFactorWish(Value):
    """Sets up an authenticator app. Asks again who it is: an open window is not enough for that."""

    password: OldPassword
    code: TotpCode | None = None
    """Of the app that is set up already, if one is."""


class SecondFactor(Value):
    """What an authenticator app has to know. It counts once a first code of it is given."""

    secret: str
    """Base32, to be typed in where the picture cannot be read."""
    uri: str
    """``otpauth://totp/...``"""
    qr_svg: str
    """The same as a picture."""


class FirstCode(Value):
    """Proves that the authenticator app is set up."""

    code: TotpCode


class NewUser(Value):
    """Somebody who shall sign in."""

    name: SignInName
    role: Role


class UserChange(Value):
    """What shall be different; what is null stays."""

    role: Role | None = None
    disabled: StrictBool | None = None


class UserWithPassword(Value):
    """A user, and the password that they sign in with the first time."""

    user: UserAccount
    once: str
    """Shown here and never again. Whoever signs in with it has to choose another one."""
    once_until: datetime


class NewKey(Value):
    """A key for another system."""

    name: str = Field(min_length=1, max_length=100, pattern="^[^\\x00-\\x1f\\x7f]+$", examples=["CRM"])
    scopes: tuple[Scope, ...] = Field(min_length=1, max_length=50, examples=[["customers:read"]])
    days: Annotated[int, Field(ge=1, le=3650), BeforeValidator(_number)] | None = 365
    """It is good for so long; null sets no end."""


class ApiKeyInfo(Value):
    """A key without what it consists of."""

    id: int
    name: str
    hint: str
    """Its first characters."""
    scopes: tuple[Scope, ...]
    made_by: str
    """``Actor.label``."""
    made_at: datetime
    expires_at: datetime | None = None
    used_at: datetime | None = None
    """To the minute."""
    revoked_at: datetime | None = None


class MadeKey(Value):
    """A new key."""

    key: str
    """Shown here and never again."""
    info: ApiKeyInfo
