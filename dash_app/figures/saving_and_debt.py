"""Do they save, do they owe, and how much: the share that holds something, with its median."""

from __future__ import annotations

from collections.abc import Sequence

from core.features.base import Kind
from core.readmodels import FeatureInfo, FeatureStatistic, SegmentSummary
from dash_app.figures.amounts import exact, short
from dash_app.figures.base import Chart, PlotlyDict, TableColumn, table
from dash_app.figures.canvas import (
    NAMES_WIDTH,
    bare_axis,
    empty_chart,
    layout,
    note,
    row_height,
    rows_axis,
)
from dash_app.figures.lookup import EVERYONE, Statistics, indexed, names_and_colours
from dash_app.figures.text import about, escape, in_sentence, named
from dash_app.formats import percent, whole_percent
from dash_app.theme import Theme

_HEAD = 34
_ALL = 0.995  # shares from here read 100%
_Group = tuple[int | None, str, str]


def saving_and_debt(
    statistics: Sequence[FeatureStatistic],
    segments: Sequence[SegmentSummary],
    holdings: Sequence[FeatureInfo],
    *,
    theme: Theme,
    currency: str = "USD",
) -> Chart:
    """Return a panel per holding: bars of the share of customers above zero, median at the end.

    Where everybody has some, shares tell nothing: the bars are the medians.
    """
    found = indexed(statistics)
    panels = [
        f
        for f in holdings
        if (None, f.name) in found or any((s.number, f.name) in found for s in segments)
    ]
    if not panels or not segments:
        return empty_chart(
            theme,
            "Nothing saved, nothing owed",
            "There are no balances for these segments.",
            "Choose features that hold money.",
        )
    groups = names_and_colours(segments, theme)
    pixels = row_height([name for _, name, _ in groups], 34, NAMES_WIDTH)
    height = len(panels) * (_HEAD + pixels * len(groups)) + 8
    step = len(groups) + _HEAD / pixels
    base = [panel * step + _HEAD / pixels for panel in range(len(panels))]
    rows = [start + row for start in base for row in range(len(groups))]
    figure = {
        "data": [
            _bars(panel, start, groups, found, currency)
            for panel, start in zip(panels, base, strict=True)
        ],
        "layout": layout(
            theme,
            height,
            top=2,
            bottom=2,
            right=112,
            bargap=0.36,
            barcornerradius=2,
            xaxis=bare_axis(range=[0, 1]),
            yaxis={
                **rows_axis(theme, [name for _ in panels for _, name, _ in groups], NAMES_WIDTH),
                "tickvals": rows,
                "range": [len(panels) * step - 0.5, -0.5],
            },
            annotations=[
                note(
                    theme,
                    f"<b>{escape(panel.label)}</b>",
                    xref="paper",
                    x=0,
                    y=start - 0.85,
                )
                for panel, start in zip(panels, base, strict=True)
            ],
        ),
    }
    return Chart(
        figure=figure,
        title=_finding(panels, segments, found, currency),
        subtitle=_drawn(panels, groups, found),
        summary=" ".join(
            _sentence(number, name, panel, found, currency)
            for panel in panels
            for number, name, _ in groups
        ),
        table=table(
            (
                TableColumn("Segment"),
                *(
                    column
                    for panel in panels
                    for column in (
                        TableColumn(f"{panel.label}, share above zero", Kind.SHARE),
                        TableColumn(f"{panel.label}, median", Kind(panel.kind), panel.unit),
                    )
                ),
            ),
            [
                (
                    name,
                    *(cell for panel in panels for cell in _pair(number, panel, found)),
                )
                for number, name, _ in groups
            ],
            features=panels,
        ),
        height=height,
    )


def nobody_has(
    feature: FeatureInfo, segments: Sequence[SegmentSummary], statistics: Sequence[FeatureStatistic]
) -> bool:
    """Whether there is nothing to draw of a holding: every share is 0."""
    found = indexed(statistics)
    numbers = (None, *(segment.number for segment in segments))
    shares = [_pair(number, feature, found)[0] for number in numbers]
    known = [share for share in shares if share is not None]
    return bool(known) and not any(known)


def _everybody_has(panel: FeatureInfo, groups: Sequence[_Group], found: Statistics) -> bool:
    shares = [_pair(number, panel, found)[0] for number, _, _ in groups]
    return all(share is None or share >= _ALL for share in shares)


def _drawn(panels: Sequence[FeatureInfo], groups: Sequence[_Group], found: Statistics) -> str:
    """Return what the bars are."""
    full = [_everybody_has(panel, groups, found) for panel in panels]
    if all(full):
        return "Everybody has some: the bars are the medians"
    words = "Share of customers who have any, and the median over all of them"
    return f"{words}; where everybody has some, the bars are the medians" if any(full) else words


def _pair(
    number: int | None, panel: FeatureInfo, found: Statistics
) -> tuple[float | None, float | None]:
    """Return the share above zero and the median."""
    row = found.get((number, panel.name))
    return (row.nonzero_share, row.median) if row else (None, None)


def _bars(
    panel: FeatureInfo,
    start: float,
    groups: Sequence[_Group],
    found: Statistics,
    currency: str,
) -> PlotlyDict:
    pairs = [_pair(number, panel, found) for number, _, _ in groups]
    are_medians = _everybody_has(panel, groups, found)
    most = max((median or 0.0 for _, median in pairs), default=0.0) or 1.0
    return {
        "type": "bar",
        "orientation": "h",
        "name": escape(panel.label),
        "y": [start + row for row in range(len(groups))],
        "x": [
            (None if median is None else max(median, 0.0) / most) if are_medians else share
            for share, median in pairs
        ],
        "width": 0.62,
        "marker": {"color": [colour for _, _, colour in groups], "line": {"width": 0}},
        "text": [
            f"<b>{escape(short(median, panel, currency))}</b>"
            if are_medians
            else f"<b>{whole_percent(share)}</b> · {escape(short(median, panel, currency))}"
            for share, median in pairs
        ],
        "textposition": "outside",
        "textfont": {"size": 12},
        "cliponaxis": False,
        "hoverinfo": "text",
        "hovertext": [
            escape(_sentence(number, name, panel, found, currency)) for number, name, _ in groups
        ],
    }


def _sentence(
    number: int | None, name: str, panel: FeatureInfo, found: Statistics, currency: str
) -> str:
    share, median = _pair(number, panel, found)
    if share is None:
        return f"{name}: no data on {panel.label}."
    return (
        f"{name}: {percent(share)} have {in_sentence(panel.label)}; "
        f"the median is {exact(median, panel, currency)}."
    )


def _finding(
    panels: Sequence[FeatureInfo],
    segments: Sequence[SegmentSummary],
    found: Statistics,
    currency: str,
) -> str:
    """Return who holds most of each, by the median."""
    clauses = []
    for panel in panels:
        known = [
            (median, segment.name)
            for segment in segments
            if (median := _pair(segment.number, panel, found)[1]) is not None
        ]
        if known and len(segments) > 1 and max(known)[0] > 0:
            median, name = max(known)
            clauses.append(
                f"most {in_sentence(panel.label)} in {named(name)} "
                f"({short(median, panel, currency)})"
            )
    if clauses:
        words = "; ".join(clauses)
        return words[0].upper() + words[1:]
    share = _pair(None, panels[0], found)[0]
    return f"{EVERYONE}: {about(share or 0)} have {in_sentence(panels[0].label)}"
