"""How a program on this machine shows that it belongs to the profile's owner: it can read a file that only they can."""

import os
import secrets
from pathlib import Path

TOKEN_FILE = "api.token"  # noqa: S105 (the name of a file)


def make_local_token(profile: Path) -> str:
    """A new token in the profile's folder (0600); the one of an earlier run is good no more."""
    token = secrets.token_urlsafe(32)
    path = profile / TOKEN_FILE
    draft = path.with_name(f"{path.name}.{os.getpid()}")
    draft.unlink(missing_ok=True)
    with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="ascii") as out:
        out.write(f"{token}\n")
    draft.replace(path)
    return token
