"""What the columns of a snapshot hold, how alike they are, where they come from."""

from __future__ import annotations

from sqlalchemy import JSON, ForeignKey, LargeBinary
from sqlalchemy.orm import Mapped, mapped_column

from core.snapshot_facts import Measure
from db.tables.base import Base, one_of


class FeatureProfileRow(Base):
    """The values of one feature among all customers of a snapshot."""

    __tablename__ = "feature_profiles"

    snapshot_id: Mapped[int] = mapped_column(
        ForeignKey("snapshots.id", ondelete="CASCADE"), primary_key=True
    )
    position: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    feature: Mapped[str]
    n: Mapped[int]
    missing: Mapped[int]
    mean: Mapped[float | None]
    sd: Mapped[float | None]
    minimum: Mapped[float | None]
    p05: Mapped[float | None]
    p25: Mapped[float | None]
    median: Mapped[float | None]
    p75: Mapped[float | None]
    p95: Mapped[float | None]
    maximum: Mapped[float | None]
    nonzero_share: Mapped[float | None]
    edges: Mapped[list[float]] = mapped_column(JSON)
    counts: Mapped[list[int]] = mapped_column(JSON)
    levels: Mapped[list[str]] = mapped_column(JSON)
    level_counts: Mapped[list[int]] = mapped_column(JSON)


class AssociationsRow(Base):
    """How alike every two features of a kind are."""

    __tablename__ = "feature_associations"
    __table_args__ = (one_of("measure", Measure),)

    snapshot_id: Mapped[int] = mapped_column(
        ForeignKey("snapshots.id", ondelete="CASCADE"), primary_key=True
    )
    measure: Mapped[str] = mapped_column(primary_key=True)
    features: Mapped[list[str]] = mapped_column(JSON)  # like ones side by side
    matrix: Mapped[bytes] = mapped_column(LargeBinary)  # float32 (p, p)
    customers: Mapped[int]
    sampled_from: Mapped[int]


class ColumnSourceRow(Base):
    """Which columns of the files one column of a canonical table is made of."""

    __tablename__ = "column_sources"

    snapshot_id: Mapped[int] = mapped_column(
        ForeignKey("snapshots.id", ondelete="CASCADE"), primary_key=True
    )
    position: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    table: Mapped[str] = mapped_column("table_name", key="table")
    column: Mapped[str] = mapped_column("column_name", key="column")
    sources: Mapped[list[str]] = mapped_column(JSON)
    expression: Mapped[str]


class SnapshotTiming(Base):
    """What a step of making a snapshot took."""

    __tablename__ = "snapshot_timings"

    snapshot_id: Mapped[int] = mapped_column(
        ForeignKey("snapshots.id", ondelete="CASCADE"), primary_key=True
    )
    position: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    step: Mapped[str]
    seconds: Mapped[float]
