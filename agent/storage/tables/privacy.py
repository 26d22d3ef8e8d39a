"""How far the database has forgotten whom the profile's ledger says it must not know."""

from sqlalchemy.orm import Mapped, mapped_column

from agent.storage.columns import BigId
from agent.storage.tables.base import Base


class LedgerMark(Base):
    """One line: an older copy of the database has an older mark, and is gone through when it is opened."""

    __tablename__ = "ledger_marks"

    id: Mapped[int] = mapped_column(BigId, primary_key=True, autoincrement=False)
    upto: Mapped[int] = mapped_column(BigId)
    """The last line of the ledger that was carried out here."""
