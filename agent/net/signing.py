"""How a delivery shows that it comes from us and was not changed: docs/webhooks.md has the receiver's half."""

import hmac
import secrets


def new_secret() -> str:
    """What the deliveries to one address are signed with; 256 bits."""
    return f"whsec_{secrets.token_urlsafe(32)}"


def signature(secret: str, balcao_id: str, timestamp: str, body: bytes) -> str:
    """The header ``Balcao-Signature``: id and time are part of it, so that an old one cannot pass for a new one."""
    signed = f"{balcao_id}.{timestamp}.".encode() + body
    return f"v1={hmac.new(secret.encode(), signed, 'sha256').hexdigest()}"
