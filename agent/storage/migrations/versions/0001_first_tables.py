"""The first tables."""

import sqlalchemy as sa
from alembic import op

from agent.storage.migrations.making import BIG, MOMENT, WORD, make_index, make_table, may, must

revision = "0001"
down_revision = None


def upgrade() -> None:
    """Create them."""
    _people()
    _messages()
    _suggestions()
    _logs()


def _people() -> None:
    make_table(
        "users",
        must("id", BIG),
        must("name", sa.String(100)),
        must("role", WORD),
        may("password_hash", sa.String(255)),
        must("created_at", MOMENT),
        may("disabled_at", MOMENT),
        unique=("name",),
    )
    make_table(
        "customers",
        must("id", BIG),
        must("name", sa.Text()),
        may("phone", WORD),
        must("created_at", MOMENT),
    )
    make_index("customers", "phone")
    make_table(
        "conversations",
        must("id", BIG),
        must("session", sa.Text()),
        must("title", sa.Text()),
        must("is_group", sa.Boolean()),
        may("phone", WORD),
        may("customer_id", BIG),
        must("created_at", MOMENT),
        customer_id="customers",
    )
    make_index("conversations", "session", "title")
    make_index("conversations", "session", "phone")
    make_index("conversations", "customer_id")


def _messages() -> None:
    make_table(
        "messages",
        must("id", BIG),
        must("session", sa.Text()),
        must("wa_id", sa.Text()),
        must("conversation_id", BIG),
        must("position", BIG),
        must("kind", WORD),
        must("direction", WORD),
        may("author", sa.Text()),
        may("text", sa.Text()),
        must("truncated", sa.Boolean()),
        may("page_time", sa.Text()),
        may("page_date", sa.Text()),
        may("status", WORD),
        may("quoted_author", sa.Text()),
        may("quoted_text", sa.Text()),
        must("edited", sa.Boolean()),
        must("forwarded", sa.Boolean()),
        must("origin", WORD),
        must("state", WORD),
        must("first_seen", MOMENT),
        must("updated_at", MOMENT),
        unique=("session", "wa_id"),
        conversation_id="conversations",
    )
    make_index("messages", "conversation_id", "position")
    make_index("messages", "session", "state")
    make_table(
        "ai_analysis",
        must("message_id", BIG),
        must("sentiment", WORD),
        must("sentiment_score", sa.Double()),
        must("intent", sa.Text()),
        must("confidence_scores", sa.JSON()),
        must("suggested_responses", sa.JSON()),
        must("model_version", sa.Text()),
        must("analysed_at", MOMENT),
        key=("message_id",),
        message_id="messages",
    )
    make_index("ai_analysis", "intent")


def _suggestions() -> None:
    make_table(
        "offers",
        must("id", sa.Text()),
        must("message_id", BIG),
        must("conversation_id", BIG),
        must("shown_at", MOMENT),
        message_id="messages",
        conversation_id="conversations",
    )
    make_index("offers", "message_id")
    make_index("offers", "conversation_id")
    make_table(
        "suggestions",
        must("offer_id", sa.Text()),
        must("slot", sa.Integer()),
        may("text", sa.Text()),
        may("source", sa.Text()),
        may("tier", sa.Integer()),
        may("score", sa.Double()),
        must("outcome", WORD),
        may("distance", sa.Integer()),
        may("code", sa.Text()),
        must("updated_at", MOMENT),
        key=("offer_id", "slot"),
        offer_id="offers",
    )
    make_index("suggestions", "outcome")


def _logs() -> None:
    make_table(
        "events",
        must("number", BIG),
        must("at", MOMENT),
        must("kind", sa.String(60)),
        may("conversation_id", BIG),
        may("message_id", BIG),
        must("data", sa.JSON()),
        key=("number",),
    )
    make_table(
        "system_logs",
        must("id", BIG),
        must("at", MOMENT),
        must("level", WORD),
        may("session", sa.Text()),
        must("event", sa.Text()),
        must("data", sa.JSON()),
    )
    make_index("system_logs", "at")


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
