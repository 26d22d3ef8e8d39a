"""The migrations lead to the very tables that the code knows, from nothing and back, on every database."""

from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, inspect

from agent.storage import migrations
from agent.storage.migrations.running import NEWEST, migrate, up_to_date, version_of
from agent.storage.tables import Base
from tests.storage.chats import row, shows, table


def differences(db: Connection) -> list[object]:
    return compare_metadata(MigrationContext.configure(db, opts={"compare_type": True}), Base.metadata)


def tables(db: Connection) -> set[str]:
    return set(inspect(db).get_table_names()) - {"alembic_version", "sqlite_sequence"}


async def test_up_down_and_up_again(store):
    async with store._database.engine.begin() as db:
        assert await db.run_sync(differences) == []
        await db.run_sync(migrate, "base")
        assert await db.run_sync(tables) == set()
        await db.run_sync(migrate, NEWEST)
        assert await db.run_sync(differences) == []
        assert await db.run_sync(version_of) == NEWEST


async def test_every_table_of_the_specification_is_there(store):
    specified = {"users", "conversations", "messages", "ai_analysis", "customers", "system_logs"}
    async with store._database.engine.connect() as db:
        learning = {"corrections", "proposals", "proposal_messages", "rankings", "shadow_choices", "evaluations"}
        assert await db.run_sync(tables) == specified | learning | {"offers", "suggestions", "events"}


async def test_a_failed_migration_leaves_the_database_as_it_was(sqlite):
    await sqlite.save(shows(row("A", "oi")))
    engine = sqlite._database.engine
    async with engine.begin() as db:
        await db.run_sync(migrate, "base")
        await db.rollback()
    assert len(await table(sqlite, "messages")) == 1
    await up_to_date(engine)
    assert len(await table(sqlite, "messages")) == 1


def test_the_newest_migration_is_the_one_that_a_start_looks_for():
    config = Config()
    config.set_main_option("script_location", str(migrations.__path__[0]))
    scripts = ScriptDirectory.from_config(config)
    assert scripts.get_heads() == [NEWEST]
    assert max(s.revision for s in scripts.walk_revisions()) == NEWEST
