"""Customers of a bank's files who take no part in a snapshot: asked for by id, answered as such."""

from __future__ import annotations

from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from db.tables.base import Base, BytewiseText


class LeftOutCustomer(Base):
    """One customer who is not among those of the snapshot, and why ("inactive")."""

    __tablename__ = "left_out_customers"
    __table_args__ = (
        UniqueConstraint("snapshot_id", "pseudonym"),
        {"sqlite_with_rowid": False},
    )

    snapshot_id: Mapped[int] = mapped_column(
        ForeignKey("snapshots.id", ondelete="CASCADE"), primary_key=True
    )
    customer_id: Mapped[str] = mapped_column(BytewiseText, primary_key=True)
    pseudonym: Mapped[str] = mapped_column(BytewiseText)
    reason: Mapped[str]
