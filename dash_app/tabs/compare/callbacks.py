"""The comparison's callbacks: the page, and the surprising combinations as a file."""

from __future__ import annotations

from typing import Any

from dash import Input, Output, State, dcc
from dash.development.base_component import Component
from dash.exceptions import PreventUpdate

from dash_app.context import open_view
from dash_app.exports import csv_file
from dash_app.guard import GuardedApp
from dash_app.ids import Shell
from dash_app.roles import Role
from dash_app.services import Services
from dash_app.tabs.compare.export import surprises_of
from dash_app.tabs.compare.layout import Ids
from dash_app.tabs.compare.reading import read_comparison
from dash_app.tabs.compare.view import comparison_page, pair_switch
from dash_app.theme import theme_named


def register(app: GuardedApp, services: Services) -> None:
    """Wire the callbacks: parse, query, build, return."""

    @app.callback(
        Output(Ids.CONTROLS, "children"),
        Output(Ids.CONTENT, "children"),
        Input(Shell.URL, "search"),
        Input(Shell.THEME, "data"),
        State(Shell.URL, "pathname"),
        role=Role.VIEWER,
    )
    def show_comparison(search: str, theme: str, pathname: str) -> tuple[Component, Component]:
        view = open_view(services, pathname, search)
        found = read_comparison(services, view)
        page = comparison_page(found, view, theme_named(theme), services.smallest_group)
        return pair_switch(view), page

    @app.callback(
        Output(Shell.DOWNLOAD, "data", allow_duplicate=True),
        Input(Ids.SURPRISES_CSV, "n_clicks", allow_optional=True),
        State(Shell.URL, "search"),
        State(Shell.URL, "pathname"),
        role=Role.VIEWER,
        prevent_initial_call=True,
    )
    def download_surprises(clicks: int | None, search: str, pathname: str) -> dict[str, Any]:
        found = read_comparison(services, open_view(services, pathname, search))
        if not clicks or found is None:
            raise PreventUpdate
        table = surprises_of(found, services.smallest_group)
        download: dict[str, Any] = dcc.send_bytes(csv_file(table), "surprising-combinations.csv")
        return download
