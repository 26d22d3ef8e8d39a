"""A keyring for tests, in a JSON file; the operating system's own is not on every machine that tests run on."""

import json
from pathlib import Path

from keyring.backend import KeyringBackend
from keyring.errors import KeyringLocked, PasswordDeleteError


class FileKeyring(KeyringBackend):
    """Keeps its entries in a file, can be locked, and can be one that keeps nothing."""

    priority = 1  # type: ignore[assignment]

    def __init__(self, file: Path) -> None:
        super().__init__()
        self.file, self.locked, self.forgetful = file, False, False

    def get_password(self, service: str, username: str) -> str | None:
        return self._entries().get(f"{service} {username}")

    def set_password(self, service: str, username: str, password: str) -> None:
        entries = self._entries()
        if not self.forgetful:
            self._keep(entries | {f"{service} {username}": password})

    def delete_password(self, service: str, username: str) -> None:
        entries = self._entries()
        if entries.pop(f"{service} {username}", None) is None:
            raise PasswordDeleteError("no such entry")
        self._keep(entries)

    def names(self) -> list[str]:
        """Of all entries."""
        return sorted(self._entries())

    def _entries(self) -> dict[str, str]:
        if self.locked:
            raise KeyringLocked("the keyring is locked")
        return json.loads(self.file.read_text()) if self.file.exists() else {}

    def _keep(self, entries: dict[str, str]) -> None:
        self.file.write_text(json.dumps(entries))
