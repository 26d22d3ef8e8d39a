"""Who is asking: the owner of this machine's profile, or somebody who has signed in."""

from pathlib import Path
from threading import Lock
from typing import Protocol

import httpx

from agent.contract.signing_in import SignedIn
from gui.link.errors import Foreign

_NO_MORE = (httpx.codes.UNAUTHORIZED, httpx.codes.FORBIDDEN)
"""The refresh token is good no more: sign in again."""


class Credentials(Protocol):
    """Gives the token for the next request."""

    def token(self) -> str | None:
        """The present one; None: nobody is signed in."""
        ...

    def renew(self, http: httpx.Client, refused: str | None) -> bool:
        """Another one instead of one that was refused; False: there is none.

        Raises:
            httpx.HTTPError: the server could not be asked, or could not answer.
            Foreign: it is none of ours.
        """
        ...


class TokenFile:
    """The local token: a file that only the profile's owner can read, made anew at each start of the agent."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._token = self._read()

    def token(self) -> str | None:
        """What the file held when it was last read."""
        return self._token

    def renew(self, http: httpx.Client, refused: str | None) -> bool:
        """Read it again: the agent may have been started anew."""
        del http
        self._token = self._read()
        return self._token is not None and self._token != refused

    def _read(self) -> str | None:
        try:
            return self.path.read_text("ascii").strip() or None
        except (OSError, UnicodeDecodeError):
            return None


class Person:
    """Somebody who has signed in. A refresh token is good once, so only one thread may use it."""

    def __init__(self, tokens: SignedIn) -> None:
        self._tokens: SignedIn | None = tokens
        self._lock = Lock()

    def token(self) -> str | None:
        """The access token."""
        tokens = self._tokens
        return tokens.access_token if tokens else None

    def renew(self, http: httpx.Client, refused: str | None) -> bool:
        """Take the next pair, unless another thread just did."""
        with self._lock:
            if self._tokens is None:
                return False
            if self._tokens.access_token != refused:
                return True
            answer = http.post("/api/auth/refresh", json={"refresh_token": self._tokens.refresh_token})
            if answer.status_code in _NO_MORE:
                self._tokens = None
                return False
            answer.raise_for_status()  # A server in trouble says nothing of who we are: it is tried again.
            try:
                self._tokens = SignedIn.model_validate_json(answer.content)
            except ValueError as error:
                raise Foreign(str(SignedIn)) from error
            return True

    def leave(self, http: httpx.Client) -> None:
        """Sign out: the refresh token is good no more."""
        with self._lock:
            tokens, self._tokens = self._tokens, None
        if tokens is not None:
            http.post("/api/auth/logout", json={"refresh_token": tokens.refresh_token})
