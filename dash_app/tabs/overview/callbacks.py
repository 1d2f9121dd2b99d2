"""The overview's callbacks: the page, and the list of action clients as a file."""

from __future__ import annotations

from typing import Any

from dash import Input, Output, State, dcc
from dash.development.base_component import Component
from dash.exceptions import PreventUpdate

from dash_app.context import open_view
from dash_app.exports import csv_file
from dash_app.guard import GuardedApp, caller
from dash_app.ids import Shell
from dash_app.roles import Role
from dash_app.services import Services
from dash_app.tabs.overview.clients import clients_table
from dash_app.tabs.overview.layout import Ids
from dash_app.tabs.overview.reading import read_overview
from dash_app.tabs.overview.view import overview_page, overview_switch
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
    def show_overview(search: str, theme: str, pathname: str) -> tuple[Component, Component]:
        view = open_view(services, pathname, search)
        found = read_overview(services, view, caller().role)
        page = overview_page(found, view, theme_named(theme), services.smallest_group)
        return overview_switch(view), page

    @app.callback(
        Output(Shell.DOWNLOAD, "data", allow_duplicate=True),
        Input(Ids.CLIENTS_CSV, "n_clicks", allow_optional=True),
        State(Shell.URL, "search"),
        State(Shell.URL, "pathname"),
        role=Role.ANALYST,
        prevent_initial_call=True,
    )
    def download_clients(clicks: int | None, search: str, pathname: str) -> dict[str, Any]:
        if not clicks:
            raise PreventUpdate
        view = open_view(services, pathname, search)
        found = read_overview(services, view, caller().role)
        table = clients_table(found.clients or (), found.segments, found.value)
        download: dict[str, Any] = dcc.send_bytes(
            csv_file(table), f"action-clients-{view.lens.name}.csv"
        )
        return download
