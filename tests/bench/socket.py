"""Live events to many listeners over real sockets, who break off and come back: is each there once, how soon.

The server is a process of its own with an encrypted store in a file; events are appended ten in a transaction. The
listeners are in two further processes. Each breaks off at random (half of them without a word), stays away for up to a
second and goes on behind the last number that it has.

``delivery_ms``: from the moment that is written into the event, before it is written, to the arrival of the frame at
a listener. What was appended while a listener was away is not counted there, but it must come. ``lost``: numbers that a
listener never got; ``duplicated``: that it got again. ``yardstick``: the same frames at the same pace once more, by a
bare server of the library websockets, which has them in memory and knows nothing of databases, tokens and numbers.
"""

import argparse
import asyncio
import json
import multiprocessing
import random
import tempfile
import time
from collections import Counter
from collections.abc import Sequence
from contextlib import suppress
from datetime import datetime
from functools import lru_cache
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

from websockets.asyncio.client import connect
from websockets.asyncio.server import ServerConnection, broadcast
from websockets.asyncio.server import serve as bare_serve
from websockets.exceptions import ConnectionClosed

from agent.api.local_token import TOKEN_FILE
from agent.api.site import Doors, Site
from agent.compose import build
from agent.ports import EventStream
from agent.settings import load
from agent.storage.repositories.events import Told, append
from agent.storage.store import SqlStore
from agent.telemetry import logs

PER_S = 1_000
TOGETHER = 10
STAYS_S = 10.0
"""Seconds for which a listener stays, on average."""

DATA: dict[str, object] = {"wa_id": "3EB0C431C26A1916E07A", "direction": "in", "reading": 12}
AWAY_S = 1.0
PATIENCE_S = 30.0
"""After the last event a listener gets so long to have everything."""

PROCESSES = 2


def _server(pipe: Connection, seconds: float, clients: int) -> None:
    logs.configure("error")
    asyncio.run(_serve(pipe, seconds, clients))


async def _serve(pipe: Connection, seconds: float, clients: int) -> None:
    with tempfile.TemporaryDirectory() as name:
        given = {"profile": "bench", "profiles_dir": Path(name), "api.port": 0, "model.drafts": False}
        agent = build(load(None, {**given, "websocket.port": 0, "websocket.max_connections": clients}))
        assert agent.address is not None
        assert agent.site is not None
        doors = agent.address.listen()
        async with agent.open_store() as store:
            assert isinstance(store, SqlStore)
            site = agent.site(agent, store)
            token = (Path(name) / "bench" / TOKEN_FILE).read_text("ascii").strip()
            frames = await _run(pipe, seconds, site, doors, store, token)
        await agent.analyst.close()
        await _again(pipe, [(at - frames[0][0], text) for at, text in frames])


async def _run(
    pipe: Connection, seconds: float, site: Site, doors: Doors, store: SqlStore, token: str
) -> list[tuple[float, str]]:
    """Append for so long; the frames that came of it, and when."""
    running = asyncio.create_task(site.serve(doors))
    frames: list[tuple[float, str]] = []
    pipe.send((doors.events_port, token))
    await asyncio.to_thread(pipe.recv)
    recording = asyncio.create_task(_record(site.stream, frames))
    began = time.monotonic()
    appended = 0
    while (elapsed := time.monotonic() - began) < seconds:
        if appended <= elapsed * PER_S:
            now = store._now()
            async with store._write() as db:  # as a batch of rows is saved
                await append(
                    db, [Told("bench.happened", 7, n, DATA) for n in range(appended, appended + TOGETHER)], now
                )
            appended += TOGETHER
        else:
            await asyncio.sleep(appended / PER_S - elapsed)
    pipe.send((await store.last_event(), appended / (time.monotonic() - began)))
    await asyncio.to_thread(pipe.recv)
    running.cancel()
    with suppress(asyncio.CancelledError):
        await running
    await asyncio.wait({recording})
    return frames


