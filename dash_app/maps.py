"""The map of a lens as it may be shown: without segments of too few customers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import Connection

from core.readmodels import LensSummary, MapAxes, MapSample, SegmentSummary
from dash_app.privacy import shown_segments
from dash_app.services import Services
from db.queries.maps import map_axes, map_sample


def sample_of(services: Services, connection: Connection, lens: LensSummary) -> MapSample | None:
    """Return the sample of a lens, read once per segmentation; None where there is no map."""
    wanted = lens.segmentation_id
    return services.cache.get(("map-sample", wanted), lambda: map_sample(connection, wanted))


def axes_of(services: Services, connection: Connection, lens: LensSummary) -> MapAxes | None:
    """Return the axes of a lens's map, read once per segmentation; None where there is no map."""
    wanted = lens.segmentation_id
    return services.cache.get(("map-axes", wanted), lambda: map_axes(connection, wanted))


def without_small(
    sample: MapSample, axes: MapAxes, segments: Sequence[SegmentSummary], smallest: int
) -> tuple[MapSample, MapAxes]:
    """Return customers and centroids of the segments that are large enough to be shown."""
    shown = {segment.number for segment in shown_segments(segments, smallest)}
    if len(shown) == len(segments):
        return sample, axes
    clusters = [segment for segment in segments if not segment.is_rule]
    centroids = tuple(
        place
        for segment, place in zip(clusters, axes.centroids, strict=False)
        if segment.number in shown
    )
    kept = np.flatnonzero(np.isin(sample.segment, sorted(shown)))
    return rows_of(sample, kept), replace(axes, centroids=centroids)


def rows_of(sample: MapSample, rows: NDArray[np.intp]) -> MapSample:
    """Return some rows of a sample, in the order given."""
    return replace(
        sample,
        pseudonyms=tuple(sample.pseudonyms[row] for row in rows.tolist()),
        xyz=sample.xyz[rows],
        segment=sample.segment[rows],
        margin=sample.margin[rows],
    )
