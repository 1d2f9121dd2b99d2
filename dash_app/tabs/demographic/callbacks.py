"""The demographic tab's one callback: from the URL to the page."""

from __future__ import annotations

from dash import Input, Output, State
from dash.development.base_component import Component

from core.features.base import Side
from dash_app.context import open_view
from dash_app.guard import GuardedApp
from dash_app.ids import Shell
from dash_app.profiles.facts import segments_and_facts
from dash_app.profiles.model import profile
from dash_app.profiles.switch import side_switch
from dash_app.roles import Role
from dash_app.services import Services
from dash_app.tabs.demographic.layout import SLUG, Ids
from dash_app.tabs.demographic.view import demographic_page
from dash_app.theme import theme_named


def register(app: GuardedApp, services: Services) -> None:
    """Wire the callback: parse, query, build, return."""

    @app.callback(
        Output(Ids.CONTROLS, "children"),
        Output(Ids.CONTENT, "children"),
        Input(Shell.URL, "search"),
        Input(Shell.THEME, "data"),
        State(Shell.URL, "pathname"),
        role=Role.VIEWER,
    )
    def show_profile(search: str, theme: str, pathname: str) -> tuple[Component, Component]:
        view = open_view(services, pathname, search, Side.DEMOGRAPHIC)
        segments, facts = segments_and_facts(services, view)
        smallest = services.smallest_group
        found = profile(SLUG, view, theme_named(theme), segments, facts, smallest)
        return side_switch(view), demographic_page(found)
