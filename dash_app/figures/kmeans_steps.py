"""How k-means found the segments: the customers it watched, one frame per step."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from core.features.base import Kind
from core.readmodels import KMeansFrame, KMeansTrace, SegmentSummary
from dash_app.figures.arrays import Grid, typed
from dash_app.figures.base import Chart, PlotlyDict, Table, TableColumn, table
from dash_app.figures.canvas import bare_axis, empty_chart, layout
from dash_app.figures.colour import Stops, quiet
from dash_app.figures.lookup import told_apart
from dash_app.figures.text import escape
from dash_app.formats import count, number
from dash_app.theme import Theme

_HEIGHT = 440
_NOBODY = 0  # of the scale of colours; segment n has n + 1


def kmeans_steps(
    trace: KMeansTrace,
    segments: Sequence[SegmentSummary],
    *,
    theme: Theme,
    currency: str = "USD",  # noqa: ARG001
) -> Chart:
    """Return the last step, with every step as a frame named by its position.

    The layout's ``meta`` has a sentence per frame. Segments that are not among ``segments`` (too
    few customers to be shown) are grey.
    """
    if not trace.frames:
        return empty_chart(
            theme,
            "No steps to play",
            "This view was not found by k-means in this run.",
            "Steps are kept when a run fits k-means anew.",
            height=_HEIGHT,
        )
    last = trace.frames[-1]
    every = np.array([place for frame in trace.frames for place in frame.centroids])
    x = Grid(trace.xy[:, 0], every[:, 0].tolist())
    y = Grid(trace.xy[:, 1], every[:, 1].tolist())
    frames = [
        {
            "name": str(position),
            "traces": [0, 1, 2],
            "data": [
                {"marker": {"color": _colours(frame)}},
                _ways(trace.frames[: position + 1], x, y),
                _middles(frame, segments, x, y, theme),
            ],
        }
        for position, frame in enumerate(trace.frames)
    ]
    points = {
        "type": "scatter",
        "mode": "markers",
        "x": typed(x.steps(trace.xy[:, 0])),
        "y": typed(y.steps(trace.xy[:, 1])),
        "marker": {
            "color": _colours(last),
            "colorscale": _scale(len(last.centroids), segments, theme),
            "cmin": -0.5,
            "cmax": len(last.centroids) + 0.5,
            "size": 5,
            "opacity": 0.7,
        },
        "hoverinfo": "skip",
    }
    ways = {
        "type": "scatter",
        "mode": "lines",
        "line": {"color": theme.ink, "width": 1.5, "dash": "dot"},
        "hoverinfo": "skip",
        **_ways(trace.frames, x, y),
    }
    middles = {"type": "scatter", **_middles(last, segments, x, y, theme)}
    reach = 1.05 * Grid.STEPS
    figure = {
        "data": [points, ways, middles],
        "frames": frames,
        "layout": layout(
            theme,
            _HEIGHT,
            xaxis=bare_axis(range=[-reach, reach]),
            yaxis=bare_axis(range=[-reach, reach]),
            meta=step_sentences(trace),
        ),
    }
    return Chart(
        figure=figure,
        title=_finding(trace),
        subtitle=f"{count(len(trace.xy))} of {count(trace.sampled_from)} customers on the map's "
        "first two components; diamonds are the middles, dotted lines the ways they took",
        summary=f"{_finding(trace)}. {step_sentences(trace)[-1]}",
        table=steps_table(trace),
        height=_HEIGHT,
    )


def step_sentences(trace: KMeansTrace) -> list[str]:
    """Return what happens in each frame, in words; rounds that are left out are named."""
    before = trace.frames[:1] + trace.frames
    return [
        _left_out(earlier, frame) + _sentence(frame, trace.sampled_from)
        for earlier, frame in zip(before, trace.frames, strict=False)
    ]


def steps_table(trace: KMeansTrace) -> Table:
    """Return the steps of the method itself; parts of an update are only drawn."""
    names = {"start": "Start", "assign": "Customers join", "update": "Middles move"}
    columns = (
        TableColumn("Round", Kind.COUNT),
        TableColumn("Step"),
        TableColumn("Customers who changed segment", Kind.COUNT),
        TableColumn("Inertia", Kind.NUMBER),
    )
    rows = [
        (frame.iteration, names[frame.step], frame.changed, frame.inertia)
        for frame in trace.frames
        if frame.step in names
    ]
    return table(columns, rows)


def _left_out(before: KMeansFrame, frame: KMeansFrame) -> str:
    rounds = frame.iteration - before.iteration - 1
    if rounds <= 0:
        return ""
    first, last = before.iteration + 1, frame.iteration - 1
    if rounds == 1:
        return f"Round {first} is left out. "
    return f"Rounds {count(first)} to {count(last)} are left out. "


def _sentence(frame: KMeansFrame, customers: int) -> str:
    round_ = f"Round {count(frame.iteration)}"
    match frame.step:
        case "start":
            return f"Start: {len(frame.centroids)} middles are put down; nobody belongs to one yet."
        case "assign" if frame.iteration == 1:
            return f"{round_}: all {count(customers)} customers join the nearest middle."
        case "assign" if not frame.changed:
            return f"{round_}: nobody changes any more. These are the segments."
        case "assign":
            who = "customer finds" if frame.changed == 1 else "customers find"
            return f"{round_}: {count(frame.changed)} {who} another middle nearer and join it."
        case "update":
            return (
                f"{round_}: each middle moves to the average of its customers; "
                f"inertia is {number(frame.inertia)}."
            )
        case _:
            return f"{round_}: the middles are on their way (drawn in between)."


def _finding(trace: KMeansTrace) -> str:
    rounds = trace.frames[-1].iteration
    return f"After {count(rounds)} rounds nobody changes segment any more"


def _colours(frame: KMeansFrame) -> PlotlyDict:
    return typed((frame.segment + 1).astype(np.uint8))


def _scale(k: int, segments: Sequence[SegmentSummary], theme: Theme) -> Stops:
    """Return a step of colour for nobody's customers and one for each segment."""
    colours = [quiet(theme)] * (k + 1)
    apart = told_apart(segments)
    for segment in segments:
        if segment.number < k and segment.number in apart:
            colours[segment.number + 1] = theme.segment_colour(segment.colour)
    stops: Stops = []
    for place, colour in enumerate(colours):
        stops += [[place / len(colours), colour], [(place + 1) / len(colours), colour]]
    return stops


