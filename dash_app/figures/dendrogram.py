"""Small groups of like customers, joined step by step: does the tree give the segments?"""

from __future__ import annotations

from collections.abc import Sequence

from core.features.base import Kind
from core.quality import Dendrogram, Quality
from core.readmodels import SegmentSummary
from dash_app.figures.base import Chart, PlotlyDict, TableColumn, table
from dash_app.figures.canvas import NAMES_WIDTH, bare_axis, empty_chart, layout, value_axis
from dash_app.figures.text import escape, plural, shorten, wrap
from dash_app.formats import percent, whole_percent
from dash_app.theme import Theme

_LEAF = 15  # pixels from one leaf to the next
_OTHER = "A small segment"
_Point = tuple[float, float]


def dendrogram(
    quality: Quality,
    segments: Sequence[SegmentSummary],
    *,
    theme: Theme,
    currency: str = "USD",  # noqa: ARG001
) -> Chart:
    """Return the tree lying on its side, leaves at the left, branches in their segment's colour."""
    tree = quality.dendrogram
    if tree is None or not tree.joins:
        return empty_chart(
            theme,
            "No tree",
            "These groups are made by rule, or the run kept no tree.",
            "Start a run that searches for groups to see how they join.",
        )
    names = {segment.number: segment for segment in segments}
    height = max(_LEAF * len(tree.leaves), 200) + 56
    ticks = _ticks(tree)
    top = tree.joins[-1].height or 1.0
    figure = {
        "data": [*_branches(tree, names, theme), _leaves(tree, names, theme)],
        "layout": layout(
            theme,
            height,
            shapes=_cut_line(tree, theme),
            xaxis=value_axis(
                theme, "Difference when joined (Ward)", range=[-0.03 * top, 1.04 * top], nticks=6
            ),
            yaxis=bare_axis(
                showticklabels=True,
                tickmode="array",
                tickvals=[place for place, _, _ in ticks],
                ticktext=[_tick(_name(number, names), length) for _, number, length in ticks],
                tickfont={"size": 12, "color": theme.ink},
                ticklabelstandoff=8,
                automargin=True,
                range=[len(tree.leaves) - 0.4, -0.6],
            ),
        ),
    }
    count = len({leaf.segment for leaf in tree.leaves})
    return Chart(
        figure=figure,
        title=f"Joined step by step, {whole_percent(tree.agreement)} of customers come out in the "
        "same segments",
        subtitle=f"{plural(len(tree.leaves), 'small group')} of like customers, joined by Ward’s "
        f"method; the dashed line cuts the tree into {plural(count, 'branch', 'branches')}",
        summary=f"Cut into {plural(count, 'branch', 'branches')}, the tree keeps "
        f"{percent(tree.agreement)} of customers with most of their segment. "
        f"The last two branches join at {top:,.0f}.",
        table=table(
            (
                TableColumn("Step", Kind.COUNT),
                TableColumn("One branch"),
                TableColumn("Other branch"),
                TableColumn("Difference", Kind.NUMBER),
                TableColumn("Customers joined", Kind.SHARE),
            ),
            _steps(tree, names),
        ),
        height=height,
    )


def _branches(tree: Dendrogram, names: dict[int, SegmentSummary], theme: Theme) -> list[PlotlyDict]:
    """Return one trace per colour, whose joins are apart by gaps."""
    tips, owners = _tips(tree), _owners(tree)
    drawn: dict[str, tuple[list[float | None], list[float | None]]] = {}
    for position, join in enumerate(tree.joins):
        (left, up), (right, down) = tips[join.left], tips[join.right]
        number = owners[len(tree.leaves) + position]
        owner = None if number is None else names.get(number)
        colour = theme.muted if owner is None else theme.segment_colour(owner.colour)
        xs, ys = drawn.setdefault(colour, ([], []))
        xs += [left, join.height, join.height, right, None]
        ys += [up, up, down, down, None]
    return [
        {
            "type": "scatter",
            "mode": "lines",
            "x": xs,
            "y": ys,
            "line": {"color": colour, "width": 2, "shape": "linear"},
            "hoverinfo": "skip",
        }
        for colour, (xs, ys) in drawn.items()
    ]


