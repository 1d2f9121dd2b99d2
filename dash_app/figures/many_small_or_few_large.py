"""Many small or few large transactions: how often customers pay against how much at a time."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from core.features.base import Kind
from core.readmodels import FeatureInfo, FeatureStatistic, SegmentSummary
from dash_app.figures.amounts import exact, short
from dash_app.figures.arrays import float32
from dash_app.figures.base import Chart, PlotlyDict, TableColumn, table
from dash_app.figures.canvas import WIDTHS, empty_chart, layout, legend, note
from dash_app.figures.colour import fade, quiet
from dash_app.figures.labels import Obstacle, beside
from dash_app.figures.log_axes import Limits, limits_of, log_axis
from dash_app.figures.lookup import EVERYONE, Statistics, indexed, others_in_grey, told_apart
from dash_app.figures.text import escape, in_sentence, joined, lines, named, plural, shorten
from dash_app.theme import Theme

_HEIGHT = 340
_SIZES = tuple((width - 60.0, _HEIGHT - 64.0) for width in WIDTHS)


@dataclass(frozen=True, slots=True)
class _Cross:
    """The middle half of a segment in both directions, and its medians."""

    number: int | None
    name: str
    colour: str
    x: tuple[float, float, float]  # p25, median, p75
    y: tuple[float, float, float]


@dataclass(frozen=True, slots=True, eq=False)
class Cloud:
    """Customers of one segment, drawn small behind its cross."""

    segment: int
    count: NDArray[np.float64]
    size: NDArray[np.float64]


def many_small_or_few_large(
    statistics: Sequence[FeatureStatistic],
    segments: Sequence[SegmentSummary],
    count: FeatureInfo,
    size: FeatureInfo,
    *,
    theme: Theme,
    currency: str = "USD",
    clouds: Sequence[Cloud] = (),
) -> Chart:
    """Return medians with arms from p25 to p75 on two logarithmic axes."""
    found = indexed(statistics)
    apart = told_apart(segments)
    crosses = [
        cross
        for segment in segments
        if (
            cross := _cross(
                segment.number,
                segment.name,
                theme.segment_colour(segment.colour) if segment.number in apart else quiet(theme),
                found,
                count,
                size,
            )
        )
    ]
    if not crosses:
        return empty_chart(
            theme,
            "No transactions to compare",
            "No segment has transactions.",
            "Choose a longer period, or another feature.",
            height=_HEIGHT,
        )
    everyone = _cross(None, EVERYONE, theme.muted, found, count, size)
    drawn = ([everyone] if everyone else []) + crosses
    x_range, y_range = limits_of([c.x for c in drawn]), limits_of([c.y for c in drawn])
    names = _names(drawn, x_range, y_range, theme)
    if len(names) < len(drawn):
        names = []  # a legend names all of them instead
    colours = {s.number: theme.segment_colour(s.colour) for s in segments}
    silent = [s.name for s in segments if s.number not in {c.number for c in crosses}]
    figure = {
        "data": [
            *(
                _cloud(cloud, colours[cloud.segment])
                for cloud in clouds
                if cloud.segment in colours
            ),
            *(_point(cross, count, size, x_range, y_range, theme, currency) for cross in drawn),
        ],
        "layout": layout(
            theme,
            _HEIGHT,
            right=14,
            xaxis=log_axis(theme, count.label, x_range, count, currency),
            yaxis=log_axis(theme, f"{size.label}, {currency}", y_range, size, currency),
            annotations=names,
            showlegend=not names,
            legend=legend(theme),
        ),
    }
    return Chart(
        figure=figure,
        title=_finding(crosses, count),
        subtitle=f"{count.label} against {in_sentence(size.label)}, both logarithmic; "
        "median, arms span the middle half" + _left_out(silent, count) + others_in_grey(segments),
        summary=" ".join(_sentence(cross, count, size, currency) for cross in drawn),
        table=table(
            (
                TableColumn("Segment"),
                *(
                    TableColumn(f"{f.label}, {what}", Kind(f.kind), f.unit)
                    for f in (count, size)
                    for what in ("lower quarter", "median", "upper quarter")
                ),
            ),
            [(cross.name, *cross.x, *cross.y) for cross in drawn],
            features=(count, size),
        ),
        height=_HEIGHT,
    )


def _cross(
    number: int | None,
    name: str,
    colour: str,
    found: Statistics,
    count: FeatureInfo,
    size: FeatureInfo,
) -> _Cross | None:
    """Return the segment's cross, or None where a median is not above zero."""
    x, y = found.get((number, count.name)), found.get((number, size.name))
    if x is None or y is None or not (x.median or 0) > 0 or not (y.median or 0) > 0:
        return None
    parts = (x.p25, x.median, x.p75), (y.p25, y.median, y.p75)
    (x25, x50, x75), (y25, y50, y75) = (tuple(float(v or 0) for v in part) for part in parts)
    return _Cross(number, name, colour, (x25, x50, x75), (y25, y50, y75))


