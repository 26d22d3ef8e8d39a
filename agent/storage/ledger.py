"""Whom this profile must not know any more: keyed fingerprints in a file beside the database.

A backup holds everybody whom it held when it was made. The ledger stays when the database is exchanged, so that whoever
was erased since is found in the older copy and erased again. It holds no name, number, id or word: without the
profile's secret nobody can tell whom it is about.

Each line is proven by a hash over the one before it. Lines are only ever added; one that a crash has cut short has
never been carried out, and is left out.
"""

import hmac
import json
import os
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from agent.contract.base import Value
from agent.contract.privacy import ErasureKind
from agent.errors import BalcaoError
from agent.storage.key import Derived
from agent.storage.repositories.subject import Known

if TYPE_CHECKING:
    from agent.storage.store import SqlStore

FILE = "erasures.ledger"
_FIRST = "0" * 64
_BYTES = 16
"""Of a fingerprint: no two are alike by chance, and a person with 10,000 messages takes 330 kB."""


class LedgerLine(Value):
    """One person who is gone; or that a line before it was carried out."""

    number: int
    at: datetime
    kind: ErasureKind | None
    """None: the line ``done`` was carried out to its end."""
    done: int | None = None
    customers: tuple[str, ...] = ()
    conversations: tuple[str, ...] = ()
    messages: tuple[str, ...] = ()
    listed: tuple[str, ...] = ()
    hash: str = ""


class Ledger:
    """The ledger of one profile. One process writes it: whoever holds the profile."""

    def __init__(self, profile: Path, secrets: Derived) -> None:
        """Reads the file, if there is one.

        Raises:
            BalcaoError: a line was altered, or the secret is another one.
        """
        self._path = profile / FILE
        self._key, self._chain = secrets.key("ledger"), secrets.key("ledger chain")
        self._known: dict[tuple[ErasureKind, str], set[str]] = {}
        self._after: list[LedgerLine] = []
        self._pending: set[int] = set()
        self._hash = _FIRST
        self.last = 0
        """Number of the last line."""
        for line in self._read():
            self._take(line)

    def add(self, kind: ErasureKind, known: Known, at: datetime) -> int:
        """Remember somebody before they are removed; the number of the line. It is on the disk when this returns."""
        line = LedgerLine(
            number=self.last + 1,
            at=at,
            kind=kind,
            customers=tuple(self.made("customer", *one) for one in known.customers),
            conversations=tuple(self.made("conversation", *one) for one in known.conversations),
            messages=tuple(self.message(*one) for one in known.messages),
            listed=tuple(self.row(*one) for one in known.listed),
        )
        return self._append(line)

    def finish(self, number: int, at: datetime) -> None:
        """A line was carried out: nothing of the person is left in the database's file."""
        self._append(LedgerLine(number=self.last + 1, at=at, kind=None, done=number))

    @property
    def pending(self) -> bool:
        """Whether a line was begun and not carried out to its end: the program was ended meanwhile."""
        return bool(self._pending)

    @property
    def unfinished(self) -> tuple[int, ...]:
        """Those lines."""
        return tuple(sorted(self._pending))

    @property
    def empty(self) -> bool:
        """Whether nobody was ever erased."""
        return self.last == 0

    def due(self, upto: int) -> Sequence[LedgerLine]:
        """The lines behind a number, oldest first, that are about somebody."""
        return [line for line in self._after if line.number > upto and line.kind is not None]

    def is_message(self, session: str, wa_id: str) -> bool:
        """Whether a message of the page was erased or made anonymous."""
        print_ = self.message(session, wa_id)
        return any(print_ in self._known.get((kind, "messages"), ()) for kind in ErasureKind)

    def is_row(self, session: str, title: str, last_text: str | None) -> bool:
        """Whether a row of the chat list shows what it showed when its person was erased."""
        if not any(self._known.get((kind, "listed")) for kind in ErasureKind):
            return False
        print_ = self.row(session, title, last_text)
        return any(print_ in self._known.get((kind, "listed"), ()) for kind in ErasureKind)

    def made(self, what: str, number: int, at: datetime) -> str:
        """Fingerprint of a line of the database: its id alone may be given again."""
        return self._print(what, str(number), at.astimezone(UTC).isoformat(timespec="microseconds"))

    def message(self, session: str, wa_id: str) -> str:
        """Fingerprint of a message, wherever it lies."""
        return self._print("message", session, wa_id)

    def row(self, session: str, title: str, last_text: str | None) -> str:
        """Fingerprint of a row of the chat list."""
        return self._print("listed", session, title, "" if last_text is None else f"={last_text}")

    def _print(self, *said: str) -> str:
        line = json.dumps(said, ensure_ascii=True).encode()
        return hmac.digest(self._key, line, "sha256")[:_BYTES].hex()

    def _append(self, line: LedgerLine) -> int:
        line = line.model_copy(update={"hash": self._proof(line)})
        file = os.open(self._path, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
        try:
            if (size := os.fstat(file).st_size) and not self._ends_well(size):
                os.write(file, b"\n")  # A line that was cut short stays as it is, and is passed over.
            _write(file, f"{line.model_dump_json()}\n".encode())
            os.fsync(file)
        finally:
            os.close(file)
        self._take(line)
        return line.number

    def _ends_well(self, size: int) -> bool:
        with self._path.open("rb") as file:
            file.seek(size - 1)
            return file.read(1) == b"\n"

    def _take(self, line: LedgerLine) -> None:
        self.last, self._hash = line.number, line.hash
        self._after.append(line)
        if line.kind is None:
            self._pending.discard(line.done or 0)
            return
        self._pending.add(line.number)
        for name in ("customers", "conversations", "messages", "listed"):
            self._known.setdefault((line.kind, name), set()).update(getattr(line, name))

    def _read(self) -> Iterable[LedgerLine]:
        if not self._path.is_file():
            return
        before, number = _FIRST, 0
        with self._path.open("rb") as file:
            for raw in file:
                try:
                    line = LedgerLine.model_validate_json(raw)
                except ValueError:
                    continue  # Cut short by a crash: the next one proves that nothing is missing before it.
                if line.number != number + 1 or not hmac.compare_digest(self._proof(line, before), line.hash):
                    raise self._broken(number + 1)
                before, number = line.hash, line.number
                yield line

    def _proof(self, line: LedgerLine, before: str | None = None) -> str:
        said = line.model_dump_json(exclude={"hash"})
        chained = f"{self._hash if before is None else before}\n{said}".encode()
        return hmac.digest(self._chain, chained, "sha256").hex()

    def _broken(self, number: int) -> BalcaoError:
        return BalcaoError(
            f"Line {number} of {self._path} was altered, or belongs to another secrets.key: it cannot be told any more "
            "who was erased.",
            "Put back the file, or the secrets.key, from a backup of the profile's folder.",
        )


async def forget_again(store: "SqlStore", profile: Path, secrets: Derived) -> int:
    """Erase whom a restored database has brought back; how many customers. Call it at every opening.

    Raises:
        BalcaoError: the ledger was altered.
    """
    from agent.storage.forgetting import Forgetting  # which needs the ledger

    return await Forgetting(store, profile, secrets).again()


def _write(file: int, data: bytes) -> None:
    while data:
        data = data[os.write(file, data) :]
