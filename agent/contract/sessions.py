"""What the API tells of a session: the page, its proof of life, and the code that links it with the phone."""

from enum import StrEnum
from typing import Literal

from pydantic import Field

from agent.contract.base import Value
from agent.contract.frames import PageNotice, PageState
from agent.contract.health import SessionHealth


class PairingKind(StrEnum):
    """How the page asks to be linked with the phone."""

    QR = "qr"
    LINK_CODE = "link_code"
    """Eight characters to type on the phone."""
    EXPIRED = "expired"
    """The code is no longer valid until somebody clicks on it in the page."""


PAIRING_KINDS = {
    PageState.QR: PairingKind.QR,
    PageState.PAIRING: PairingKind.LINK_CODE,
    PageState.QR_EXPIRED: PairingKind.EXPIRED,
}
"""By the screen that is shown; the other screens have nothing to link with."""


class SessionState(SessionHealth):
    """One session as the dashboard shows it. Of the open chat it holds the number, and no words."""

    notices: tuple[PageNotice, ...] = ()
    """What lies over the chats, or beside them."""
    progress: int | None = Field(default=None, examples=[80])
    """Percent, while the page fetches the chats from the phone."""
    pairing: PairingKind | None = None
    """There is something to link the phone with; the code itself has a route of its own."""
    last_error: str | None = Field(default=None, examples=["the page crashed"])
    """Why the session was last started again."""
    model: Literal["off", "loading", "ready", "failed"] = "off"
    model_name: str | None = Field(default=None, examples=["Qwen2.5 1.5B"])
    open_conversation_id: int | None = Field(default=None, examples=[12])
    """The chat that is open in the page; None when none is, or nothing of it is stored yet."""


class Pairing(Value):
    """What a person needs to link the phone. It lets whoever reads it into the account."""

    kind: PairingKind
    link_code: str | None = Field(default=None, examples=["ABCD1234"])
    """None where the kind is another one: the QR code has a route of its own."""
    seen_ms: float = Field(examples=[1_795_350_000_000.0])
    """When the page showed it, in milliseconds since the Unix epoch. A QR code is good for about 20 seconds."""
