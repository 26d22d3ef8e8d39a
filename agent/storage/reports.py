"""Signed reports of erasures: what was removed, when and by whom, in files that hold nothing of the person."""

import base64
import hmac
import json
import os
from collections.abc import Iterable
from datetime import datetime
from pathlib import Path

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from agent.contract.privacy import ErasureReport, ReportKey, SignedReport
from agent.storage.key import Derived
from agent.storage.phone import canonical

FOLDER = "erasures"


class Reports:
    """The reports of one profile: ``profiles/<name>/erasures/<id>.json``, for its owner's eyes only."""

    def __init__(self, profile: Path, secrets: Derived) -> None:
        """The key is derived from the profile's secret: a report of another profile is told by its key."""
        self._folder = profile / FOLDER
        self._key = Ed25519PrivateKey.from_private_bytes(secrets.key("reports"))
        self._fingerprints = secrets.key("reports fingerprints")

    @property
    def key(self) -> ReportKey:
        """With what everybody can verify them."""
        return ReportKey(public_key=self._public)

    def fingerprints(self, phones: Iterable[str], lines: Iterable[tuple[int, datetime]]) -> tuple[str, ...]:
        """By what the report of a person is found by whoever knows their number, and by nobody else."""
        numbers = [f"phone:{self._print('phone', one)}" for one in sorted(phones)]
        return (*numbers, *(f"line:{self._print(str(id_), at.isoformat())}" for id_, at in lines))

    def write(self, report: ErasureReport) -> SignedReport:
        """Sign and keep a report."""
        signature = base64.b64encode(self._key.sign(signed_bytes(report))).decode()
        signed = SignedReport(report=report, public_key=self._public, signature=signature)
        self._folder.mkdir(mode=0o700, exist_ok=True)
        path = self._folder / f"{report.id}.json"
        draft = path.with_name(f".{path.name}.{os.getpid()}")
        draft.unlink(missing_ok=True)
        with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="utf-8") as out:
            out.write(signed.model_dump_json(indent=1))
            out.flush()
            os.fsync(out.fileno())
        draft.replace(path)
        return signed

    def all(self, phone: str | None = None) -> list[SignedReport]:
        """The reports, newest first; those of one person, where their number is given."""
        found = [_read(path) for path in sorted(self._folder.glob("*.json"), reverse=True)]
        reports = [one for one in found if one is not None]
        if phone is None:
            return reports
        number = canonical(phone)
        wanted = f"phone:{self._print('phone', number)}" if number else None
        return [one for one in reports if wanted in one.report.fingerprints]

    def is_ours(self, signed: SignedReport) -> bool:
        """Whether this profile signed it, and nothing was changed since."""
        public = Ed25519PublicKey.from_public_bytes(base64.b64decode(self._public))
        try:
            public.verify(base64.b64decode(signed.signature), signed_bytes(signed.report))
        except (InvalidSignature, ValueError):
            return False
        return True

    @property
    def _public(self) -> str:
        return base64.b64encode(self._key.public_key().public_bytes(Encoding.Raw, PublicFormat.Raw)).decode()

    def _print(self, *said: str) -> str:
        return hmac.digest(self._fingerprints, json.dumps(said).encode(), "sha256").hex()


def signed_bytes(report: ErasureReport) -> bytes:
    """What the signature is over."""
    said = report.model_dump(mode="json")
    return json.dumps(said, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()


def _read(path: Path) -> SignedReport | None:
    try:
        return SignedReport.model_validate_json(path.read_bytes())
    except (OSError, ValueError):
        return None
