"""A profile as tables: what the export menu hands out, small groups left out."""

from __future__ import annotations

from collections.abc import Sequence

from core.features.base import Kind, Side
from core.readmodels import SegmentSummary
from dash_app.context import View
from dash_app.exports import Sheet
from dash_app.figures.base import Table, TableColumn, table
from dash_app.privacy import is_shown, pooled_levels
from dash_app.profiles.facts import Facts, segments_and_facts
from dash_app.profiles.model import Profile, profile
from dash_app.services import Services
from dash_app.theme import LIGHT

_EVERYONE = "All customers"


def profile_sheets(services: Services, view: View, side: Side) -> tuple[Sheet, ...]:
    """Return segments, statistics, categories and differences of a side's lens."""
    segments, facts = segments_and_facts(services, view)
    found = profile(side, view, LIGHT, segments, facts, services.smallest_group)
    return (
        Sheet("Segments", segments_table(segments, services.smallest_group)),
        Sheet("Statistics", _statistics(found)),
        Sheet("Categories", _categories(found)),
        Sheet("Differences", _differences(found)),
    )


def segments_table(segments: Sequence[SegmentSummary], smallest: int) -> Table:
    """Return the segments with size, share, value, stability and rule."""
    return table(
        (
            TableColumn("Segment"),
            TableColumn("Customers", Kind.COUNT),
            TableColumn("Share of customers", Kind.SHARE),
            TableColumn("Total value", Kind.MONEY),
            TableColumn("Share of value", Kind.SHARE),
            TableColumn("Median value", Kind.MONEY),
            TableColumn("Description"),
            TableColumn("Stability"),
            TableColumn("Rule of thumb"),
        ),
        [
            (
                s.name,
                s.size,
                s.share,
                s.value_total,
                s.value_share,
                s.value_median,
                s.sentence,
                s.stability.value,
                s.rule,
            )
            if is_shown(s.size, smallest)
            else (s.name, *(None,) * 5, f"Fewer than {smallest} customers: not shown", "", "")
            for s in segments
        ],
    )


def _statistics(found: Profile) -> Table:
    names, labels = _names(found), _labels(found.facts)
    measures = ("mean", "sd", "minimum", "p05", "p25", "median", "p75", "p95", "maximum")
    return table(
        (
            TableColumn("Segment"),
            TableColumn("Feature"),
            TableColumn("Customers with a value", Kind.COUNT),
            TableColumn("Without a value", Kind.COUNT),
            *(TableColumn(measure.capitalize(), Kind.NUMBER) for measure in measures),
            TableColumn("Have any", Kind.SHARE),
        ),
        [
            (
                names[row.segment],
                labels.get(row.feature, row.feature),
                row.n,
                row.missing,
                *(getattr(row, measure) for measure in measures),
                row.nonzero_share,
            )
            for row in found.facts.statistics
        ],
    )


def _categories(found: Profile) -> Table:
    names, labels = _names(found), _labels(found.facts)
    return table(
        (
            TableColumn("Segment"),
            TableColumn("Feature"),
            TableColumn("Level"),
            TableColumn("Customers", Kind.COUNT),
            TableColumn("Share", Kind.SHARE),
        ),
        [
            (names[row.segment], labels.get(row.feature, row.feature), row.level, row.n, row.share)
            for row in pooled_levels(found.facts.categories, found.smallest)
        ],
    )


def _differences(found: Profile) -> Table:
    names, labels = _names(found), _labels(found.facts)
    return table(
        (
            TableColumn("Segment"),
            TableColumn("Feature"),
            TableColumn("Level"),
            TableColumn("Measure"),
            TableColumn("Here", Kind.NUMBER),
            TableColumn("Everyone else", Kind.NUMBER),
            TableColumn("Difference", Kind.NUMBER),
            TableColumn("Effect (Cliff's delta)", Kind.NUMBER),
        ),
        [
            (
                names[row.segment],
                labels.get(row.feature, row.feature),
                row.level,
                row.measure,
                row.here,
                row.elsewhere,
                row.difference,
                row.effect,
            )
            for row in found.facts.differentiators
        ],
    )


def _names(found: Profile) -> dict[int | None, str]:
    return {None: _EVERYONE, **{segment.number: segment.name for segment in found.shown}}


def _labels(facts: Facts) -> dict[str, str]:
    return {feature.name: feature.label for feature in facts.features}
