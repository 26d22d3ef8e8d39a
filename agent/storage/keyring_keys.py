"""Keys in the operating system's keyring: Secret Service or KWallet, macOS Keychain, Windows Credential Manager."""

import os
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import keyring
from filelock import FileLock
from keyring.errors import KeyringError, PasswordDeleteError

from agent.errors import BalcaoError, WrongKey
from agent.settings.program import CALLED
from agent.storage.key import ID_FILE, is_key, own_folder

SERVICE = "balcao"


class KeyringKeys:
    """One entry a key: the service ``balcao``, the account ``<profile's id>/<name>``."""

    def __init__(self, profile: Path) -> None:
        """``profile``: its folder."""
        self._profile = profile

    def get(self, name: str) -> str | None:
        """The key; None where there is no such entry."""
        if self._id() is None:
            return None
        with _usable():
            key = keyring.get_password(SERVICE, self._account(name))
        if key is None:
            return None
        if not is_key(key):
            raise WrongKey(f"{self.where(name)} holds no key (64 hex digits).", "Put back the key from a backup.")
        return key.strip()

    def add(self, name: str, key: str) -> None:
        """Keep a first key; a lock lets no other process of this profile come in between."""
        own_folder(self._profile)
        with FileLock(self._profile / "keys.lock", mode=0o600):
            if self.get(name) is None:
                self._set(name, key)

    def put(self, name: str, key: str) -> None:
        """Keep a key, and read it back: some keyrings accept what they do not keep."""
        self._set(name, key)
        if self.get(name) != key:
            raise BalcaoError(f"{self.where(name)} was not kept by the keyring.", _HINT)

    def remove(self, name: str) -> None:
        """Remove the entry."""
        if self.get(name) is not None:
            with _usable():
                try:
                    keyring.delete_password(SERVICE, self._account(name))
                except PasswordDeleteError:
                    if keyring.get_password(SERVICE, self._account(name)) is not None:
                        raise

    def where(self, name: str) -> str:
        """The keyring's name and the entry's."""
        backend = keyring.get_keyring()
        return f"'{self._account(name)}' of the service '{SERVICE}' in the keyring ({backend.name})"

    def _set(self, name: str, key: str) -> None:
        if self._id() is None:
            self._make_id()
        with _usable():
            keyring.set_password(SERVICE, self._account(name), key)

    def _account(self, name: str) -> str:
        return f"{self._id() or '?'}/{name}"

    def _id(self) -> str | None:
        path = self._profile / ID_FILE
        return path.read_text("ascii").strip() if path.exists() else None

    def _make_id(self) -> None:
        own_folder(self._profile)
        path = self._profile / ID_FILE
        file = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(file, "w") as out:
            out.write(f"{secrets.token_hex(8)}\n")
            out.flush()
            os.fsync(file)


_HINT = (
    "Sign in to a desktop whose keyring is unlocked, or keep the keys in files: set security.key_store to file "
    f"(`{CALLED} key show-where` tells where they are)."
)


@contextmanager
def _usable() -> Iterator[None]:
    """A keyring that is locked or not there is said in a sentence; its own errors differ from system to system."""
    try:
        yield
    except (KeyringError, RuntimeError, OSError) as error:
        what = str(error).partition("\n")[0].rstrip(".") or type(error).__name__
        raise BalcaoError(f"The keyring of the operating system cannot be used: {what[:200]}.", _HINT) from error
