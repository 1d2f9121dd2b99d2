"""How k-means found the segments, frame by frame."""

from __future__ import annotations

import numpy as np
from sqlalchemy import Connection, select

from core.readmodels import KMeansFrame, KMeansTrace, SegmentationId
from db.tables.traces import KMeansFrameRow, KMeansTraceRow


def kmeans_trace(connection: Connection, segmentation_id: SegmentationId) -> KMeansTrace | None:
    """The frames in order; None where the segments were not found by k-means in this run."""
    watched = connection.execute(
        select(KMeansTraceRow.sampled_from, KMeansTraceRow.xy).where(
            KMeansTraceRow.segmentation_id == segmentation_id
        )
    ).one_or_none()
    if watched is None:
        return None
    rows = connection.execute(
        select(
            KMeansFrameRow.step,
            KMeansFrameRow.iteration,
            KMeansFrameRow.centroids,
            KMeansFrameRow.segment,
            KMeansFrameRow.inertia,
            KMeansFrameRow.changed,
        )
        .where(KMeansFrameRow.segmentation_id == segmentation_id)
        .order_by(KMeansFrameRow.position)
    )
    return KMeansTrace(
        xy=np.frombuffer(watched.xy, dtype="<f4").reshape(-1, 2),
        sampled_from=watched.sampled_from,
        frames=tuple(
            KMeansFrame(
                step=row.step,
                iteration=row.iteration,
                centroids=tuple((x, y) for x, y in row.centroids),
                segment=np.frombuffer(row.segment, dtype="<i2"),
                inertia=row.inertia,
                changed=row.changed,
            )
            for row in rows
        ),
    )
