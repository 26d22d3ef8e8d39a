"""How long it took until a card was painted."""

import sqlalchemy as sa
from alembic import op

from agent.storage.migrations.making import may

revision = "0011"
down_revision = "0010"


def upgrade() -> None:
    """Of earlier cards nobody knows."""
    op.add_column("offers", may("painted_ms", sa.Double()))


def downgrade() -> None:
    """What was measured is forgotten."""
    with op.batch_alter_table("offers") as table:
        table.drop_column("painted_ms")
