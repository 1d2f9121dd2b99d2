"""What a fit leaves behind to judge it by, and the customers to look at."""

from __future__ import annotations

from sqlalchemy import JSON, ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from core.quality import ExemplarKind
from db.tables.base import Base, one_of


class QualityRow(Base):
    """The silhouette beside those of draws without groups; how groups divide and join."""

    __tablename__ = "qualities"

    segmentation_id: Mapped[int] = mapped_column(
        ForeignKey("segmentations.id", ondelete="CASCADE"), primary_key=True
    )
    silhouette: Mapped[float | None]
    null_silhouettes: Mapped[list[float]] = mapped_column(JSON)
    clustergram: Mapped[list[object] | None] = mapped_column(JSON(none_as_null=True))
    dendrogram: Mapped[list[object] | None] = mapped_column(JSON(none_as_null=True))


class SegmentQualityRow(Base):
    """Silhouettes and bootstrap similarities of one segment."""

    __tablename__ = "segment_qualities"

    segmentation_id: Mapped[int] = mapped_column(
        ForeignKey("qualities.segmentation_id", ondelete="CASCADE"), primary_key=True
    )
    position: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    segment: Mapped[int]
    sampled: Mapped[int]
    silhouette: Mapped[float]
    nearer_elsewhere: Mapped[float]
    widths: Mapped[list[float]] = mapped_column(JSON)
    jaccards: Mapped[list[float]] = mapped_column(JSON)
    null_silhouettes: Mapped[list[float]] = mapped_column(JSON, server_default="[]")


class FeatureInfluenceRow(Base):
    """How much one input decides."""

    __tablename__ = "feature_influences"

    segmentation_id: Mapped[int] = mapped_column(
        ForeignKey("qualities.segmentation_id", ondelete="CASCADE"), primary_key=True
    )
    position: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    feature: Mapped[str]
    eta_squared: Mapped[float]
    changed: Mapped[float]


class ExemplarRow(Base):
    """A customer to look at in order to understand a segment; for analysts."""

    __tablename__ = "exemplars"
    __table_args__ = (one_of("kind", ExemplarKind),)

    segmentation_id: Mapped[int] = mapped_column(
        ForeignKey("segmentations.id", ondelete="CASCADE"), primary_key=True
    )
    position: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    pseudonym: Mapped[str]
    segment: Mapped[int]
    kind: Mapped[str]
    runner_up: Mapped[int | None]
    margin: Mapped[float | None]
    features: Mapped[list[list[object]]] = mapped_column(JSON)  # (name, value in raw units)
