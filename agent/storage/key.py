"""The profile's keys, 32 random bytes each: in files beside the database, or in the operating system's keyring.

One is the database's; from the other one all further keys are derived.
"""

import errno
import os
import re
import secrets
from collections.abc import Callable
from pathlib import Path
from typing import Literal, Protocol

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from agent.errors import BalcaoError, DiskFull, WrongKey
from agent.settings import Settings
from agent.settings.program import CALLED
from agent.storage.copying import opens

KEY_FILE = "data.key"
SECRET_FILE = "secrets.key"  # noqa: S105 (the name of a file)
NEXT_KEY_FILE = "data.key.next"
"""The key that is about to be the database's; there only while it is changed, or when that was cut short."""

ID_FILE = "profile.id"
"""What the profile is called in the keyring, since its folder may be moved. No secret."""

DATABASE_FILE = "data.db"
DRAFTS = (REKEYED, RESTORING) = ("data.db.rekeyed", "data.db.restoring")
"""A database that is being made to take the place of the one that is there; worth nothing when that was cut short."""

Place = Literal["file", "keyring"]
Make = Callable[[], str]

_KEY = re.compile(r"[0-9a-f]{64}\n?")


class KeyPlace(Protocol):
    """Where keys lie. Names are ``KEY_FILE``, ``SECRET_FILE`` and ``NEXT_KEY_FILE``; values are 64 hex digits."""

    def get(self, name: str) -> str | None:
        """The key; None where there is none. Raises ``WrongKey`` for what is no key, or open to others."""
        ...

    def add(self, name: str, key: str) -> None:
        """Keep a first key; where another process was quicker, its key stays."""
        ...

    def put(self, name: str, key: str) -> None:
        """Keep a key in place of what was there: whole or not at all."""
        ...

    def remove(self, name: str) -> None:
        """Forget a key, if there is one."""
        ...

    def where(self, name: str) -> str:
        """For a person."""
        ...


class Keys:
    """The keys of one profile, in the place that the settings name."""

    def __init__(self, profile: Path, place: Place = "file") -> None:
        """``profile``: its folder, which need not exist yet."""
        self.profile, self.place_name = profile, place
        self.place = place_of(profile, place)

    def database(self, make: Make = lambda: secrets.token_hex(32)) -> str:
        """The key of the database, as 64 hex digits; made at the first start, together with the folder (0700).

        Raises:
            WrongKey: the key is missing though there is a database, others can read it, or it is no key.
            DiskFull: there is no room for it.
            BalcaoError: the keyring cannot be used.
        """
        own_folder(self.profile)
        key, database = self.place.get(KEY_FILE), self.profile / DATABASE_FILE
        if key is None:
            hint = self._elsewhere(KEY_FILE)
            if hint or (database.exists() and database.stat().st_size > 0):
                raise WrongKey(
                    f"The key {self.place.where(KEY_FILE)} is missing, and the database beside it cannot be read "
                    "without it.",
                    hint or "Put the key back, or move data.db away to begin with an empty database.",
                )
            key = self._made(KEY_FILE, make)
        if (later := self.place.get(NEXT_KEY_FILE)) is not None and database.exists() and not opens(database, key):
            return later if opens(database, later) else key  # a change of the key was cut short between two steps
        return key

    def secret(self, make: Make = lambda: secrets.token_hex(32)) -> bytes:
        """The profile's secret, 32 bytes, from which ``Derived`` makes the others; made at the first start.

        Raises:
            WrongKey: others can read it, it is no key, or it lies where the settings do not say.
            DiskFull: there is no room for it.
            BalcaoError: the keyring cannot be used.
        """
        own_folder(self.profile)
        if (key := self.place.get(SECRET_FILE)) is None:
            if hint := self._elsewhere(SECRET_FILE):
                raise WrongKey(f"The secret {self.place.where(SECRET_FILE)} is missing.", hint)
            key = self._made(SECRET_FILE, make)
        return bytes.fromhex(key)

    def lost(self) -> bool:
        """Whether there is no key of the database, here or in the other place."""
        return self.place.get(KEY_FILE) is None and self._elsewhere(KEY_FILE) is None

    def derived(self) -> "Derived":
        """The keys for all other purposes."""
        return Derived(self.secret())

    def _made(self, name: str, make: Make) -> str:
        self.place.add(name, make())
        if (key := self.place.get(name)) is None:
            raise WrongKey(f"The key {self.place.where(name)} was not kept.", "Keep it in a file: security.key_store.")
        return key

    def _elsewhere(self, name: str) -> str | None:
        """What to do where the key lies in the place that the settings do not name; None where it does not."""
        other: Place = "keyring" if self.place_name == "file" else "file"
        if other == "keyring" and not (self.profile / ID_FILE).exists():
            return None
        try:
            there = place_of(self.profile, other).get(name)
        except BalcaoError:
            return None
        if there is None:
            return None
        return (
            f"It is in the {other}: set security.key_store to {other}, or move it with "
            f"`{CALLED} key move --to {self.place_name}`."
        )


