"""Statistics found by segment and feature, and names found by number."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from core.readmodels import FeatureInfo, FeatureStatistic, SegmentSummary
from dash_app.theme import Theme

Statistics = dict[tuple[int | None, str], FeatureStatistic]
EVERYONE = "All customers"


def indexed(statistics: Iterable[FeatureStatistic]) -> Statistics:
    """Return the statistics under (segment or None, feature name)."""
    return {(row.segment, row.feature): row for row in statistics}


def median(found: Statistics, segment: int | None, feature: str) -> float | None:
    """Return the median, or None where there is no statistic."""
    row = found.get((segment, feature))
    return row.median if row else None


def percentile(found: Statistics, segment: int | None, feature: str) -> float | None:
    """Return the mean percentile among all customers, or None where there is no statistic."""
    row = found.get((segment, feature))
    return row.percentile if row else None


def names_and_colours(
    segments: Sequence[SegmentSummary], theme: Theme
) -> list[tuple[int | None, str, str]]:
    """Return (number, name, colour) of everyone in grey, then of every segment in order."""
    everyone: list[tuple[int | None, str, str]] = [(None, EVERYONE, theme.muted)]
    return everyone + [
        (segment.number, segment.name, theme.segment_colour(segment.colour))
        for segment in segments
    ]


def labels(features: Iterable[FeatureInfo]) -> dict[str, str]:
    """Return labels by feature name."""
    return {feature.name: feature.label for feature in features}
