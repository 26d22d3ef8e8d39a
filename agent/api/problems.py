"""Errors as RFC 9457 problems, in the language that the request asks for."""

from collections.abc import Sequence
from enum import StrEnum
from typing import Literal

from fastapi import Request
from fastapi.responses import JSONResponse
from pydantic import Field

from agent.api.detail_texts import DETAILS
from agent.api.problem_texts import TEXTS
from agent.contract.base import Value

MEDIA_TYPE = "application/problem+json"

Language = Literal["pt-BR", "en", "es"]
_OTHERS: tuple[Language, ...] = ("en", "es")


class Code(StrEnum):
    """Every way in which a request can be refused. ``problem_texts`` has the words."""

    BAD_REQUEST = "bad_request"
    INVALID = "invalid"
    NOT_SIGNED_IN = "not_signed_in"
    WRONG_LOGIN = "wrong_login"
    CODE_NEEDED = "code_needed"
    LOCKED = "locked"
    WEAK_PASSWORD = "weak_password"  # noqa: S105 (a word)
    FORBIDDEN = "forbidden"
    SETUP_NEEDED = "setup_needed"
    NOT_FOUND = "not_found"
    METHOD = "method"
    CONFLICT = "conflict"
    NO_PAGE = "no_page"
    HEADLESS = "headless"
    NOT_CONFIRMED = "not_confirmed"
    UNFIT_BACKUP = "unfit_backup"
    NO_RESTART = "no_restart"
    UNFIT_RECORDING = "unfit_recording"
    UNWRITABLE = "unwritable"
    NO_PICTURE = "no_picture"
    NO_BROWSER = "no_browser"
    KEY_REUSED = "key_reused"
    IN_PROGRESS = "in_progress"
    TOO_LARGE = "too_large"
    TOO_DEEP = "too_deep"
    TOO_SLOW = "too_slow"
    MEDIA = "media"
    TOO_MANY = "too_many"
    UNAVAILABLE = "unavailable"
    UNEXPECTED = "unexpected"


STATUS: dict[Code, int] = {
    Code.BAD_REQUEST: 400,
    Code.INVALID: 422,
    Code.NOT_SIGNED_IN: 401,
    Code.WRONG_LOGIN: 401,
    Code.CODE_NEEDED: 401,
    Code.LOCKED: 429,
    Code.WEAK_PASSWORD: 409,
    Code.FORBIDDEN: 403,
    Code.SETUP_NEEDED: 403,
    Code.NOT_FOUND: 404,
    Code.METHOD: 405,
    Code.CONFLICT: 409,
    Code.NO_PAGE: 409,
    Code.HEADLESS: 409,
    Code.NOT_CONFIRMED: 409,
    Code.UNFIT_BACKUP: 409,
    Code.NO_RESTART: 409,
    Code.UNFIT_RECORDING: 409,
    Code.UNWRITABLE: 409,
    Code.NO_PICTURE: 409,
    Code.NO_BROWSER: 409,
    Code.KEY_REUSED: 422,
    Code.IN_PROGRESS: 409,
    Code.TOO_LARGE: 413,
    Code.TOO_DEEP: 400,
    Code.TOO_SLOW: 408,
    Code.MEDIA: 415,
    Code.TOO_MANY: 429,
    Code.UNAVAILABLE: 503,
    Code.UNEXPECTED: 500,
}


class Fault(Value):
    """One field that cannot be taken."""

    where: str
    """``body.name``, ``query.limit`` ..."""
    what: str
    """The kind of fault, as pydantic names it; never the value."""


class Problem(Value):
    """What an error's body holds."""

    type: str = Field(examples=["urn:balcao:problem:not_found"])
    title: str = Field(examples=["Não encontrado"])
    status: int = Field(examples=[404])
    detail: str
    code: Code
    request: str | None = None
    """Id of the request, to be found in the log."""
    faults: tuple[Fault, ...] = ()


class Why:
    """Further words of a refusal, in every language: a key of ``detail_texts``, and what stands in its gaps."""

    def __init__(self, key: str, **values: str | int) -> None:
        """``values``: ids, numbers and names of the company's own files; never a person's words."""
        self.key, self._values = key, values

    def told(self, language: Language) -> str:
        """The sentence."""
        return DETAILS[language][self.key].format(**self._values)


class Refused(Exception):
    """A request is answered with a problem. Raise it from any route or dependency."""

    def __init__(
        self,
        code: Code,
        detail: str | Why | None = None,
        *,
        faults: Sequence[Fault] = (),
        headers: dict[str, str] | None = None,
    ) -> None:
        """``detail``: further words, or those of an error (``BadInput``), in English; None takes the code's own."""
        super().__init__(code.value)
        self.code, self.detail, self.faults, self.headers = code, detail, tuple(faults), headers or {}


def language_of(request: Request) -> Language:
    """The one that the request would rather have than the others; Portuguese where it names none of them."""
    for part in request.headers.get("accept-language", "")[:200].lower().split(","):
        wanted = part.partition(";")[0].strip()
        if wanted.startswith("pt"):
            return "pt-BR"
        for other in _OTHERS:
            if wanted.startswith(other):
                return other
    return "pt-BR"


def answer(request: Request, refused: Refused) -> JSONResponse:
    """The answer for a refusal."""
    language = language_of(request)
    title, own = TEXTS[language][refused.code.value]
    said = refused.detail.told(language) if isinstance(refused.detail, Why) else refused.detail
    problem = Problem(
        type=f"urn:balcao:problem:{refused.code.value}",
        title=title,
        status=STATUS[refused.code],
        detail=said or own,
        code=refused.code,
        request=request.scope.get("request_id"),
        faults=refused.faults,
    )
    headers = dict(refused.headers)
    if problem.status == 401:
        headers.setdefault("WWW-Authenticate", "Bearer")
    return JSONResponse(problem.model_dump(mode="json"), problem.status, headers=headers, media_type=MEDIA_TYPE)
