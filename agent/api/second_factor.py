"""Codes of an authenticator app (TOTP, RFC 6238: six digits, a new one every 30 seconds)."""

import hmac
from datetime import datetime

import pyotp
import segno

from agent.contract.signing_in import SecondFactor

STEP_S = 30
WINDOW = 1
"""A code is good one step early and one late: clocks differ, and typing takes time."""


def make_second_factor(user_name: str) -> SecondFactor:
    """A new secret, as an app takes it."""
    secret = pyotp.random_base32()
    uri = pyotp.TOTP(secret).provisioning_uri(name=user_name, issuer_name="Balcão")
    return SecondFactor(secret=secret, uri=uri, qr_svg=picture_of(uri))


def picture_of(uri: str) -> str:
    """A QR code as an SVG element, black on white: cameras do not read it the other way round."""
    return str(segno.make(uri, error="m", micro=False).svg_inline(scale=4, dark="#000", light="#fff"))


def step_of(secret: str, code: str, now: datetime, last: int | None) -> int | None:
    """The 30-second step that a code belongs to; None: it is wrong, or not later than the ``last`` accepted one."""
    totp, here = pyotp.TOTP(secret), int(now.timestamp()) // STEP_S
    found: int | None = None
    for step in range(here - WINDOW, here + WINDOW + 1):
        right = hmac.compare_digest(totp.at(step * STEP_S).encode(), code.encode())
        if right and (last is None or step > last):
            found = step
    return found
