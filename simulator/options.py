"""How the stand-in is served and how it behaves."""

from pathlib import Path

from simulator.scenario import Scenario
from simulator.world import ChatSeed, Clock, Csp, Fact, Generation, Language, Start, Theme


class StandInOptions(Fact):
    """How the page is served and how it behaves. Times are in seconds."""

    csp: Csp = "nonce"
    language: Language | None = None
    """None takes the scenario's, or pt-BR without one."""
    clock: Clock | None = None
    """None takes the language's usual one: 24 hours in Portuguese, 12 in English and Spanish. English with 12 hours is
    American (month first), with 24 British."""
    generation: Generation = "2026"
    theme: Theme | None = None
    """None keeps what the profile remembers (light in a fresh one)."""
    own_name: str | None = None
    """None takes the scenario's."""
    scenario: Scenario | None = None
    """Gives the chats and their history; its script is played by ``player.Player``."""
    chats: tuple[ChatSeed, ...] = ()
    """Further chats."""
    start: Start = "ready"
    """``login`` walks bootstrap, QR, syncing and ready; the others begin there and go on as that screen does."""
    bootstrap_seconds: float = 0.05
    qr_rotate_seconds: float = 20.0
    qr_codes: int = 5
    """Codes shown before the QR screen asks for a click."""
    qr_scan_after_seconds: float | None = None
    """The phone scans by itself after this time; None waits for ``StandIn.scan``."""
    sync_seconds: float = 0.4
    logout_seconds: float = 0.6
    """How long the page says that it is logging out before it asks for a code again."""
    enter_is_send: bool = True
    lateness: float = 1.0
    """Pace of late children and of history blocks: 1 as on the real page, 0 at once."""
    whole: bool = False
    """All rows of a chat are there at once and stay, however far out of sight: for reading long chats in one go."""
    journal: Path | None = None
    """A file that keeps every change, so that the world survives a killed browser; None keeps it in memory."""
