"""The main job, shown: the real agent on the stand-in page, customers writing, a scripted attendant answering."""

import asyncio
import shutil
from collections.abc import Callable, Coroutine
from contextlib import suppress
from pathlib import Path
from typing import Any

from playwright.async_api import BrowserContext, Page
from rich.console import Console
from rich.table import Table

from agent.analysis.dialogues import BUSINESSES
from agent.compose import build
from agent.contract.recordings import RecordingWanted
from agent.contract.stored import Outcome
from agent.errors import BadInput
from agent.page.profile import locked_profile
from agent.runtime import Agent
from agent.settings import Settings
from agent.telemetry.measurements import quantile
from simulator.afternoon import Afternoon
from simulator.attendant import Attendant
from simulator.options import StandInOptions
from simulator.player import Player
from simulator.scenario import SCENARIOS, Scenario, load_all, load_named
from simulator.serve import install
from simulator.standin import ORIGIN, StandIn
from simulator.together import ALL, replies_together, together

_MODEL_S = 120.0
"""How long the demo waits for the model before it begins without one."""

_SECONDS = 120.0
"""How long an afternoon lasts when nobody says it."""

_WRITING = 0.7
"""Share of the time in which customers write; the rest is for answering."""

_OWN_SECONDS = 600.0
"""The same where a person attends: they read."""

_SETTLE_S = 15.0
"""How long the agent gets to store what the page shows."""

Report = dict[str, Any]


class Demo:
    """One afternoon. ``run`` returns the report."""

    def __init__(
        self,
        settings: Settings,
        business: str | Scenario,
        seconds: float | None = None,
        *,
        speed: float | None = None,
        resume: bool = False,
        yourself: bool = False,
        beside: Callable[[Agent], Coroutine[Any, Any, None]] | None = None,
        record: Path | None = None,
    ) -> None:
        """Make an empty profile of it, unless it goes on.

        Args:
            settings: of the agent.
            business: one of the scenarios here, by its name, or another one.
            seconds: how long it lasts; None: as long as ``speed`` says.
            speed: so many times as fast as the scenario, which has its own time.
            resume: go on with the last demo's world and database.
            yourself: a person attends, in the demo's window and until it is closed; nobody else touches the page.
            beside: runs along until the afternoon ends.
            record: the file that the afternoon is recorded to.

        Raises:
            BadInput: there is no such business.
            ProfileLocked: another demo is running.
        """
        self.settings = settings
        self.console = Console(stderr=True, highlight=False)
        self.scenario = business if isinstance(business, Scenario) else _named(business)
        self._yourself = yourself
        self._follows = self.scenario.attendant == "script" and not yourself
        share = 1.0 if self._follows or yourself else _WRITING
        usual = _OWN_SECONDS if yourself else _SECONDS
        self.speed = speed or max(self.scenario.seconds / ((seconds or usual) * share), 0.01)
        self.seconds = seconds or (self.scenario.seconds / speed / share if speed else usual)
        self._beside, self._record = beside, record
        with locked_profile(settings.profile_dir):
            if not resume:
                _clear(settings.profile_dir)
        _write_replies(settings.profile_dir, self.scenario.replies)
        self._standin: asyncio.Future[StandIn] | None = None

    async def run(self) -> Report | None:
        """Start the agent, let the afternoon pass, stop the agent. Raises what the agent raises.

        None: a person attended and has closed the window.
        """
        self._standin = asyncio.get_running_loop().create_future()
        agent = build(self.settings, self._serve)
        if self._record is not None and agent.recordings is not None:
            agent.recordings.start(RecordingWanted(), self._record)
        over = asyncio.Event()
        running = asyncio.create_task(agent.run(over))
        afternoon = asyncio.create_task(self._afternoon(agent))
        try:
            await asyncio.wait({running, afternoon}, return_when=asyncio.FIRST_COMPLETED)
            if not afternoon.done():
                await running
                if self._yourself:
                    return None
                raise BadInput("The demo was ended before its afternoon was over.", "Start it again.")
            return await afternoon
        finally:
            over.set()
            afternoon.cancel()
            with suppress(asyncio.CancelledError):
                await running

    async def _serve(self, context: BrowserContext) -> None:
        assert self._standin is not None  # noqa: S101 (run() makes it)
        journal = self.settings.profile_dir / "standin.jsonl"
        standin = await install(context, StandInOptions(scenario=self.scenario, journal=journal))
        if not self._standin.done():
            self._standin.set_result(standin)

    def say(self, who: str, what: str) -> None:
        """One line of the transcript."""
        style = {"customer": "cyan", "attendant": "green"}.get(who, "dim")
        self.console.print(f"[{style}]{who:>9}[/]  ", end="")
        self.console.print(what, markup=False, soft_wrap=True)

    async def opened(self) -> tuple[StandIn, Page]:
        """The stand-in and its tab, once the chat list is there."""
        assert self._standin is not None  # noqa: S101 (run() makes it)
        standin = await self._standin
        await standin.context.pages[0].wait_for_url(f"{ORIGIN}**", wait_until="commit")
        return standin, await standin.ready()

    async def _afternoon(self, agent: Agent) -> Report:
        standin, page = await self.opened()
        await self.wait_for_model(agent)
        self.say("demo", f"{self.scenario.business}: an afternoon in {self.seconds:.0f} seconds")
        texts = {self.scenario.message(n, 0).id: n for n in range(len(self.scenario.script))}
        titles = {chat.id: chat.shown_title for chat in self.scenario.chats}

        def written(message_id: str) -> None:
            item = self.scenario.script[texts[message_id]]
            who = "phone" if item.sender == "business" else item.sender
            self.say(who, f"[{titles[item.chat]}] {item.text or item.kind}")

        hands = Attendant(page, standin)
        attendant = Afternoon(hands, standin, self.say)
        player = Player(
            self.scenario, standin, speed=self.speed, on_message=written, attendant=hands if self._follows else None
        )
        if self._yourself:
            self.say("demo", "you attend: open a chat, pick a suggestion, send it yourself; close the window to end")
        async with asyncio.TaskGroup() as tasks:
            beside = tasks.create_task(self._beside(agent)) if self._beside else None
            if self._follows:
                await _played(player)
                await attendant.look_into_every_chat()
            elif self._yourself:
                await _played(player)
                await asyncio.Event().wait()
            else:
                customers = tasks.create_task(player.play())
                await attendant.work(self.seconds)
                await customers
            if beside is not None:
                beside.cancel()
        return await self._report(agent, standin)

    async def wait_for_model(self, agent: Agent) -> None:
        """Until the model is there, or has failed; at most two minutes."""
        waited = 0.0
        while agent.analyst.model_state == "loading" and waited < _MODEL_S:
            if waited == 0:
                self.say("demo", f"loading {agent.analyst.model_name} ...")
            await asyncio.sleep(0.25)
            waited += 0.25

    async def _report(self, agent: Agent, standin: StandIn) -> Report:
        snapshot = await standin.snapshot()
        written = sum(message.direction == "in" for chat in snapshot.chats for message in chat.messages)
        assert agent.store is not None  # noqa: S101
        counts = await agent.store.counts()
        for _ in range(int(_SETTLE_S / 0.25)):
            if counts.messages_in >= written and counts.unfinished == 0:
                break
            await asyncio.sleep(0.25)
            counts = await agent.store.counts()
        sends = await standin.counters()
        painted = agent.measurements.samples("suggestion_ms")
        return {
            "business": self.scenario.slug,
            "seconds": round(self.seconds, 1),
            "messages_written_by_customers": written,
            "messages_captured": counts.messages_in,
            "messages_unfinished": counts.unfinished,
            "suggestions_offered": sum(counts.suggestions.values()),
            "replies_inserted": agent.measurements.counters[f"suggestions_{Outcome.INSERTED}"],
            "outcomes": {outcome.value: n for outcome, n in counts.suggestions.items()},
            "sends_by_agent": sends.sends_by_agent,
            "sends_by_attendant": sends.sends_by_attendant,
            "read_receipts_by_agent": sends.read_receipts_by_agent,
            "suggestion_ms": {
                "p50": quantile(painted, 0.5),
                "p95": quantile(painted, 0.95),
                "samples": len(painted),
            },
            "draft_first_token_ms": {
                "p50": quantile(tuple(agent.analyst.first_token_ms), 0.5),
                "samples": len(agent.analyst.first_token_ms),
            },
            "draft_shown_ms": {"p50": quantile(agent.measurements.samples("draft_shown_ms"), 0.5)},
            "model": agent.analyst.model_name,
            "model_state": agent.analyst.model_state,
        }


