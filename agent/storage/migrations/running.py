"""Brings a database up to date."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from sqlalchemy import Connection, inspect, text
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from agent.errors import BalcaoError
from agent.storage.driver import ThreadConnection

NEWEST = "0012"
"""The last migration in ``versions/``. Known here so that an ordinary start need not load alembic (0.3 s)."""


async def up_to_date(engine: AsyncEngine) -> None:
    """Run the migrations that are missing, all in one transaction.

    Raises:
        BalcaoError: a newer Balcão has written the database.
    """
    async with engine.begin() as db:
        if await db.run_sync(version_of) == NEWEST:
            return
    async with engine.execution_options(writes=True).connect() as db, _without_foreign_keys(db), db.begin():
        version = await db.run_sync(version_of)
        if version == NEWEST:  # Somebody else did it meanwhile.
            return
        if version is not None and version > NEWEST:
            raise BalcaoError(
                f"The database was written by a newer Balcão (tables {version}, this one knows {NEWEST}).",
                "Update Balcão, or use another profile.",
            )
        await db.run_sync(migrate, NEWEST)


@asynccontextmanager
async def _without_foreign_keys(db: AsyncConnection) -> AsyncIterator[None]:
    """SQLite changes a table by making it anew and dropping the old one, whose lines others may refer to.

    It takes the switch outside of a transaction only; so the references are checked before the transaction ends.
    """
    driver = (await db.get_raw_connection()).driver_connection
    if not isinstance(driver, ThreadConnection):
        yield
        return
    await driver.trip(lambda cursor: cursor.execute("PRAGMA foreign_keys = OFF"))
    try:
        yield
    finally:
        await driver.trip(lambda cursor: cursor.execute("PRAGMA foreign_keys = ON"))


def version_of(db: Connection) -> str | None:
    """The migration that the database stands at; None for an empty one."""
    if not inspect(db).has_table("alembic_version"):
        return None
    version: str | None = db.scalar(text("SELECT version_num FROM alembic_version"))
    return version


def migrate(db: Connection, to: str) -> None:
    """Go up or down to a migration (``base``: to no tables at all), in the transaction of ``db``."""
    from alembic import command
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent).replace("%", "%%"))
    config.attributes["connection"] = db
    up = to != "base" and (version_of(db) or "") < to
    (command.upgrade if up else command.downgrade)(config, to)
    if db.dialect.name == "sqlite" and (broken := db.execute(text("PRAGMA foreign_key_check")).all()):
        raise RuntimeError(f"{len(broken)} references are broken after the migration to {to}")
