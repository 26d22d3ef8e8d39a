"""An agent that is asked to restore a backup ends in order, and the one after it has the other database."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import httpx

from agent.cli.running import run_again_and_again
from agent.compose import build
from agent.contract.frames import PageState
from agent.runtime import Agent
from agent.settings import Settings
from tests.core.says import ANA, row
from tests.core.test_life import screen
from tests.patience import PATIENCE_S
from tests.test_flow import ScriptedPage


class Page(ScriptedPage):
    def __init__(self) -> None:
        super().__init__()
        self.closed = False
        self._frames.put_nowait(screen(PageState.READY))


class Company:
    """The program itself on a scripted page, and somebody who asks it over its API."""

    def __init__(self, folder: Path) -> None:
        self.settings = Settings(
            profiles_dir=folder,
            profile="loja",
            api={"port": 0},
            websocket={"enabled": False},
            model={"drafts": False},
            backup={"every_hours": 0},
        )
        self.pages: list[Page] = []
        self.told: list[list[str]] = []
        self.name = ""

    def build(self) -> Agent:
        """Composed as ever, but for the page; and with somebody beside it."""
        agent = build(self.settings, starts_again=True)
        agent.open_page = self._page  # type: ignore[assignment]
        learn, number = agent.learn, len(self.told)

        async def beside(store: Any) -> None:
            await (self.asks(agent, store) if number == 0 else self.looks(agent, store))
            if learn is not None and number == 0:
                await learn(store)

        agent.learn = beside
        self.told.append([])
        return agent

    @asynccontextmanager
    async def _page(self) -> AsyncIterator[Page]:
        self.pages.append(Page())
        try:
            yield self.pages[-1]
        finally:
            self.pages[-1].closed = True

    @asynccontextmanager
    async def client(self, agent: Agent) -> AsyncIterator[httpx.AsyncClient]:
        token = (self.settings.profile_dir / "api.token").read_text("ascii").strip()
        assert agent.doors is not None
        address = f"http://127.0.0.1:{agent.doors.http_port}"
        headers = {"Authorization": f"Bearer {token}"}
        async with httpx.AsyncClient(base_url=address, headers=headers, timeout=PATIENCE_S, trust_env=False) as client:
            yield client

    async def asks(self, agent: Agent, store: Any) -> None:
        """Copies what there is, lets one more message come, and wants the copy back."""
        await until(lambda: self.pages and agent.flow is not None)
        async with self.client(agent) as client:
            await self.says(store, "oi", 1)
            made = await client.post("/api/backups")
            self.name = made.json()["name"]
            await self.says(store, "depois", 2)
            asked = await client.post(f"/api/backups/{self.name}/restore", json={"confirm": self.name})
            assert asked.status_code == 202, asked.text

    async def says(self, store: Any, text: str, count: int) -> None:
        self.pages[-1].opens(ANA)
        self.pages[-1].shows(ANA, row(text, text), window=["oi", "depois"][:count])
        async with asyncio.timeout(PATIENCE_S):
            while (await store.counts()).messages_in < count:
                await asyncio.sleep(0.01)

    async def looks(self, agent: Agent, store: Any) -> None:
        """What the next one has; then it may end."""
        async with self.client(agent) as client:
            lines = (await client.get("/api/audit")).json()["items"]
            self.told[-1] += [line["action"] for line in lines if line["action"].startswith("backup.")]
            assert (await client.get("/api/health")).json()["messages"] == 1
            kept = (await client.get("/api/backups")).json()["backups"]
            assert [one["messages"] for one in kept] == [2, 1]
        kinds = [event.kind for event in await store.events_after(0, 1000)]
        self.told[-1].append(next(kind for kind in reversed(kinds) if kind.startswith("backup.")))
        assert agent._stop is not None
        agent._stop.set()


async def until(fact: Callable[[], object]) -> None:
    async with asyncio.timeout(PATIENCE_S):
        while not fact():
            await asyncio.sleep(0.01)


def test_the_program_restores_a_backup_and_goes_on(tmp_path: Path) -> None:
    company = Company(tmp_path)
    run_again_and_again(company.build)
    assert len(company.told) == 2, "it was started anew once, and ended for good then"
    assert company.told[1] == ["backup.restored", "backup.restore_asked", "backup.made", "backup.restored"]
    assert company.pages[0].closed, "the session was closed in order"
    assert not (company.settings.profile_dir / "restore.order").exists()
