"""What changed since the publication before a run: who moved where, and which features drifted."""

from __future__ import annotations

from datetime import date

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from db.tables.base import Base


class MigrationRow(Base):
    """One lens of a run against what was published when it was made."""

    __tablename__ = "migrations_between_runs"

    segmentation_id: Mapped[int] = mapped_column(
        ForeignKey("segmentations.id", ondelete="CASCADE"), primary_key=True, autoincrement=False
    )
    before_id: Mapped[int | None] = mapped_column(
        ForeignKey("segmentations.id", ondelete="SET NULL"), index=True
    )
    before_as_of: Mapped[date]
    is_refitted: Mapped[bool]
    known: Mapped[int]
    by_customer: Mapped[int]
    by_model: Mapped[int]
    moved: Mapped[int]
    joined: Mapped[int]
    left: Mapped[int]
    # Customers of this run as the model before places them: measured, and unlike any it knows.
    measured_between: Mapped[int | None]
    unlike_between: Mapped[int | None]


class MigrationFlowRow(Base):
    """Customers who went one way; segments by the key of their identity, null where in none."""

    __tablename__ = "migration_flows"

    segmentation_id: Mapped[int] = mapped_column(
        ForeignKey("migrations_between_runs.segmentation_id", ondelete="CASCADE"), primary_key=True
    )
    position: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    before: Mapped[str | None]
    between: Mapped[str | None]
    after: Mapped[str | None]
    n: Mapped[int]


class FeatureDriftRow(Base):
    """How far a feature's distribution moved between the two snapshots."""

    __tablename__ = "feature_drifts"

    run_id: Mapped[int] = mapped_column(ForeignKey("runs.id", ondelete="CASCADE"), primary_key=True)
    position: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    feature: Mapped[str]
    psi: Mapped[float]
    by_chance: Mapped[float]
