"""The API on real parts: an encrypted store, the guard, every route; only the page and the model are not there."""

from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path

import httpx
import pytest
from fastapi import FastAPI

from agent.analysis.retrieval.replies import ReplyBook
from agent.api.app import create_app
from agent.api.passwords import Cost, Passwords
from agent.api.reach import Reach
from agent.api.reply_file import ReplyFile
from agent.api.settings_file import SettingsFile
from agent.api.tokens import AccessTokens, Claims
from agent.contract.access import Role
from agent.contract.frames import PageState, StateFrame
from agent.contract.health import Health, SessionHealth
from agent.contract.life import Life, LifeLevel
from agent.contract.sessions import SessionState
from agent.settings import Settings
from agent.storage.backup import BackupFolder
from agent.storage.key import Derived
from agent.storage.opening import open_store
from agent.storage.repositories.families import Entry
from agent.storage.restore_order import RestoreOrders
from agent.storage.rota import Rota
from agent.storage.store import SqlStore
from tests.clock import NOON, Clock
from tests.storage.fresh import fresh_file
from tests.test_flow import ScriptedAnalyst

NOW = NOON
LOCAL_TOKEN = "local-token-of-a-test"
CHEAP = Cost(memory_kib=64, passes=1, lanes=1)
"""Real hashes, that do not keep a test waiting."""


def healthy() -> Health:
    return Health(
        status="ok",
        version="1",
        uptime_s=1,
        session=SessionHealth(
            name="loja",
            state="running",
            page=PageState.READY,
            restarts=0,
            life=Life(level=LifeLevel.LIVE),
            last_proven_age_s=0.1,
        ),
        model="off",
        model_name=None,
        messages=3,
        unfinished=0,
        last_event=7,
    )


@dataclass
class ScriptedSession:
    """What the agent would tell of its session and its page."""

    state: SessionState = field(default_factory=lambda: SessionState(**dict(healthy().session)))
    screen: StateFrame | None = None
    pauses: list[bool] = field(default_factory=list)
    """What it was asked: to pause, or to go on."""
    is_open: bool = True
    turns: list[bool] = field(default_factory=list)
    """What it was asked: to stop, or to start."""
    shown: int = 0
    starts_again: int = 0

    def start_again(self) -> None:
        self.starts_again += 1

    async def show(self) -> bool:
        self.shown += self.is_open
        return self.is_open

    def pause(self, on: bool) -> bool:
        if self.is_open:
            self.pauses.append(on)
        return self.is_open


@dataclass
class Office:
    """An API with its parts, and clients of it."""

    reach: Reach
    app: FastAPI
    clock: Clock
    stack: AsyncExitStack
    session: ScriptedSession
    taken_up: list[ReplyBook]
    """What the analyst was given of changed replies."""
    users: dict[Role, int] = field(default_factory=dict)

    @property
    def store(self) -> SqlStore:
        return self.reach.store

    async def client(self, who: Role | str | None = None, address: str = "127.0.0.1") -> httpx.AsyncClient:
        """A client signed in as a role (a user is made), with a token of its own (str), or as nobody."""
        headers = {}
        if isinstance(who, Role):
            headers["Authorization"] = f"Bearer {await self.token(who)}"
        elif who is not None:
            headers["Authorization"] = f"Bearer {who}"
        transport = httpx.ASGITransport(app=self.app, client=(address, 50_000), raise_app_exceptions=False)
        client = httpx.AsyncClient(transport=transport, base_url="http://127.0.0.1:8080", headers=headers)
        return await self.stack.enter_async_context(client)

    async def token(self, role: Role) -> str:
        """A good access token of a user with this role."""
        if role not in self.users:
            user = (await self.store.accounts.add(f"{role.value}-1", role, None)).id
            await self.store.accounts.begin_second_factor(user, "A" * 32)
            await self.store.accounts.confirm_second_factor(user, "A" * 32, step=0)
            await self.store.families.begin(Entry(user, None), f"test-{user}", f"test-{user}", timedelta(days=365))
            self.users[role] = user
        tokens = AccessTokens(self.reach.secrets.key("tokens"))
        return tokens.issue(Claims(self.users[role], f"test-{self.users[role]}"), self.clock(), 15)


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    """Everything in a folder of the test's own."""
    return Settings(profiles_dir=tmp_path / "profiles", profile="loja")


@pytest.fixture
async def office(settings: Settings, tmp_path: Path) -> AsyncIterator[Office]:
    """The API with nobody and nothing in it."""
    async with opened(settings, tmp_path, Clock()) as it:
        yield it


@asynccontextmanager
async def opened(settings: Settings, tmp_path: Path, clock: Clock) -> AsyncIterator[Office]:
    """An API with nobody and nothing in it; or with what an earlier one left in this folder."""
    if not settings.profile_dir.exists():
        settings.profile_dir.mkdir(parents=True, mode=0o700)
        await fresh_file(settings.profile_dir / "data.db")
    store = await open_store(settings.profile_dir / "data.db", "0" * 64, now=clock)

    session, taken_up = ScriptedSession(), list[ReplyBook]()

    async def health() -> Health:
        return healthy()

    reach = Reach(
        settings=settings,
        config=tmp_path / "config.yaml",
        store=store,
        secrets=Derived(b"s" * 32),
        local_token=LOCAL_TOKEN,
        health=health,
        analyst=ScriptedAnalyst(),
        session=lambda: session.state,
        screen=lambda: session.screen,
        pause=session.pause,
        switch=session.turns.append,
        show=session.show,
        replies=ReplyFile(settings.replies_file, taken_up.append),
        settings_file=SettingsFile(tmp_path / "config.yaml", settings, {"profile": "loja"}),
        backups=BackupFolder(settings.profile_dir, "0" * 64, Derived(b"s" * 32), clock),
        restores=RestoreOrders(settings.profile_dir, lambda: Derived(b"s" * 32), clock),
        start_again=session.start_again,
        rota=Rota(clock),
        now=clock,
        passwords=Passwords(CHEAP),
    )
    async with AsyncExitStack() as stack:
        yield Office(reach, create_app(reach), clock, stack, session, taken_up)
    await store.close()
