"""Messages can be searched: their words in one form, and on SQLite a full-text index that follows them by triggers."""

import sqlalchemy as sa
from alembic import op

# The words must be those that the code of today looks for; when that changes, a later migration writes them anew.
from agent.storage.folding import folded

revision = "0006"
down_revision = "0005"

_AT_ONCE = 5000
"""Messages that are read and written in one go."""

_TURN = 128
"""Messages that go into the index together: one by one, each save would take 0.5 to 1 ms more; so it is 0.05 ms.
Those that are not in it yet (larger ``id`` than ``searched_upto``) are few enough to be read through."""


def upgrade() -> None:
    """Put what is stored into the index."""
    op.add_column("messages", sa.Column("folded", sa.Text(), nullable=True))
    _fold()
    if op.get_bind().dialect.name != "sqlite":
        return
    # Contentless, without positions: the texts are in ``messages``. A line's number is its place: minutes, then id.
    op.execute(
        "CREATE VIRTUAL TABLE searched USING fts5(words, content='', columnsize=0, detail=none, prefix='1 2 3', "
        "tokenize=\"ascii tokenchars '$'\")"
    )
    op.execute("CREATE VIRTUAL TABLE searched_terms USING fts5vocab('searched', 'instance')")
    op.execute("CREATE TABLE searched_upto (id INTEGER NOT NULL)")
    op.execute("INSERT INTO searched_upto SELECT coalesce(max(id), 0) FROM messages")
    op.execute(f"{_INTO} SELECT {_place('messages')}, folded FROM messages WHERE folded IS NOT NULL ORDER BY 1")  # noqa: S608
    for trigger in _TRIGGERS:
        op.execute(trigger)


def downgrade() -> None:
    """Forget the index."""
    if op.get_bind().dialect.name == "sqlite":
        for what in ("inserted", "updated", "deleted"):
            op.execute(f"DROP TRIGGER searched_{what}")
        for name in ("searched_terms", "searched", "searched_upto"):
            op.execute(f"DROP TABLE {name}")
    with op.batch_alter_table("messages") as table:
        table.drop_column("folded")


def _fold() -> None:
    messages = sa.table("messages", *map(sa.column, ("id", "kind", "text", "folded")))
    query = (
        sa.select(messages.c.id, messages.c.text)
        .where(messages.c.id > sa.bindparam("after"), messages.c.kind != "system")
        .order_by(messages.c.id)
        .limit(_AT_ONCE)
    )
    write = sa.update(messages).where(messages.c.id == sa.bindparam("known")).values(folded=sa.bindparam("words"))
    db, after = op.get_bind(), -1
    while lines := db.execute(query, {"after": after}).all():
        if words := [{"known": line.id, "words": folded(line.text)} for line in lines if folded(line.text)]:
            db.execute(write, words)
        after = lines[-1].id


def _place(line: str) -> str:
    minutes = f"max(0, unixepoch(coalesce({line}.sent_at, {line}.first_seen)) / 60)"
    return f"(({minutes} << 31) | {line}.id)"


_INTO = "INSERT INTO searched (rowid, words)"
_UPTO = "(SELECT id FROM searched_upto)"
_OUT = (
    "INSERT INTO searched (searched, rowid, words) "
    f"SELECT 'delete', {_place('old')}, old.folded WHERE old.folded IS NOT NULL"
)
_TRIGGERS = (
    # The number of an erased last message is given again: then it is one that the index has passed.
    f"""CREATE TRIGGER searched_inserted AFTER INSERT ON messages WHEN new.id % {_TURN} = 0 OR new.id <= {_UPTO} BEGIN
        {_INTO} SELECT {_place("new")}, new.folded WHERE new.id <= {_UPTO} AND new.folded IS NOT NULL;
        {_INTO} SELECT {_place("messages")}, folded FROM messages
            WHERE id > {_UPTO} AND id <= new.id AND folded IS NOT NULL;
        UPDATE searched_upto SET id = new.id WHERE id < new.id;
    END""",  # noqa: S608 (constants of this file)
    f"""CREATE TRIGGER searched_updated AFTER UPDATE OF folded, sent_at, first_seen ON messages
        WHEN (old.folded IS NOT new.folded OR {_place("old")} <> {_place("new")}) AND old.id <= {_UPTO} BEGIN
        {_OUT};
        {_INTO} SELECT {_place("new")}, new.folded WHERE new.folded IS NOT NULL;
    END""",
    f"CREATE TRIGGER searched_deleted AFTER DELETE ON messages WHEN old.id <= {_UPTO} BEGIN {_OUT}; END",
)
