"""The migrations lead to the very tables that the code knows, from nothing and back, on every database."""

import pytest
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, inspect, text

from agent.storage import migrations
from agent.storage.migrations.running import NEWEST, migrate, up_to_date, version_of
from agent.storage.tables import Base
from tests.storage.chats import row, shows, table

A_CARD = (
    "INSERT INTO conversations (id, session, title, is_group, created_at) VALUES (1, 'loja', 'Ana', 0, '2026-01-01')",
    """
    INSERT INTO messages (id, session, wa_id, conversation_id, position, kind, direction, text, truncated, edited,
      forwarded, origin, state, first_seen, updated_at)
    VALUES (1, 'loja', 'A', 1, 0, 'text', 'in', 'Quanto custa?', 0, 0, 0, 'new', 'complete', '2026-01-01', '2026-01-01')
    """,
    "INSERT INTO offers (id, message_id, conversation_id, shown_at) VALUES ('r-1', 1, 1, '2026-01-01')",
    (
        "INSERT INTO suggestions (offer_id, slot, text, outcome, updated_at) VALUES ('r-1', 0, 'Custa 90.', 'shown', "
        "'2026-01-01')"
    ),
)
"""A message with a card on it, as every version could write it."""


def is_no_index(name: str | None, kind: str, _parents: object) -> bool:
    """The tables of the full-text index are SQLite's alone."""
    return kind != "table" or not (name or "").startswith("searched")


def differences(db: Connection) -> list[object]:
    options = {"compare_type": True, "include_name": is_no_index}
    return compare_metadata(MigrationContext.configure(db, opts=options), Base.metadata)


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
        by_hand = {"merged_customers", "joined_conversations", "moved_messages"}
        rest = {"offers", "suggestions", "events", "listed_chats"}
        access = {
            "sign_in_attempts",
            "token_families",
            "refresh_tokens",
            "api_keys",
            "audit",
            "audited_customers",
            "idempotent_answers",
        }
        desk = {"conversation_desks", "customer_tags", "customer_notes", "customer_fields", "consents"}
        desk.add("pipeline_stages")
        rest |= access | desk | {"webhooks", "webhook_deliveries", "ledger_marks", "habits", "reply_uses", "job_runs"}
        found = await db.run_sync(tables)
        assert {name for name in found if is_no_index(name, "table", {})} == specified | learning | by_hand | rest


async def test_a_failed_migration_leaves_the_database_as_it_was(sqlite):
    await sqlite.save(shows(row("A", "oi")))
    engine = sqlite._database.engine
    async with engine.begin() as db:
        await db.run_sync(migrate, "base")
        await db.rollback()
    assert len(await table(sqlite, "messages")) == 1
    await up_to_date(engine)
    assert len(await table(sqlite, "messages")) == 1


@pytest.mark.parametrize("older", ["0001", "0002", "0003", "0004", "0005", "0006"])
async def test_an_older_database_keeps_its_messages_and_cards(sqlite, older):
    engine = sqlite._database.engine
    async with engine.begin() as db:
        await db.run_sync(migrate, "base")
        await db.run_sync(migrate, older)
        for line in A_CARD:
            await db.execute(text(line))
    await up_to_date(engine)
    async with engine.begin() as db:
        assert await db.run_sync(differences) == []
        assert (await db.execute(text("PRAGMA foreign_keys"))).scalar() == 1
    assert [line["text"] for line in await table(sqlite, "suggestions")] == ["Custa 90."]
    assert [line["wa_id"] for line in await table(sqlite, "messages")] == ["A"]


def test_the_newest_migration_is_the_one_that_a_start_looks_for():
    config = Config()
    config.set_main_option("script_location", str(migrations.__path__[0]))
    scripts = ScriptDirectory.from_config(config)
    assert scripts.get_heads() == [NEWEST]
    assert max(s.revision for s in scripts.walk_revisions()) == NEWEST
