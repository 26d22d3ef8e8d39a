"""The database's key: 32 random bytes in a file beside it that only its owner can read."""

import errno
import os
import re
import secrets
from collections.abc import Callable
from pathlib import Path

from agent.errors import DiskFull, WrongKey

KEY_FILE = "data.key"
DATABASE_FILE = "data.db"

_KEY = re.compile(r"[0-9a-f]{64}\n?")


def database_key(profile: Path, *, make: Callable[[], str] = lambda: secrets.token_hex(32)) -> str:
    """The key of a profile's database, as 64 hex digits; made at the first start, together with the folder (0700).

    Raises:
        WrongKey: the key is missing though there is a database, others can read it, or it is no key.
        DiskFull: there is no room for it.
    """
    path = profile / KEY_FILE
    _own_folder(profile)
    if not path.exists():
        database = profile / DATABASE_FILE
        if database.exists() and database.stat().st_size > 0:
            raise WrongKey(
                f"The key {path} is missing, and the database beside it cannot be read without it.",
                "Put the key back, or move data.db away to begin with an empty database.",
            )
        _write(path, make())
    return _read(path)


def _read(path: Path) -> str:
    if os.name == "posix" and path.stat().st_mode & 0o077:
        raise WrongKey(f"Others can read the key {path}.", f"Keep it to yourself: chmod 600 '{path}'")
    try:
        text = path.read_text("ascii")
    except (OSError, UnicodeDecodeError) as error:
        raise WrongKey(f"The key {path} cannot be read.", "Put back the key from a backup.") from error
    if not _KEY.fullmatch(text):
        raise WrongKey(f"{path} holds no key (64 hex digits).", "Put back the key from a backup.")
    return text.strip()


def _write(path: Path, key: str) -> None:
    """Whole or not at all, and never over a key that is there: another process may be doing the same."""
    draft = path.with_name(f"{path.name}.{os.getpid()}")
    try:
        file = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with os.fdopen(file, "w") as out:
            out.write(f"{key}\n")
            out.flush()
            os.fsync(file)
        path.hardlink_to(draft)
        _to_disk(path.parent)
    except FileExistsError:
        return
    except OSError as error:
        if error.errno in (errno.ENOSPC, errno.EDQUOT):
            hint = "Free some space and start again."
            raise DiskFull(f"There is no room left on the disk that holds {path}.", hint) from error
        raise
    finally:
        draft.unlink(missing_ok=True)


def _to_disk(folder: Path) -> None:
    """Not even a power failure may leave a database without its key."""
    if os.name == "posix":
        file = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(file)
        finally:
            os.close(file)


def _own_folder(folder: Path) -> None:
    """Make the folder and those above it for their owner only; tighten it when it is there and wider."""
    for missing in reversed([f for f in (folder, *folder.parents) if not f.exists()]):
        missing.mkdir(mode=0o700, exist_ok=True)
    if os.name == "posix" and folder.stat().st_mode & 0o077:
        folder.chmod(0o700)
