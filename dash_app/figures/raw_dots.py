"""Segments side by side in dollars, days and counts: every feature on a scale of its own."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from core.features.base import Kind
from core.readmodels import FeatureInfo, FeatureStatistic, SegmentSummary
from dash_app.figures.amounts import exact, short
from dash_app.figures.base import Chart, PlotlyDict, TableColumn, table
from dash_app.figures.canvas import (
    CHARACTER,
    NARROWEST,
    bare_axis,
    empty_chart,
    layout,
    legend,
    legend_height,
    note,
)
from dash_app.figures.lookup import Statistics, indexed, median, names_and_colours
from dash_app.figures.text import escape, shorten, wrap
from dash_app.theme import Theme

_ROW = 56  # pixels per feature: its name, the track, the values below
_SPAN = 100  # times between largest and smallest median from which a track is logarithmic


@dataclass(frozen=True, slots=True)
class _Track:
    """One feature's scale, from its lowest to its highest value, as 0..1."""

    feature: FeatureInfo
    low: float
    high: float
    is_log: bool

    def at(self, value: float) -> float:
        step: Callable[[float], float] = _signed_log if self.is_log else float
        low, high = step(self.low), step(self.high)
        return 0.5 if high == low else min(max((step(value) - low) / (high - low), 0.0), 1.0)


def raw_dots(
    statistics: Sequence[FeatureStatistic],
    segments: Sequence[SegmentSummary],
    features: Sequence[FeatureInfo],
    *,
    theme: Theme,
    currency: str = "USD",
) -> Chart:
    """Return one track per feature with a dot at each segment's median; grey is everyone."""
    found = indexed(statistics)
    tracks = [track for f in features if (track := _track(f, segments, found)) is not None]
    if not tracks:
        return empty_chart(
            theme,
            "No medians to compare",
            "There are no statistics for these segments.",
            "Choose other features, or wait for the run to finish.",
        )
    groups = names_and_colours(segments, theme)
    top = legend_height([name for _, name, _ in groups])
    height = _ROW * len(tracks) + top + 12
    traces = [_middle_half(tracks, found, theme)]
    traces += [
        _dots(number, name, colour, tracks, found, theme, currency)
        for number, name, colour in groups
    ]
    notes = [
        text
        for row, track in enumerate(tracks)
        for text in _row_notes(row, track, segments, found, theme, currency)
    ]
    log = any(track.is_log for track in tracks)
    figure = {
        "data": traces,
        "layout": layout(
            theme,
            height,
            left=10,
            right=10,
            top=top,
            showlegend=True,
            legend=legend(theme),
            xaxis=bare_axis(range=[-0.015, 1.015]),
            yaxis=bare_axis(range=[len(tracks) - 0.35, -0.6]),
            annotations=notes,
            shapes=[_rail(row, theme) for row in range(len(tracks))],
        ),
    }
    return Chart(
        figure=figure,
        title=_finding(tracks, segments, found, currency),
        subtitle="Median per segment, each row on its own scale"
        + (" (log where marked)" if log else "")
        + "; the bar is the middle half of all customers",
        summary=" ".join(_sentence(track, segments, found, currency) for track in tracks),
        table=table(
            (
                TableColumn("Segment"),
                *(
                    TableColumn(f"{t.feature.label}, median", Kind(t.feature.kind), t.feature.unit)
                    for t in tracks
                ),
            ),
            [
                (name, *(median(found, number, track.feature.name) for track in tracks))
                for number, name, _ in groups
            ],
        ),
        height=height,
    )


def _track(
    feature: FeatureInfo, segments: Sequence[SegmentSummary], found: Statistics
) -> _Track | None:
    """Return the feature's scale: all medians and the middle half, from 0 for money and counts."""
    numbers: list[int | None] = [None, *(segment.number for segment in segments)]
    known = [m for number in numbers if (m := median(found, number, feature.name)) is not None]
    if not known:
        return None
    everyone = found.get((None, feature.name))
    if everyone is not None:
        known += [q for q in (everyone.p25, everyone.p75) if q is not None]
    low, high = min(known), max(known)
    positive = [value for value in known if value > 0]
    is_log = low >= 0 and len(positive) > 1 and high > _SPAN * max(min(positive), 1)
    if feature.kind in (Kind.MONEY, Kind.COUNT, Kind.DAYS, Kind.SHARE, Kind.FLAG):
        low = min(low, 0.0)
    return _Track(feature, low, high, is_log)


def _signed_log(value: float) -> float:
    return math.copysign(math.log1p(abs(value)), value)


def _rail(row: int, theme: Theme) -> PlotlyDict:
    return {
        "type": "line",
        "x0": 0,
        "x1": 1,
        "y0": row,
        "y1": row,
        "line": {"color": theme.line, "width": 2},
        "layer": "below",
    }


