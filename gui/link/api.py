"""Requests to the agent. They wait for the network, so they are made in worker threads only (``loop.py``)."""

from collections.abc import Callable, Mapping
from functools import cache
from typing import Any, Generic, TypeVar
from urllib.parse import quote

import httpx
from pydantic import BaseModel, ConfigDict, TypeAdapter, ValidationError

from agent.contract.signing_in import SignedIn
from gui.link.credentials import Credentials, Person
from gui.link.errors import Foreign, Refused, Unreachable

Item = TypeVar("Item")
Answer = TypeVar("Answer")

HERE = ("127.0.0.1", "localhost", "::1")
"""Names of this machine."""
_WAIT = httpx.Timeout(30, connect=5)


class Listed(BaseModel, Generic[Item]):
    """A page of a list."""

    model_config = ConfigDict(frozen=True)

    items: tuple[Item, ...]
    cursor: str | None = None
    """For the next page; None: this was the last one."""


@cache
def _reader(kind: Any) -> TypeAdapter[Any]:  # noqa: ANN401 (types are values here)
    return TypeAdapter(kind)


def part(value: object) -> str:
    """A value as a part of a path."""
    return quote(str(value), safe="")


class Api:
    """One agent, as one person may use it. Good for several threads."""

    def __init__(self, server: str, credentials: Credentials | None = None, language: str = "pt-BR") -> None:
        """``server``: an address such as ``http://127.0.0.1:8080``."""
        self.server = server.rstrip("/")
        self.credentials = credentials
        self.language = language
        self.signed_out: Callable[[], None] = lambda: None
        """Called, in any thread, when somebody who had signed in has to do so again."""
        # No proxy of the environment: the agent is on this machine, or where the person said.
        self._http = httpx.Client(base_url=self.server, timeout=_WAIT, trust_env=False)

    @property
    def is_here(self) -> bool:
        """Whether the agent is on this machine, as far as its address tells."""
        return self._http.base_url.host in HERE

    def get(self, path: str, into: type[Answer], **query: object) -> Answer:
        """What a route tells. Raises ``Refused``, ``Unreachable`` or ``Foreign``."""
        return self._read(self._ask("GET", path, query), into)

    def listed(self, path: str, into: type[Item], **query: object) -> Listed[Item]:
        """A page of a list."""
        return self._read(self._ask("GET", path, query), Listed[into])  # type: ignore[valid-type]

    def seen(self, path: str, into: type[Answer], **query: object) -> tuple[Answer, str]:
        """What a route tells with the version of it, to write it only where nobody else has meanwhile."""
        answer = self._ask("GET", path, query)
        return self._read(answer, into), answer.headers.get("ETag", "*")

    def file(self, path: str, **query: object) -> bytes:
        """What a route gives as a file."""
        return self._ask("GET", path, query).content

    def file_with(self, path: str, header: str, **query: object) -> tuple[bytes, str]:
        """What a route gives as a file, with what a header of the answer says; empty where it is not there."""
        answer = self._ask("GET", path, query)
        return answer.content, answer.headers.get(header, "")

    def send(
        self,
        method: str,
        path: str,
        body: BaseModel | Mapping[str, Any] | None = None,
        *,
        accept: str | None = None,
        match: str | None = None,
    ) -> bytes:
        """A write; the answer as it came, of the media type ``accept``. No field of it is sent that nobody set.

        ``match``: the version that was ``seen``.
        """
        if isinstance(body, BaseModel):
            body = body.model_dump(mode="json", exclude_unset=True)
        headers = {"Accept": accept, "If-Match": match}
        return self._ask(method, path, {}, body, {name: one for name, one in headers.items() if one}).content

    def write(
        self,
        method: str,
        path: str,
        into: type[Answer],
        body: BaseModel | Mapping[str, Any] | None = None,
        **query: object,
    ) -> Answer:
        """A write of which the answer matters."""
        if isinstance(body, BaseModel):
            body = body.model_dump(mode="json", exclude_unset=True)
        return self._read(self._ask(method, path, query, body), into)

    def sign_in(self, name: str, password: str, code: str | None) -> SignedIn:
        """From now on ask as this person, who may owe something first."""
        form = {"username": name, "password": password, **({"code": code} if code else {})}
        self.credentials = None
        answer = self._once("POST", "/api/auth/login", data=form)
        signed = self._read(answer, SignedIn)
        self.credentials = Person(signed)
        return signed

    def sign_out(self) -> None:
        """Nobody asks any more; the refresh token is good no more."""
        credentials, self.credentials = self.credentials, None
        if isinstance(credentials, Person):
            credentials.leave(self._http)

    def close(self) -> None:
        """Give the connections back."""
        self._http.close()

    def _ask(
        self,
        method: str,
        path: str,
        query: Mapping[str, object],
        body: Mapping[str, Any] | None = None,
        headers: Mapping[str, str] | None = None,
    ) -> httpx.Response:
        # None where there are none: empty ones would take away those that the path has.
        params = {name.rstrip("_"): _written(value) for name, value in query.items() if value is not None} or None
        used = self.credentials.token() if self.credentials else None
        try:
            return self._once(method, path, params=params, json=body, token=used, headers=headers)
        except Refused as refused:
            # A wrong password or code is refused with the same status: asked again, it would count as tried twice.
            if refused.code != "not_signed_in" or self.credentials is None:
                raise
            if not self.renew(used):
                raise
            return self._once(method, path, params=params, json=body, token=self.credentials.token(), headers=headers)

    def renew(self, used: str | None) -> bool:
        """Take another token instead of one that was refused; False: sign in again.

        Raises:
            Unreachable, Foreign: whether there is another one cannot be told now.
        """
        credentials = self.credentials
        try:
            renewed = credentials is not None and credentials.renew(self._http, used)
        except httpx.HTTPError as error:
            raise Unreachable from error
        if not renewed and isinstance(credentials, Person):
            self.signed_out()
        return renewed

    def _once(
        self,
        method: str,
        path: str,
        *,
        token: str | None = None,
        headers: Mapping[str, str] | None = None,
        **more: Any,  # noqa: ANN401 (httpx's own)
    ) -> httpx.Response:
        mine = {"Accept-Language": self.language, **({"Authorization": f"Bearer {token}"} if token else {})}
        try:
            answer = self._http.request(method, path, headers={**mine, **(headers or {})}, **more)
        except (httpx.HTTPError, OSError) as error:
            raise Unreachable(str(error)) from error
        if answer.is_success:
            return answer
        raise _refusal(answer)

    @staticmethod
    def _read(answer: httpx.Response, into: type[Answer]) -> Answer:
        try:
            read: Answer = _reader(into).validate_json(answer.content)  # type: ignore[arg-type]
        except ValidationError as error:
            raise Foreign(str(into)) from error
        return read


def _written(value: object) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)


def _refusal(answer: httpx.Response) -> Exception:
    try:
        problem = answer.json()
        return Refused(
            status=answer.status_code,
            code=str(problem["code"]),
            detail=str(problem["detail"]),
            faults=tuple((str(one["where"]), str(one["what"])) for one in problem.get("faults") or ()),
        )
    except (ValueError, KeyError, TypeError):
        return Foreign(f"HTTP {answer.status_code}")
