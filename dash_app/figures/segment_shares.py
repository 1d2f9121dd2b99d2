"""How many customers each segment has, beside the value that they hold."""

from __future__ import annotations

from collections.abc import Sequence

from core.features.base import Kind
from core.readmodels import FeatureInfo, SegmentSummary
from dash_app.figures.base import Chart, PlotlyDict, TableColumn, table
from dash_app.figures.canvas import NAMES_WIDTH, bare_axis, empty_chart, layout, rows_axis
from dash_app.figures.colour import mix
from dash_app.figures.text import about, escape, in_sentence, named
from dash_app.formats import format_value, percent, whole_percent
from dash_app.theme import Theme

_LONGEST_ON_BARS = len("customers") + 2  # characters: longer words would leave no room for bars
_WORDED_ROWS = 6  # rows up to which every bar says what it counts


def segment_shares(
    segments: Sequence[SegmentSummary],
    *,
    theme: Theme,
    currency: str = "USD",
    value: FeatureInfo | None = None,
) -> Chart:
    """Return horizontal bars of the share of customers and, in a lighter shade, of the value."""
    if not segments:
        return empty_chart(
            theme,
            "No segments yet",
            "This view has not been segmented.",
            "Start a run to see how many customers there are of each kind.",
        )
    valued = any(segment.value_share is not None for segment in segments)
    value_label = in_sentence(value.label) if value else "value"
    said = [_sentence(segment, value_label, currency) for segment in segments]
    on_bars = value_label if len(value_label) <= _LONGEST_ON_BARS else "value"  # said above
    shares = [_bars(segments, [s.share for s in segments], "customers", said, theme)]
    if valued:
        of_value = [s.value_share for s in segments]
        shares.append(_bars(segments, of_value, on_bars, said, theme, tint=0.5))
    top = max([s.share for s in segments] + [s.value_share or 0 for s in segments])
    bottom = min([0.0] + [s.value_share or 0 for s in segments])
    height = 24 + (58 if valued else 40) * len(segments)
    figure = {
        "data": shares,
        "layout": layout(
            theme,
            height,
            right=8 + int(6.6 * len("100% of customers")),
            barmode="group",
            bargap=0.32,
            bargroupgap=0,
            barcornerradius=2,
            xaxis=bare_axis(range=[bottom * 1.35, top or 1]),
            yaxis=rows_axis(theme, [s.name for s in segments], NAMES_WIDTH),
        ),
    }
    subtitle = "Share of customers" + (f" and share of {value_label}, by segment" * valued)
    return Chart(
        figure=figure,
        title=_finding(segments, value_label, valued=valued),
        subtitle=subtitle,
        summary=" ".join(said),
        table=table(
            (
                TableColumn("Segment"),
                TableColumn("Customers", Kind.COUNT),
                TableColumn("Share of customers", Kind.SHARE),
                TableColumn(f"Total {value_label}", Kind.MONEY),
                TableColumn(f"Share of {value_label}", Kind.SHARE),
                TableColumn(f"Median {value_label}", Kind.MONEY),
            ),
            [
                (s.name, s.size, s.share, s.value_total, s.value_share, s.value_median)
                for s in segments
            ],
            features=(value,) if value and valued else (),
        ),
        height=height,
    )


def _bars(
    segments: Sequence[SegmentSummary],
    shares: Sequence[float | None],
    what: str,
    said: Sequence[str],
    theme: Theme,
    tint: float = 0.0,
) -> PlotlyDict:
    worded = len(segments) <= _WORDED_ROWS
    return {
        "type": "bar",
        "orientation": "h",
        "name": f"Share of {escape(what)}",
        "y": list(range(len(segments))),
        "x": list(shares),
        "marker": {
            "color": [mix(theme.segment_colour(s.colour), theme.surface, tint) for s in segments],
            "line": {"width": 0},
        },
        "text": [
            whole_percent(share) + (f" of {escape(what)}" if worded or row == 0 else "")
            for row, share in enumerate(shares)
        ],
        "textposition": "outside",
        "textfont": {"size": 12, "color": theme.muted if tint else theme.ink},
        "cliponaxis": False,
        "hoverinfo": "text",
        "hovertext": [escape(sentence) for sentence in said],
    }


def _sentence(segment: SegmentSummary, value_label: str, currency: str) -> str:
    words = f"{segment.name}: {segment.size:,} customers, {percent(segment.share)} of all"
    if segment.value_share is None:
        return words + "."
    total = format_value(segment.value_total, Kind.MONEY, currency=currency)
    return f"{words}; {total}, {percent(segment.value_share)} of {value_label}."


def _finding(segments: Sequence[SegmentSummary], value_label: str, *, valued: bool) -> str:
    if len(segments) == 1:
        return f"All customers are in one segment: {named(segments[0].name)}"
    if not valued:
        largest = max(segments, key=lambda s: s.share)
        return f"{named(largest.name)} is the largest segment, {about(largest.share)} of customers"
    apart = max(segments, key=lambda s: abs((s.value_share or 0) - s.share))
    share, value = apart.share, apart.value_share or 0
    if abs(value - share) < 0.05:
        return f"Each segment holds about as much {value_label} as its size suggests"
    but = "and" if value > share else "but"
    whose = f"{about(share)} of customers {but} {about(value)} of {value_label}"
    return f"{named(apart.name)}: {whose}"
