"""How do groups divide as their number grows?"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from core.features.base import Kind
from core.quality import Clustergram, ClustergramGroup, Quality
from core.readmodels import SegmentSummary
from dash_app.figures.base import Chart, PlotlyDict, TableColumn, table
from dash_app.figures.canvas import empty_chart, layout, legend, legend_height, value_axis
from dash_app.figures.colour import mix
from dash_app.figures.text import escape, wrap
from dash_app.formats import percent, whole_percent
from dash_app.theme import Theme

_HEIGHT = 320
_THINNEST, _THICKEST = 1.0, 22.0  # pixels of a flow; the thickest is everybody
_SMALLEST, _LARGEST = 7.0, 30.0  # pixels of a group


def clustergram(
    quality: Quality,
    segments: Sequence[SegmentSummary],
    *,
    theme: Theme,
    currency: str = "USD",  # noqa: ARG001
) -> Chart:
    """Return groups of every number tried at their mean, and the customers who go between them."""
    drawn = quality.clustergram
    if drawn is None or not drawn.groups:
        return empty_chart(
            theme,
            "No other number was tried",
            "There is nothing to divide.",
            "Start a run with a range of numbers to see how groups divide.",
        )
    names = {segment.number: segment for segment in segments}
    chosen = {one.segment for one in drawn.groups if one.segment is not None}
    above = legend_height([names[number].name for number in chosen if number in names])
    height = _HEIGHT + above
    ks = sorted({one.k for one in drawn.groups})
    figure = {
        "data": [*_flows(drawn, theme), *_others(drawn, theme), *_segments(drawn, names, theme)],
        "layout": layout(
            theme,
            height,
            top=above,
            left=20,
            right=20,
            showlegend=True,
            legend={**legend(theme), "itemsizing": "constant"},
            xaxis=value_axis(
                theme,
                "Groups",
                showgrid=False,
                tickmode="array",
                tickvals=ks,
                range=[ks[0] - 0.3, ks[-1] + 0.3],
            ),
            yaxis=value_axis(theme, "First component", nticks=6),
        ),
    }
    return Chart(
        figure=figure,
        title=_finding(drawn),
        subtitle="Clustergram: a dot is a group, its height the mean of its customers’ first "
        f"component ({whole_percent(drawn.explained)} of variance); lines are customers going from "
        "one number of groups to the next",
        summary=" ".join(
            f"{k} groups: {', '.join(whole_percent(o.share) for o in drawn.groups if o.k == k)}."
            for k in ks
        ),
        table=table(
            (
                TableColumn("Groups", Kind.COUNT),
                TableColumn("Group", Kind.COUNT),
                TableColumn("Segment"),
                TableColumn("Share of customers", Kind.SHARE),
                TableColumn("First component", Kind.NUMBER),
            ),
            [
                (one.k, one.group + 1, _name(one, names), one.share, one.place)
                for one in drawn.groups
            ],
        ),
        height=height,
    )


def _flows(drawn: Clustergram, theme: Theme) -> list[PlotlyDict]:
    at = {(one.k, one.group): one.place for one in drawn.groups}
    colour = mix(theme.muted, theme.surface, 0.62)
    ks = sorted({one.k for one in drawn.groups})
    after = dict(pairwise(ks))
    return [
        {
            "type": "scatter",
            "mode": "lines",
            "x": [flow.k, after[flow.k]],
            "y": [at[flow.k, flow.group], at[after[flow.k], flow.into]],
            "line": {
                "color": colour,
                "width": round(_THINNEST + (_THICKEST - _THINNEST) * flow.share, 1),
            },
            "hoverinfo": "skip",
            "showlegend": False,
        }
        for flow in sorted(drawn.flows, key=lambda flow: -flow.share)
        if (flow.k, flow.group) in at and (after.get(flow.k, 0), flow.into) in at
    ]


def _others(drawn: Clustergram, theme: Theme) -> list[PlotlyDict]:
    others = [one for one in drawn.groups if one.segment is None]
    if not others:
        return []
    return [_dots(others, theme.muted, theme, [_sentence(one, "a group") for one in others])]


def _segments(
    drawn: Clustergram, names: dict[int, SegmentSummary], theme: Theme
) -> list[PlotlyDict]:
    traces = []
    for one in drawn.groups:
        segment = names.get(one.segment) if one.segment is not None else None
        if segment is not None:
            said = [_sentence(one, segment.name)]
            dots = _dots([one], theme.segment_colour(segment.colour), theme, said)
            traces.append({**dots, "name": wrap(segment.name, 28, 2), "showlegend": True})
    return traces


def _dots(
    groups: Sequence[ClustergramGroup], colour: str, theme: Theme, said: Sequence[str]
) -> PlotlyDict:
    return {
        "type": "scatter",
        "mode": "markers",
        "x": [one.k for one in groups],
        "y": [one.place for one in groups],
        "marker": {
            "color": colour,
            "size": [
                round(_SMALLEST + (_LARGEST - _SMALLEST) * one.share**0.5, 1) for one in groups
            ],
            "line": {"color": theme.surface, "width": 1.5},
            "opacity": 1,
        },
        "cliponaxis": False,
        "hoverinfo": "text",
        "hovertext": [escape(text) for text in said],
        "showlegend": False,
    }


def _finding(drawn: Clustergram) -> str:
    """Return how much of the customers stay together from the chosen number to the next."""
    k = next((one.k for one in drawn.groups if one.segment is not None), None)
    onward = [flow for flow in drawn.flows if flow.k == k]
    if k is None or not onward:
        return "How groups divide as their number grows"
    main: dict[int, float] = {}
    for flow in onward:
        main[flow.group] = max(main.get(flow.group, 0.0), flow.share)
    kept = sum(main.values()) / sum(flow.share for flow in onward)
    return f"With one group more, {whole_percent(kept)} of customers stay together"


def _name(one: ClustergramGroup, names: dict[int, SegmentSummary]) -> str:
    segment = names.get(one.segment) if one.segment is not None else None
    return segment.name if segment is not None else ""


def _sentence(one: ClustergramGroup, name: str) -> str:
    return f"With {one.k} groups, {name} has {percent(one.share)} of customers."
