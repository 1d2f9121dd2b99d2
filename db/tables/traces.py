"""How k-means found the segments: where the watched customers lie, and one row per frame."""

from __future__ import annotations

from sqlalchemy import JSON, ForeignKey, LargeBinary
from sqlalchemy.orm import Mapped, mapped_column

from db.tables.base import Base, one_of


class KMeansTraceRow(Base):
    """The customers whom the player watches, on the plane of the map."""

    __tablename__ = "kmeans_traces"

    segmentation_id: Mapped[int] = mapped_column(
        ForeignKey("segmentations.id", ondelete="CASCADE"), primary_key=True
    )
    sampled_from: Mapped[int]
    xy: Mapped[bytes] = mapped_column(LargeBinary)  # float32 (m, 2)


class KMeansFrameRow(Base):
    """The state of k-means after one step."""

    __tablename__ = "kmeans_frames"
    __table_args__ = (one_of("step", ("start", "assign", "update", "part")),)

    segmentation_id: Mapped[int] = mapped_column(
        ForeignKey("kmeans_traces.segmentation_id", ondelete="CASCADE"), primary_key=True
    )
    position: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    step: Mapped[str]
    iteration: Mapped[int]
    centroids: Mapped[list[list[float]]] = mapped_column(JSON)  # by segment number
    segment: Mapped[bytes] = mapped_column(LargeBinary)  # int16 (m,)
    inertia: Mapped[float]
    changed: Mapped[int]
