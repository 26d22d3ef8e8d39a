"""Until when a receiver asked to be left alone; whose data kept answers were about, and which were forgotten."""

import sqlalchemy as sa
from alembic import op

from agent.storage.migrations.making import MOMENT, may

revision = "0012"
down_revision = "0011"


def upgrade() -> None:
    """Nobody is held, and of earlier answers nobody knows whom they were about."""
    op.add_column("webhooks", may("held_until", MOMENT))
    op.add_column("idempotent_answers", may("customers", sa.JSON()))
    op.add_column("idempotent_answers", may("forgotten", sa.Boolean()))


def downgrade() -> None:
    """Whoever is held is sent to at once."""
    with op.batch_alter_table("idempotent_answers") as table:
        table.drop_column("forgotten")
        table.drop_column("customers")
    with op.batch_alter_table("webhooks") as table:
        table.drop_column("held_until")
