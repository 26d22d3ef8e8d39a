"""Brings a database up to date."""

from pathlib import Path

from sqlalchemy import Connection, inspect, text
from sqlalchemy.ext.asyncio import AsyncEngine

from agent.errors import BalcaoError

NEWEST = "0003"
"""The last migration in ``versions/``. Known here so that an ordinary start need not load alembic (0.3 s)."""


async def up_to_date(engine: AsyncEngine) -> None:
    """Run the migrations that are missing, all in one transaction.

    Raises:
        BalcaoError: a newer Balcão has written the database.
    """
    async with engine.execution_options(writes=True).begin() as db:
        version = await db.run_sync(version_of)
        if version == NEWEST:
            return
        if version is not None and version > NEWEST:
            raise BalcaoError(
                f"The database was written by a newer Balcão (tables {version}, this one knows {NEWEST}).",
                "Update Balcão, or use another profile.",
            )
        await db.run_sync(migrate, NEWEST)


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
