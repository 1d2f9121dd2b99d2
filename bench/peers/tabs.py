"""Tabs as they might be: one that does nothing, one that asks the customers live, one of lists.

They stand in the same app as the product's, behind the same guard, and answer the same request.
"""

from __future__ import annotations

from collections.abc import Callable

import plotly.graph_objects as go
from dash import Dash, Input, Output, State, dcc, html
from dash.development.base_component import Component
from sqlalchemy import Connection, text

from bench.asking import HOST
from core.features.base import Side
from core.readmodels import MapSample, SegmentSummary
from dash_app.app import LOCAL, create_app
from dash_app.context import open_view
from dash_app.guard import GuardedApp
from dash_app.ids import Shell
from dash_app.maps import sample_of
from dash_app.roles import Role
from dash_app.services import Services
from dash_app.tabs.base import Group, Tab
from dash_app.tabs.registry import TABS
from db.queries.features import feature_catalogue
from db.queries.segments import segments

NO_OP, LIVE, LISTS = "no-op", "live-sql", "list-map"
_NOT_NUMBERS = ("category", "ordinal")


def make_app(services: Services) -> Dash:
    """Return the product's app with the peers' tabs added."""
    peers = (
        _tab(NO_OP, lambda *_: html.Div()),
        _tab(LIVE, _live_profile),
        _tab(LISTS, _list_map),
    )
    return create_app(
        services, mode=LOCAL, secret_key="", allowed_hosts=(HOST,), tabs=(*TABS, *peers)
    )


def list_figure(sample: MapSample, named: tuple[SegmentSummary, ...]) -> go.Figure:
    """Return the map as one writes it at first: Plotly objects with Python lists."""
    figure = go.Figure()
    for segment in named:
        mine = sample.xyz[sample.segment == segment.number]
        figure.add_trace(
            go.Scattergl(
                x=mine[:, 0].tolist(),
                y=mine[:, 1].tolist(),
                mode="markers",
                name=segment.name,
                marker={"size": 4, "opacity": 0.4},
            )
        )
    figure.update_layout(xaxis_title="Component 1", yaxis_title="Component 2", height=560)
    return figure


def live_profile(
    connection: Connection, snapshot_id: int, segmentation_id: int, features: tuple[str, ...]
) -> dict[tuple[int | None, str], tuple[int, float]]:
    """Return number and mean of every numeric feature, per segment and of all, as SQL finds them.

    Least and greatest value and the sum of squares are asked for too. Medians and quantiles, which
    the product shows as well, are left out: SQLite has none.
    """
    figures = ", ".join(
        f'count("{name}"), avg("{name}"), min("{name}"), max("{name}"), sum("{name}" * "{name}")'
        for name in features
    )
    members = text(
        f"SELECT a.segment, {figures} FROM snapshot_{snapshot_id}_features AS f "
        "JOIN assignments AS a ON a.customer_id = f.customer_id "
        "WHERE a.segmentation_id = :segmentation GROUP BY a.segment"
    )
    everyone = text(f"SELECT NULL, {figures} FROM snapshot_{snapshot_id}_features")
    rows = [
        *connection.execute(members, {"segmentation": segmentation_id}),
        *connection.execute(everyone),
    ]
    return {
        (row[0], name): (row[1 + 5 * position], row[2 + 5 * position])
        for row in rows
        for position, name in enumerate(features)
    }


def _live_profile(services: Services, pathname: str, search: str) -> Component:
    view = open_view(services, pathname, search, Side.BEHAVIOURAL)
    with services.read() as connection:
        known = feature_catalogue(connection, view.run.snapshot_id)
        names = tuple(f.name for f in known if f.kind not in _NOT_NUMBERS)
        found = live_profile(connection, view.run.snapshot_id, view.lens.segmentation_id, names)
    rows = [[segment, name, *figures] for (segment, name), figures in found.items()]
    return dcc.Store(id=f"{LIVE}-figures", data=rows)


def _list_map(services: Services, pathname: str, search: str) -> Component:
    view = open_view(services, pathname, search)
    with services.read() as connection:
        sample = sample_of(services, connection, view.lens)
        named = segments(connection, view.lens.segmentation_id)
    if sample is None:
        raise RuntimeError("The stored bank has no map.")
    return dcc.Graph(figure=list_figure(sample, named))


def _tab(slug: str, content: Callable[[Services, str, str], Component]) -> Tab:
    """Return a tab whose one callback has the inputs and outputs of the product's."""

    def layout() -> Component:
        return html.Div([html.Div(id=f"{slug}-controls"), html.Div(id=f"{slug}-content")])

    def register(app: GuardedApp, services: Services) -> None:
        @app.callback(
            Output(f"{slug}-controls", "children"),
            Output(f"{slug}-content", "children"),
            Input(Shell.URL, "search"),
            Input(Shell.THEME, "data"),
            State(Shell.URL, "pathname"),
            role=Role.VIEWER,
        )
        def show(search: str, theme: str, pathname: str) -> tuple[Component, Component]:
            del theme
            return html.Div(), content(services, pathname, search)

    return Tab(slug, slug, Group.TRUST, layout, register)
