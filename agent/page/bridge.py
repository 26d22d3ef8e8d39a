"""The channel into the page: a CDP binding in an isolated world.

The page's own scripts see neither our code nor our channel, and its content security policy does not bind them.
"""

import asyncio
import json
from collections.abc import AsyncGenerator
from typing import Any

import structlog
from playwright.async_api import CDPSession, Error
from playwright.async_api import Page as Tab
from pydantic import ValidationError

from agent.contract.commands import AnyCommand, EchoCommand, InsertCommand, InsertResult
from agent.contract.frames import FRAME, AnyFrame, SelectorsFrame, StateFrame

log = structlog.get_logger(__name__)

WORLD = "balcao"
BINDING = "balcaoSend"
_COMMAND = "(json) => balcao.command(json)"
_FIRST_REREAD_S, _LONGEST_REREAD_S = 0.2, 30.0
"""A loss is answered by reading the page again; a frame that can never be read must not make that a storm."""
_PATIENCE_S = 10.0
"""A page that does not answer for so long is gone or frozen; the session is started again."""


class Bridge:
    """Frames in, commands out. Keeps what could not be read for the doctor, without its text."""

    def __init__(self, room: int = 1000) -> None:
        """``room``: frames that may wait; more are dropped and the page is read again instead."""
        self._frames: asyncio.Queue[AnyFrame | None] = asyncio.Queue()
        self._room = room
        self._expected = 1
        self._reread_s = _FIRST_REREAD_S
        self._reread: asyncio.TimerHandle | None = None
        self._gone = asyncio.Event()
        self._crashed = False
        self._world: int | None = None
        self._ready = asyncio.Event()
        self._cdp: CDPSession | None = None
        self._main_frame = ""
        self._echoes: dict[int, asyncio.Future[None]] = {}
        self.documents = 0
        """Documents in which the script has started."""
        self.received = 0
        self.unreadable = 0
        self.dropped = 0
        self.last_error: str | None = None
        self.screen: StateFrame | None = None
        """What the page said last of its screen; None in a new document."""

    async def attach(self, tab: Tab, source: str) -> None:
        """Put ``source`` into every document of the tab from now on, before the page's own scripts run."""
        cdp = self._cdp = await tab.context.new_cdp_session(tab)
        cdp.on("Runtime.bindingCalled", self._called)
        cdp.on("Runtime.executionContextCreated", self._world_created)
        cdp.on("Runtime.executionContextDestroyed", self._world_destroyed)
        tab.on("close", lambda _: self.end())
        tab.on("crash", lambda _: self._crash())
        await cdp.send("Page.enable")
        await cdp.send("Runtime.enable")
        tree = await cdp.send("Page.getFrameTree")
        self._main_frame = tree["frameTree"]["frame"]["id"]
        await cdp.send("Runtime.addBinding", {"name": BINDING, "executionContextName": WORLD})
        await cdp.send("Page.addScriptToEvaluateOnNewDocument", {"source": source, "worldName": WORLD})

    def end(self) -> None:
        """The page is gone, or is to be closed: ``frames`` ends behind what has come in, and commands fail."""
        self._gone.set()
        self._frames.put_nowait(None)

    def _crash(self) -> None:
        self._crashed = True
        self.end()

    def _world_created(self, event: dict[str, Any]) -> None:
        context = event["context"]
        if context["name"] == WORLD and context.get("auxData", {}).get("frameId") == self._main_frame:
            self._world = context["id"]
            self._ready.set()

    def _world_destroyed(self, event: dict[str, Any]) -> None:
        if event.get("executionContextId") == self._world:
            self._world = None
            self._ready.clear()

    def _called(self, event: dict[str, Any]) -> None:
        if event["name"] != BINDING or event["executionContextId"] != self._world or self._gone.is_set():
            return
        self.received += 1
        try:
            frame = FRAME.validate_json(event["payload"])
        except ValidationError as error:
            self.unreadable += 1
            # Where and what kind of error, never the input: it may hold a customer's words.
            first = error.errors(include_input=False, include_url=False)[0]
            self.last_error = f"{'.'.join(map(str, first['loc']))}: {first['type']}"
            log.warning("unreadable frame", where=self.last_error)
            self._report_loss()
            return
        if frame.kind == "hello":
            self._expected = frame.seq
        if frame.seq != self._expected:
            self._report_loss()
        self._expected = frame.seq + 1
        if frame.kind == "echo":
            self._answer_echo(frame.nonce)
            return
        if frame.kind == "hello":
            self.documents += 1
            self.screen = None
        if frame.kind == "state":
            self.screen = frame
        if frame.kind == "selectors":
            _tell_selectors(frame)
        if self._frames.qsize() >= self._room:
            self.dropped += 1
            self._report_loss()
            return
        self._frames.put_nowait(frame)

    def _report_loss(self) -> None:
        """Put a None among the frames a little later, ever later when losses go on."""
        if self._reread is not None:
            return

        def report() -> None:
            self._reread = None
            self._frames.put_nowait(None)

        self._reread = asyncio.get_running_loop().call_later(self._reread_s, report)
        self._reread_s = min(self._reread_s * 2, _LONGEST_REREAD_S)

    async def frames(self) -> AsyncGenerator[AnyFrame | None]:
        """See ``ports.Page.frames``."""
        while True:
            frame = await self._frames.get()
            if frame is None and self._gone.is_set() and self._frames.empty():  # Else it is a loss before the end.
                if self._crashed:  # Nobody closed it: it is to be opened anew.
                    raise ConnectionError("the page crashed")
                return
            yield frame

    def taken(self) -> list[AnyFrame | None]:
        """The frames that wait now, without waiting for more."""
        waiting: list[AnyFrame | None] = []
        while not self._frames.empty():
            waiting.append(self._frames.get_nowait())
        return waiting

    async def tell(self, command: AnyCommand) -> None:
        """See ``ports.Page.tell``."""
        await self._call(command.model_dump_json())

    async def insert(self, command: InsertCommand) -> InsertResult:
        """The page's own insertion; ``composer`` adds the second way."""
        return InsertResult.model_validate_json(await self._call(command.model_dump_json()))

    async def echo(self) -> float:
        """Seconds from asking the script for an echo to its frame: the bare channel, there and back."""
        loop = asyncio.get_running_loop()
        nonce = max(self._echoes, default=0) + 1
        answered = self._echoes[nonce] = loop.create_future()
        started = loop.time()
        try:
            async with asyncio.timeout(_PATIENCE_S):
                await self.tell(EchoCommand(nonce=nonce))
                await answered
        except TimeoutError as error:
            raise ConnectionError("the page does not echo") from error
        finally:
            del self._echoes[nonce]
        return loop.time() - started

    async def browser_version(self) -> str:
        """Name and version of the browser, such as ``Chrome/131.0.6778.86``; empty when it does not tell."""
        try:
            answer = {} if self._cdp is None else await self._cdp.send("Browser.getVersion")
        except Error:
            return ""
        return str(answer.get("product", ""))

    def _answer_echo(self, nonce: int) -> None:
        waiting = self._echoes.get(nonce)
        if waiting is not None and not waiting.done():
            waiting.set_result(None)

    async def call(self, function: str, *arguments: object) -> Any:  # noqa: ANN401 (JSON from the page)
        """Run a function in our world and return its JSON value. Raises ``ConnectionError`` when the page is gone."""
        try:
            async with asyncio.timeout(_PATIENCE_S):
                await self._ready.wait()
                if self._cdp is None or self._world is None or self._gone.is_set():
                    raise ConnectionError("the page is gone")
                answer = await self._cdp.send(
                    "Runtime.callFunctionOn",
                    {
                        "functionDeclaration": function,
                        "executionContextId": self._world,
                        "arguments": [{"value": argument} for argument in arguments],
                        "awaitPromise": True,
                        "returnByValue": True,
                    },
                )
        except (Error, TimeoutError) as error:
            raise ConnectionError(str(error).splitlines()[0] if str(error) else "the page does not answer") from error
        if "exceptionDetails" in answer:
            raise ConnectionError(f"the script in the page failed: {answer['exceptionDetails'].get('text')}")
        return answer["result"].get("value")

    async def _call(self, text: str) -> str:
        return str(await self.call(_COMMAND, text))


def _tell_selectors(frame: SelectorsFrame) -> None:
    if frame.used:
        log.info("selectors of this profile are used", anchors=" ".join(frame.used))
    for anchor, reason in frame.refused.items():
        log.warning("a selector of this profile is not used", anchor=anchor, reason=reason)


def with_configuration(source: str, **configuration: object) -> str:
    """The script, told how to behave. The values are JSON: nothing of the page or of a person becomes code."""
    return f"globalThis.__balcaoConfig = {json.dumps(configuration)};\n{source}"
