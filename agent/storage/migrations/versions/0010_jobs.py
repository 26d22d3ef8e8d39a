"""When each job that runs by the clock last ran, and how it ended."""

import sqlalchemy as sa
from alembic import op

from agent.storage.migrations.making import MOMENT, WORD, make_table, may, must

revision = "0010"
down_revision = "0009"


def upgrade() -> None:
    """Nothing is known of earlier runs."""
    make_table(
        "job_runs",
        must("name", sa.String(40)),
        must("began_at", MOMENT),
        may("ended_at", MOMENT),
        may("fault", WORD),
        key=("name",),
    )


def downgrade() -> None:
    """When they ran is forgotten."""
    op.drop_table("job_runs")