def _point(
    cross: _Cross,
    count: FeatureInfo,
    size: FeatureInfo,
    x_range: Limits,
    y_range: Limits,
    theme: Theme,
    currency: str,
) -> PlotlyDict:
    return {
        "type": "scatter",
        "mode": "markers",
        "name": escape(shorten(cross.name, 42)),
        "x": [cross.x[1]],
        "y": [cross.y[1]],
        "error_x": _arms(cross.x, x_range, cross.colour),
        "error_y": _arms(cross.y, y_range, cross.colour),
        "marker": {
            "color": cross.colour,
            "size": 13,
            "line": {"color": theme.surface, "width": 2},
        },
        "hoverinfo": "text",
        "hovertext": [escape(_sentence(cross, count, size, currency))],
    }


def _arms(part: tuple[float, float, float], limits: Limits, colour: str) -> PlotlyDict:
    low = max(part[0], 10 ** limits[0])
    return {
        "type": "data",
        "symmetric": False,
        "array": [part[2] - part[1]],
        "arrayminus": [max(part[1] - low, 0.0)],
        "color": fade(colour, 0.55),
        "thickness": 2,
        "width": 0,
    }


def _cloud(cloud: Cloud, colour: str) -> PlotlyDict:
    drawn = (cloud.count > 0) & (cloud.size > 0)
    return {
        "type": "scattergl",
        "mode": "markers",
        "x": float32(cloud.count[drawn]),
        "y": float32(cloud.size[drawn]),
        "marker": {"color": colour, "size": 4, "opacity": 0.35},
        "hoverinfo": "skip",
    }


def _names(
    drawn: Sequence[_Cross],
    x_range: Limits,
    y_range: Limits,
    theme: Theme,
) -> list[PlotlyDict]:
    """Return the names that find room beside their points; the others are told on hover."""

    def across(value: float) -> float:
        return (math.log10(value) - x_range[0]) / (x_range[1] - x_range[0])

    def up(value: float) -> float:
        return (math.log10(value) - y_range[0]) / (y_range[1] - y_range[0])

    points = [(across(c.x[1]), up(c.y[1])) for c in drawn]
    arms = [
        Obstacle(arm)
        for c, (x, y) in zip(drawn, points, strict=True)
        for arm in (
            (across(max(c.x[0], 10 ** x_range[0])), y, across(c.x[2]), y),
            (x, up(max(c.y[0], 10 ** y_range[0])), x, up(c.y[2])),
        )
    ]
    texts = [lines(c.name, 20, most=2) for c in drawn]
    spots = beside(points, texts, _SIZES, arms)
    return [
        note(
            theme,
            "<br>".join(escape(line) for line in text),
            x=round(math.log10(cross.x[1]), 5),
            y=round(math.log10(cross.y[1]), 5),
            xanchor=spot.xanchor,
            yanchor=spot.yanchor,
            xshift=spot.xshift,
            yshift=spot.yshift,
            align=spot.xanchor,
            bgcolor=fade(theme.surface, 0.7),
        )
        for cross, text, spot in zip(drawn, texts, spots, strict=True)
        if spot is not None
    ]


def _sentence(cross: _Cross, count: FeatureInfo, size: FeatureInfo, currency: str) -> str:
    return (
        f"{cross.name}: {exact(cross.x[1], count, currency)} of "
        f"{exact(cross.y[1], size, currency)} at the median; the middle half make "
        f"{short(cross.x[0], count, currency)} to "
        f"{short(cross.x[2], count, currency)} of {short(cross.y[0], size, currency)} to "
        f"{short(cross.y[2], size, currency)}."
    )


def _left_out(silent: Sequence[str], count: FeatureInfo) -> str:
    if not silent:
        return ""
    who = joined(silent) if len(silent) <= 2 else plural(len(silent), "segment")
    return f"; not drawn, without {in_sentence(count.label)}: {who}"


def _finding(crosses: Sequence[_Cross], count: FeatureInfo) -> str:
    if len(crosses) < 2:
        return f"Many small or few large: {named(crosses[0].name)}"
    often = max(crosses, key=lambda c: c.x[1])
    large = max(crosses, key=lambda c: c.y[1])
    if often is large:
        return f"{named(often.name)}: most {in_sentence(count.label)}, and the largest"
    return f"Most often: {named(often.name)}; most at a time: {named(large.name)}"
