"""Which features say the same: how alike every two of them are, like ones side by side."""

from __future__ import annotations

import math
from collections.abc import Sequence

from core.features.base import Kind
from core.readmodels import FeatureInfo
from core.snapshot_facts import Associations, Measure
from dash_app.figures.base import Chart, PlotlyDict, TableColumn, table
from dash_app.figures.canvas import (
    LINE,
    empty_chart,
    label_axis,
    label_lines,
    layout,
    note,
    rows_axis,
)
from dash_app.figures.colour import diverging, growing
from dash_app.figures.lookup import labels, of_names
from dash_app.figures.text import escape, plural
from dash_app.formats import signed_number
from dash_app.theme import Theme

REDUNDANT = 0.9  # absolute value above which two features say nearly the same
_NAMED = 44  # features up to which rows have room for names
_ANNOTATED = 9  # features up to which cells have room for numbers
_WIDE = 6  # features up to which a cell has room for sign and nought, on a phone too
_PAIRS = 300  # in the table, the strongest
_BLOCK, _BLOCK_SIZE = 0.75, 4  # neighbours so alike, and so many, are a block with a name
_ROOM = 0.66  # of the way down from which a name has no room


def correlation_map(
    associations: Associations,
    features: Sequence[FeatureInfo],
    *,
    theme: Theme,
    currency: str = "USD",  # noqa: ARG001
) -> Chart:
    """Return the lower triangle of the matrix as a heat map; features that never vary are left out.

    Blue rise together, orange oppose one another; categories have strength without direction.
    """
    found = _defined(associations)
    if len(found.features) < 2:
        return empty_chart(
            theme,
            "Nothing to compare",
            "Fewer than two features of this choice vary among enough customers.",
            "Choose all features, or another view.",
        )
    known = labels(features)
    names = [known.get(name, name) for name in found.features]
    is_signed = found.measure is Measure.SPEARMAN
    figure, height = _figure(found, names, theme, is_signed=is_signed)
    strongest = found.pairs(0.0)[:_PAIRS]
    redundant = found.pairs(REDUNDANT)
    return Chart(
        figure=figure,
        title=_finding(redundant, strongest, known),
        subtitle=_subtitle(found, is_signed=is_signed),
        summary=" ".join(
            f"{known.get(a, a)} and {known.get(b, b)}: {_written(value, is_signed)}."
            for a, b, value in strongest[:12]
        )
        or "No two features vary together.",
        table=table(
            (
                TableColumn("Feature"),
                TableColumn("Other feature"),
                TableColumn("Rank correlation" if is_signed else "Cramér's V", Kind.NUMBER),
            ),
            [(known.get(a, a), known.get(b, b), value) for a, b, value in strongest],
            features=of_names(features, found.features),
        ),
        height=height,
    )


def _defined(found: Associations) -> Associations:
    """Return the part of the features that vary among enough customers."""
    kept = [
        name
        for at, name in enumerate(found.features)
        if not math.isnan(float(found.matrix[at, at]))
    ]
    return found.of(frozenset(kept))


