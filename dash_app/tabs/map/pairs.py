"""Pairs of inputs: every two of a view against each other, for customers drawn as they come."""

from __future__ import annotations

from dash import html
from dash.development.base_component import Component

from core.features.base import Kind
from core.readmodels import FeatureInfo, PairSample, SegmentSummary
from dash_app.components.charts import chart_with_table
from dash_app.context import View
from dash_app.figures.scatter_matrix import scatter_matrix
from dash_app.privacy import shown_segments
from dash_app.services import Services
from dash_app.theme import Theme
from db.queries.customers import input_sample
from db.queries.features import feature_catalogue
from db.queries.segments import segments

PAIRS = "pairs"  # in the URL: the sub-view
MOST_INPUTS = 5
MOST_CUSTOMERS = 600
_NAMED_KINDS = (Kind.CATEGORY, Kind.ORDINAL, Kind.FLAG)


def drawn_inputs(view: View, features: tuple[FeatureInfo, ...]) -> tuple[FeatureInfo, ...]:
    """Return the first few numeric inputs of the view, its radar's axes, and its value."""
    known = {one.name: one for one in features if Kind(one.kind) not in _NAMED_KINDS}
    names = dict.fromkeys((*view.lens.inputs, *view.lens.radar, view.lens.value_feature))
    return tuple(known[name] for name in names if name in known)[:MOST_INPUTS]


def read_pairs(services: Services, view: View) -> tuple[PairSample, tuple[SegmentSummary, ...]]:
    """Return some customers by the inputs that are drawn, and the segments that may be shown."""
    wanted = view.lens.segmentation_id
    with services.read() as connection:

        def read() -> PairSample:
            catalogue = feature_catalogue(connection, view.run.snapshot_id)
            inputs = drawn_inputs(view, catalogue)
            return input_sample(connection, view.run, wanted, inputs, MOST_CUSTOMERS)

        found = services.cache.get(("pairs", wanted), read)
        named = segments(connection, wanted)
    return found, shown_segments(named, services.smallest_group)


def pairs_page(
    found: PairSample, named: tuple[SegmentSummary, ...], view: View, theme: Theme
) -> Component:
    """Return the drawing, with its correlations as a table."""
    chart = scatter_matrix(found, named, theme=theme, currency=view.currency)
    return html.Div(chart_with_table(chart, chart_id="map-pairs", currency=view.currency))
