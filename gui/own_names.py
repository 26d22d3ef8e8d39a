"""What the company calls its own intents: known to all of the window, and renewed when it has changed."""

from collections.abc import Callable, Mapping

from agent.contract.intents import IntentTitles
from gui.office import Office
from gui.parts import Part


class OwnNames:
    """Asks for the names, and tells when they are others."""

    def __init__(self, office: Office, renamed: Callable[[], None]) -> None:
        """``renamed``: what is shown may hold a name of before."""
        self._office, self._renamed = office, renamed

    def went_stale(self, parts: frozenset[Part]) -> None:
        """These may have changed."""
        if Part.INTENTS in parts:
            self._office.ask(
                lambda api: api.get("/api/intent-titles", IntentTitles).titles, self._known, owner=self._office.root,
                key="intent-titles", failed=lambda _: None,
            )  # fmt: skip

    def _known(self, titles: Mapping[str, str]) -> None:
        if titles != self._office.words.titles:
            self._office.words.titles = titles
            self._renamed()