def _figure(
    found: Associations, names: list[str], theme: Theme, *, is_signed: bool
) -> tuple[PlotlyDict, int]:
    p = len(names)
    is_named, is_annotated = p <= _NAMED, p <= _ANNOTATED
    cell = 44 if is_annotated else max(14, min(26, 760 // p)) if is_named else 6
    below = (LINE * label_lines(names, 11, 3) if p <= 4 else 128) if is_named else 8
    height = cell * p + below + 20
    rows: list[list[float | None]] = []
    hover: list[list[str]] = []
    for i in range(p):
        values = [float(found.matrix[i, j]) for j in range(p)]
        shown = [j < i and not math.isnan(values[j]) for j in range(p)]
        rows.append([round(values[j], 2) if shown[j] else None for j in range(p)])
        hover.append(
            [
                escape(f"{names[i]} and {names[j]}: {_written(values[j], is_signed)}.")
                if shown[j]
                else ""
                for j in range(p)
            ]
        )
    gap = 3 if is_annotated else 1 if is_named else 0
    named = {"tickfont": {"size": 12 if is_annotated else 10, "color": theme.ink}}
    hidden = {"showticklabels": False}
    figure = {
        "data": [
            {
                "type": "heatmap",
                "z": rows,
                "x": list(range(p)),
                "y": list(range(p)),
                "zmin": -1 if is_signed else 0,
                "zmax": 1,
                "colorscale": diverging(theme) if is_signed else growing(theme),
                "showscale": False,
                "xgap": gap,
                "ygap": gap,
                "text": [
                    ["" if value is None else _in_cell(value, p, is_signed) for value in row]
                    for row in rows
                ]
                if is_annotated
                else [],
                "texttemplate": "%{text}" if is_annotated else "",
                "textfont": {"size": 12 if p <= _WIDE else 10, "color": theme.ink},
                "hoverinfo": "text",
                "hovertext": hover,
                "hoverongaps": False,
            }
        ],
        "layout": layout(
            theme,
            height,
            right=14,
            xaxis=label_axis(
                theme, names, 11 if p <= 4 else 20, 3 if p <= 4 else 1,
                range=[-0.5, p - 1.5], tickangle=0 if p <= 4 else -90,
            )
            | (named if is_named else hidden),
            yaxis=rows_axis(theme, names, 20, 2 if is_annotated else 1, range=[p - 0.5, 0.5])
            | (named if is_named else hidden),
            annotations=[] if is_named else _block_names(found, names, theme),
        ),
    }  # fmt: skip
    return figure, height


def _block_names(found: Associations, names: list[str], theme: Theme) -> list[PlotlyDict]:
    """Return names of the blocks along the diagonal, in the empty half beside them."""
    return [
        note(
            theme,
            escape(f"{names[start]} and {end - start - 1} more"),
            x=end - 0.5,
            y=(start + end) / 2,
            xanchor="left",
            xshift=4,
            font={"size": 11, "color": theme.muted},
        )
        for start, end in blocks(found)
        if start < _ROOM * len(names)
    ]


def blocks(found: Associations) -> list[tuple[int, int]]:
    """Return (first, one past the last) of neighbours that all resemble the next."""
    p = len(found.features)
    joined = [abs(float(found.matrix[at, at + 1])) > _BLOCK for at in range(p - 1)] + [False]
    spans, start = [], 0
    for at, goes_on in enumerate(joined):
        if not goes_on:
            if at + 1 - start >= _BLOCK_SIZE:
                spans.append((start, at + 1))
            start = at + 1
    return spans


def _in_cell(value: float, p: int, is_signed: bool) -> str:
    """Return a value as a cell has room for it.

    >>> _in_cell(0.97, 5, True), _in_cell(0.97, 8, True), _in_cell(-0.28, 8, True)
    ('+0.97', '.97', '−.28')
    """
    written = _written(value, is_signed)
    return written if p <= _WIDE else written.lstrip("+").replace("0.", ".", 1)


def _written(value: float, is_signed: bool) -> str:
    return signed_number(value) if is_signed else f"{value:.2f}"


def _subtitle(found: Associations, *, is_signed: bool) -> str:
    measure = (
        "Rank correlation (Spearman), −1 to 1: blue rise together, orange oppose one another"
        if is_signed
        else "Association (Cramér's V), 0 to 1: the darker, the more one tells of the other"
    )
    sample = (
        f"a sample of {found.customers:,} of {found.sampled_from:,}"
        if found.customers < found.sampled_from
        else f"{found.customers:,}"
    )
    return f"{measure}; {sample} customers; like features stand side by side"


def _finding(
    redundant: Sequence[tuple[str, str, float]],
    strongest: Sequence[tuple[str, str, float]],
    known: dict[str, str],
) -> str:
    if redundant:
        return f"{plural(len(redundant), 'pair')} of features say nearly the same"
    if not strongest:
        return "No two of these features vary together"
    a, b, value = strongest[0]
    closest = f"{known.get(a, a)} and {known.get(b, b)} come closest, at {abs(value):.2f}"
    return f"No two features say the same: {closest}"
