"""Who may sign in, what they did, what people note of customers, and other systems that are told of events."""

from typing import Any

import sqlalchemy as sa
from alembic import op

from agent.storage.migrations.making import BIG, MOMENT, WORD, make_index, make_table, may, must

revision = "0007"
down_revision = "0006"


def upgrade() -> None:
    """Nobody could sign in before."""
    for column in _of_users():
        op.add_column("users", column)
    op.add_column("customers", may("anonymised_at", MOMENT))
    _access()
    _desk()
    _outside()


def downgrade() -> None:
    """What people noted, and who may sign in, is forgotten."""
    op.drop_index("ix_offers_shown_at", "offers")
    op.drop_index("ix_messages_first_seen", "messages")
    for name in (
        "ledger_marks",
        "webhook_deliveries",
        "webhooks",
        "consents",
        "customer_fields",
        "customer_notes",
        "customer_tags",
        "conversation_desks",
        "idempotent_answers",
        "audited_customers",
        "audit",
        "api_keys",
        "refresh_tokens",
        "token_families",
        "sign_in_attempts",
    ):
        op.drop_table(name)
    op.drop_column("customers", "anonymised_at")
    for column in _of_users():
        op.drop_column("users", column.name)


def _of_users() -> tuple[sa.Column[Any], ...]:
    return (
        may("totp_secret", sa.String(64)),
        may("totp_confirmed_at", MOMENT),
        may("totp_pending", sa.String(64)),
        may("totp_step", BIG),
        may("once_until", MOMENT),
        may("password_changed_at", MOMENT),
        may("last_login_at", MOMENT),
    )


def _access() -> None:
    make_table(
        "sign_in_attempts",
        must("mark", sa.String(64)),
        must("failures", sa.Integer()),
        may("locked_until", MOMENT),
        must("at", MOMENT),
        key=("mark",),
    )
    make_index("sign_in_attempts", "at")
    make_table(
        "token_families",
        must("id", sa.String(32)),
        must("user_id", BIG),
        must("made_at", MOMENT),
        must("expires_at", MOMENT),
        may("revoked_at", MOMENT),
        may("reason", WORD),
        user_id="users",
    )
    make_index("token_families", "user_id")
    make_table(
        "refresh_tokens",
        must("digest", sa.String(64)),
        must("family_id", sa.String(32)),
        must("made_at", MOMENT),
        must("expires_at", MOMENT),
        may("used_at", MOMENT),
        key=("digest",),
        family_id="token_families",
    )
    make_index("refresh_tokens", "family_id")
    make_table(
        "api_keys",
        must("id", BIG),
        must("name", sa.String(100)),
        must("hint", WORD),
        must("digest", sa.String(64)),
        must("scopes", sa.JSON()),
        must("made_by", sa.String(100)),
        must("made_at", MOMENT),
        may("expires_at", MOMENT),
        may("used_at", MOMENT),
        may("revoked_at", MOMENT),
        unique=("digest",),
    )
    make_table(
        "audit",
        must("number", BIG),
        must("at", MOMENT),
        must("actor", sa.String(120)),
        must("action", sa.String(60)),
        may("request", sa.String(40)),
        may("address", sa.String(64)),
        must("data", sa.JSON()),
        must("hash", sa.String(64)),
        key=("number",),
    )
    for column in ("at", "actor", "action"):
        make_index("audit", column)
    op.create_table(
        "audited_customers",
        must("number", BIG),
        must("customer_id", BIG),
        sa.PrimaryKeyConstraint("number", "customer_id", name="pk_audited_customers"),
        sa.ForeignKeyConstraint(["number"], ["audit.number"], name="fk_audited_customers_number"),
    )
    make_index("audited_customers", "customer_id")
    make_table(
        "idempotent_answers",
        must("actor", sa.String(120)),
        must("key", sa.String(200)),
        must("fingerprint", sa.String(64)),
        must("at", MOMENT),
        may("status", sa.Integer()),
        may("media_type", sa.String(100)),
        may("body", sa.Text()),
        key=("actor", "key"),
    )
    make_index("idempotent_answers", "at")


def _desk() -> None:
    make_table(
        "conversation_desks",
        must("conversation_id", BIG),
        must("status", WORD),
        must("outcome", WORD),
        may("assigned_to", BIG),
        may("follow_up_at", MOMENT),
        may("decided_at", MOMENT),
        must("updated_at", MOMENT),
        key=("conversation_id",),
        conversation_id="conversations",
        assigned_to="users",
    )
    make_index("conversation_desks", "outcome")
    make_index("conversation_desks", "assigned_to")
    make_index("conversation_desks", "decided_at")
    make_index("messages", "first_seen")
    make_index("offers", "shown_at")
    make_table(
        "customer_tags",
        must("customer_id", BIG),
        must("tag", sa.String(60)),
        key=("customer_id", "tag"),
        customer_id="customers",
    )
    make_index("customer_tags", "tag")
    make_table(
        "customer_notes",
        must("id", BIG),
        must("customer_id", BIG),
        must("text", sa.Text()),
        must("written_by", sa.String(120)),
        must("at", MOMENT),
        must("updated_at", MOMENT),
        customer_id="customers",
    )
    make_index("customer_notes", "customer_id")
    make_table(
        "customer_fields",
        must("customer_id", BIG),
        must("name", sa.String(60)),
        must("value", sa.Text()),
        key=("customer_id", "name"),
        customer_id="customers",
    )
    make_table(
        "consents",
        must("id", BIG),
        must("customer_id", BIG),
        must("basis", WORD),
        must("text", sa.Text()),
        must("written_by", sa.String(120)),
        must("at", MOMENT),
        may("withdrawn_at", MOMENT),
        customer_id="customers",
    )
    make_index("consents", "customer_id")


def _outside() -> None:
    make_table(
        "webhooks",
        must("id", BIG),
        must("url", sa.Text()),
        must("secret", sa.String(100)),
        must("kinds", sa.JSON()),
        must("upto", BIG),
        must("made_at", MOMENT),
        may("disabled_at", MOMENT),
    )
    make_table(
        "webhook_deliveries",
        must("id", BIG),
        must("webhook_id", BIG),
        must("event_number", BIG),
        must("order_key", sa.String(60)),
        must("state", WORD),
        must("attempts", sa.Integer()),
        must("next_at", MOMENT),
        may("last_status", sa.Integer()),
        may("last_error", sa.Text()),
        must("made_at", MOMENT),
        must("updated_at", MOMENT),
        unique=("webhook_id", "event_number"),
        webhook_id="webhooks",
    )
    make_index("webhook_deliveries", "webhook_id", "state", "order_key", "event_number")
    make_table("ledger_marks", must("id", BIG), must("upto", BIG))
