"""Segments side by side in dollars, days and counts: every feature on a scale of its own."""

from __future__ import annotations

from collections.abc import Sequence

from core.features.base import Kind
from core.readmodels import FeatureInfo, FeatureStatistic, SegmentSummary
from dash_app.figures.amounts import exact, short, typical_column, typically
from dash_app.figures.base import Chart, PlotlyDict, TableColumn, table
from dash_app.figures.canvas import (
    bare_axis,
    empty_chart,
    layout,
    legend,
    legend_height,
    note,
)
from dash_app.figures.colour import quiet
from dash_app.figures.lookup import (
    Statistics,
    indexed,
    names_and_colours,
    others_in_grey,
    told_apart,
    typical,
)
from dash_app.figures.text import escape, named, shorten, wrap
from dash_app.figures.tracks import Track, track_of, values_with_room
from dash_app.theme import Theme

_ROW = 56  # pixels per feature: its name, the track, the values below


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
    tracks = [track for f in features if (track := track_of(f, segments, found)) is not None]
    if not tracks:
        return empty_chart(
            theme,
            "No medians to compare",
            "There are no statistics for these segments.",
            "Choose other features, or wait for the run to finish.",
        )
    groups = names_and_colours(segments, theme)
    apart = told_apart(segments)
    top = legend_height([name for number, name, _ in groups if number is None or number in apart])
    height = _ROW * len(tracks) + top + 12
    traces = [_middle_half(tracks, found, theme)]
    traces += [
        _dots(number, name, colour, tracks, found, theme, currency)
        for number, name, colour in reversed(groups)
        if number is None or number in apart
    ]
    traces[1:1] = [
        _dots(number, name, quiet(theme), tracks, found, theme, currency) | {"showlegend": False}
        for number, name, _ in groups
        if number is not None and number not in apart
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
            showlegend=True,
            legend=legend(theme, traceorder="reversed"),
            xaxis=bare_axis(range=[-0.015, 1.015]),
            yaxis=bare_axis(range=[len(tracks) - 0.35, -0.6]),
            annotations=notes,
            shapes=[_rail(row, theme) for row in range(len(tracks))],
        ),
    }
    return Chart(
        figure=figure,
        title=_finding(tracks, segments, found, currency),
        subtitle="Median per segment"
        + " (of yes and no the share)" * any(_is_flag(track) for track in tracks)
        + ", each row on its own scale"
        + (" (log where marked)" if log else "")
        + "; the bar is the middle half of all customers"
        + others_in_grey(segments),
        summary=" ".join(_sentence(track, segments, found, currency) for track in tracks),
        table=table(
            (
                TableColumn("Segment"),
                *(typical_column(track.feature) for track in tracks),
            ),
            [
                (name, *(typical(found, number, track.feature) for track in tracks))
                for number, name, _ in groups
            ],
            features=[track.feature for track in tracks],
        ),
        height=height,
    )


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


def _is_flag(track: Track) -> bool:
    return Kind(track.feature.kind) is Kind.FLAG  # yes and no have no middle half


def _middle_half(tracks: Sequence[Track], found: Statistics, theme: Theme) -> PlotlyDict:
    """Return the quartiles of all customers as one broken line."""
    x: list[float | None] = []
    y: list[float | None] = []
    for row, track in enumerate(tracks):
        everyone = found.get((None, track.feature.name))
        if _is_flag(track) or everyone is None or everyone.p25 is None or everyone.p75 is None:
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
    tracks: Sequence[Track],
    found: Statistics,
    theme: Theme,
    currency: str,
) -> PlotlyDict:
    known = [
        (row, track, value)
        for row, track in enumerate(tracks)
        if (value := typical(found, number, track.feature)) is not None
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
            escape(f"{name}: {track.feature.label} {typically(value, track.feature, currency)}.")
            for _, track, value in known
        ],
    }


def _row_notes(
    row: int,
    track: Track,
    segments: Sequence[SegmentSummary],
    found: Statistics,
    theme: Theme,
    currency: str,
) -> list[PlotlyDict]:
    """Return the feature's name above its track and, below, the values that have room."""
    log = f' <span style="color:{theme.muted};font-size:10px">log scale</span>' * track.is_log
    head = f"{escape(shorten(track.feature.label, 44))}{log}"
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
            for x, text in values_with_room(track, segments, found, currency)
        ),
    ]


def _extremes(
    track: Track, segments: Sequence[SegmentSummary], found: Statistics
) -> tuple[tuple[float, str], tuple[float, str]] | None:
    known = [
        (m, s.name) for s in segments if (m := typical(found, s.number, track.feature)) is not None
    ]
    return (min(known), max(known)) if known else None


def _finding(
    tracks: Sequence[Track],
    segments: Sequence[SegmentSummary],
    found: Statistics,
    currency: str,
) -> str:
    """Return the widest gap in words: the highest median against the lowest."""
    segments = [segment for segment in segments if not segment.is_rule]
    best: tuple[float, str] | None = None
    for track in tracks:
        ends = _extremes(track, segments, found)
        everyone = typical(found, None, track.feature)
        if ends is None or everyone is None or len(segments) < 2:
            continue
        (low, low_name), (high, high_name) = ends
        gap = abs(track.at(high) - track.at(low))
        words = (
            f"{track.feature.label}: {short(high, track.feature, currency)} for "
            f"{named(high_name)}, "
            f"{short(low, track.feature, currency)} for {named(low_name)}"
        )
        if high > low and (best is None or gap > best[0]):
            best = (gap, words)
    return best[1] if best else "The same in dollars, days and counts"


def _sentence(
    track: Track, segments: Sequence[SegmentSummary], found: Statistics, currency: str
) -> str:
    everyone = typically(typical(found, None, track.feature), track.feature, currency)
    ends = _extremes(track, segments, found)
    if ends is None:
        return f"{track.feature.label}: {everyone} for all customers."
    (low, low_name), (high, high_name) = ends
    return (
        f"{track.feature.label}: {everyone} for all customers, from "
        f"{exact(low, track.feature, currency)} ({low_name}) to "
        f"{exact(high, track.feature, currency)} ({high_name})."
    )
