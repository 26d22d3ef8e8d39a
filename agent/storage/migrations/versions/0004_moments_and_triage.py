"""Messages know their moment and their reactions; the chats that wait are kept."""

import sqlalchemy as sa
from alembic import op

from agent.storage.migrations.making import BIG, MOMENT, WORD, make_table, may, must

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    """Of older messages no zone is known: their moment is told when they are read again."""
    with op.batch_alter_table("messages") as table:
        table.add_column(sa.Column("sent_at", MOMENT, nullable=True))
        table.add_column(sa.Column("zone", sa.Text(), nullable=True))
        table.add_column(sa.Column("reactions", sa.JSON(), nullable=False, server_default="[]"))
    make_table(
        "listed_chats",
        must("id", BIG),
        must("session", sa.Text()),
        must("title", sa.Text()),
        must("twin", sa.Integer()),
        may("unread", sa.Integer()),
        may("last_text", sa.Text()),
        may("last_author", sa.Text()),
        must("last_direction", WORD),
        may("last_time", sa.Text()),
        may("last_clock", sa.Text()),
        may("last_date", sa.Text()),
        must("waits", sa.Boolean()),
        may("waits_since", MOMENT),
        may("sentiment", WORD),
        may("sentiment_score", sa.Double()),
        may("intent", sa.Text()),
        must("seen_at", MOMENT),
        unique=("session", "title", "twin"),
    )


def downgrade() -> None:
    """Forget them."""
    op.drop_table("listed_chats")
    with op.batch_alter_table("messages") as table:
        table.drop_column("reactions")
        table.drop_column("zone")
        table.drop_column("sent_at")
