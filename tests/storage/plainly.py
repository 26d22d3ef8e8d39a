"""What is really in a profile's files: the database with its free pages and its WAL decrypted, recordings unpacked."""

import zipfile
import zlib
from pathlib import Path

from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes
from sqlcipher3 import dbapi2

from agent.storage.key import DATABASE_FILE
from agent.storage.sqlcipher import connected

_PAGE = 4096
_SALT = 16
"""Bytes at the beginning of the first page."""

_END = 80
"""Bytes at the end of each page of SQLCipher 4: what it is encrypted and signed with."""

_IV = 16
_WAL_HEAD, _FRAME_HEAD = 32, 24
NOT_OURS = ("browser", "backups", "replaced")
"""WhatsApp's own data, and copies, which are erased from when they are restored."""


def pages(path: Path, key: str) -> bytes:
    """Every page of an encrypted file as it lies on the disk, decrypted: those that are in no table too."""
    raw = path.read_bytes()
    return b"".join(_plain(raw[at : at + _PAGE], key, first=at == 0) for at in range(0, len(raw), _PAGE))


def wal_pages(path: Path, key: str) -> bytes:
    """Every frame of a WAL, decrypted; empty where there is none, or it was emptied."""
    if not path.is_file():
        return b""
    raw, found = path.read_bytes()[_WAL_HEAD:], b""
    for at in range(0, len(raw) - _PAGE - _FRAME_HEAD + 1, _PAGE + _FRAME_HEAD):
        number = int.from_bytes(raw[at : at + 4], "big")
        found += _plain(raw[at + _FRAME_HEAD :][:_PAGE], key, first=number == 1)
    return found


def _plain(page: bytes, key: str, *, first: bool) -> bytes:
    if not any(page):
        return b""
    body, tail = page[_SALT if first else 0 : -_END], page[-_END:]
    cipher = Cipher(algorithms.AES(bytes.fromhex(key)), modes.CBC(tail[:_IV]))
    return cipher.decryptor().update(body)


def everything(profile: Path, key: str) -> bytes:
    """Every byte and every name of the profile's files, decrypted and unpacked, but for those that are not ours."""
    found = b""
    for path in sorted(profile.rglob("*")):
        if not path.is_file() or path.relative_to(profile).parts[0] in NOT_OURS:
            continue
        if path.name == DATABASE_FILE:
            found += pages(path, key)
        elif path.name == f"{DATABASE_FILE}-wal":
            found += wal_pages(path, key)
        elif zipfile.is_zipfile(path):
            with zipfile.ZipFile(path) as archive:
                found += b"".join(map(archive.read, archive.namelist()))
        elif path.suffix == ".z":
            found += zlib.decompressobj().decompress(path.read_bytes())
        else:
            found += path.read_bytes()
        found += path.name.encode()
    return found


def is_readable(path: Path, key: str) -> bool:
    """Whether the key opens the file: a search that finds nothing proves nothing otherwise."""
    db = connected(path, key, looking=True)
    try:
        return bool(db.execute("SELECT count(*) FROM sqlite_master").fetchone()[0])
    except dbapi2.DatabaseError:
        return False
    finally:
        db.close()
