"""How people like their card, which canned replies they use, and which suggestions they found no good."""

import sqlalchemy as sa
from alembic import op

from agent.storage.migrations.making import MOMENT, WORD, make_table, may, must

revision = "0008"
down_revision = "0007"


def upgrade() -> None:
    """Nobody has said anything yet."""
    op.add_column("suggestions", may("judged", WORD))
    make_table(
        "habits",
        must("session", sa.String(100)),
        must("attendant", sa.String(100)),
        must("preferences", sa.JSON()),
        must("updated_at", MOMENT),
        key=("session", "attendant"),
    )
    make_table(
        "reply_uses",
        must("reply_id", sa.String(64)),
        must("uses", sa.Integer()),
        must("used_at", MOMENT),
        key=("reply_id",),
    )


def downgrade() -> None:
    """What people said is forgotten."""
    op.drop_table("reply_uses")
    op.drop_table("habits")
    with op.batch_alter_table("suggestions") as table:
        table.drop_column("judged")
