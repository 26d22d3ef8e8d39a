"""Who asks, and what they may do."""

from datetime import datetime
from enum import StrEnum
from typing import Annotated, Literal

from pydantic import AfterValidator, Field

from agent.contract.base import Value


class Role(StrEnum):
    """What a person may do; each may do all that those before it may."""

    ATTENDANT = "attendant"
    SUPERVISOR = "supervisor"
    ADMIN = "admin"

    def covers(self, needed: "Role") -> bool:
        """Whether this role may do what ``needed`` may."""
        ranks = tuple(Role)
        return ranks.index(self) >= ranks.index(needed)


class Scope(StrEnum):
    """What an API key may do."""

    MESSAGES_READ = "messages:read"
    MESSAGES_WRITE = "messages:write"
    CUSTOMERS_READ = "customers:read"
    CUSTOMERS_WRITE = "customers:write"
    REPLIES_READ = "replies:read"
    REPLIES_WRITE = "replies:write"
    ANALYSIS = "analysis"
    METRICS_READ = "metrics:read"
    EVENTS_READ = "events:read"
    WEBHOOKS = "webhooks"
    PRIVACY = "privacy"
    """Export and erasure of a customer's data."""


class Owed(StrEnum):
    """What a person has to do before they may do anything else."""

    PASSWORD = "password"  # noqa: S105 (a word, no password)
    """Choose one of their own: the present one was made by somebody else."""
    SECOND_FACTOR = "second_factor"
    """Set up their authenticator app."""


def _one_writing(name: str) -> str:
    return " ".join(name.lower().split())


SignInName = Annotated[
    str,
    Field(
        min_length=1,
        max_length=100,
        pattern="^[0-9A-Za-zÀ-ÖØ-öø-ÿ][0-9A-Za-zÀ-ÖØ-öø-ÿ ._@+-]*$",
        examples=["ana.souza"],
    ),
    AfterValidator(_one_writing),
]
"""What a person signs in with; small and capital letters are the same."""


class Actor(Value):
    """Who made a request."""

    kind: Literal["user", "key", "local", "command", "nobody"]
    """``local``: a program on this machine that could read the profile's token file; ``command``: the command line."""
    id: int | None = None
    """Of the user or the key."""
    name: str = ""
    role: Role | None = None
    """None for a key, which has scopes instead, and for nobody."""
    scopes: frozenset[Scope] = frozenset()
    family: str | None = None
    """Which signing-in of a user it is."""
    owes: tuple[Owed, ...] = ()
    """While it is not empty, only what serves to do that is allowed."""

    @property
    def label(self) -> str:
        """As the audit log names it: ``user:3``, ``key:1``, ``local``, ``command``, ``nobody``."""
        return self.kind if self.id is None else f"{self.kind}:{self.id}"


class UserAccount(Value):
    """Somebody who may sign in, without what they sign in with."""

    id: int
    name: str
    role: Role
    created_at: datetime
    disabled_at: datetime | None = None
    last_login_at: datetime | None = None
    locked_until: datetime | None = None
    second_factor: bool = False
    """Whether their authenticator app is set up."""
    password_once: bool = False
    """Whether their password is one that somebody else made, and that they have to change."""

    def owes(self, second_factor: bool) -> tuple[Owed, ...]:
        """What they have to do first. ``second_factor``: supervisors and administrators need one."""
        missing = second_factor and self.role.covers(Role.SUPERVISOR) and not self.second_factor
        owed = ((Owed.PASSWORD, self.password_once), (Owed.SECOND_FACTOR, missing))
        return tuple(what for what, is_owed in owed if is_owed)
