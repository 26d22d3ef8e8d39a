"""What is shown, sent and corrected is kept so that it can be learned from."""

import sqlalchemy as sa
from alembic import op

from agent.storage.migrations.making import BIG, MOMENT, WORD, make_table, may, must

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    """Cards of before are kept; nothing can be learned from them, since they do not name their replies."""
    with op.batch_alter_table("offers") as table:
        table.add_column(may("attendant", sa.Text()))
        table.add_column(may("intent", sa.Text()))
        table.add_column(may("certainty", sa.Double()))
        table.add_column(may("considered", sa.JSON()))
        table.add_column(may("answer_id", BIG))
        table.add_column(may("answered_at", MOMENT))
        table.create_foreign_key("fk_offers_answer_id", "messages", ["answer_id"], ["id"])
    op.create_index("ix_offers_answer_id", "offers", ["answer_id"])
    op.create_index("ix_offers_answered_at", "offers", ["answered_at"])
    with op.batch_alter_table("suggestions") as table:
        table.add_column(may("reply_id", sa.Text()))
        table.add_column(may("kind", WORD))
        table.add_column(may("edit", WORD))
    _from_people()
    _rankings()


def _from_people() -> None:
    make_table(
        "corrections",
        must("message_id", BIG),
        must("intent", sa.Text()),
        may("was", sa.Text()),
        must("corrected_at", MOMENT),
        key=("message_id",),
        message_id="messages",
    )
    make_table(
        "proposals",
        must("id", BIG),
        must("state", WORD),
        must("text", sa.Text()),
        must("title", sa.Text()),
        must("shortcut", sa.Text()),
        must("intent", sa.Text()),
        must("sent_by", sa.Text()),
        must("sent_at", MOMENT),
        must("made_at", MOMENT),
        may("decided_at", MOMENT),
    )
    op.create_index("ix_proposals_state", "proposals", ["state"])
    make_table(
        "proposal_messages",
        must("proposal_id", BIG),
        must("message_id", BIG),
        key=("proposal_id", "message_id"),
        proposal_id="proposals",
        message_id="messages",
    )
    op.create_index("ix_proposal_messages_message_id", "proposal_messages", ["message_id"])


def _rankings() -> None:
    make_table(
        "rankings",
        must("id", BIG),
        must("name", sa.Text()),
        must("parameters", sa.JSON()),
        must("state", WORD),
        must("made_at", MOMENT),
        must("since", MOMENT),
        may("before_id", BIG),
        before_id="rankings",
    )
    make_table(
        "shadow_choices",
        must("offer_id", sa.Text()),
        must("ranking_id", BIG),
        must("reply_id", sa.Text()),
        key=("offer_id", "ranking_id"),
        offer_id="offers",
        ranking_id="rankings",
    )
    make_table(
        "evaluations",
        must("id", BIG),
        must("at", MOMENT),
        must("first", MOMENT),
        must("last", MOMENT),
        must("scores", sa.JSON()),
    )


def downgrade() -> None:
    """Forget all of it."""
    for name in ("shadow_choices", "evaluations", "rankings", "proposal_messages", "proposals", "corrections"):
        op.drop_table(name)
    with op.batch_alter_table("suggestions") as table:
        for column in ("edit", "kind", "reply_id"):
            table.drop_column(column)
    op.drop_index("ix_offers_answered_at", "offers")
    op.drop_index("ix_offers_answer_id", "offers")
    with op.batch_alter_table("offers") as table:
        table.drop_constraint("fk_offers_answer_id", type_="foreignkey")
        for column in ("answered_at", "answer_id", "considered", "certainty", "intent", "attendant"):
            table.drop_column(column)
