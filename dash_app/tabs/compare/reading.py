"""What a comparison needs: both views' segments, their cross table, the names of outcomes."""

from __future__ import annotations

from dataclasses import dataclass

from core.readmodels import Comparison, FeatureInfo, LensSummary, SegmentSummary
from dash_app.context import View
from dash_app.services import Services
from dash_app.tabs.compare.pair import compared, pair_in_view
from db.queries.comparisons import comparisons
from db.queries.features import feature_catalogue
from db.queries.segments import segments


@dataclass(frozen=True, slots=True)
class Compared:
    """Two views of the same customers: ``a`` downwards, ``b`` across."""

    a: LensSummary
    b: LensSummary
    segments_a: tuple[SegmentSummary, ...]
    segments_b: tuple[SegmentSummary, ...]
    comparison: Comparison
    features: tuple[FeatureInfo, ...]


def read_comparison(services: Services, view: View) -> Compared | None:
    """Return the comparison that the URL asks for, None where the run made none."""
    pair = pair_in_view(view.run.lenses, view.selection.a, view.selection.b)
    if pair is None:
        return None
    a, b = pair
    cache, run = services.cache, view.run
    with services.read() as connection:
        made = cache.get(("comparisons", run.run_id), lambda: comparisons(connection, run.run_id))
        found = compared(made, a.name, b.name)
        if found is None:
            return None
        key = ("catalogue", run.snapshot_id)
        return Compared(
            a=a,
            b=b,
            segments_a=segments(connection, a.segmentation_id),
            segments_b=segments(connection, b.segmentation_id),
            comparison=found,
            features=cache.get(key, lambda: feature_catalogue(connection, run.snapshot_id)),
        )
