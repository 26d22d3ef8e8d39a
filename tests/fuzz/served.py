"""Serves the API over a made-up company on a port, until it is ended: ``python -m tests.fuzz.served FOLDER``.

It is the real agent, as ``compose`` builds it, but for the browser and the model. The line that it prints is JSON:
``url`` and ``token``, the token of a program on this machine.
"""

import asyncio
import json
import socket
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from pathlib import Path

import httpx

from agent.api.local_token import TOKEN_FILE
from agent.compose import build
from agent.contract.access import Role
from agent.contract.analysis import Analysis, Sentiment
from agent.contract.rows import Change
from agent.contract.stored import AnalysedMessage
from agent.ports import Page
from agent.settings import CONFIG_FILE, Settings
from agent.settings.schema import ApiSettings, ModelSettings, SecuritySettings, WebsocketSettings
from agent.storage.store import SqlStore
from agent.telemetry import logs
from tests.storage.chats import row, shows

ANALYSIS = Analysis(
    sentiment_score=-0.5,
    sentiment=Sentiment.NEGATIVE,
    intent="complaint",
    confidence_scores={"sentiment": 0.9, "intent": 0.8},
    suggested_responses=(),
    model_version="1",
)


async def fill(store: SqlStore) -> None:
    """Customers with and without a number, messages with analyses, users of each role."""
    for number in range(1, 31):
        phone = f"+55119000000{number:02}" if number % 2 == 0 else None
        rows = [row(f"{number}-{n}", f"Oi, é o pedido {n} 😊", time="10:30", date="2026-11-20") for n in range(5)]
        saved = await store.save(
            shows(*rows, change=Change.NEW, title=phone or f"Cliente {number}", phone=phone, zone="America/Sao_Paulo")
        )
        for message in saved.inserted:
            await store.save_analysis(AnalysedMessage(message_id=message.id, analysis=ANALYSIS))
    for role in Role:
        await store.accounts.add(f"pessoa-{role.value}", role, None)


@asynccontextmanager
async def no_page() -> AsyncIterator[Page]:
    """The browser is not what is tried: its page is opened for ever."""
    await asyncio.Event().wait()
    raise AssertionError
    yield


def free_port() -> int:
    """One that nobody listens on just now."""
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port: int = taken.getsockname()[1]
        return port


async def main(folder: Path) -> None:
    """Serve until ended."""
    port = free_port()
    settings = Settings(
        profiles_dir=folder,
        profile="loja",
        api=ApiSettings(port=port),
        websocket=WebsocketSettings(port=free_port()),
        security=SecuritySettings(requests_a_minute=1_000_000, logins_a_minute=100_000),
        model=ModelSettings(drafts=False),
    )
    logs.configure("error", settings.log_file)
    config = folder / "config.yaml"
    config.write_text(CONFIG_FILE.read_text("utf-8"), "utf-8")
    agent = build(settings, config=config)
    agent.open_page = no_page
    async with agent.open_store() as store:
        assert isinstance(store, SqlStore)
        await fill(store)
    async with asyncio.TaskGroup() as tasks:
        running = tasks.create_task(agent.run())
        url, token = f"http://127.0.0.1:{port}", settings.profile_dir / TOKEN_FILE
        async with httpx.AsyncClient(base_url=url, trust_env=False) as client:
            while not running.done():
                with suppress(httpx.TransportError):
                    if (await client.get("/api/health")).is_success:
                        break
                await asyncio.sleep(0.1)
        print(json.dumps({"url": url, "token": token.read_text("ascii").strip()}), flush=True)


if __name__ == "__main__":
    asyncio.run(main(Path(sys.argv[1])))
