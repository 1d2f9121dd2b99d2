"""Statistics found by segment and feature, and names found by number."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from core.features.base import Kind
from core.readmodels import FeatureInfo, FeatureStatistic, SegmentSummary
from dash_app.figures.text import plural
from dash_app.theme import Theme

Statistics = dict[tuple[int | None, str], FeatureStatistic]
EVERYONE = "All customers"
TOLD_APART = 8  # segments beyond have no colour of their own


def indexed(statistics: Iterable[FeatureStatistic]) -> Statistics:
    """Return the statistics under (segment or None, feature name)."""
    return {(row.segment, row.feature): row for row in statistics}


def median(found: Statistics, segment: int | None, feature: str) -> float | None:
    """Return the median, or None where there is no statistic."""
    row = found.get((segment, feature))
    return row.median if row else None


def typical(found: Statistics, segment: int | None, feature: FeatureInfo) -> float | None:
    """Return what is typical: the share of yes where a feature is yes or no, else the median.

    The median of yes and no is one of the two and says nothing of how many.
    """
    row = found.get((segment, feature.name))
    if row is None:
        return None
    return row.mean if Kind(feature.kind) is Kind.FLAG else row.median


def percentile(found: Statistics, segment: int | None, feature: str) -> float | None:
    """Return the mean percentile among all customers, or None where there is no statistic."""
    row = found.get((segment, feature))
    return row.percentile if row else None


def told_apart(segments: Sequence[SegmentSummary]) -> frozenset[int]:
    """Return the numbers of the largest segments, as many as colours can tell apart."""
    largest = sorted(segments, key=lambda s: (-s.size, s.number))[:TOLD_APART]
    return frozenset(segment.number for segment in largest)


def others_in_grey(segments: Sequence[SegmentSummary]) -> str:
    """Return what a subtitle adds when some segments are not told apart, else nothing."""
    more = len(segments) - TOLD_APART
    return f"; the {plural(more, 'smallest segment', 'smallest segments')} in grey" * (more > 0)


def names_and_colours(
    segments: Sequence[SegmentSummary], theme: Theme
) -> list[tuple[int | None, str, str]]:
    """Return (number, name, colour) of everyone in grey, then of every segment in order."""
    everyone: list[tuple[int | None, str, str]] = [(None, EVERYONE, theme.muted)]
    return everyone + [
        (segment.number, segment.name, theme.segment_colour(segment.colour)) for segment in segments
    ]


def of_names(features: Iterable[FeatureInfo], names: Iterable[str]) -> list[FeatureInfo]:
    """Return the features of these names, in the order of the features."""
    wanted = set(names)
    return [feature for feature in features if feature.name in wanted]


def labels(features: Iterable[FeatureInfo]) -> dict[str, str]:
    """Return labels by feature name."""
    return {feature.name: feature.label for feature in features}
