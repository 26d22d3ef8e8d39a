"""The first tables."""

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None

_BIG = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
_MOMENT = sa.DateTime(timezone=True)
_WORD = sa.String(20)


def _must(name: str, kind: sa.types.TypeEngine[Any]) -> sa.Column[Any]:
    return sa.Column(name, kind, nullable=False)


def _may(name: str, kind: sa.types.TypeEngine[Any]) -> sa.Column[Any]:
    return sa.Column(name, kind, nullable=True)


def _table(
    name: str,
    *columns: sa.Column[Any],
    key: tuple[str, ...] = ("id",),
    unique: tuple[str, ...] = (),
    **links: str,
) -> None:
    """``links``: a column and the table whose ``id`` it holds."""
    foreign = [
        sa.ForeignKeyConstraint([column], [f"{other}.id"], name=f"fk_{name}_{column}")
        for column, other in links.items()
    ]
    once = [sa.UniqueConstraint(*unique, name=f"uq_{name}_{'_'.join(unique)}")] if unique else []
    primary = sa.PrimaryKeyConstraint(*key, name=f"pk_{name}")
    # Without it SQLite would give the number of a deleted last event to the next one.
    op.create_table(name, *columns, primary, *once, *foreign, sqlite_autoincrement=name == "events")


def _index(table: str, *columns: str) -> None:
    op.create_index(f"ix_{table}_{'_'.join(columns)}", table, list(columns))


def upgrade() -> None:
    """Create them."""
    _people()
    _messages()
    _suggestions()
    _logs()


def _people() -> None:
    _table(
        "users",
        _must("id", _BIG),
        _must("name", sa.String(100)),
        _must("role", _WORD),
        _may("password_hash", sa.String(255)),
        _must("created_at", _MOMENT),
        _may("disabled_at", _MOMENT),
        unique=("name",),
    )
    _table(
        "customers",
        _must("id", _BIG),
        _must("name", sa.Text()),
        _may("phone", _WORD),
        _must("created_at", _MOMENT),
    )
    _index("customers", "phone")
    _table(
        "conversations",
        _must("id", _BIG),
        _must("session", sa.Text()),
        _must("title", sa.Text()),
        _must("is_group", sa.Boolean()),
        _may("phone", _WORD),
        _may("customer_id", _BIG),
        _must("created_at", _MOMENT),
        customer_id="customers",
    )
    _index("conversations", "session", "title")
    _index("conversations", "session", "phone")
    _index("conversations", "customer_id")


def _messages() -> None:
    _table(
        "messages",
        _must("id", _BIG),
        _must("session", sa.Text()),
        _must("wa_id", sa.Text()),
        _must("conversation_id", _BIG),
        _must("position", _BIG),
        _must("kind", _WORD),
        _must("direction", _WORD),
        _may("author", sa.Text()),
        _may("text", sa.Text()),
        _must("truncated", sa.Boolean()),
        _may("page_time", sa.Text()),
        _may("page_date", sa.Text()),
        _may("status", _WORD),
        _may("quoted_author", sa.Text()),
        _may("quoted_text", sa.Text()),
        _must("edited", sa.Boolean()),
        _must("forwarded", sa.Boolean()),
        _must("origin", _WORD),
        _must("state", _WORD),
        _must("first_seen", _MOMENT),
        _must("updated_at", _MOMENT),
        unique=("session", "wa_id"),
        conversation_id="conversations",
    )
    _index("messages", "conversation_id", "position")
    _index("messages", "session", "state")
    _table(
        "ai_analysis",
        _must("message_id", _BIG),
        _must("sentiment", _WORD),
        _must("sentiment_score", sa.Double()),
        _must("intent", sa.Text()),
        _must("confidence_scores", sa.JSON()),
        _must("suggested_responses", sa.JSON()),
        _must("model_version", sa.Text()),
        _must("analysed_at", _MOMENT),
        key=("message_id",),
        message_id="messages",
    )
    _index("ai_analysis", "intent")


def _suggestions() -> None:
    _table(
        "offers",
        _must("id", sa.Text()),
        _must("message_id", _BIG),
        _must("conversation_id", _BIG),
        _must("shown_at", _MOMENT),
        message_id="messages",
        conversation_id="conversations",
    )
    _index("offers", "message_id")
    _index("offers", "conversation_id")
    _table(
        "suggestions",
        _must("offer_id", sa.Text()),
        _must("slot", sa.Integer()),
        _may("text", sa.Text()),
        _may("source", sa.Text()),
        _may("tier", sa.Integer()),
        _may("score", sa.Double()),
        _must("outcome", _WORD),
        _may("distance", sa.Integer()),
        _may("code", sa.Text()),
        _must("updated_at", _MOMENT),
        key=("offer_id", "slot"),
        offer_id="offers",
    )
    _index("suggestions", "outcome")


def _logs() -> None:
    _table(
        "events",
        _must("number", _BIG),
        _must("at", _MOMENT),
        _must("kind", sa.String(60)),
        _may("conversation_id", _BIG),
        _may("message_id", _BIG),
        _must("data", sa.JSON()),
        key=("number",),
    )
    _table(
        "system_logs",
        _must("id", _BIG),
        _must("at", _MOMENT),
        _must("level", _WORD),
        _may("session", sa.Text()),
        _must("event", sa.Text()),
        _must("data", sa.JSON()),
    )
    _index("system_logs", "at")


def downgrade() -> None:
    """Drop them, those that hold links first."""
    for name in (
        "system_logs",
        "events",
        "suggestions",
        "offers",
        "ai_analysis",
        "messages",
        "conversations",
        "customers",
        "users",
    ):
        op.drop_table(name)
