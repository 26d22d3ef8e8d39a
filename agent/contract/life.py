"""Proof of life: whether messages are being captured right now, and why not."""

from enum import StrEnum

from agent.contract.base import Value


class LifeLevel(StrEnum):
    """How much of what the customers write reaches us."""

    LIVE = "live"
    """Proven within the last seconds: the page answers, is linked, and shows everything that is read."""
    DEGRADED = "degraded"
    """Messages are captured, but something is worn, slow or was missed and fetched later."""
    BLIND = "blind"
    """Messages may be coming in and are not captured. Somebody has to look."""


class LifeReason(StrEnum):
    """Why a session is not live. The overlay, the dashboard and the log have a text for each."""

    STARTING = "starting"
    """The page is loading; nothing is wrong yet."""
    SILENT = "silent"
    """The script in the page does not answer: the page is frozen, gone, or has lost the channel."""
    SCREEN = "screen"
    """Another screen than the chats is shown; ``Life.screen`` says which."""
    OFFLINE = "offline"
    """The page has no connection."""
    PAUSED = "paused"
    """The person has stopped the capture."""
    RELOAD = "reload"
    """The page wants to be loaded anew before it goes on."""
    ANCHORS = "anchors"
    """Parts of the page that must be there cannot be found; ``Life.anchors`` names them."""
    BEHIND = "behind"
    """The chat list shows a message of the open chat that was not read."""
    COMPOSER = "composer"
    """Messages are read, but the message box cannot be found."""
    MISSED = "missed"
    """Messages came in unnoticed, and were found by looking again."""
    WORN = "worn"
    """Parts are found by older signs than when the page was opened: WhatsApp has changed something."""
    LOST = "lost"
    """What the page said was lost on the way; it was read again."""
    SLOW = "slow"
    """The agent or the page takes seconds for what takes milliseconds."""
    CLOCK = "clock"
    """The computer's clock jumped: times of messages may be off."""
    UPDATE = "update"
    """WhatsApp Web offers a new version."""
    RESTRICTED = "restricted"
    """WhatsApp has restricted the account: no new chats."""


class Life(Value):
    """The verdict, and what it rests on."""

    level: LifeLevel
    reason: LifeReason | None = None
    """None while live."""
    screen: str | None = None
    """The page's state where the reason is ``screen``."""
    anchors: tuple[str, ...] = ()
    """Names of the registry's entries."""
