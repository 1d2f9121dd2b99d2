"""What stands in the form before anybody is loaded: values of a customer as there are many."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from core.features.base import Kind
from core.readmodels import CategoryCount, FeatureStatistic, SegmentSummary
from dash_app.privacy import shown_segments
from dash_app.tabs.score.fields import Field, Value, most_frequent


@dataclass(frozen=True, slots=True, eq=False)
class Start:
    """Values by feature, and the number of the segment that they are of; None: of everybody."""

    values: Mapping[str, Value]
    segment: int | None = None


def _whole(field: Field, value: Value) -> Value:
    """Return a value that a customer can have: the middle of two counts is none."""
    is_counted = field.kind in (Kind.COUNT, Kind.DAYS, Kind.YEARS)
    return float(round(value)) if is_counted and isinstance(value, float) else value


def start_of(
    fields: Sequence[Field],
    segments: Sequence[SegmentSummary],
    statistics: Sequence[FeatureStatistic],
    categories: Sequence[CategoryCount],
    smallest: int,
) -> Start:
    """Return the middle values of the largest segment, or of all where none is large enough.

    The middle of everybody may lie between the segments, where nobody is; within one segment it
    lies near its centre. No single customer's row is shown. A segment by rule is passed over: it is
    what customers lack, not what they are like.
    """
    shown = [one for one in shown_segments(segments, smallest) if not one.is_rule]
    if not shown:
        return Start({field.name: field.typical for field in fields})
    largest = max(shown, key=lambda one: (one.size, -one.number)).number
    medians = {s.feature: s.median for s in statistics if s.segment == largest}
    return Start(
        {
            field.name: most_frequent(categories, field.name, field.levels, largest)
            if field.levels
            else _whole(field, medians.get(field.name, field.typical))
            for field in fields
        },
        largest,
    )
