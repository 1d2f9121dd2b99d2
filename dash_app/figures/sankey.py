"""Where the customers of one view's segments are found in the other."""

from __future__ import annotations

from collections.abc import Sequence

from core.features.base import Kind
from core.readmodels import ComparisonCell, SegmentSummary
from dash_app.disclosure import hidden_cells, hidden_words
from dash_app.figures.base import Chart, PlotlyDict, TableColumn, table
from dash_app.figures.canvas import (
    ABOVE_FLOW,
    BEYOND_FLOW,
    FLOW_LINES,
    empty_chart,
    flow_head,
    layout,
)
from dash_app.figures.colour import fade
from dash_app.figures.text import escape, named, plural, wrap
from dash_app.formats import percent, whole_percent
from dash_app.theme import Theme

_NODE = 58  # pixels per segment on the longer side
_PAD = 16  # pixels between two segments
_THICKNESS = 12


def sankey(
    cells: Sequence[ComparisonCell],
    segments_a: Sequence[SegmentSummary],
    segments_b: Sequence[SegmentSummary],
    label_a: str,
    label_b: str,
    *,
    theme: Theme,
    currency: str = "USD",  # noqa: ARG001
    suppress_below: int = 0,
    height: int = 0,
) -> Chart:
    """Return the flows, as wide as they have customers, in the colour they come from.

    Segments stand in their usual order on both sides, in at least ``height`` pixels. Flows of
    fewer than ``suppress_below`` customers, and those that would give them away, are left out, and
    counted in the subtitle.
    """
    names_a = {a.number: a.name for a in segments_a}
    names_b = {b.number: b.name for b in segments_b}
    real = [c for c in cells if c.n > 0 and c.a in names_a and c.b in names_b]
    small = hidden_cells({(c.a, c.b): c.n for c in cells}, suppress_below)
    flows = [c for c in real if (c.a, c.b) not in small]
    if not flows:
        return empty_chart(
            theme,
            "Nothing flows",
            "A comparison needs two views of the same customers.",
            "Start a run with both views.",
        )
    most = max(len(segments_a), len(segments_b))
    height = max(320, ABOVE_FLOW + _NODE * most, height)
    drawn = height - ABOVE_FLOW - BEYOND_FLOW
    hidden = len(real) - len(flows)
    size_a, size_b = _sizes(cells)
    figure = {
        "data": [_trace(flows, segments_a, segments_b, size_a, size_b, theme, drawn)],
        "layout": layout(
            theme,
            height,
            left=_THICKNESS // 2,
            right=_THICKNESS // 2,
            top=ABOVE_FLOW,
            bottom=BEYOND_FLOW,
            annotations=[
                flow_head(theme, label_a, 0.0, "left"),
                flow_head(theme, label_b, 1.0, "right"),
            ],
        ),
    }
    widest = max(flows, key=lambda c: (c.n, -c.a, -c.b))
    missing = sum(c.n for c in real) - sum(c.n for c in flows)
    few = (
        f"; {plural(hidden, 'flow')} with {missing:,} customers left out: "
        f"{hidden_words(suppress_below)}"
    )
    left_out = few if hidden else ""
    return Chart(
        figure=figure,
        title=(
            f"The widest flow: {widest.n:,} customers are {named(names_a[widest.a])} "
            f"and {named(names_b[widest.b])}"
        ),
        subtitle=f"From {label_a} to {label_b}; width is customers" + left_out,
        summary=" ".join(
            f"{a.name}: " + ", ".join(_parts(a.number, flows, names_b, size_a)) + "."
            for a in segments_a
            if any(c.a == a.number for c in flows)
        ),
        table=table(
            (
                TableColumn(label_a),
                TableColumn(label_b),
                TableColumn("Customers", Kind.COUNT),
                TableColumn(f"Share of {label_a} segment", Kind.SHARE),
                TableColumn(f"Share of {label_b} segment", Kind.SHARE),
            ),
            [
                (names_a[c.a], names_b[c.b], c.n, c.n / size_a[c.a], c.n / size_b[c.b])
                for c in flows
            ],
        ),
        height=height,
    )


