"""The comparison's callbacks: the page, and the surprising combinations as a file."""

from __future__ import annotations

from typing import Any

from dash.development.base_component import Component
from dash.exceptions import PreventUpdate

from dash_app.context import open_view
from dash_app.guard import GuardedApp
from dash_app.pages import download_callback, page_callback, table_download
from dash_app.roles import Role
from dash_app.services import Services
from dash_app.tabs.compare.export import surprises_of
from dash_app.tabs.compare.layout import Ids
from dash_app.tabs.compare.reading import read_comparison
from dash_app.tabs.compare.view import comparison_page, pair_switch
from dash_app.theme import theme_named


def register(app: GuardedApp, services: Services) -> None:
    """Wire the callbacks: parse, query, build, return."""

    @page_callback(app, Ids.CONTROLS, Ids.CONTENT, role=Role.VIEWER)
    def show_comparison(search: str, theme: str, pathname: str) -> tuple[Component, Component]:
        view = open_view(services, pathname, search)
        found = read_comparison(services, view)
        page = comparison_page(found, view, theme_named(theme), services.smallest_group)
        return pair_switch(view), page

    @download_callback(app, Ids.SURPRISES_CSV, role=Role.VIEWER)
    def download_surprises(clicks: int | None, search: str, pathname: str) -> dict[str, Any]:
        found = read_comparison(services, open_view(services, pathname, search))
        if not clicks or found is None:
            raise PreventUpdate
        return table_download(
            surprises_of(found, services.smallest_group), "surprising-combinations.csv"
        )
