"""Which view explains what matters: outcomes that neither view has seen."""

from __future__ import annotations

from collections.abc import Sequence

from core.features.base import Kind
from core.readmodels import BakeOff, FeatureInfo
from dash_app.figures.base import Chart, PlotlyDict, TableColumn, table
from dash_app.figures.canvas import (
    BESIDE_NAMES,
    NAMES_WIDTH,
    bare_axis,
    empty_chart,
    layout,
    legend,
    legend_height,
    rows_axis,
)
from dash_app.figures.colour import mix
from dash_app.figures.lookup import labels, of_names
from dash_app.figures.text import escape, in_sentence, joined, wrap
from dash_app.formats import percent, whole_percent
from dash_app.theme import Theme

_GROUP = 68
_NOTHING = "Neither view explains any of the outcomes"
_LEAST_SPAN = 0.1  # of the axis: next to nothing must look like next to nothing
_WORTH_SAYING = 0.005  # less than this rounds to the same percentage


def bake_off(
    bake_off: Sequence[BakeOff],
    outcomes: Sequence[FeatureInfo],
    label_a: str,
    label_b: str,
    *,
    theme: Theme,
    currency: str = "USD",  # noqa: ARG001
) -> Chart:
    """Return three bars per outcome: each view alone, and both crossed."""
    if not bake_off:
        return empty_chart(
            theme,
            "Nothing to explain yet",
            "No outcome is named that neither view uses.",
            "Name outcomes in the source specification.",
        )
    named = labels(outcomes)
    every = [
        (named.get(row.outcome, row.outcome.replace("_", " ").capitalize()), row)
        for row in bake_off
    ]
    rows = [(label, row) for label, row in every if _explained(row) >= _WORTH_SAYING]
    silent = [in_sentence(label) for label, row in every if _explained(row) < _WORTH_SAYING]
    if not rows:
        return empty_chart(
            theme,
            _NOTHING,
            f"Of {joined(silent)}, the two views and both crossed explain under 1% each.",
            "Name other outcomes in the source specification to see which view explains them.",
        )
    bake_off = [row for _, row in rows]
    views = (
        (label_a, [row.a for row in bake_off], mix(theme.accent, theme.surface, 0.5)),
        (label_b, [row.b for row in bake_off], theme.accent),
        ("Both crossed", [row.crossed for row in bake_off], theme.muted),
    )
    most = max(_LEAST_SPAN, *(max(row.a, row.b, row.crossed) for row in bake_off))
    top = legend_height([name for name, _, _ in views], BESIDE_NAMES)
    height = top + _GROUP * len(rows) + 8
    figure = {
        "data": [_bars(name, shares, colour, rows) for name, shares, colour in views],
        "layout": layout(
            theme,
            height,
            right=44,
            barmode="group",
            bargap=0.28,
            bargroupgap=0.06,
            barcornerradius=2,
            showlegend=True,
            legend=legend(theme, traceorder="normal"),
            xaxis=bare_axis(range=[0, most]),
            yaxis=rows_axis(theme, [label for label, _ in rows], NAMES_WIDTH),
        ),
    }
    left_out = f". Nothing of {joined(silent)} is explained" if silent else ""
    return Chart(
        figure=figure,
        title=_finding(bake_off, label_a, label_b),
        subtitle="Share of the differences between customers that each view explains; "
        f"outcomes used in neither{left_out}",
        summary=" ".join(_sentence(label, row, label_a, label_b) for label, row in every),
        table=table(
            (
                TableColumn("Outcome"),
                TableColumn(label_a, Kind.SHARE),
                TableColumn(label_b, Kind.SHARE),
                TableColumn("Both crossed", Kind.SHARE),
            ),
            [(label, row.a, row.b, row.crossed) for label, row in every],
            features=of_names(outcomes, (row.outcome for _, row in every)),
        ),
        height=height,
    )


def _bars(
    name: str, shares: Sequence[float], colour: str, rows: Sequence[tuple[str, BakeOff]]
) -> PlotlyDict:
    return {
        "type": "bar",
        "orientation": "h",
        "name": wrap(name, 28, 1),
        "y": list(range(len(rows))),
        "x": list(shares),
        "marker": {"color": colour, "line": {"width": 0}},
        "text": [whole_percent(share) for share in shares],
        "textposition": "outside",
        "textfont": {"size": 12},
        "cliponaxis": False,
        "hoverinfo": "text",
        "hovertext": [
            escape(f"{name} explains {percent(share)} of the differences in {label}.")
            for share, (label, _) in zip(shares, rows, strict=True)
        ],
    }


def _sentence(label: str, row: BakeOff, label_a: str, label_b: str) -> str:
    return (
        f"{label}: {label_a} explains {percent(row.a)}, {label_b} {percent(row.b)}, "
        f"both crossed {percent(row.crossed)}."
    )


def _explained(row: BakeOff) -> float:
    return max(row.a, row.b, row.crossed)


def _finding(rows: Sequence[BakeOff], label_a: str, label_b: str) -> str:
    wins_a = sum(row.a - row.b >= _WORTH_SAYING for row in rows)
    wins_b = sum(row.b - row.a >= _WORTH_SAYING for row in rows)
    if wins_a == wins_b:
        return "Neither view explains more than the other"
    winner, wins = (label_a, wins_a) if wins_a > wins_b else (label_b, wins_b)
    return f"{winner} explains more of {wins} of {len(rows)} outcomes"
