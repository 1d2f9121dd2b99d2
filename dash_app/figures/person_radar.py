"""One customer against the segment and the runner-up, on the radar's axes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from core.features.base import Kind
from core.insight.degrees import less_and_more
from core.readmodels import FeatureInfo, FeatureStatistic, SegmentSummary
from dash_app.figures.base import Chart, TableColumn, table
from dash_app.figures.canvas import empty_chart
from dash_app.figures.lookup import EVERYONE, Statistics, indexed, percentile
from dash_app.figures.polar import AXES_WORDS, FEWEST, MOST, Shape, radar_figure
from dash_app.figures.text import named
from dash_app.theme import Theme

_PERSON = "This customer"


def person_radar(
    person: Mapping[str, float | None],
    statistics: Sequence[FeatureStatistic],
    segment: SegmentSummary,
    runner_up: SegmentSummary | None,
    features: Sequence[FeatureInfo],
    *,
    theme: Theme,
    currency: str = "USD",  # noqa: ARG001
) -> Chart:
    """Return the radar; ``person`` has the percentile among all, 0 to 100, by feature name."""
    axes = [feature for feature in features if feature.name in person][:MOST]
    if len(axes) < FEWEST or not statistics:
        return empty_chart(
            theme,
            "No profile of this customer",
            f"A profile needs at least {FEWEST} features.",
            "Fill in the form and score the customer.",
            height=360,
        )
    found = indexed(statistics)
    others = [segment] if runner_up is None or runner_up is segment else [segment, runner_up]
    values = tuple(person[axis.name] for axis in axes)
    shapes = [_of_segment(other, axes, found, theme) for other in others]
    shapes.append(
        Shape(
            name=_PERSON,
            colour=theme.ink,
            values=values,
            hover=tuple(
                f"{_PERSON}: {axis.label} at percentile {_said(value)}."
                for axis, value in zip(axes, values, strict=True)
            ),
            is_filled=False,
            width=3,
        )
    )
    return Chart(
        figure=radar_figure([axis.label for axis in axes], shapes, theme),
        title=_finding(values, segment, axes, found),
        subtitle=AXES_WORDS,
        summary=" ".join(
            f"{axis.label}: this customer at percentile {_said(value)}, {segment.name} at "
            f"{_said(percentile(found, segment.number, axis.name))}."
            for axis, value in zip(axes, values, strict=True)
        ),
        table=table(
            (TableColumn(""), *(TableColumn(a.label, Kind.NUMBER, "%ile") for a in axes)),
            [
                (_PERSON, *values),
                *((o.name, *(percentile(found, o.number, a.name) for a in axes)) for o in others),
                (EVERYONE, *(percentile(found, None, a.name) for a in axes)),
            ],
            features=axes,
        ),
        height=360,
    )


def _of_segment(
    segment: SegmentSummary, axes: Sequence[FeatureInfo], found: Statistics, theme: Theme
) -> Shape:
    values = tuple(percentile(found, segment.number, axis.name) for axis in axes)
    return Shape(
        name=segment.name,
        colour=theme.segment_colour(segment.colour),
        values=values,
        hover=tuple(
            f"{segment.name}: {axis.label} at percentile {_said(value)}."
            for axis, value in zip(axes, values, strict=True)
        ),
        width=2,
    )


def _said(value: float | None) -> str:
    return "unknown" if value is None else f"{value:.0f}"


def _finding(
    values: Sequence[float | None],
    segment: SegmentSummary,
    axes: Sequence[FeatureInfo],
    found: Statistics,
) -> str:
    """Return the axis on which the customer departs most from the segment."""
    gaps = [
        (value - typical, axis)
        for value, axis in zip(values, axes, strict=True)
        if value is not None
        and (typical := percentile(found, segment.number, axis.name)) is not None
    ]
    if not gaps:
        return f"This customer against {named(segment.name)}"
    gap, axis = max(gaps, key=lambda entry: abs(entry[0]))
    if abs(gap) < 10:
        return f"Close to {named(segment.name)} on every axis"
    less, more = less_and_more(axis.label, Kind(axis.kind))
    return f"Against {named(segment.name)}: {more if gap > 0 else less}"