def _sizes(cells: Sequence[ComparisonCell]) -> tuple[dict[int, int], dict[int, int]]:
    size_a: dict[int, int] = {}
    size_b: dict[int, int] = {}
    for cell in cells:
        size_a[cell.a] = size_a.get(cell.a, 0) + cell.n
        size_b[cell.b] = size_b.get(cell.b, 0) + cell.n
    return size_a, size_b


def _trace(
    flows: Sequence[ComparisonCell],
    segments_a: Sequence[SegmentSummary],
    segments_b: Sequence[SegmentSummary],
    size_a: dict[int, int],
    size_b: dict[int, int],
    theme: Theme,
    height: int,
) -> PlotlyDict:
    left = [a for a in segments_a if any(c.a == a.number for c in flows)]
    right = [b for b in segments_b if any(c.b == b.number for c in flows)]
    at_a = {a.number: place for place, a in enumerate(left)}
    at_b = {b.number: place + len(left) for place, b in enumerate(right)}
    name_a = {a.number: a for a in left}
    name_b = {b.number: b for b in right}
    through_a = [sum(c.n for c in flows if c.a == a.number) for a in left]
    through_b = [sum(c.n for c in flows if c.b == b.number) for b in right]
    return {
        "type": "sankey",
        "arrangement": "fixed",
        "node": {
            "label": [wrap(s.name, 22, FLOW_LINES) for s in (*left, *right)],
            "color": [theme.segment_colour(s.colour) for s in (*left, *right)],
            "x": [0.01] * len(left) + [0.99] * len(right),
            "y": _middles(through_a, through_b, height) + _middles(through_b, through_a, height),
            "pad": _PAD,
            "thickness": _THICKNESS,
            "line": {"width": 0},
            "customdata": [
                *(escape(f"{a.name}: {size_a[a.number]:,} customers.") for a in left),
                *(escape(f"{b.name}: {size_b[b.number]:,} customers.") for b in right),
            ],
            "hovertemplate": "%{customdata}<extra></extra>",
        },
        "link": {
            "source": [at_a[c.a] for c in flows],
            "target": [at_b[c.b] for c in flows],
            "value": [c.n for c in flows],
            "color": [
                fade(
                    theme.segment_colour(name_a[c.a].colour),
                    0.32 if theme.name == "light" else 0.38,
                )
                for c in flows
            ],
            "customdata": [
                escape(
                    f"{c.n:,} customers are {name_a[c.a].name} and {name_b[c.b].name}: "
                    f"{percent(c.n / size_a[c.a])} of {name_a[c.a].name}, "
                    f"{percent(c.n / size_b[c.b])} of {name_b[c.b].name}."
                )
                for c in flows
            ],
            "hovertemplate": "%{customdata}<extra></extra>",
        },
        "textfont": {"size": 12, "color": theme.ink, "shadow": _halo(theme)},
    }


def _middles(mine: Sequence[int], others: Sequence[int], height: int) -> list[float]:
    """Return where the segments of one side lie, downwards in their order, as shares of the height.

    Left to itself Plotly sorts them so that flows cross less, and they stand in another order on
    every chart. A customer takes as much height as the side of more segments leaves.
    """
    customer = min((height - _PAD * (len(side) - 1)) / sum(side) for side in (mine, others))
    heights = [n * customer for n in mine]
    at = (height - sum(heights) - _PAD * (len(mine) - 1)) / 2
    middles = []
    for tall in heights:
        middles.append(round((at + tall / 2) / height, 4))
        at += tall + _PAD
    return middles


def _halo(theme: Theme) -> str:
    """Return a text shadow in the card's colour, so that names stay legible on flows."""
    return ", ".join(
        f"{x}px {y}px 2px {theme.surface}" for x, y in ((1, 1), (-1, -1), (1, -1), (-1, 1))
    )


def _parts(
    number: int,
    flows: Sequence[ComparisonCell],
    names_b: dict[int, str],
    size_a: dict[int, int],
) -> list[str]:
    mine = sorted((c for c in flows if c.a == number), key=lambda c: (-c.n, c.b))[:3]
    return [f"{whole_percent(c.n / size_a[number])} {names_b[c.b]}" for c in mine]