def _leaves(tree: Dendrogram, names: dict[int, SegmentSummary], theme: Theme) -> PlotlyDict:
    leaves = [tree.leaves[leaf] for leaf in tree.order]
    return {
        "type": "scatter",
        "mode": "markers",
        "x": [0.0] * len(leaves),
        "y": list(range(len(leaves))),
        "marker": {
            "color": [
                theme.segment_colour(names[leaf.segment].colour)
                if leaf.segment in names
                else theme.muted
                for leaf in leaves
            ],
            "size": [round(5 + 22 * leaf.share**0.5, 1) for leaf in leaves],
            "line": {"color": theme.surface, "width": 1},
            "opacity": 1,
        },
        "cliponaxis": False,
        "hoverinfo": "text",
        "hovertext": [
            escape(f"{_share(leaf.share)} of customers, of {_name(leaf.segment, names)}.")
            for leaf in leaves
        ],
    }


def _tips(tree: Dendrogram) -> dict[int, _Point]:
    """Return where each branch ends: (height, place)."""
    tips: dict[int, _Point] = {leaf: (0.0, float(i)) for i, leaf in enumerate(tree.order)}
    for position, join in enumerate(tree.joins):
        middle = (tips[join.left][1] + tips[join.right][1]) / 2
        tips[len(tree.leaves) + position] = (join.height, middle)
    return tips


def _owners(tree: Dendrogram) -> list[int | None]:
    """Return the one segment that a branch is of; None where several are in it."""
    owners: list[int | None] = [leaf.segment for leaf in tree.leaves]
    for join in tree.joins:
        owners.append(owners[join.left] if owners[join.left] == owners[join.right] else None)
    return owners


def _ticks(tree: Dendrogram) -> list[tuple[float, int, int]]:
    """Return middle, segment and length of each segment's longest run of leaves."""
    runs: dict[int, tuple[int, float]] = {}
    start = 0
    places = [tree.leaves[leaf].segment for leaf in tree.order]
    for i, segment in enumerate(places):
        if i + 1 == len(places) or places[i + 1] != segment:
            length = i - start + 1
            if length > runs.get(segment, (0, 0.0))[0]:
                runs[segment] = (length, (start + i) / 2)
            start = i + 1
    return sorted((middle, segment, length) for segment, (length, middle) in runs.items())


def _tick(name: str, length: int) -> str:
    """Return a name in as many lines as its leaves are tall."""
    return wrap(name, NAMES_WIDTH, 2) if length > 2 else escape(shorten(name, NAMES_WIDTH + 6))


def _cut_line(tree: Dendrogram, theme: Theme) -> list[PlotlyDict]:
    branches = len({leaf.segment for leaf in tree.leaves})
    if branches < 2:
        return []
    after = tree.joins[len(tree.joins) - branches + 1].height
    before = tree.joins[len(tree.joins) - branches].height if len(tree.joins) >= branches else 0.0
    return [
        {
            "type": "line",
            "x0": (before + after) / 2,
            "x1": (before + after) / 2,
            "y0": 0,
            "y1": 1,
            "yref": "paper",
            "line": {"color": theme.accent, "width": 1.5, "dash": "dash"},
        }
    ]


def _steps(
    tree: Dendrogram, names: dict[int, SegmentSummary]
) -> list[tuple[int, str, str, float, float | None]]:
    owners, shares = _owners(tree), [leaf.share for leaf in tree.leaves]
    rows: list[tuple[int, str, str, float, float | None]] = []
    for step, join in enumerate(tree.joins, start=1):
        shares.append(shares[join.left] + shares[join.right])
        sides = [
            "Several segments" if owner is None else _name(owner, names)
            for owner in (owners[join.left], owners[join.right])
        ]
        rows.append((step, sides[0], sides[1], join.height, shares[-1] or None))
    return rows


def _name(number: int, names: dict[int, SegmentSummary]) -> str:
    return names[number].name if number in names else _OTHER


def _share(share: float) -> str:
    return percent(share) if share else "A few"
