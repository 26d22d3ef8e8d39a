"""The analysis tells the conversation's mood, and when it is unsure of the intent."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    """Older analyses were sure, and knew no mood."""
    with op.batch_alter_table("ai_analysis") as table:
        table.add_column(sa.Column("unsure", sa.Boolean(), nullable=False, server_default=sa.false()))
        table.add_column(sa.Column("mood_score", sa.Double(), nullable=True))


def downgrade() -> None:
    """Forget both."""
    with op.batch_alter_table("ai_analysis") as table:
        table.drop_column("mood_score")
        table.drop_column("unsure")
