"""Writing how k-means found the segments."""

from __future__ import annotations

import numpy as np
from sqlalchemy import Connection

from core.readmodels import KMeansTrace
from db.rows import insert_rows, plain
from db.tables.traces import KMeansFrameRow, KMeansTraceRow


def insert_trace(connection: Connection, segmentation_id: int, trace: KMeansTrace) -> None:
    """Write the watched customers and the frames within the caller's transaction."""
    owner = {"segmentation_id": segmentation_id}
    watched = {
        "sampled_from": trace.sampled_from,
        "xy": np.ascontiguousarray(trace.xy, dtype="<f4").tobytes(),
    }
    insert_rows(connection, KMeansTraceRow, [owner | watched])
    insert_rows(
        connection,
        KMeansFrameRow,
        (
            {
                "segmentation_id": segmentation_id,
                "position": position,
                "step": frame.step,
                "iteration": frame.iteration,
                "centroids": plain(frame.centroids),
                "segment": frame.segment.astype("<i2").tobytes(),
                "inertia": frame.inertia,
                "changed": frame.changed,
            }
            for position, frame in enumerate(trace.frames)
        ),
    )
