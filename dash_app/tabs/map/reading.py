"""What the map reads: a sample of customers, the axes, the segments, and other views to colour by."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
from sqlalchemy import Connection

from core.readmodels import FeatureInfo, LensSummary, MapAxes, MapSample, SegmentSummary
from dash_app.context import View
from dash_app.privacy import shown_segments
from dash_app.services import Services
from db.queries.features import feature_catalogue
from db.queries.maps import map_axes, map_sample
from db.queries.segments import segments

MARGIN = "margin"  # in the URL: colour by the margin to the runner-up
_ENOUGH = 0.5  # of the customers drawn must be in another view's sample to colour by that view


@dataclass(frozen=True, slots=True, eq=False)
class Mapped:
    """The map of one lens, without segments too small to be shown.

    ``coloured`` is the lens whose segments colour the points, None for the map's own;
    ``segments`` are that lens's. ``others`` are the lenses that one could colour by.
    """

    sample: MapSample
    axes: MapAxes
    segments: tuple[SegmentSummary, ...]
    features: tuple[FeatureInfo, ...]
    coloured: LensSummary | None
    others: tuple[LensSummary, ...]
    by_margin: bool

    @property
    def labels(self) -> dict[str, str]:
        """Labels of the features by name."""
        return {feature.name: feature.label for feature in self.features}


def read_map(services: Services, view: View) -> Mapped | None:
    """Return the map of the lens in view, coloured as the URL asks; None where there is no map."""
    cache, lens = services.cache, view.lens
    with services.read() as connection:
        sample = _sample(services, connection, lens)
        axes = cache.get(
            ("map-axes", lens.segmentation_id), lambda: map_axes(connection, lens.segmentation_id)
        )
        if sample is None or axes is None:
            return None
        features = cache.get(
            ("catalogue", view.run.snapshot_id),
            lambda: feature_catalogue(connection, view.run.snapshot_id),
        )
        own = segments(connection, lens.segmentation_id)
        across = {
            other: found
            for other in view.run.lenses
            if other.name != lens.name
            and (found := _recoloured(services, connection, sample, other)) is not None
        }
        asked = next((other for other in across if other.name == view.selection.colour), None)
        if asked is None:
            drawn, axes = _without_small(sample, axes, own, services.smallest_group)
            named = shown_segments(own, services.smallest_group)
        else:
            theirs = segments(connection, asked.segmentation_id)
            axes = replace(axes, centroids=())
            drawn, _ = _without_small(across[asked], axes, theirs, services.smallest_group)
            named = shown_segments(theirs, services.smallest_group)
    return Mapped(
        sample=drawn,
        axes=axes,
        segments=named,
        features=features,
        coloured=asked,
        others=tuple(across),
        by_margin=view.selection.colour == MARGIN,
    )


def recoloured(sample: MapSample, other: MapSample) -> MapSample | None:
    """Return the customers of a sample that another view's sample has too, in its segments.

    None where fewer than half of them are: the rest would say little about the whole.
    """
    theirs = dict(zip(other.pseudonyms, other.segment.tolist(), strict=True))
    found = [theirs.get(pseudonym, -1) for pseudonym in sample.pseudonyms]
    segment = np.array(found, dtype=np.int16)
    kept = segment >= 0
    if not len(segment) or kept.mean() < _ENOUGH:
        return None
    return _rows(replace(sample, segment=segment), np.flatnonzero(kept))


def _sample(services: Services, connection: Connection, lens: LensSummary) -> MapSample | None:
    wanted = lens.segmentation_id
    return services.cache.get(("map-sample", wanted), lambda: map_sample(connection, wanted))


def _recoloured(
    services: Services, connection: Connection, sample: MapSample, other: LensSummary
) -> MapSample | None:
    theirs = _sample(services, connection, other)
    return None if theirs is None else recoloured(sample, theirs)


def _without_small(
    sample: MapSample, axes: MapAxes, known: tuple[SegmentSummary, ...], smallest: int
) -> tuple[MapSample, MapAxes]:
    """Return sample and centroids without the segments that have too few customers."""
    shown = {segment.number for segment in shown_segments(known, smallest)}
    if len(shown) == len(known):
        return sample, axes
    clusters = [segment for segment in known if not segment.is_rule]
    centroids = tuple(
        place
        for segment, place in zip(clusters, axes.centroids, strict=False)
        if segment.number in shown
    )
    rows = np.flatnonzero(np.isin(sample.segment, sorted(shown)))
    return _rows(sample, rows), replace(axes, centroids=centroids)


def _rows(sample: MapSample, rows: np.ndarray[tuple[int], np.dtype[np.intp]]) -> MapSample:
    return replace(
        sample,
        pseudonyms=tuple(sample.pseudonyms[row] for row in rows.tolist()),
        xyz=sample.xyz[rows],
        segment=sample.segment[rows],
        margin=sample.margin[rows],
    )