def _ways(frames: Sequence[KMeansFrame], x: Grid, y: Grid) -> PlotlyDict:
    """Return the ways of the middles so far; a gap parts one from the next."""
    along_x: list[int | None] = []
    along_y: list[int | None] = []
    for place in range(len(frames[0].centroids)):
        along_x += [x.at(frame.centroids[place][0]) for frame in frames] + [None]
        along_y += [y.at(frame.centroids[place][1]) for frame in frames] + [None]
    return {"x": along_x, "y": along_y}


def _middles(
    frame: KMeansFrame, segments: Sequence[SegmentSummary], x: Grid, y: Grid, theme: Theme
) -> PlotlyDict:
    named = {segment.number: segment for segment in segments}
    places = range(len(frame.centroids))
    return {
        "mode": "markers",
        "x": [x.at(place[0]) for place in frame.centroids],
        "y": [y.at(place[1]) for place in frame.centroids],
        "marker": {
            "symbol": "diamond",
            "size": 14,
            "color": [
                theme.segment_colour(named[place].colour) if place in named else theme.muted
                for place in places
            ],
            "line": {"color": theme.surface, "width": 2},
        },
        "hoverinfo": "text",
        "hovertext": [
            escape(f"The middle of {named[place].name}.") if place in named else "A middle."
            for place in places
        ],
    }
