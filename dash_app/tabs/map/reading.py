"""What the map reads: a sample of customers, the axes, segments, other views to colour by."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
from sqlalchemy import Connection

from core.readmodels import FeatureInfo, LensSummary, MapAxes, MapSample, SegmentSummary
from dash_app.context import View
from dash_app.maps import axes_of, rows_of, sample_of, without_small
from dash_app.privacy import shown_segments
from dash_app.services import Services
from db.queries.features import feature_catalogue
from db.queries.segments import segments

MARGIN = "margin"  # in the URL: colour by the margin to the runner-up
_ENOUGH = 0.5  # of the customers drawn must be in another view's sample to colour by that view


@dataclass(frozen=True, slots=True, eq=False)
class Mapped:
    """The map of one lens, without segments too small to be shown.

    ``coloured`` is the lens whose segments colour the points, None for the map's own;
    ``segments`` are that lens's; ``own`` are customers and segments of the map's own lens.
    ``others`` are the lenses that one could colour by.
    """

    sample: MapSample
    axes: MapAxes
    segments: tuple[SegmentSummary, ...]
    features: tuple[FeatureInfo, ...]
    own: tuple[MapSample, tuple[SegmentSummary, ...]]
    coloured: LensSummary | None = None
    others: tuple[LensSummary, ...] = ()
    by_margin: bool = False

    @property
    def labels(self) -> dict[str, str]:
        """Labels of the features by name."""
        return {feature.name: feature.label for feature in self.features}


def read_map(services: Services, view: View) -> Mapped | None:
    """Return the map of the lens in view, coloured as the URL asks; None where there is no map."""
    lens, snapshot = view.lens, view.run.snapshot_id
    with services.read() as connection:
        sample = sample_of(services, connection, lens)
        axes = axes_of(services, connection, lens)
        if sample is None or axes is None:
            return None
        if lens.grouping:
            sample = without_margins(sample)
        across = _other_colours(services, connection, view, sample)
        coloured = next((other for other in across if other.name == view.selection.colour), None)
        own = segments(connection, lens.segmentation_id)
        named = own if coloured is None else segments(connection, coloured.segmentation_id)
        features = services.cache.get(
            ("catalogue", snapshot), lambda: feature_catalogue(connection, snapshot)
        )
    smallest = services.smallest_group
    mine, own_axes = without_small(sample, axes, own, smallest)
    drawn = mine, own_axes
    if coloured is not None:  # the centroids are of the map's own segments
        drawn = without_small(across[coloured], replace(axes, centroids=()), named, smallest)
    return Mapped(
        sample=drawn[0],
        axes=drawn[1],
        segments=shown_segments(named, smallest),
        features=features,
        own=(mine, shown_segments(own, smallest)),
        coloured=coloured,
        others=tuple(across),
        by_margin=view.selection.colour == MARGIN and not lens.grouping,
    )


def without_margins(sample: MapSample) -> MapSample:
    """Return the customers of groups by rule: a cut point parts them, however near they lie."""
    return replace(sample, margin=np.full_like(sample.margin, np.nan))


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
    return rows_of(replace(sample, segment=segment), np.flatnonzero(kept))


def _other_colours(
    services: Services, connection: Connection, view: View, sample: MapSample
) -> dict[LensSummary, MapSample]:
    """Return the same customers in the segments of each other lens that has enough of them."""
    found = {}
    for other in view.run.lenses:
        theirs = None if other == view.lens else sample_of(services, connection, other)
        across = None if theirs is None else recoloured(sample, theirs)
        if across is not None:
            found[other] = across
    return found
