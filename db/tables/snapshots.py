"""Data sets, and what was read of them as of a date: files, customers, the catalogue of features.

The features themselves lie in one wide table per snapshot (`db.feature_table`).
"""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, CheckConstraint, ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from core.features.base import Kind, Sensitivity, Side
from db.tables.base import Base, BytewiseText, one_of


class Dataset(Base):
    """One bank, or one part of it, whose customers are segmented."""

    __tablename__ = "datasets"
    __table_args__ = ({"sqlite_autoincrement": True},)

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(unique=True)
    title: Mapped[str]
    currency: Mapped[str]
    description: Mapped[str]
    pseudonym_check: Mapped[str]  # tells whether pseudonyms are still made with the same key
    created_at: Mapped[datetime]


class Snapshot(Base):
    """Customers and features of a data set as of a date; never updated."""

    __tablename__ = "snapshots"
    __table_args__ = (
        UniqueConstraint("dataset_id", "fingerprint"),
        {"sqlite_autoincrement": True},
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    dataset_id: Mapped[int] = mapped_column(ForeignKey("datasets.id"))
    as_of: Mapped[date]
    fingerprint: Mapped[str]
    customers: Mapped[int]
    created_at: Mapped[datetime]


class SnapshotFile(Base):
    """One input file: every row read was either accepted or rejected."""

    __tablename__ = "snapshot_files"
    __table_args__ = (
        CheckConstraint("rows_read = rows_accepted + rows_rejected", name="rows_add_up"),
    )

    snapshot_id: Mapped[int] = mapped_column(
        ForeignKey("snapshots.id", ondelete="CASCADE"), primary_key=True
    )
    position: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    table: Mapped[str] = mapped_column("table_name", key="table")
    file: Mapped[str]
    sha256: Mapped[str]
    rows_read: Mapped[int]
    rows_accepted: Mapped[int]
    rows_rejected: Mapped[int]


class SnapshotSwitch(Base):
    """How one switch of the source was set when the files of a snapshot were read."""

    __tablename__ = "snapshot_switches"

    snapshot_id: Mapped[int] = mapped_column(
        ForeignKey("snapshots.id", ondelete="CASCADE"), primary_key=True
    )
    position: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    name: Mapped[str]
    label: Mapped[str]
    value: Mapped[bool]
    is_default: Mapped[bool]


class ImportReject(Base):
    """One row that was not accepted, and why; the value itself is never kept."""

    __tablename__ = "import_rejects"

    snapshot_id: Mapped[int] = mapped_column(
        ForeignKey("snapshots.id", ondelete="CASCADE"), primary_key=True
    )
    position: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    file: Mapped[str]
    line: Mapped[int]
    column: Mapped[str] = mapped_column("column_name", key="column")
    reason: Mapped[str]


class IntegrityCheck(Base):
    """One check across rows or tables of a snapshot."""

    __tablename__ = "integrity_findings"

    snapshot_id: Mapped[int] = mapped_column(
        ForeignKey("snapshots.id", ondelete="CASCADE"), primary_key=True
    )
    position: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    check: Mapped[str] = mapped_column("check_name", key="check")
    table: Mapped[str] = mapped_column("table_name", key="table")
    passed: Mapped[bool]
    count: Mapped[int]
    sentence: Mapped[str]


class Customer(Base):
    """One customer of a snapshot under the pseudonym that people see."""

    __tablename__ = "customers"
    __table_args__ = (
        UniqueConstraint("snapshot_id", "pseudonym"),
        {"sqlite_with_rowid": False},
    )

    snapshot_id: Mapped[int] = mapped_column(
        ForeignKey("snapshots.id", ondelete="CASCADE"), primary_key=True
    )
    customer_id: Mapped[str] = mapped_column(BytewiseText, primary_key=True)
    pseudonym: Mapped[str] = mapped_column(BytewiseText)


class CustomerIdentity(Base):
    """What identifies a customer directly, apart from all else, for a grant of its own."""

    __tablename__ = "customer_identities"
    __table_args__ = ({"sqlite_with_rowid": False},)

    snapshot_id: Mapped[int] = mapped_column(
        ForeignKey("snapshots.id", ondelete="CASCADE"), primary_key=True
    )
    customer_id: Mapped[str] = mapped_column(BytewiseText, primary_key=True)
    identifiers: Mapped[str]  # JSON object: column → text


class FeatureRow(Base):
    """Catalogue entry of one column of the snapshot's wide feature table."""

    __tablename__ = "features"
    __table_args__ = (
        UniqueConstraint("snapshot_id", "position"),
        one_of("side", Side),
        one_of("kind", Kind),
        one_of("sensitivity", Sensitivity),
        one_of("storage", ("real", "integer", "text")),
    )

    snapshot_id: Mapped[int] = mapped_column(
        ForeignKey("snapshots.id", ondelete="CASCADE"), primary_key=True
    )
    name: Mapped[str] = mapped_column(primary_key=True)
    position: Mapped[int]
    label: Mapped[str]
    description: Mapped[str]
    family: Mapped[str]
    side: Mapped[str]
    kind: Mapped[str]
    unit: Mapped[str]
    sensitivity: Mapped[str]
    source_columns: Mapped[list[str]] = mapped_column(JSON)
    levels: Mapped[list[str]] = mapped_column(JSON)
    low_words: Mapped[str]
    high_words: Mapped[str]
    missing_allowed: Mapped[bool]
    actionable: Mapped[bool]
    storage: Mapped[str]  # how the wide table keeps it


class LensRow(Base):
    """A lens as the source specification stated it when the snapshot was taken."""

    __tablename__ = "lenses"
    __table_args__ = (UniqueConstraint("snapshot_id", "position"),)

    snapshot_id: Mapped[int] = mapped_column(
        ForeignKey("snapshots.id", ondelete="CASCADE"), primary_key=True
    )
    name: Mapped[str] = mapped_column(primary_key=True)
    position: Mapped[int]
    spec: Mapped[dict[str, Any]] = mapped_column(JSON)
