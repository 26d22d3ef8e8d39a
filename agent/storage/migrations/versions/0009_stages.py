"""The company's own stages, in which a conversation stands while it is open."""

import sqlalchemy as sa
from alembic import op

from agent.storage.migrations.making import BIG, MOMENT, make_index, make_table, may, must

revision = "0009"
down_revision = "0008"


def upgrade() -> None:
    """No company has stages of its own yet: an open conversation is open, and no more."""
    make_table(
        "pipeline_stages",
        must("id", BIG),
        must("name", sa.String(40)),
        must("place", sa.Integer()),
        may("removed_at", MOMENT),
    )
    with op.batch_alter_table("conversation_desks") as table:
        table.add_column(may("stage_id", BIG))
        table.create_foreign_key("fk_conversation_desks_stage_id", "pipeline_stages", ["stage_id"], ["id"])
    make_index("conversation_desks", "stage_id")


def downgrade() -> None:
    """What stood in a stage is open again."""
    op.drop_index("ix_conversation_desks_stage_id", "conversation_desks")
    with op.batch_alter_table("conversation_desks") as table:
        table.drop_constraint("fk_conversation_desks_stage_id", type_="foreignkey")
        table.drop_column("stage_id")
    op.drop_table("pipeline_stages")
