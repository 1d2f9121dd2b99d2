"""How well do customers lie in their segments, and how well would they where there are none?"""

from __future__ import annotations

from collections.abc import Sequence

from core.features.base import Kind
from core.quality import Quality, SegmentQuality
from core.readmodels import SegmentSummary
from dash_app.figures.base import Chart, PlotlyDict, TableColumn, table
from dash_app.figures.canvas import (
    NAMES_WIDTH,
    empty_chart,
    layout,
    note,
    row_height,
    rows_axis,
    value_axis,
)
from dash_app.figures.text import escape, plural
from dash_app.formats import percent, signed_number
from dash_app.theme import Theme

_HALF = 0.42  # of a row, from its middle to the end of its curve


def silhouette_plot(
    quality: Quality,
    segments: Sequence[SegmentSummary],
    *,
    theme: Theme,
    currency: str = "USD",  # noqa: ARG001
) -> Chart:
    """Return the customers' silhouettes per segment, and the bands without groups.

    Each segment has the band of the piece of its rank where the run kept it (`SegmentQuality`); a
    run of an older version has one band, of the mean of all.
    """
    known = {one.segment: one for one in quality.segments if one.sampled}
    rows = [(segment, known[segment.number]) for segment in segments if segment.number in known]
    if not rows:
        return empty_chart(
            theme,
            "No silhouettes",
            "This run kept none.",
            "Start a new run to see how well customers lie in their segments.",
        )
    names = [segment.name for segment, _ in rows]
    height = row_height(names, 58 if len(rows) <= 8 else 40, NAMES_WIDTH) * len(rows) + 76
    lowest = min(min(one.widths) for _, one in rows)
    bands = [shape for row, (_, one) in enumerate(rows) for shape in _of_its_rank(row, one, theme)]
    of_all = [] if bands else _band(quality, theme)
    figure = {
        "data": [
            trace
            for row, (segment, one) in enumerate(rows)
            for trace in _traces(row, segment, one, theme)
        ],
        "layout": layout(
            theme,
            height,
            top=30,
            shapes=[*bands, *of_all[:1]],
            annotations=of_all[1:],
            xaxis=value_axis(
                theme,
                "Silhouette",
                range=[min(lowest, 0.0) - 0.04, 1.0],
                zeroline=True,
                zerolinecolor=theme.muted,
                zerolinewidth=1,
                nticks=6,
            ),
            yaxis=rows_axis(theme, names, NAMES_WIDTH),
        ),
    }
    return Chart(
        figure=figure,
        title=_finding(quality, rows),
        subtitle="Silhouette of a sample of customers, 1 clearly inside, below 0 nearer to another "
        "segment; the mark is the segment’s mean" + _band_words(quality, bands, of_all),
        summary=" ".join(_sentence(segment, one) for segment, one in rows) + _null_words(quality),
        table=table(
            (
                TableColumn("Segment"),
                TableColumn("Sampled", Kind.COUNT),
                TableColumn("Mean silhouette", Kind.NUMBER),
                TableColumn("Nearer elsewhere", Kind.SHARE),
                TableColumn("Lowest", Kind.NUMBER),
                TableColumn("Median", Kind.NUMBER),
                TableColumn("Highest", Kind.NUMBER),
                TableColumn("No groups, from", Kind.NUMBER),
                TableColumn("No groups, to", Kind.NUMBER),
            ),
            [
                (
                    segment.name,
                    one.sampled,
                    one.silhouette,
                    one.nearer_elsewhere,
                    one.widths[-1],
                    one.widths[len(one.widths) // 2],
                    one.widths[0],
                    min(one.null_silhouettes, default=None),
                    max(one.null_silhouettes, default=None),
                )
                for segment, one in rows
            ],
        ),
        height=height,
    )


def _traces(
    row: int, segment: SegmentSummary, one: SegmentQuality, theme: Theme
) -> tuple[PlotlyDict, PlotlyDict]:
    steps = max(len(one.widths) - 1, 1)
    down = [round(row - _HALF + 2 * _HALF * i / steps, 4) for i in range(len(one.widths))]
    colour = theme.segment_colour(segment.colour)
    curve = {
        "type": "scatter",
        "mode": "lines",
        "x": [0, *one.widths, 0],
        "y": [down[0], *down, down[-1]],
        "fill": "toself",
        "fillcolor": colour,
        "line": {"color": colour, "width": 1},
        "hoverinfo": "skip",
    }
    mean = {
        "type": "scatter",
        "mode": "markers",
        "x": [one.silhouette],
        "y": [row],
        "marker": {
            "color": theme.surface,
            "size": 12,
            "symbol": "diamond",
            "line": {"color": theme.ink, "width": 2},
        },
        "hoverinfo": "text",
        "hovertext": [escape(_sentence(segment, one))],
    }
    return curve, mean


def _of_its_rank(row: int, one: SegmentQuality, theme: Theme) -> list[PlotlyDict]:
    """Return where the mean silhouette lies of pieces of the segment's rank; nothing if unknown."""
    if not one.null_silhouettes:
        return []
    low, high = min(one.null_silhouettes), max(one.null_silhouettes)
    return [_shade(low, high, theme, y0=row - _HALF, y1=row + _HALF)]


def _band_words(quality: Quality, bands: Sequence[PlotlyDict], of_all: Sequence[PlotlyDict]) -> str:
    if bands:
        draws = max(len(one.null_silhouettes) for one in quality.segments)
        return (
            f"; the grey band is the same mean in {draws} smooth crowds divided alike, of the "
            "piece of the same rank: the best against the best, the next against the next"
        )
    return "; the band is one smooth crowd, divided alike" if of_all else ""


def _band(quality: Quality, theme: Theme) -> list[PlotlyDict]:
    """Return the range of silhouettes without groups, and its words; nothing if none was drawn."""
    if not quality.null_silhouettes:
        return []
    low, high = min(quality.null_silhouettes), max(quality.null_silhouettes)
    shape = _shade(low, high, theme, yref="paper", y0=0, y1=1)
    words = note(
        theme,
        f"no groups: {low:.2f}–{high:.2f}",
        x=(low + high) / 2,
        y=1,
        yref="paper",
        xanchor="center",
        yanchor="bottom",
        yshift=3,
        font={"size": 11, "color": theme.muted},
    )
    return [shape, words]


def _shade(low: float, high: float, theme: Theme, **upright: object) -> PlotlyDict:
    return {
        "type": "rect",
        "xref": "x",
        "x0": low,
        "x1": high,
        "fillcolor": theme.ink,
        "opacity": 0.28,
        "line": {"width": 1, "color": theme.ink},
        "layer": "above",
        **upright,
    }


def _finding(quality: Quality, rows: Sequence[tuple[SegmentSummary, SegmentQuality]]) -> str:
    sampled = sum(one.sampled for _, one in rows)
    astray = sum(one.sampled * one.nearer_elsewhere for _, one in rows) / sampled
    if not quality.null_silhouettes or quality.silhouette is None:
        return f"{percent(astray)} of customers lie nearer to another segment than to their own"
    known = [one.beats_null for _, one in rows if one.beats_null is not None]
    if 0 < sum(known) < len(known):
        return (
            f"In {sum(known)} of {plural(len(known), 'segment')} customers lie better than in one "
            "smooth crowd cut into pieces"
        )
    high = max(quality.null_silhouettes)
    than = "better than" if quality.silhouette > high else "no better than"
    return f"Customers lie in their segments {than} in one smooth crowd cut into pieces"


def _null_words(quality: Quality) -> str:
    if not quality.null_silhouettes or quality.silhouette is None:
        return ""
    low, high = min(quality.null_silhouettes), max(quality.null_silhouettes)
    return (
        f" By the same procedure all customers have {quality.silhouette:.2f}, one smooth crowd "
        f"{low:.2f} to {high:.2f} in {len(quality.null_silhouettes)} draws."
    )


def _sentence(segment: SegmentSummary, one: SegmentQuality) -> str:
    against = ""
    if one.null_silhouettes:
        low, high = min(one.null_silhouettes), max(one.null_silhouettes)
        against = f", where no groups are {low:.2f} to {high:.2f}"
    return (
        f"{segment.name}: mean silhouette {signed_number(one.silhouette).lstrip('+')}{against}, "
        f"{percent(one.nearer_elsewhere)} nearer to another segment."
    )
