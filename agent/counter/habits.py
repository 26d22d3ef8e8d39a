"""Remembers how each person likes the card. The page keeps nothing: what is stored there the page could read."""

from collections.abc import AsyncGenerator
from typing import Protocol

from agent.contract.commands import PreferencesCommand
from agent.contract.workplace import Preferences
from agent.core.errands import KeepPreferences, ShowPreferences
from agent.core.events import Event, Served


class Kept(Protocol):
    """Where they are kept."""

    async def keep_preferences(self, session: str, attendant: str, preferences: Preferences) -> None:
        """How this person likes the card."""
        ...

    async def preferences(self, session: str, attendant: str) -> Preferences:
        """How this person likes the card; the usual ones where they never said so."""
        ...


class Habits:
    """Tells the page how the person who sits there likes the card, and remembers what they change."""

    takes = (ShowPreferences, KeepPreferences)
    newest_only = False

    def __init__(self, kept: Kept) -> None:
        """``kept`` is part of the store."""
        self._kept = kept

    async def do(self, errand: ShowPreferences | KeepPreferences) -> AsyncGenerator[Event]:
        """One after another: what is changed twice in a row stays as it was changed last."""
        match errand:
            case KeepPreferences(session, attendant, preferences):
                await self._kept.keep_preferences(session, attendant, preferences)
            case ShowPreferences(session, attendant):
                yield Served(PreferencesCommand(preferences=await self._kept.preferences(session, attendant)))
