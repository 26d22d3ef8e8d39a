"""What the LGPD asks for: signed reports of erasures, on which basis data are kept, and who looked at them."""

from datetime import datetime
from enum import StrEnum
from typing import Literal

from pydantic import Field

from agent.contract.base import Value
from agent.contract.desk import LegalBasis
from agent.contract.written import Written


class ErasureKind(StrEnum):
    """What was done with a person's data."""

    ERASED = "erased"
    ANONYMISED = "anonymised"


class ErasureReason(StrEnum):
    """Why it was done."""

    REQUEST = "request"
    """Somebody asked for it."""
    RETENTION = "retention"
    """The days for which such data are kept were over."""
    RESTORED = "restored"
    """A restored backup had brought the person back."""


class ErasureReport(Value):
    """What was removed of whom, when and by whom; it holds no name, number or word of the person."""

    format: Literal[1] = 1
    id: str = Field(examples=["20261122T120000Z-5f1c09ab"])
    kind: ErasureKind
    reason: ErasureReason
    at: datetime
    """UTC."""
    actor: str = Field(examples=["user:3"])
    """``user:3``, ``key:1``, ``local``, ``command``, ``retention`` or ``restore``."""
    fingerprints: tuple[str, ...]
    """HMAC-SHA256 of each number of the person (``phone:...``) and of each of their lines, keyed by the profile."""
    tables: dict[str, int] = Field(examples=[{"messages": 41, "customers": 1}])
    """Lines of each table that were removed, or made anonymous."""
    files: dict[str, int] = Field(examples=[{"log_lines": 2, "exports": 1, "fitted_intents": 0, "recordings": 0}])
    mentions_left: int
    """Messages of other people in which a number of the person still stands: they are those people's data too."""
    backups: tuple[str, ...] = ()
    """Copies of the database that still hold the person; they are erased again when one is restored."""
    recordings: tuple[str, ...] = Field(default=(), exclude_if=lambda names: not names)
    """Those that may still hold the person: they cannot be read or removed, or are still being made. A report from
    before there were any is signed without this field."""
    version: str
    """Of Balcão."""


class SignedReport(Value):
    """A report and its signature: Ed25519 over the report as JSON with sorted keys and without spaces, in UTF-8."""

    report: ErasureReport
    algorithm: Literal["Ed25519"] = "Ed25519"
    public_key: str
    """32 bytes in base64."""
    signature: str
    """64 bytes in base64."""


class ReportKey(Value):
    """With what reports are verified."""

    algorithm: Literal["Ed25519"] = "Ed25519"
    public_key: str
    """32 bytes in base64."""


class Consent(Value):
    """On which legal basis data of a customer are kept."""

    id: int
    customer_id: int
    basis: LegalBasis
    text: str = Field(examples=["Aceitou receber ofertas por mensagem, em 03/11/2026."])
    """For what, and how it was given."""
    written_by: str
    """``user:3``, ``key:1``, ``local``, ``command``."""
    at: datetime
    withdrawn_at: datetime | None = None


class NewConsent(Value):
    """A basis to be noted."""

    basis: LegalBasis
    text: Written = Field(min_length=1, max_length=4000, examples=["Aceitou receber ofertas por mensagem."])
    """For what, and how it was given."""


class ConsentChange(Value):
    """What is to be changed; what is left out stays."""

    text: Written | None = Field(default=None, min_length=1, max_length=4000)
    withdrawn: bool | None = Field(default=None, examples=[True])
    """True: it was withdrawn now; false: it was not withdrawn after all."""


class Access(Value):
    """That somebody read or changed data of a customer."""

    number: int
    """Of the audit log's line."""
    at: datetime
    actor: str = Field(examples=["user:3"])
    action: str = Field(examples=["customer.read"])
    request: str | None = None


class Expired(Value):
    """A customer whose data are kept no longer."""

    customer_id: int
    last_at: datetime
    """When the last message was written, or the line was made where there is none."""
    days: int
    """For how long their data are kept."""
