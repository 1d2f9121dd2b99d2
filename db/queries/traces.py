"""How k-means found the segments, frame by frame."""

from __future__ import annotations

import numpy as np
from sqlalchemy import Connection, func, select
from sqlalchemy.orm import aliased

from core.readmodels import KMeansFrame, KMeansTrace, SegmentationId
from db.tables.runs import Run, Segmentation
from db.tables.snapshots import Snapshot
from db.tables.traces import KMeansFrameRow, KMeansTraceRow


def kmeans_trace(connection: Connection, segmentation_id: SegmentationId) -> KMeansTrace | None:
    """The frames in order; None where the segments were not found by k-means.

    A run that only scored new data shows how its model was found in the run that fitted it.
    """
    fitted = _fitted(connection, segmentation_id)
    if fitted is None:
        return None
    segmentation_id = fitted
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


def _fitted(connection: Connection, segmentation_id: SegmentationId) -> SegmentationId | None:
    """Return the latest segmentation up to this one, of the same data set and model, watched."""
    own, run, snapshot = aliased(Segmentation), aliased(Run), aliased(Snapshot)
    found = connection.execute(
        select(func.max(KMeansTraceRow.segmentation_id))
        .join(Segmentation, Segmentation.id == KMeansTraceRow.segmentation_id)
        .join(Run, Run.id == Segmentation.run_id)
        .join(Snapshot, Snapshot.id == Run.snapshot_id)
        .join(
            own,
            (own.lens == Segmentation.lens) & (own.model_sha256 == Segmentation.model_sha256),
        )
        .join(run, run.id == own.run_id)
        .join(
            snapshot,
            (snapshot.id == run.snapshot_id) & (snapshot.dataset_id == Snapshot.dataset_id),
        )
        .where(own.id == segmentation_id, Segmentation.id <= segmentation_id)
    ).scalar()
    return None if found is None else SegmentationId(found)