async def _record(stream: EventStream, frames: list[tuple[float, str]]) -> None:
    async for batch in stream.follow(stream.last):
        text = b'{"kind":"events","events":[' + b",".join(batch.lines) + b"]}"
        frames.append((time.monotonic(), text.decode()))


async def _again(pipe: Connection, frames: list[tuple[float, str]]) -> None:
    listeners = set[ServerConnection]()

    async def listener(connection: ServerConnection) -> None:
        listeners.add(connection)
        await connection.wait_closed()

    async with bare_serve(listener, "127.0.0.1", 0, compression=None) as server:
        pipe.send(next(iter(server.sockets)).getsockname()[1])
        await asyncio.to_thread(pipe.recv)
        began, sent = time.monotonic(), list[float]()
        for at, text in frames:
            await asyncio.sleep(max(began + at - time.monotonic(), 0))
            sent.append(time.monotonic())
            broadcast(listeners, text)
        pipe.send((sent, [text.count('"number"') for _, text in frames]))
        await asyncio.to_thread(pipe.recv)


class Tally:
    """What the listeners of one process have seen; delays in tenths of milliseconds."""

    def __init__(self) -> None:
        self.delays = Counter[int]()
        self.lost = self.duplicated = self.reconnects = 0


@lru_cache(maxsize=256)
def _read(text: str) -> tuple[tuple[int, ...], tuple[float, ...]]:
    """Numbers and moments of a frame's events: once for all listeners of the process."""
    events = json.loads(text).get("events", ())
    return tuple(one["number"] for one in events), tuple(
        datetime.fromisoformat(one["at"]).timestamp() for one in events
    )


async def _listen(url: str, token: str, tally: Tally, chance: random.Random, positions: list[int], index: int) -> None:
    headers = {"Authorization": f"Bearer {token}"}
    while True:
        stays = chance.expovariate(1 / STAYS_S)
        with suppress(ConnectionClosed, TimeoutError):
            address = f"{url}?after={positions[index]}"
            async with connect(address, additional_headers=headers, proxy=None, compression=None) as client:
                since = time.time()
                try:
                    async with asyncio.timeout(stays):
                        async for text in client:
                            now = time.time()
                            positions[index] = _took(tally, _read(str(text)), positions[index], since, now)
                except TimeoutError:
                    if chance.random() < 0.5:
                        client.transport.abort()
        tally.reconnects += 1
        await asyncio.sleep(chance.random() * AWAY_S)


def _took(
    tally: Tally, seen: tuple[tuple[int, ...], tuple[float, ...]], position: int, since: float, now: float
) -> int:
    for number, at in zip(*seen, strict=True):
        if number <= position:
            tally.duplicated += 1
            continue
        tally.lost += number - position - 1
        position = number
        if at >= since:
            tally.delays[int((now - at) * 10_000)] += 1
    return position


def _clients(pipe: Connection, count: int, seed: int) -> None:
    asyncio.run(_listeners(pipe, count, seed))


async def _listeners(pipe: Connection, count: int, seed: int) -> None:
    port, token = await asyncio.to_thread(pipe.recv)
    tally, positions, url = Tally(), [0] * count, f"ws://127.0.0.1:{port}/ws"
    async with asyncio.TaskGroup() as tasks:
        each = [
            tasks.create_task(_listen(url, token, tally, random.Random(seed * 1_000 + index), positions, index))  # noqa: S311
            for index in range(count)
        ]
        last = await asyncio.to_thread(pipe.recv)
        until = time.monotonic() + PATIENCE_S
        while min(positions) < last and time.monotonic() < until:
            await asyncio.sleep(0.05)
        for task in each:
            task.cancel()
    tally.lost += sum(max(last - position, 0) for position in positions)
    pipe.send((tally.delays, tally.lost, tally.duplicated, tally.reconnects))

    bare = await asyncio.to_thread(pipe.recv)
    arrivals: list[list[float]] = []

    async def bare_one() -> None:
        mine: list[float] = []
        arrivals.append(mine)
        async with connect(f"ws://127.0.0.1:{bare}", proxy=None, compression=None) as client:
            ready.release()
            with suppress(ConnectionClosed):
                async for text in client:
                    mine.append(time.monotonic())
                    _read(str(text))

    ready = asyncio.Semaphore(0)
    async with asyncio.TaskGroup() as tasks:
        listening = [tasks.create_task(bare_one()) for _ in range(count)]
        for _ in range(count):
            await ready.acquire()
        pipe.send("ready")
        await asyncio.to_thread(pipe.recv)
        await asyncio.sleep(0.5)
        for task in listening:
            task.cancel()
    pipe.send(arrivals)


