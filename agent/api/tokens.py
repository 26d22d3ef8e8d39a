"""Access tokens (short-lived, signed, good for one user), refresh tokens and API keys (random, kept as a digest)."""

import hashlib
import secrets
from datetime import datetime, timedelta
from typing import NamedTuple

import jwt

ALGORITHM = "HS256"
ISSUER = "balcao"
TYPE = "at+jwt"
"""RFC 9068: no other signed thing can be taken for an access token."""
KEY_PREFIX = "bk_"
HINT_LENGTH = 8


class Claims(NamedTuple):
    """What a token says."""

    user_id: int
    family: str
    """The signing-in that it came from."""


class AccessTokens:
    """Makes and reads them."""

    def __init__(self, key: bytes) -> None:
        """``key``: 32 bytes."""
        self._key = key

    def issue(self, claims: Claims, now: datetime, minutes: int) -> str:
        """A token that is good from now on."""
        said = {
            "iss": ISSUER,
            "aud": ISSUER,
            "sub": str(claims.user_id),
            "fam": claims.family,
            "jti": secrets.token_hex(8),
            "iat": now,
            "exp": now + timedelta(minutes=minutes),
        }
        return jwt.encode(said, self._key, ALGORITHM, headers={"typ": TYPE})

    def read(self, token: str, now: datetime) -> Claims | None:
        """What a token of ours says; None for any other one, and for one that has expired."""
        try:
            whole = jwt.decode_complete(
                token,
                self._key,
                [ALGORITHM],
                audience=ISSUER,
                issuer=ISSUER,
                options={
                    "require": ["exp", "iat", "sub", "fam", "jti", "iss", "aud"],
                    "verify_exp": False,
                    "verify_iat": False,
                },
            )
            said = whole["payload"]
            if whole["header"].get("typ") != TYPE:
                return None
            if not int(said["iat"]) - 60 <= now.timestamp() < int(said["exp"]):
                return None
            user_id = int(said["sub"])
            return Claims(user_id, str(said["fam"])) if 0 < user_id < 2**63 else None
        except (jwt.InvalidTokenError, ValueError, TypeError):
            return None


def digest_of(token: str) -> str:
    """What is kept of a random token: a slow hash would add nothing to 256 random bits."""
    return hashlib.sha256(token.encode()).hexdigest()


def make_refresh_token() -> str:
    """A new one."""
    return secrets.token_urlsafe(32)


def make_family() -> str:
    """The id of a new signing-in."""
    return secrets.token_hex(16)


def make_key() -> str:
    """A new API key."""
    return KEY_PREFIX + secrets.token_urlsafe(32)
