"""Who went to which segment: first because customers changed, then because the model did."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from core.change import Migration, SegmentMark
from core.features.base import Kind
from dash_app.disclosure import Cell, hidden_cells, hidden_words
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
from dash_app.figures.text import escape, plural, wrap
from dash_app.formats import day, percent
from dash_app.theme import Theme

NOWHERE = "In no segment"
_PAD, _THICKNESS, _NODE = 16, 12, 52
_HALO = ((1, 1), (-1, -1), (1, -1), (-1, 1))

Hop = Mapping[tuple[str | None, str | None], int]


@dataclass(frozen=True, slots=True)
class _Stage:
    """One column of segments: its heading and how many customers pass through each."""

    title: str
    sizes: Mapping[str | None, int]


def movement_flow(
    migration: Migration | None,
    *,
    theme: Theme,
    currency: str = "USD",  # noqa: ARG001
    suppress_below: int = 0,
) -> Chart:
    """Return the flows of one hop, or of two where the model was fitted anew.

    Who stayed is grey, who moved has the colour of the segment left. Flows of fewer than
    ``suppress_below`` customers, and those that would give them away, are left out, and counted in
    the subtitle.
    """
    if migration is None or not migration.flows:
        return empty_chart(
            theme,
            "Nobody can have moved yet",
            "Movements are told from the second published run on.",
            "Refresh the data set with newer files.",
        )
    hops = _hops(migration)
    shown = [_without(hop, hidden_cells(hop, suppress_below)) for hop in hops]
    hidden = sum(len(hop) for hop in hops) - sum(len(hop) for hop in shown)
    stages = _stages(migration, hops)
    marks = {mark.key: mark for mark in migration.marks}
    height = max(320, ABOVE_FLOW + BEYOND_FLOW + _NODE * max(len(stage.sizes) for stage in stages))
    titles = [
        flow_head(
            theme,
            stage.title,
            place / (len(stages) - 1),
            ("left", "right")[place > 0] if len(stages) == 2 else _ANCHORS[place],
        )
        for place, stage in enumerate(stages)
    ]
    edge = _THICKNESS // 2
    figure = {
        "data": [_trace(shown, stages, migration.marks, theme, height - ABOVE_FLOW - BEYOND_FLOW)],
        "layout": layout(
            theme,
            height,
            left=edge,
            right=edge,
            top=ABOVE_FLOW,
            bottom=BEYOND_FLOW,
            annotations=titles,
        ),
    }
    ways = [
        (step, a, b, n, n / stage.sizes[a])
        for step, stage, hop in zip(_STEPS, stages, shown, strict=False)
        for (a, b), n in sorted(hop.items(), key=lambda way: (way[0][0] == way[0][1], -way[1]))
    ]
    rows = [(step, _name(a, marks), _name(b, marks), n, share) for step, a, b, n, share in ways]
    few = f"; {plural(hidden, 'flow')} left out: {hidden_words(suppress_below)}"
    left_out = few if hidden else ""
    return Chart(
        figure=figure,
        title=_finding(ways, marks, suppress_below if hidden else 0),
        subtitle="Width is customers; grey stayed, coloured moved" + left_out,
        summary=" ".join(
            f"{step}: {n:,} from {a} to {b}, {percent(share)} of {a}."
            for step, a, b, n, share in rows[: min(8, sum(way[1] != way[2] for way in ways))]
        )
        or "Everybody is in the segment that they were in.",
        table=table(
            (
                TableColumn("What changed"),
                TableColumn("From"),
                TableColumn("To"),
                TableColumn("Customers", Kind.COUNT),
                TableColumn("Share of the segment left", Kind.SHARE),
            ),
            rows,
        ),
        height=height,
    )


_ANCHORS = ("left", "center", "right")
_STEPS = ("The customer", "The model")


def _hops(migration: Migration) -> list[Hop]:
    """Return how many customers go which way: by what they did, and by the new model."""
    by_customer: Counter[tuple[str | None, str | None]] = Counter()
    by_model: Counter[tuple[str | None, str | None]] = Counter()
    for flow in migration.flows:
        by_customer[flow.before, flow.between] += flow.n
        by_model[flow.between, flow.after] += flow.n
    for hop in (by_customer, by_model):
        hop.pop((None, None), None)
    return [by_customer, by_model] if migration.is_refitted else [by_customer]


def _without(hop: Hop, hidden: Collection[Cell]) -> Hop:
    return {way: n for way, n in hop.items() if n and way not in hidden}


def _stages(migration: Migration, hops: Sequence[Hop]) -> list[_Stage]:
    order: list[str | None] = [*(mark.key for mark in migration.marks), None]
    sizes: list[Counter[str | None]] = [Counter() for _ in range(len(hops) + 1)]
    for place, hop in enumerate(hops):
        leaving: Counter[str | None] = Counter()
        for (a, b), n in hop.items():
            leaving[a] += n
            sizes[place + 1][b] += n
        sizes[place] |= leaving  # who comes goes on, but for those who leave the bank
    titles = [day(migration.before_as_of), day(migration.as_of)]
    if migration.is_refitted:
        titles = [titles[0], f"{titles[1]}, model of before", "New model"]
    return [
        _Stage(title, {key: found[key] for key in order if found[key]})
        for title, found in zip(titles, sizes, strict=True)
    ]


def _trace(
    hops: Sequence[Hop],
    stages: Sequence[_Stage],
    marks: Sequence[SegmentMark],
    theme: Theme,
    height: int,
) -> PlotlyDict:
    fullest = max(sum(stage.sizes.values()) for stage in stages)
    most = max(len(stage.sizes) for stage in stages)
    known = {mark.key: mark for mark in marks}
    nodes = [(place, key) for place, stage in enumerate(stages) for key in stage.sizes]
    used = {(p, key) for p, hop in enumerate(hops) for (key, _) in hop} | {
        (p + 1, key) for p, hop in enumerate(hops) for (_, key) in hop
    }
    nodes = [node for node in nodes if node in used]
    at = {node: number for number, node in enumerate(nodes)}
    links = [(place, a, b, n) for place, hop in enumerate(hops) for (a, b), n in hop.items()]
    last = len(stages) - 1
    return {
        "type": "sankey",
        "arrangement": "fixed",
        "node": {
            "label": [
                wrap(_name(key, known), 20, FLOW_LINES) if _is_named(place, key, stages) else ""
                for place, key in nodes
            ],
            "color": [_colour(key, known, theme) for _, key in nodes],
            "x": [min(max(place / last, 0.01), 0.99) for place, _ in nodes],
            "y": [_height(stages[place], key, height, fullest, most) for place, key in nodes],
            "pad": _PAD,
            "thickness": _THICKNESS,
            "line": {"width": 0},
            "customdata": [
                escape(f"{_name(key, known)}: {stages[place].sizes[key]:,} customers.")
                for place, key in nodes
            ],
            "hovertemplate": "%{customdata}<extra></extra>",
        },
        "link": {
            "source": [at[place, a] for place, a, _, _ in links],
            "target": [at[place + 1, b] for place, _, b, _ in links],
            "value": [n for *_, n in links],
            "color": [
                fade(theme.muted, 0.16) if a == b else fade(_colour(a, known, theme), 0.6)
                for _, a, b, _ in links
            ],
            "customdata": [
                escape(
                    f"{n:,} customers: {_name(a, known)} to {_name(b, known)}, "
                    f"{percent(n / stages[place].sizes[a])} of those who were there."
                )
                for place, a, b, n in links
            ],
            "hovertemplate": "%{customdata}<extra></extra>",
        },
        "textfont": {
            "size": 12,
            "color": theme.ink,
            "shadow": ", ".join(f"{x}px {y}px 2px {theme.surface}" for x, y in _HALO),
        },
    }


def _is_named(place: int, key: str | None, stages: Sequence[_Stage]) -> bool:
    """Whether a segment has its name beside it: in the middle only where it is new there.

    Names of three columns would not fit beside each other on a phone; the colour and the height
    tell the segment, and hovering its name.
    """
    is_middle = 0 < place < len(stages) - 1
    return not (is_middle and key in stages[0].sizes)


def _height(stage: _Stage, key: str | None, height: int, fullest: int, most: int) -> float:
    """Return where a segment's middle lies in its column, downwards, as a share of ``height``.

    A customer takes the same height in every column: what ``fullest`` customers and the gaps
    between the ``most`` segments of a column leave.
    """
    customer = (height - _PAD * (most - 1)) / fullest
    tall = [n * customer for n in stage.sizes.values()]
    place = list(stage.sizes).index(key)
    start = (height - sum(tall) - _PAD * (len(tall) - 1)) / 2
    middle = start + sum(tall[:place]) + _PAD * place + tall[place] / 2
    return min(max(round(middle / height, 4), 0.001), 0.999)


def _finding(
    ways: Sequence[tuple[str, str | None, str | None, int, float]],
    marks: Mapping[str, SegmentMark],
    under: int,
) -> str:
    moved = [way for way in ways if way[1] != way[2] and None not in way[1:3]]
    if not moved:
        return (
            f"No more than a few customers went any one way: fewer than {under} each"
            if under
            else "Nobody went from one segment to another"
        )
    step, a, b, n, _ = max(moved, key=lambda way: way[3])
    why = "they changed" if step == _STEPS[0] else "the model did"
    return (
        f"The widest move: {n:,} customers from {_name(a, marks)} to {_name(b, marks)}, "
        f"because {why}"
    )


def _name(key: str | None, marks: Mapping[str, SegmentMark]) -> str:
    return NOWHERE if key is None else marks[key].name


def _colour(key: str | None, marks: Mapping[str, SegmentMark], theme: Theme) -> str:
    return theme.muted if key is None else theme.segment_colour(marks[key].colour)
