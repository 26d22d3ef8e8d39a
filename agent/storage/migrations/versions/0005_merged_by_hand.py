"""What a person has said of who is who is kept, so that it can be taken back."""

from alembic import op

from agent.storage.migrations.making import BIG, MOMENT, make_index, make_table, must

revision = "0005"
down_revision = "0004"


def upgrade() -> None:
    """Nothing has been merged before."""
    make_table(
        "merged_customers",
        must("customer_id", BIG),
        must("into_id", BIG),
        must("at", MOMENT),
        key=("customer_id",),
        customer_id="customers",
        into_id="customers",
    )
    make_index("merged_customers", "into_id")
    make_table(
        "joined_conversations",
        must("conversation_id", BIG),
        must("into_id", BIG),
        must("at", MOMENT),
        key=("conversation_id",),
        conversation_id="conversations",
        into_id="conversations",
    )
    make_index("joined_conversations", "into_id")
    make_table(
        "moved_messages",
        must("message_id", BIG),
        must("conversation_id", BIG),
        key=("message_id", "conversation_id"),
        message_id="messages",
        conversation_id="conversations",
    )
    make_index("moved_messages", "conversation_id")


def downgrade() -> None:
    """What was merged stays merged only as far as the messages are concerned: who is one person is forgotten."""
    for name in ("moved_messages", "joined_conversations", "merged_customers"):
        op.drop_table(name)
