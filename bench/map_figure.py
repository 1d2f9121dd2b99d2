"""The map of customers, against a figure of Plotly objects with Python lists.

Once as the figure alone (built and made JSON), once as the whole tab's callback, where the
product's page has the components, what they mean and the borders of segments besides.
"""

from __future__ import annotations

import gzip
import json
from base64 import b64decode
from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any

import numpy as np
from plotly.io.json import to_json_plotly

from bench.asking import ask_tab
from bench.base import (
    PACKED,
    SIZE,
    TYPICAL,
    Benchmark,
    Contest,
    Contests,
    Limit,
    Measure,
    Outcome,
    Target,
    UnequalWorkError,
)
from bench.measuring import typically
from bench.peers.tabs import LISTS, list_figure, make_app
from bench.workshop import Workshop
from core.readmodels import MapSample
from dash_app.figures.arrays import Grid
from dash_app.figures.map_scatter import map_scatter
from dash_app.theme import LIGHT
from db.queries.datasets import run_context
from db.queries.maps import map_axes, map_sample
from db.queries.segments import segments

TAB = "map"
_TIME = Target(must=0.25, aim=0.03)
_DTYPES = {"i2": "<i2", "f4": "<f4", "u1": "u1"}
Points = np.ndarray[Any, np.dtype[np.float64]]


def contests(workshop: Workshop) -> Contests:
    """Yield the figure alone and the whole callback."""
    bank = workshop.stored_bank
    services = bank.services()
    calls = workshop.choose(tiny=2, small=30, full=100)
    with services.read() as connection:
        run = run_context(connection, bank.name)
        lens = None if run is None else run.lenses[0].segmentation_id
        sample = None if lens is None else map_sample(connection, lens)
        axes = None if lens is None else map_axes(connection, lens)
        if lens is None or sample is None or axes is None:
            raise RuntimeError("The stored bank has no map.")
        named = segments(connection, lens)
    grids = _grids(sample, axes.centroids)

    yield Contest(
        name=f"figure of {len(sample.segment):,} points",
        peer="Plotly objects with lists",
        product=lambda: _drawn(lambda: map_scatter(sample, axes, named, theme=LIGHT).figure, calls),
        against=lambda: _drawn(lambda: list_figure(sample, named), calls),
        check=lambda ours, theirs: require_same_points(ours, theirs, grids),
        targets={TYPICAL: _TIME, SIZE: Target(must=120, aim=70, limit=Limit.PRODUCT)},
    )
    client = make_app(services).server.test_client()
    yield Contest(
        name=f"map tab of {len(bank.snapshot.frame):,} customers, cached",
        peer="the same tab, lists",
        product=lambda: _points_of(
            typically(lambda: ask_tab(client, TAB), calls), f"{TAB}-content"
        ),
        against=lambda: _points_of(
            typically(lambda: ask_tab(client, LISTS), calls), f"{LISTS}-content"
        ),
        check=lambda ours, theirs: require_same_points(ours, theirs, grids),
        targets={TYPICAL: _TIME},
    )


def require_same_points(product: Points, peer: Points, grids: tuple[Grid, Grid]) -> None:
    """Raise `UnequalWorkError` unless both draw the same points, to within a step of the grid."""
    if product.shape != peer.shape or not len(peer):
        raise UnequalWorkError(f"The product draws {len(product)} points, its peer {len(peer)}.")
    for axis, grid in enumerate(grids):
        drawn = product[:, axis] * grid.half / grid.STEPS + grid.middle
        if np.abs(drawn - peer[:, axis]).max() > grid.half / grid.STEPS:
            raise UnequalWorkError("The points of the two maps lie elsewhere.")


def points(figure: dict[str, Any]) -> Points:
    """Return the coordinates of every customer's point of a figure, (n, 2).

    Customers are the WebGL traces, of which centroids are too few to be one.
    """
    found = [
        np.column_stack([_values(trace["x"]), _values(trace["y"])])
        for trace in figure["data"]
        if trace["type"] == "scattergl" and trace.get("mode") == "markers"
    ]
    return np.concatenate(found) if found else np.empty((0, 2))


def _drawn(figure: Callable[[], object], calls: int) -> Outcome:
    outcome = typically(lambda: to_json_plotly(figure()), calls)
    text = outcome.value.encode()
    sizes: dict[Measure, float] = {
        SIZE: len(text) / 1e3,
        PACKED: len(gzip.compress(text, 6)) / 1e3,
    }
    return Outcome(points(json.loads(text)), {**outcome.readings, **sizes})


def _points_of(outcome: Outcome, place: str) -> Outcome:
    graphs = [points(figure) for figure in _figures(outcome.value[place]["children"])]
    return replace(outcome, value=max(graphs, key=len))


def _figures(node: Any) -> Iterator[dict[str, Any]]:
    if isinstance(node, list):
        for part in node:
            yield from _figures(part)
    elif isinstance(node, dict):
        props = node.get("props", {})
        if node.get("type") == "Graph":
            yield props["figure"]
        yield from _figures(props.get("children"))


def _values(column: Any) -> np.ndarray[Any, Any]:
    if isinstance(column, dict):
        return np.frombuffer(b64decode(column["bdata"]), dtype=_DTYPES[column["dtype"]])
    return np.asarray(column, dtype=float)


def _grids(sample: MapSample, centroids: tuple[tuple[float, ...], ...]) -> tuple[Grid, Grid]:
    """Return the grids on which the product places its points, to be read back from."""
    x, y = (Grid(sample.xyz[:, axis], [place[axis] for place in centroids]) for axis in (0, 1))
    return x, y


BENCHMARK = Benchmark("map", "How fast is the map drawn, and how large is it?", contests)
