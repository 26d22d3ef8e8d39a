"""Has the running agent record, over its API, and waits for the file."""

import ssl
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress

import httpx

from agent.api.local_token import TOKEN_FILE
from agent.cli.dashboard import agent_address
from agent.contract.recordings import RecordingState, RecordingWanted
from agent.errors import BadInput
from agent.settings import Settings

_LOOK_S = 0.5
_FINISH_S = 600.0
"""Making the golden result reads the page once more, in a browser of its own."""
_TAKEN = 409


def record_running(
    settings: Settings,
    minutes: int | None,
    seconds: float | None,
    *,
    page: bool,
    sleep: Callable[[float], None] = time.sleep,
    client: httpx.Client | None = None,
) -> str:
    """Record until the time is over or the person presses Ctrl+C; the file's name.

    Raises:
        BadInput: no agent runs, it is recording already, or no file came of it.
    """
    path = f"/api/sessions/{settings.profile}/recording"
    with client or _client(settings) as api:
        with _answered(settings):
            begun = api.post(path, json=RecordingWanted(keep_minutes=minutes, page=page).model_dump())
        if begun.status_code == _TAKEN and begun.json().get("code") == "conflict":
            raise BadInput("The session is being recorded already.", "Stop that recording first.")
        _fine(begun)
        with _answered(settings):
            with suppress(KeyboardInterrupt):
                _wait(api, path, seconds, sleep)
            _fine(api.delete(path))
            return _made(api, path, sleep)


def _wait(api: httpx.Client, path: str, seconds: float | None, sleep: Callable[[float], None]) -> None:
    from rich.console import Console

    with Console(stderr=True).status("recording; Ctrl+C ends it") as shown:
        while True:
            state = RecordingState.model_validate(_fine(api.get(path)).json())
            if state.state != "recording" or (seconds is not None and state.seconds >= seconds):
                return
            shown.update(f"recording: {state.seconds:.0f} s, {state.messages} messages; Ctrl+C ends it")
            sleep(_LOOK_S)


def _made(api: httpx.Client, path: str, sleep: Callable[[float], None]) -> str:
    for _ in range(int(_FINISH_S / _LOOK_S)):
        state = RecordingState.model_validate(_fine(api.get(path)).json())
        if state.state == "idle":
            if state.last_error or state.name is None:
                raise BadInput("No file came of the recording.", state.last_error or "Look into the agent's log.")
            return state.name
        sleep(_LOOK_S)
    raise BadInput("The file takes very long to be made.", "It will lie in the profile's folder recordings.")


def _fine(answer: httpx.Response) -> httpx.Response:
    if answer.is_error:
        title = answer.json().get("title", "") if "json" in answer.headers.get("content-type", "") else ""
        raise BadInput(f"The agent refused ({answer.status_code} {title}).", "Look into its log.")
    return answer


@contextmanager
def _answered(settings: Settings) -> Iterator[None]:
    try:
        yield
    except httpx.TransportError as error:
        raise BadInput(
            f"No agent runs with the profile '{settings.profile}'.", "Start it: `run`, or `run --record`."
        ) from error


def _client(settings: Settings) -> httpx.Client:
    file = settings.profile_dir / TOKEN_FILE
    try:
        token = file.read_text("utf-8").strip()
    except OSError as error:
        raise BadInput(
            f"No agent runs with the profile '{settings.profile}'.", "Start it: `run`, or `run --record`."
        ) from error
    own = settings.tls_certificate_file
    return httpx.Client(
        base_url=agent_address(settings),
        headers={"Authorization": f"Bearer {token}"},
        timeout=30.0,
        trust_env=False,
        verify=ssl.create_default_context(cafile=None if own is None else str(own)),
    )
