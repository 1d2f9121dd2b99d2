"""The overview's callbacks: the page, and the list of action clients as a file."""

from __future__ import annotations

from typing import Any

from dash.development.base_component import Component
from dash.exceptions import PreventUpdate

from dash_app.context import open_view
from dash_app.guard import GuardedApp, caller
from dash_app.pages import download_callback, page_callback, table_download
from dash_app.roles import Role
from dash_app.services import Services
from dash_app.tabs.overview.clients import clients_table
from dash_app.tabs.overview.layout import Ids
from dash_app.tabs.overview.reading import read_overview
from dash_app.tabs.overview.view import overview_page, overview_switch
from dash_app.theme import theme_named


def register(app: GuardedApp, services: Services) -> None:
    """Wire the callbacks: parse, query, build, return."""

    @page_callback(app, Ids.CONTROLS, Ids.CONTENT, role=Role.VIEWER)
    def show_overview(search: str, theme: str, pathname: str) -> tuple[Component, Component]:
        view = open_view(services, pathname, search)
        found = read_overview(services, view, caller().role)
        page = overview_page(found, view, theme_named(theme), services.smallest_group)
        return overview_switch(view), page

    @download_callback(app, Ids.CLIENTS_CSV, role=Role.ANALYST)
    def download_clients(clicks: int | None, search: str, pathname: str) -> dict[str, Any]:
        if not clicks:
            raise PreventUpdate
        view = open_view(services, pathname, search)
        found = read_overview(services, view, caller().role)
        table = clients_table(found.clients or (), found.segments, found.value)
        return table_download(table, f"action-clients-{view.lens.name}.csv")
