"""The part of the store that keeps how people like their work. ``SqlStore`` makes it."""

from collections.abc import Callable
from contextlib import AbstractAsyncContextManager
from datetime import datetime
from typing import Any

from pydantic import ValidationError
from sqlalchemy.ext.asyncio import AsyncConnection

from agent.contract.workplace import Preferences
from agent.storage.repositories import habits

Begin = Callable[[], AbstractAsyncContextManager[AsyncConnection]]


class HabitStore:
    """The canned replies that people use, and how they like the card."""

    def __init__(self, write: Begin, read: Begin, now: Callable[[], datetime]) -> None:
        """``write`` and ``read`` begin transactions."""
        self._write, self._read, self._now = write, read, now

    async def count_reply(self, reply_id: str) -> None:
        """A canned reply was taken from the list once more."""
        async with self._write() as db:
            await habits.count_reply(db, reply_id, self._now())

    async def reply_uses(self) -> dict[str, int]:
        """How often each canned reply was taken, by its id; those never taken are left out."""
        async with self._read() as db:
            return await habits.reply_uses(db)

    async def keep_preferences(self, session: str, attendant: str, preferences: Preferences) -> None:
        """How this person likes the card."""
        async with self._write() as db:
            await habits.keep_preferences(db, session, attendant, preferences.model_dump(mode="json"), self._now())

    async def preferences(self, session: str, attendant: str) -> Preferences:
        """How this person likes the card; the usual ones where they never said so."""
        async with self._read() as db:
            return readable(await habits.preferences(db, session, attendant))


def readable(kept: dict[str, Any] | None) -> Preferences:
    """What was kept, perhaps by another version: each that does not fit any more is as usual, the others stay."""
    known = {name: value for name, value in (kept or {}).items() if name in Preferences.model_fields}
    try:
        return Preferences.model_validate(known)
    except ValidationError as error:
        bad = {str(part["loc"][0]) for part in error.errors()}
        return Preferences.model_validate({name: value for name, value in known.items() if name not in bad})