def keys_of(settings: Settings) -> Keys:
    """The keys of the settings' profile, where they say."""
    return Keys(settings.profile_dir, settings.security.key_store)


def place_of(profile: Path, place: Place) -> KeyPlace:
    """One of the two places."""
    if place == "file":
        return KeyFiles(profile)
    from agent.storage.keyring_keys import KeyringKeys  # loads the operating system's keyring only when it is wanted

    return KeyringKeys(profile)


def database_key(profile: Path, *, make: Make = lambda: secrets.token_hex(32)) -> str:
    """The key of a profile's database that is kept in a file; see ``Keys.database``."""
    return Keys(profile).database(make)


def profile_secret(profile: Path, *, make: Make = lambda: secrets.token_hex(32)) -> bytes:
    """The secret of a profile that is kept in a file; see ``Keys.secret``."""
    return Keys(profile).secret(make)


class Derived:
    """A key of its own for each purpose, all from one secret (HKDF-SHA256, RFC 5869): none tells of another one."""

    def __init__(self, secret: bytes) -> None:
        """``secret``: 32 random bytes."""
        self._secret = secret

    def key(self, purpose: str) -> bytes:
        """32 bytes for ``audit``, ``tokens``, ``reports`` ..."""
        return HKDF(hashes.SHA256(), 32, salt=None, info=f"balcao {purpose}".encode()).derive(self._secret)


class KeyFiles:
    """Keys in files of the profile that only its owner can read."""

    def __init__(self, profile: Path) -> None:
        """``profile``: its folder."""
        self._profile = profile

    def get(self, name: str) -> str | None:
        """The key; None where there is no such file."""
        path = self._profile / name
        if not path.exists():
            return None
        if os.name == "posix" and path.stat().st_mode & 0o077:
            raise WrongKey(f"Others can read the key {path}.", f"Keep it to yourself: chmod 600 '{path}'")
        try:
            text = path.read_text("ascii")
        except (OSError, UnicodeDecodeError) as error:
            raise WrongKey(f"The key {path} cannot be read.", "Put back the key from a backup.") from error
        if not _KEY.fullmatch(text):
            raise WrongKey(f"{path} holds no key (64 hex digits).", "Put back the key from a backup.")
        return text.strip()

    def add(self, name: str, key: str) -> None:
        """Whole or not at all, and never over a key that is there: another process may be doing the same."""
        self._write(name, key, over=False)

    def put(self, name: str, key: str) -> None:
        """Whole or not at all: a rename takes the place of the old file."""
        self._write(name, key, over=True)

    def remove(self, name: str) -> None:
        """Remove the file."""
        (self._profile / name).unlink(missing_ok=True)
        _to_disk(self._profile)

    def where(self, name: str) -> str:
        """The file."""
        return str(self._profile / name)

    def _write(self, name: str, key: str, *, over: bool) -> None:
        path = self._profile / name
        draft = path.with_name(f"{path.name}.{os.getpid()}")
        try:
            file = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
            with os.fdopen(file, "w") as out:
                out.write(f"{key}\n")
                out.flush()
                os.fsync(file)
            if over:
                draft.replace(path)
            else:
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


def is_key(text: str) -> bool:
    """Whether it is 64 hex digits."""
    return _KEY.fullmatch(text) is not None


def own_folder(folder: Path) -> None:
    """Make the folder and those above it for their owner only; tighten it when it is there and wider."""
    for missing in reversed([f for f in (folder, *folder.parents) if not f.exists()]):
        missing.mkdir(mode=0o700, exist_ok=True)
    if os.name == "posix" and folder.stat().st_mode & 0o077:
        folder.chmod(0o700)


def _to_disk(folder: Path) -> None:
    """Not even a power failure may leave a database without its key."""
    if os.name == "posix":
        file = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(file)
        finally:
            os.close(file)
