"""What is shown, sent and corrected is kept so that it can be learned from."""

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"

_BIG = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
_MOMENT = sa.DateTime(timezone=True)
_WORD = sa.String(20)


def _must(name: str, kind: sa.types.TypeEngine[Any]) -> sa.Column[Any]:
    return sa.Column(name, kind, nullable=False)


def _may(name: str, kind: sa.types.TypeEngine[Any]) -> sa.Column[Any]:
    return sa.Column(name, kind, nullable=True)


def _table(name: str, *columns: sa.Column[Any], key: tuple[str, ...] = ("id",), **links: str) -> None:
    """``links``: a column and the table whose ``id`` it holds."""
    foreign = [
        sa.ForeignKeyConstraint([column], [f"{other}.id"], name=f"fk_{name}_{column}")
        for column, other in links.items()
    ]
    op.create_table(name, *columns, sa.PrimaryKeyConstraint(*key, name=f"pk_{name}"), *foreign)


def upgrade() -> None:
    """Cards of before are kept; nothing can be learned from them, since they do not name their replies."""
    with op.batch_alter_table("offers") as table:
        table.add_column(_may("attendant", sa.Text()))
        table.add_column(_may("intent", sa.Text()))
        table.add_column(_may("certainty", sa.Double()))
        table.add_column(_may("considered", sa.JSON()))
        table.add_column(_may("answer_id", _BIG))
        table.add_column(_may("answered_at", _MOMENT))
        table.create_foreign_key("fk_offers_answer_id", "messages", ["answer_id"], ["id"])
    op.create_index("ix_offers_answer_id", "offers", ["answer_id"])
    op.create_index("ix_offers_answered_at", "offers", ["answered_at"])
    with op.batch_alter_table("suggestions") as table:
        table.add_column(_may("reply_id", sa.Text()))
        table.add_column(_may("kind", _WORD))
        table.add_column(_may("edit", _WORD))
    _from_people()
    _rankings()


def _from_people() -> None:
    _table(
        "corrections",
        _must("message_id", _BIG),
        _must("intent", sa.Text()),
        _may("was", sa.Text()),
        _must("corrected_at", _MOMENT),
        key=("message_id",),
        message_id="messages",
    )
    _table(
        "proposals",
        _must("id", _BIG),
        _must("state", _WORD),
        _must("text", sa.Text()),
        _must("title", sa.Text()),
        _must("shortcut", sa.Text()),
        _must("intent", sa.Text()),
        _must("sent_by", sa.Text()),
        _must("sent_at", _MOMENT),
        _must("made_at", _MOMENT),
        _may("decided_at", _MOMENT),
    )
    op.create_index("ix_proposals_state", "proposals", ["state"])
    _table(
        "proposal_messages",
        _must("proposal_id", _BIG),
        _must("message_id", _BIG),
        key=("proposal_id", "message_id"),
        proposal_id="proposals",
        message_id="messages",
    )
    op.create_index("ix_proposal_messages_message_id", "proposal_messages", ["message_id"])


def _rankings() -> None:
    _table(
        "rankings",
        _must("id", _BIG),
        _must("name", sa.Text()),
        _must("parameters", sa.JSON()),
        _must("state", _WORD),
        _must("made_at", _MOMENT),
        _must("since", _MOMENT),
        _may("before_id", _BIG),
        before_id="rankings",
    )
    _table(
        "shadow_choices",
        _must("offer_id", sa.Text()),
        _must("ranking_id", _BIG),
        _must("reply_id", sa.Text()),
        key=("offer_id", "ranking_id"),
        offer_id="offers",
        ranking_id="rankings",
    )
    _table(
        "evaluations",
        _must("id", _BIG),
        _must("at", _MOMENT),
        _must("first", _MOMENT),
        _must("last", _MOMENT),
        _must("scores", sa.JSON()),
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
