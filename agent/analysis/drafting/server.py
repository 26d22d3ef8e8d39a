"""Drafts by a server that speaks OpenAI's chat interface (llama.cpp, Ollama, vLLM, ...) instead of a model file.

Only a server on this machine is asked unless ``remote`` is set by hand: customers' words do not leave it by default.
"""

import asyncio
import ipaddress
import json
import os
from collections.abc import AsyncGenerator, Collection, Generator, Iterator, Sequence
from dataclasses import dataclass

import httpx

from agent.analysis.drafting.assignment import Assignment
from agent.analysis.drafting.llama import Ended
from agent.analysis.drafting.prompt import CLOSE, MAX_HINTS, OPEN, Briefing, language_of, plain
from agent.analysis.drafting.writer import DraftOptions, Stopped, WriterFailed
from agent.contract.rows import Direction
from agent.contract.stored import StoredMessage
from agent.errors import BadInput

RETRY_S = 15.0
_LOOK_S = 0.05
_CONNECT_S, _SILENT_S = 3.0, 60.0
_MAX_TURNS = 12
_CHARS_A_TOKEN = 2
"""Fewer than there are in truth (3 to 4): what a text is allowed may be too much, never too little."""
_LANGUAGES = {"en": "Answer in English.", "es": "Responde en español."}


@dataclass(frozen=True)
class ServerOptions:
    """Where the server is."""

    url: str
    """With the version, as clients of OpenAI want it: ``http://127.0.0.1:8000/v1``."""
    name: str
    """The model's name at the server."""
    key_env: str | None = None
    """Environment variable that holds the key."""
    remote: bool = False
    """Set by hand: the server may be another machine, which then reads what customers write."""


