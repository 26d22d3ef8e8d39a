"""A real PostgreSQL, if there is one: proof that no query is SQLite's alone."""

import os
import shutil
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import NullPool, text
from sqlalchemy.ext.asyncio import AsyncEngine, create_async_engine

from agent.storage.tables import Base


class PostgresDatabase:
    """The parts of a database that ``SqlStore`` asks for."""

    def __init__(self, url: str) -> None:
        self.engine: AsyncEngine = create_async_engine(url, poolclass=NullPool)

    def error(self, error: Exception) -> Exception:
        return error

    async def scrub(self) -> None:
        return

    async def close(self) -> None:
        await self.engine.dispose()

    async def empty(self) -> None:
        """As after the last migration: no lines, numbers from 1."""
        names = ", ".join(Base.metadata.tables)
        async with self.engine.begin() as db:
            await db.execute(text(f"TRUNCATE {names} RESTART IDENTITY"))


def missing() -> str | None:
    """Why no server can be started here; None when one can."""
    if _program("initdb") is None or _program("postgres") is None:
        return "no PostgreSQL server (initdb, postgres) on this machine"
    if _as_user() is None:
        return "PostgreSQL refuses to run as root, and there is no user 'postgres' or 'nobody' to run it as"
    return None


@contextmanager
def server() -> Iterator[str]:
    """Runs a server during the block and gives the URL of its database. Its only door is a socket in its own folder."""
    user = _as_user()
    # Its socket's path may have no more than 107 bytes, and another user must reach it: not pytest's own folder.
    folder = Path(tempfile.mkdtemp(prefix="balcao-pg-"))
    try:
        if user:
            shutil.chown(folder, user)
        data, options = folder / "data", {"user": user} if user else {}
        initdb = [_program("initdb"), "-D", data, "-U", "balcao", "-A", "trust", "-E", "UTF8", "--no-locale", "-N"]
        subprocess.run(initdb, check=True, capture_output=True, **options)
        settings = {"listen_addresses": "", "unix_socket_directories": folder, "fsync": "off", "max_connections": 10}
        arguments = [word for name, value in settings.items() for word in ("-c", f"{name}={value}")]
        process = subprocess.Popen(
            [_program("postgres"), "-D", data, *arguments],
            stdout=subprocess.DEVNULL,
            stderr=(folder / "log").open("wb"),
            **options,
        )
        try:
            _wait(folder, process)
            yield f"postgresql+psycopg://balcao@/postgres?host={folder}"
        finally:
            process.terminate()
            process.wait(30)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _wait(folder: Path, process: subprocess.Popen[bytes]) -> None:
    ready = [_program("pg_isready") or "pg_isready", "-h", folder, "-d", "postgres", "-q"]
    for _ in range(300):
        if process.poll() is not None:
            raise RuntimeError((folder / "log").read_text())
        if subprocess.run(ready, check=False).returncode == 0:
            return
        time.sleep(0.1)
    raise TimeoutError((folder / "log").read_text())


def _program(name: str) -> str | None:
    distributions = sorted(map(str, Path("/usr/lib/postgresql").glob("*/bin")), reverse=True)
    return shutil.which(name) or shutil.which(name, path=os.pathsep.join(distributions))


def _as_user() -> str | None:
    """The user to run as: "" for ourselves, None when there is none."""
    if not hasattr(os, "geteuid") or os.geteuid() != 0:
        return ""
    import pwd

    known = {entry.pw_name for entry in pwd.getpwall()}
    return next((name for name in ("postgres", "nobody") if name in known), None)
