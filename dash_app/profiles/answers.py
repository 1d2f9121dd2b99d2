"""Answers to the three questions about banking, as the titles of their charts."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from core.readmodels import FeatureInfo, FeatureStatistic, SegmentSummary
from dash_app.figures.text import named
from dash_app.formats import NO_DATA, format_value, percent

_ALL = 0.995  # shares from here read 100%

Found = Mapping[tuple[int | None, str], FeatureStatistic]


def indexed(statistics: Sequence[FeatureStatistic]) -> Found:
    """Return statistics by segment (None: all customers) and feature."""
    return {(row.segment, row.feature): row for row in statistics}


def holding_answer(
    feature: FeatureInfo, segments: Sequence[SegmentSummary], found: Found, currency: str
) -> tuple[str, str]:
    """Return how many of all customers hold something, and who holds most at the median."""
    everyone = found.get((None, feature.name))
    share = everyone.nonzero_share if everyone else None
    if share is None:
        return NO_DATA.capitalize(), ""
    median, name = _most(segments, feature, found)
    do = "All do" if share >= _ALL else f"{percent(share, 0)} do"
    if len(segments) < 2 or median <= 0:
        return do, ""
    amount = format_value(round(median), feature.kind, feature.unit, currency)
    return do, f"Most in {named(name)}: {amount} at the median"


def payments_answer(
    count: FeatureInfo,
    size: FeatureInfo,
    segments: Sequence[SegmentSummary],
    found: Found,
    currency: str,
) -> str:
    """Return who pays most often and who pays most at a time."""
    often, often_name = _most(segments, count, found)
    large, large_name = _most(segments, size, found)
    if often <= 0 or large <= 0:
        return ""
    times = format_value(round(often), count.kind, "", currency)
    amount = format_value(round(large), size.kind, size.unit, currency)
    if often_name == large_name:
        return f"{named(often_name)}: most often ({times}) and most at a time ({amount})"
    return (
        f"Most often {named(often_name)} ({times}), most at a time {named(large_name)} ({amount})"
    )


def _most(
    segments: Sequence[SegmentSummary], feature: FeatureInfo, found: Found
) -> tuple[float, str]:
    """Return the highest median and whose it is; nothing where there is none."""
    known = [
        (row.median, segment.name)
        for segment in segments
        if (row := found.get((segment.number, feature.name))) and row.median is not None
    ]
    return max(known, key=lambda entry: entry[0], default=(0.0, ""))