class ServerWriter:
    """A ``Writer`` that asks a server. What it has read of a chat is the server's affair: most keep the prefix."""

    def __init__(self, server: ServerOptions, options: DraftOptions, briefing: Briefing) -> None:
        """Nothing is asked yet.

        Raises:
            BadInput: the address is no server on this machine and ``remote`` is not set, or the key is missing.
        """
        check_address(server.url, remote=server.remote)
        headers = {}
        if server.key_env:
            key = os.environ.get(server.key_env)
            if not key:
                raise BadInput(
                    f"The environment variable {server.key_env} is not set.",
                    "Set it to the server's key, or take model.server.key_env out of config.yaml.",
                )
            headers["Authorization"] = f"Bearer {key}"
        self._server = server
        self._options = options
        self._system = f"{briefing.base}\n{briefing.later}"
        self._examples = briefing.examples
        self._loop = asyncio.new_event_loop()
        self._client = httpx.AsyncClient(
            base_url=server.url.rstrip("/") + "/",
            headers=headers,
            timeout=httpx.Timeout(_SILENT_S, connect=_CONNECT_S),
            # A proxy of the environment would be told what customers write; a redirect could lead anywhere.
            trust_env=server.remote,
            follow_redirects=False,
        )
        self.name: str | None = server.name

    def open(self, stopped: Stopped) -> None:
        """Ask for the list of models: whether it is there, and takes the key."""
        try:
            answer = self._loop.run_until_complete(self._client.get("models"))
        except httpx.HTTPError as error:
            raise self._failed(error) from error
        if answer.status_code in (401, 403):
            raise WriterFailed(f"The server at {self._server.url} does not accept the key.", RETRY_S)
        if answer.is_server_error:
            raise WriterFailed(f"The server at {self._server.url} answers {answer.status_code}.", RETRY_S)

    @property
    def learning(self) -> bool:
        """Never: the server has no part that could be read beforehand."""
        return False

    def learn(self, stopped: Stopped) -> None:
        """Nothing to do."""

    def read(self, turns: Sequence[StoredMessage], stopped: Stopped) -> None:
        """Let the server evaluate the conversation: one token is asked for and thrown away."""
        said = [turn for turn in turns if turn.text][-_MAX_TURNS:]
        if said:
            for _ in self._stream(self._messages(said, ()), 1, stopped):
                pass

    def write(
        self, turns: Sequence[StoredMessage], hints: Sequence[str], stopped: Stopped
    ) -> Iterator[tuple[str, Ended | None]]:
        """Stream the reply to the last turn."""
        said = [turn for turn in turns if turn.text][-_MAX_TURNS:]
        return self._stream(self._messages(said, hints[:MAX_HINTS]), self._options.max_tokens, stopped)

    def compose(self, wanted: Assignment, stopped: Stopped) -> Generator[tuple[str, Ended | None]]:
        """Stream what becomes of a text."""
        messages = [{"role": "system", "content": wanted.rules}]
        for text, made in (*wanted.examples, (wanted.text, "")):
            messages.append({"role": "user", "content": f"{OPEN}{text}{CLOSE}\n{wanted.wish}"})
            messages.append({"role": "assistant", "content": made})
        tokens = len(wanted.text) // _CHARS_A_TOKEN
        return self._stream(messages[:-1], wanted.limit(tokens), stopped, temperature=0.0)

    def forget(self, conversations: Collection[int]) -> None:
        """Nothing is kept here; what the server keeps is its own affair."""

    def close(self) -> None:
        """Close the connections."""
        if not self._loop.is_closed():
            self._loop.run_until_complete(self._client.aclose())
            self._loop.run_until_complete(self._loop.shutdown_asyncgens())
            self._loop.close()

    def _messages(self, said: Sequence[StoredMessage], hints: Sequence[str]) -> list[dict[str, str]]:
        messages = [{"role": "system", "content": self._system}]
        for asked, said_then in self._examples:
            messages.append({"role": "user", "content": f"{OPEN}{asked}{CLOSE}"})
            messages.append({"role": "assistant", "content": said_then})
        for turn in said:
            ours = turn.direction is Direction.OUT
            content = plain(turn) if ours else f"{OPEN}{plain(turn)}{CLOSE}"
            messages.append({"role": "assistant" if ours else "user", "content": content})
        language = language_of(said)
        notes = [f"Pode servir: {' '.join(hint.split())}" for hint in hints]
        notes += [_LANGUAGES[language]] if language in _LANGUAGES else []
        messages[-1]["content"] = "\n".join([messages[-1]["content"], *notes])
        return messages

    def _stream(
        self, messages: list[dict[str, str]], limit: int, stopped: Stopped, temperature: float | None = None
    ) -> Generator[tuple[str, Ended | None]]:
        parts = self._parts(messages, limit, temperature)
        try:
            while True:
                if stopped():
                    yield "", "stopped"
                    return
                step = self._loop.create_task(anext(parts, None))
                while not step.done():
                    # The server may think for seconds before its first word: look often, to stop at once.
                    self._loop.run_until_complete(asyncio.wait({step}, timeout=_LOOK_S))
                    if stopped() and not step.done():
                        step.cancel()
                        self._loop.run_until_complete(asyncio.wait({step}))
                        yield "", "stopped"
                        return
                part = step.result()
                if part is None:
                    raise WriterFailed(f"The server at {self._server.url} broke off.", RETRY_S)
                yield part
                if part[1] is not None:
                    return
        except (httpx.HTTPError, ValueError, KeyError, IndexError, TypeError) as error:
            raise self._failed(error) from error
        finally:
            self._loop.run_until_complete(_end(parts))

    async def _parts(
        self, messages: list[dict[str, str]], limit: int, temperature: float | None
    ) -> AsyncGenerator[tuple[str, Ended | None]]:
        options = self._options
        body = {
            "model": self._server.name,
            "messages": messages,
            "max_tokens": limit,
            "temperature": options.temperature if temperature is None else temperature,
            "seed": options.seed,
            "stream": True,
        }
        async with self._client.stream("POST", "chat/completions", json=body) as answer:
            if answer.status_code != httpx.codes.OK:
                raise WriterFailed(f"The server at {self._server.url} answers {answer.status_code}.", RETRY_S)
            async for line in answer.aiter_lines():
                if not line.startswith("data:"):
                    continue
                data = line.removeprefix("data:").strip()
                if data == "[DONE]":
                    return
                for choice in json.loads(data)["choices"]:
                    text = choice.get("delta", {}).get("content")
                    if text:
                        yield text, None
                    if reason := choice.get("finish_reason"):
                        yield "", "finished" if reason == "stop" else "limit"

    def _failed(self, error: Exception) -> WriterFailed:
        if isinstance(error, httpx.TimeoutException):
            why = "does not answer in time"
        elif isinstance(error, httpx.HTTPError):
            why = f"cannot be reached ({type(error).__name__})"
        else:
            why = "does not speak OpenAI's chat interface"
        return WriterFailed(f"The server at {self._server.url} {why}.", RETRY_S)


async def _end(parts: AsyncGenerator[tuple[str, Ended | None]]) -> None:
    await parts.aclose()
    await asyncio.sleep(0)  # Generators inside httpx are closed by the loop, which runs only while somebody waits.


def check_address(url: str, *, remote: bool) -> None:
    """Only this machine, unless ``remote``.

    Raises:
        BadInput: it is another machine, or no address.
    """
    host = httpx.URL(url).host
    if not host:
        raise BadInput(f"{url} is no address of a server.", "Give one like http://127.0.0.1:8000/v1.")
    if remote or host == "localhost":
        return
    try:
        own = ipaddress.ip_address(host).is_loopback
    except ValueError:
        own = False
    if not own:
        raise BadInput(
            f"{host} is another machine: what customers write would leave this one.",
            "Use a server on 127.0.0.1, or set model.server.remote: true in config.yaml if you mean it.",
        )
