"""The map: a sample of customers on the plane of principal components."""

from __future__ import annotations

import numpy as np
from sqlalchemy import Connection, select

from core.readmodels import MapAxes, MapLoading, MapSample, SegmentationId
from db.tables.segments import MapAxesRow, MapPointsRow


def map_sample(connection: Connection, segmentation_id: SegmentationId) -> MapSample | None:
    """The sampled customers as read-only arrays, None where there is no map."""
    row = connection.execute(
        select(
            MapPointsRow.pseudonyms,
            MapPointsRow.xyz,
            MapPointsRow.segment,
            MapPointsRow.margin,
            MapPointsRow.sampled_from,
        ).where(MapPointsRow.segmentation_id == segmentation_id)
    ).one_or_none()
    if row is None:
        return None
    return MapSample(
        pseudonyms=tuple(row.pseudonyms.split("\n")) if row.pseudonyms else (),
        xyz=np.frombuffer(row.xyz, dtype="<f4").reshape(-1, 3),
        segment=np.frombuffer(row.segment, dtype="<i2"),
        margin=np.frombuffer(row.margin, dtype="<f4"),
        sampled_from=row.sampled_from,
    )


def map_axes(connection: Connection, segmentation_id: SegmentationId) -> MapAxes | None:
    """What the axes explain, where the centroids lie and what the axes mean."""
    row = connection.execute(
        select(MapAxesRow.explained_variance, MapAxesRow.centroids, MapAxesRow.loadings).where(
            MapAxesRow.segmentation_id == segmentation_id
        )
    ).one_or_none()
    if row is None:
        return None
    return MapAxes(
        explained_variance=tuple(row.explained_variance),
        centroids=tuple((x, y, z) for x, y, z in row.centroids),
        loadings=tuple(MapLoading(*loading) for loading in row.loadings),
    )
