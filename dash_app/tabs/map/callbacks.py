"""The map's callbacks: the page, and who was drawn around."""

from __future__ import annotations

from typing import Any

from dash import Input, Output, State
from dash.development.base_component import Component
from dash.exceptions import PreventUpdate

from dash_app.context import open_view
from dash_app.guard import GuardedApp
from dash_app.ids import Shell
from dash_app.pages import page_callback
from dash_app.roles import Role
from dash_app.services import Services
from dash_app.tabs.map.chosen import selection_card
from dash_app.tabs.map.drawing import rows_chosen
from dash_app.tabs.map.layout import GRAPH, Ids
from dash_app.tabs.map.pairs import PAIRS, pairs_page, read_pairs
from dash_app.tabs.map.player import STEPS, read_steps, steps_page
from dash_app.tabs.map.reading import read_map
from dash_app.tabs.map.view import hint, map_controls, map_page
from dash_app.theme import theme_named


def register(app: GuardedApp, services: Services) -> None:
    """Wire the callbacks: parse, query, build, return."""

    @page_callback(app, Ids.CONTROLS, Ids.CONTENT, role=Role.VIEWER)
    def show_map(search: str, theme: str, pathname: str) -> tuple[Component, Component]:
        view = open_view(services, pathname, search)
        if view.selection.view == STEPS:
            return map_controls(view), steps_page(
                *read_steps(services, view), view, theme_named(theme)
            )
        if view.selection.view == PAIRS:
            return map_controls(view), pairs_page(
                *read_pairs(services, view), view, theme_named(theme)
            )
        found = read_map(services, view)
        return map_controls(view), map_page(found, view, theme_named(theme))

    @app.callback(
        Output(Ids.SELECTION, "children"),
        Input(GRAPH, "selectedData", allow_optional=True),
        State(Shell.URL, "search"),
        State(Shell.URL, "pathname"),
        role=Role.VIEWER,
        accepts={f"{GRAPH}.selectedData": dict},
        prevent_initial_call=True,
    )
    def tell_selection(selected: dict[str, Any] | None, search: str, pathname: str) -> Component:
        view = open_view(services, pathname, search)
        found = read_map(services, view)
        if found is None:
            raise PreventUpdate
        rows = rows_chosen(selected, found)
        if rows is None:
            return hint(view)
        return selection_card(rows, found.sample, found.segments, services.smallest_group)