def _middle_half(tracks: Sequence[_Track], found: Statistics, theme: Theme) -> PlotlyDict:
    """Return the quartiles of all customers as one broken line."""
    x: list[float | None] = []
    y: list[float | None] = []
    for row, track in enumerate(tracks):
        everyone = found.get((None, track.feature.name))
        if everyone is None or everyone.p25 is None or everyone.p75 is None:
            continue
        x += [track.at(everyone.p25), track.at(everyone.p75), None]
        y += [row, row, None]
    return {
        "type": "scatter",
        "mode": "lines",
        "x": x,
        "y": y,
        "line": {"color": theme.line, "width": 8},
        "hoverinfo": "skip",
        "showlegend": False,
    }


def _dots(
    number: int | None,
    name: str,
    colour: str,
    tracks: Sequence[_Track],
    found: Statistics,
    theme: Theme,
    currency: str,
) -> PlotlyDict:
    known = [
        (row, track, value)
        for row, track in enumerate(tracks)
        if (value := median(found, number, track.feature.name)) is not None
    ]
    everyone = number is None
    return {
        "type": "scatter",
        "mode": "markers",
        "name": wrap(name, 28, 2),
        "x": [round(track.at(value), 5) for _, track, value in known],
        "y": [row for row, _, _ in known],
        "marker": {
            "color": theme.surface if everyone else colour,
            "size": 11 if everyone else 12,
            "line": {"color": colour if everyone else theme.surface, "width": 2},
        },
        "cliponaxis": False,
        "hoverinfo": "text",
        "hovertext": [
            escape(
                f"{name}: {track.feature.label} is {exact(value, track.feature, currency)} "
                "at the median."
            )
            for _, track, value in known
        ],
    }


def _row_notes(
    row: int,
    track: _Track,
    segments: Sequence[SegmentSummary],
    found: Statistics,
    theme: Theme,
    currency: str,
) -> list[PlotlyDict]:
    """Return the feature's name above its track and, below, the values that have room."""
    log = f' <span style="color:{theme.muted};font-size:10px">log scale</span>' * track.is_log
    head = f"{escape(shorten(track.feature.label, 40))}{log}"
    return [
        note(theme, head, x=0, y=row, yanchor="bottom", yshift=8, xshift=-2),
        *(
            note(
                theme,
                text,
                x=x,
                y=row,
                xanchor="left" if x < 0.12 else "right" if x > 0.88 else "center",
                yanchor="top",
                yshift=-7,
                xshift=-4 if x < 0.12 else 4 if x > 0.88 else 0,
                font={"size": 11, "color": theme.muted},
            )
            for x, text in _values_with_room(track, segments, found, currency)
        ),
    ]


def _values_with_room(
    track: _Track, segments: Sequence[SegmentSummary], found: Statistics, currency: str
) -> list[tuple[float, str]]:
    """Return (position, text): both ends of the scale, then the dots that fit between."""
    values = {track.low, track.high}
    medians = [
        m for s in segments if (m := median(found, s.number, track.feature.name)) is not None
    ]
    wished = [*sorted(values), *sorted(set(medians), reverse=True)]
    placed: list[tuple[float, float]] = []
    chosen = []
    for value in wished:
        x, text = track.at(value), short(value, track.feature, currency)
        wide = (CHARACTER * len(text) + 6) / NARROWEST
        start = 0.0 if x < 0.12 else 1 - wide if x > 0.88 else x - wide / 2
        if all(start + wide <= left or right <= start for left, right in placed):
            placed.append((start, start + wide))
            chosen.append((round(x, 5), text))
    return chosen


def _extremes(
    track: _Track, segments: Sequence[SegmentSummary], found: Statistics
) -> tuple[tuple[float, str], tuple[float, str]] | None:
    known = [
        (m, s.name) for s in segments if (m := median(found, s.number, track.feature.name)) is not None
    ]
    return (min(known), max(known)) if known else None


def _finding(
    tracks: Sequence[_Track],
    segments: Sequence[SegmentSummary],
    found: Statistics,
    currency: str,
) -> str:
    """Return the widest gap in words: the highest median against the lowest."""
    segments = [segment for segment in segments if not segment.is_rule]
    best: tuple[float, str] | None = None
    for track in tracks:
        ends = _extremes(track, segments, found)
        everyone = median(found, None, track.feature.name)
        if ends is None or everyone is None or len(segments) < 2:
            continue
        (low, low_name), (high, high_name) = ends
        gap = abs(track.at(high) - track.at(low))
        words = (
            f"{track.feature.label}: {short(high, track.feature, currency)} for {high_name}, "
            f"{short(low, track.feature, currency)} for {low_name}"
        )
        if high > low and (best is None or gap > best[0]):
            best = (gap, words)
    return best[1] if best else "The same in dollars, days and counts"


def _sentence(
    track: _Track, segments: Sequence[SegmentSummary], found: Statistics, currency: str
) -> str:
    everyone = exact(median(found, None, track.feature.name), track.feature, currency)
    ends = _extremes(track, segments, found)
    if ends is None:
        return f"{track.feature.label}: {everyone} for all customers at the median."
    (low, low_name), (high, high_name) = ends
    return (
        f"{track.feature.label}: {everyone} for all customers at the median, from "
        f"{exact(low, track.feature, currency)} ({low_name}) to "
        f"{exact(high, track.feature, currency)} ({high_name})."
    )
