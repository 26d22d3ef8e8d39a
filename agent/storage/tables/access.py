"""Who may sign in, with what, and what they did."""

from datetime import datetime

from sqlalchemy import ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from agent.contract.access import Role
from agent.storage.columns import BigId
from agent.storage.tables.base import Base


class User(Base):
    """An attendant, supervisor or administrator who may sign in. The password is kept as an argon2 hash only."""

    __tablename__ = "users"

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    name: Mapped[str] = mapped_column(String(100), unique=True)
    role: Mapped[Role]
    password_hash: Mapped[str | None] = mapped_column(String(255))
    created_at: Mapped[datetime]
    disabled_at: Mapped[datetime | None]
    once_until: Mapped[datetime | None]
    """The password was made by somebody else: good until then, and only to choose another one."""
    totp_secret: Mapped[str | None] = mapped_column(String(64))
    """Base32; readable by this program only, because the file is encrypted."""
    totp_confirmed_at: Mapped[datetime | None]
    totp_pending: Mapped[str | None] = mapped_column(String(64))
    """A secret that counts once a first code of it was given; until then the one before it does."""
    totp_step: Mapped[int | None] = mapped_column(BigId)
    """The last 30-second step of which a code was accepted: none is accepted twice."""
    password_changed_at: Mapped[datetime | None]
    last_login_at: Mapped[datetime | None]


class SignInAttempt(Base):
    """Wrong passwords and codes under a name, whether there is such a user or not: the two must not differ in anything.

    The name stands there as a keyed hash, because people type their password into the wrong field.
    """

    __tablename__ = "sign_in_attempts"

    mark: Mapped[str] = mapped_column(String(64), primary_key=True)
    failures: Mapped[int]
    """Since the last time that everything was right."""
    locked_until: Mapped[datetime | None]
    at: Mapped[datetime] = mapped_column(index=True)


class TokenFamily(Base):
    """One signing-in: all refresh tokens that follow from it. A used one that comes again ends them all."""

    __tablename__ = "token_families"

    id: Mapped[str] = mapped_column(String(32), primary_key=True)
    user_id: Mapped[int] = mapped_column(BigId, ForeignKey("users.id"), index=True)
    made_at: Mapped[datetime]
    expires_at: Mapped[datetime]
    """Whatever is refreshed: then the person signs in again."""
    revoked_at: Mapped[datetime | None]
    reason: Mapped[str | None] = mapped_column(String(20))
    """``signed_out``, ``reused``, ``password``, ``disabled``."""


class RefreshToken(Base):
    """One refresh token, by its SHA-256: it is random, so that a slow hash would add nothing."""

    __tablename__ = "refresh_tokens"

    digest: Mapped[str] = mapped_column(String(64), primary_key=True)
    family_id: Mapped[str] = mapped_column(String(32), ForeignKey("token_families.id"), index=True)
    made_at: Mapped[datetime]
    expires_at: Mapped[datetime]
    used_at: Mapped[datetime | None]


class ApiKey(Base):
    """A key by which another system may do what its scopes say; only its SHA-256 is kept."""

    __tablename__ = "api_keys"

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    name: Mapped[str] = mapped_column(String(100))
    hint: Mapped[str] = mapped_column(String(20))
    """Its first characters, so that a person can tell which it is."""
    digest: Mapped[str] = mapped_column(String(64), unique=True)
    scopes: Mapped[list[str]]
    made_by: Mapped[str] = mapped_column(String(100))
    made_at: Mapped[datetime]
    expires_at: Mapped[datetime | None]
    used_at: Mapped[datetime | None]
    revoked_at: Mapped[datetime | None]


class AuditLine(Base):
    """Who read or changed what. Each line's hash covers the line before it, so that none can be altered unnoticed."""

    __tablename__ = "audit"
    __table_args__ = {"sqlite_autoincrement": True}  # noqa: RUF012 - the last number is never given again

    number: Mapped[int] = mapped_column(BigId, primary_key=True)
    at: Mapped[datetime] = mapped_column(index=True)
    actor: Mapped[str] = mapped_column(String(120), index=True)
    """``user:3``, ``key:1``, ``local``, ``command``, or ``nobody``."""
    action: Mapped[str] = mapped_column(String(60), index=True)
    request: Mapped[str | None] = mapped_column(String(40))
    """Id of the request, as the log and the answer's header have it."""
    address: Mapped[str | None] = mapped_column(String(64))
    data: Mapped[dict[str, object]]
    """Ids, labels and numbers, ``customers`` among them; never a text or a name."""
    hash: Mapped[str] = mapped_column(String(64))


class AuditedCustomer(Base):
    """Which customers a line of the audit log is about: an index to ``AuditLine.data``, which alone is proven."""

    __tablename__ = "audited_customers"
    __table_args__ = (Index(None, "customer_id"),)

    number: Mapped[int] = mapped_column(BigId, ForeignKey("audit.number"), primary_key=True, autoincrement=False)
    customer_id: Mapped[int] = mapped_column(BigId, primary_key=True, autoincrement=False)
    """No reference: the line stays when the customer is erased."""


class IdempotentAnswer(Base):
    """What a write with an idempotency key was answered; kept for a day."""

    __tablename__ = "idempotent_answers"

    actor: Mapped[str] = mapped_column(String(120), primary_key=True)
    key: Mapped[str] = mapped_column(String(200), primary_key=True)
    fingerprint: Mapped[str] = mapped_column(String(64))
    """SHA-256 of method, path and body: the same key with another request is refused."""
    at: Mapped[datetime] = mapped_column(index=True)
    status: Mapped[int | None]
    """None while the first request is still being worked on."""
    media_type: Mapped[str | None] = mapped_column(String(100))
    body: Mapped[str | None] = mapped_column(Text)
    customers: Mapped[list[int] | None]
    """Whose data it was about, for the audit log."""
    forgotten: Mapped[bool | None]
    """Somebody was erased: the answer may have held them, and is not kept."""