async def _played(player: Player) -> None:
    try:
        await player.play()
    except LookupError as error:
        raise BadInput(f"The scenario cannot be played: {error}.", "Take that chat or message out of it.") from error


def _named(business: str) -> Scenario:
    try:
        return together(load_all()) if business == ALL else load_named(business)
    except FileNotFoundError as error:
        known = ", ".join(sorted(path.stem for path in SCENARIOS.glob("*.yaml")))
        raise BadInput(f"There is no business '{business}'.", f"Choose one of: {known}, {ALL}.") from error


def _write_replies(folder: Path, replies: str) -> None:
    """The canned replies and the knowledge of the business, or of all that are played together."""
    knowledge = folder / "knowledge"
    knowledge.mkdir(exist_ok=True)
    if replies != ALL:
        shutil.copy(BUSINESSES / replies / "replies.yaml", folder / "replies.yaml")
        shutil.copy(BUSINESSES / replies / "knowledge.md", knowledge / "knowledge.md")
        return
    played = [one.replies for one in load_all()]
    for name in played:
        shutil.copy(BUSINESSES / name / "knowledge.md", knowledge / f"{name}.md")
    text = replies_together({name: BUSINESSES / name / "replies.yaml" for name in played})
    (folder / "replies.yaml").write_text(text, encoding="utf-8")


def _clear(folder: Path) -> None:
    """Begin with an empty profile; the lock that the caller holds stays."""
    for entry in folder.iterdir():
        if entry.is_dir():
            shutil.rmtree(entry, ignore_errors=True)
        elif entry.name != "agent.lock":
            entry.unlink(missing_ok=True)


def show(report: Report) -> None:
    """Print the report for a person."""
    table = Table(box=None, pad_edge=False, show_header=False)
    for name, value in report.items():
        shown = ", ".join(f"{k} {v}" for k, v in value.items()) if isinstance(value, dict) else value
        table.add_row(name.replace("_", " "), str(shown))
    Console().print(table)