def _quantiles(delays: "Counter[int]") -> dict[str, float | None]:
    """p50, p95 and max in milliseconds, of tenths."""
    total, passed, found = delays.total(), 0, dict[str, float | None]()
    for tenths in sorted(delays):
        passed += delays[tenths]
        for name, share in (("p50", 0.5), ("p95", 0.95)):
            if name not in found and passed >= share * total:
                found[name] = tenths / 10
    return {"p50": found.get("p50"), "p95": found.get("p95"), "max": max(delays) / 10 if delays else None}


def run(seconds: float, clients: int) -> dict[str, Any]:
    """Measure, then the yardstick."""
    spawn = multiprocessing.get_context("spawn")
    shares = [clients // PROCESSES + (index < clients % PROCESSES) for index in range(PROCESSES)]
    server, server_end = spawn.Pipe()
    processes = [spawn.Process(target=_server, args=(server_end, seconds, clients), daemon=True)]
    pipes: list[Connection] = []
    for seed, share in enumerate(shares):
        here, there = spawn.Pipe()
        pipes.append(here)
        processes.append(spawn.Process(target=_clients, args=(there, share, seed), daemon=True))
    for process in processes:
        process.start()
    try:
        reached = server.recv()
        for pipe in pipes:
            pipe.send(reached)
        server.send("go")
        last, rate = server.recv()
        for pipe in pipes:
            pipe.send(last)
        results = [pipe.recv() for pipe in pipes]
        server.send("enough")
        bare = server.recv()
        for pipe in pipes:
            pipe.send(bare)
        for pipe in pipes:
            pipe.recv()
        server.send("go")
        sent, sizes = server.recv()
        for pipe in pipes:
            pipe.send("enough")
        arrivals = [mine for pipe in pipes for mine in pipe.recv()]
        server.send("enough")
    finally:
        for process in processes:
            process.join(5)
            process.kill()
    delays, fanned = Counter[int](), Counter[int]()
    for delay, *_ in results:
        delays.update(delay)
    for mine in arrivals:
        for came, went, size in zip(mine, sent, sizes, strict=False):
            fanned[int((came - went) * 10_000)] += size
    return {
        "events_per_s": round(rate, 1),
        "lost": sum(one[1] for one in results),
        "duplicated": sum(one[2] for one in results),
        "delivery_ms": _quantiles(delays),
        "yardstick": {"delivery_ms": _quantiles(fanned)},
        "clients": clients,
        "reconnects": sum(one[3] for one in results),
    }


def main(arguments: Sequence[str]) -> int:
    """Print the figures as JSON, and write them to a file when one is named."""
    parser = argparse.ArgumentParser(prog="scripts/bench socket", description=__doc__)
    parser.add_argument("--json", nargs="?", type=Path, help="write the figures to this file, too")
    parser.add_argument("--seconds", type=float, default=60.0)
    parser.add_argument("--clients", type=int, default=100)
    given = parser.parse_args(arguments)
    figures = run(given.seconds, given.clients)
    text = json.dumps(figures, indent=2)
    print(text)
    if given.json is not None:
        given.json.write_text(text + "\n", "utf-8")
    return int(bool(figures["lost"] or figures["duplicated"]))
