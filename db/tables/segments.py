"""What a segmentation found in detail: segments, members, statistics, the map."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy import (
    JSON,
    ForeignKey,
    ForeignKeyConstraint,
    LargeBinary,
    SmallInteger,
    UniqueConstraint,
)
from sqlalchemy.orm import Mapped, mapped_column

from core.readmodels import Stability
from db.tables.base import Base, BytewiseText, one_of


class SegmentIdentity(Base):
    """The same segment across runs, and what people say about it.

    A name that a person gave goes before every drafted one; until then each run's draft stands.
    """

    __tablename__ = "segment_identities"
    __table_args__ = (
        UniqueConstraint("dataset_id", "lens", "key"),
        {"sqlite_autoincrement": True},
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    dataset_id: Mapped[int] = mapped_column(ForeignKey("datasets.id"))
    lens: Mapped[str]
    key: Mapped[str]
    name: Mapped[str]
    colour: Mapped[int]
    is_named: Mapped[bool]  # the name was given by a person
    owner: Mapped[str | None]
    recommended_treatment: Mapped[str | None]
    note: Mapped[str | None]
    changed_by: Mapped[str | None]
    changed_at: Mapped[datetime | None]


class Segment(Base):
    """One segment of a segmentation, as the run drafted it."""

    __tablename__ = "segments"
    __table_args__ = (one_of("stability", Stability),)

    segmentation_id: Mapped[int] = mapped_column(
        ForeignKey("segmentations.id", ondelete="CASCADE"), primary_key=True
    )
    number: Mapped[int] = mapped_column(SmallInteger, primary_key=True, autoincrement=False)
    identity_id: Mapped[int] = mapped_column(ForeignKey("segment_identities.id"), index=True)
    name: Mapped[str]
    sentence: Mapped[str]
    colour: Mapped[int]
    is_rule: Mapped[bool]
    size: Mapped[int]
    share: Mapped[float]
    value_total: Mapped[float | None]
    value_share: Mapped[float | None]
    value_median: Mapped[float | None]
    jaccard: Mapped[float | None]
    stability: Mapped[str]
    rule: Mapped[str]
    rule_precision: Mapped[float | None]
    rule_recall: Mapped[float | None]


class Assignment(Base):
    """Which segment a customer belongs to, and how surely."""

    __tablename__ = "assignments"
    __table_args__ = (
        ForeignKeyConstraint(
            ["segmentation_id", "segment"],
            ["segments.segmentation_id", "segments.number"],
            ondelete="CASCADE",
        ),
        {"sqlite_with_rowid": False},
    )

    segmentation_id: Mapped[int] = mapped_column(primary_key=True)
    customer_id: Mapped[str] = mapped_column(BytewiseText, primary_key=True)
    segment: Mapped[int] = mapped_column(SmallInteger)
    runner_up: Mapped[int | None] = mapped_column(SmallInteger)
    distance: Mapped[float | None]
    margin: Mapped[float | None]
    typicality: Mapped[float | None]
    since: Mapped[date | None]  # in this segment, publication after publication, since that day
    previous: Mapped[str | None]  # key of the identity that they were in before


class Statistic(Base):
    """Distribution of a numeric feature within a segment; null segment: all customers."""

    __tablename__ = "segment_statistics"

    segmentation_id: Mapped[int] = mapped_column(
        ForeignKey("segmentations.id", ondelete="CASCADE"), primary_key=True
    )
    position: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    segment: Mapped[int | None] = mapped_column(SmallInteger)
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
    percentile: Mapped[float | None]
    nonzero_share: Mapped[float | None]


class HistogramRow(Base):
    """Counts of a numeric feature over edges shared by all segments."""

    __tablename__ = "segment_histograms"

    segmentation_id: Mapped[int] = mapped_column(
        ForeignKey("segmentations.id", ondelete="CASCADE"), primary_key=True
    )
    position: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    segment: Mapped[int | None] = mapped_column(SmallInteger)
    feature: Mapped[str]
    edges: Mapped[list[float]] = mapped_column(JSON)
    counts: Mapped[list[int]] = mapped_column(JSON)


class Category(Base):
    """How many members have a level of a categorical feature."""

    __tablename__ = "segment_categories"

    segmentation_id: Mapped[int] = mapped_column(
        ForeignKey("segmentations.id", ondelete="CASCADE"), primary_key=True
    )
    position: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    segment: Mapped[int | None] = mapped_column(SmallInteger)
    feature: Mapped[str]
    level: Mapped[str]
    n: Mapped[int]
    share: Mapped[float]


class DifferentiatorRow(Base):
    """How a segment differs from everyone else on one feature."""

    __tablename__ = "differentiators"

    segmentation_id: Mapped[int] = mapped_column(
        ForeignKey("segmentations.id", ondelete="CASCADE"), primary_key=True
    )
    position: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    segment: Mapped[int] = mapped_column(SmallInteger)
    feature: Mapped[str]
    level: Mapped[str]
    here: Mapped[float]
    elsewhere: Mapped[float]
    difference: Mapped[float]
    effect: Mapped[float]
    rank: Mapped[int]
    measure: Mapped[str]
    echoes: Mapped[str]


class MapPointsRow(Base):
    """The sample that the map shows, as typed little-endian arrays of equal length."""

    __tablename__ = "map_points"

    segmentation_id: Mapped[int] = mapped_column(
        ForeignKey("segmentations.id", ondelete="CASCADE"), primary_key=True
    )
    sampled_from: Mapped[int]
    pseudonyms: Mapped[str]  # one per line
    xyz: Mapped[bytes] = mapped_column(LargeBinary)  # float32 (n, 3)
    segment: Mapped[bytes] = mapped_column(LargeBinary)  # int16 (n,)
    margin: Mapped[bytes] = mapped_column(LargeBinary)  # float32 (n,)


class MapAxesRow(Base):
    """What the axes of the map explain and mean."""

    __tablename__ = "map_axes"

    segmentation_id: Mapped[int] = mapped_column(
        ForeignKey("segmentations.id", ondelete="CASCADE"), primary_key=True
    )
    explained_variance: Mapped[list[float]] = mapped_column(JSON)
    centroids: Mapped[list[list[float]]] = mapped_column(JSON)
    loadings: Mapped[list[list[Any]]] = mapped_column(JSON)


class ActionClientRow(Base):
    """A customer who is worth a call now, and why."""

    __tablename__ = "action_clients"

    segmentation_id: Mapped[int] = mapped_column(
        ForeignKey("segmentations.id", ondelete="CASCADE"), primary_key=True
    )
    position: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    pseudonym: Mapped[str]
    segment: Mapped[int] = mapped_column(SmallInteger)
    value: Mapped[float | None]
    reason: Mapped[str]
