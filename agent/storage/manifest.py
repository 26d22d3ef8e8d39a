"""What is written beside a copy of the database: what it holds, its sum, and its key, which only this profile can read.

The key is encrypted (AES-256-GCM) under one derived from the profile's secret, so that a copy can be restored after the
database got another key. The same seal covers every fact of the manifest: none can be altered unnoticed.
"""

import base64
import binascii
import json
import os
import secrets
from pathlib import Path

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from pydantic import Field, ValidationError

from agent.contract.backups import Backup
from agent.errors import BalcaoError, CorruptDatabase, WrongKey
from agent.storage.copying import own, to_disk

FORMAT = 1
_NONCE = 12
_LARGEST = 64 * 1024
"""Bytes; a manifest is about 600."""


class Manifest(Backup):
    """The copy's facts, with its sealed key."""

    format: int = FORMAT
    key: str = Field(repr=False)
    """Nonce and encrypted key, in base64."""

    @property
    def backup(self) -> Backup:
        """Without the key."""
        return Backup(**self.model_dump(include=set(Backup.model_fields)))


def sealed(backup: Backup, key: str, sealing: bytes) -> Manifest:
    """The manifest of a copy whose database has ``key``."""
    nonce = secrets.token_bytes(_NONCE)
    closed = AESGCM(sealing).encrypt(nonce, bytes.fromhex(key), _facts(backup))
    return Manifest(**backup.model_dump(), key=base64.b64encode(nonce + closed).decode())


def key_in(manifest: Manifest, sealing: bytes, path: Path) -> str:
    """The key of the copy, 64 hex digits.

    Raises:
        WrongKey: another profile made it, or the manifest was altered.
    """
    try:
        data = base64.b64decode(manifest.key, validate=True)
        return AESGCM(sealing).decrypt(data[:_NONCE], data[_NONCE:], _facts(manifest)).hex()
    except (InvalidTag, binascii.Error, ValueError) as error:
        raise WrongKey(
            f"The backup {path} belongs to another profile, or its manifest was altered.",
            "Restore it with the secrets.key of the profile that made it.",
        ) from error


def manifest_of(database: Path) -> Path:
    """The manifest's place, beside the copy."""
    return database.with_suffix(".json")


def read(database: Path) -> Manifest:
    """The manifest of a copy.

    Raises:
        CorruptDatabase: there is none, or it cannot be read.
        BalcaoError: a newer Balcão made it.
    """
    path = manifest_of(database)
    try:
        with path.open("rb") as file:
            values = json.loads(file.read(_LARGEST))
        if isinstance(values, dict) and isinstance(values.get("format"), int) and values["format"] > FORMAT:
            raise BalcaoError(f"The backup {database} was made by a newer Balcão.", "Update Balcão.")
        return Manifest.model_validate(values)
    except FileNotFoundError as error:
        raise CorruptDatabase(
            f"The manifest {path} is missing.", "A backup is two files, .db and .json: put both in one folder."
        ) from error
    except (OSError, ValueError, ValidationError) as error:
        raise CorruptDatabase(f"The manifest {path} cannot be read.", "Take another backup.") from error


def write(manifest: Manifest, database: Path) -> None:
    """Write it for its owner only, whole or not at all."""
    path = manifest_of(database)
    draft = path.with_name(f".{path.name}.part")
    try:
        draft.unlink(missing_ok=True)
        with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="utf-8") as file:
            file.write(manifest.model_dump_json(indent=2) + "\n")
            file.flush()
            os.fsync(file.fileno())
        own(draft)
        draft.replace(path)
        to_disk(path.parent)
    finally:
        draft.unlink(missing_ok=True)


def _facts(backup: Backup) -> bytes:
    """Everything that stays as it was when the copy was made."""
    facts = backup.model_dump(mode="json", include=set(Backup.model_fields) - {"proven_at"})
    return json.dumps(["balcao backup", FORMAT, facts], sort_keys=True, separators=(",", ":")).encode()
