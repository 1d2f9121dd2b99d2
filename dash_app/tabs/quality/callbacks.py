"""The page's callback: parse, query, build, return."""

from __future__ import annotations

from dash.development.base_component import Component

from dash_app.change.section import change_section
from dash_app.context import open_view
from dash_app.fairness.section import fairness_section
from dash_app.guard import GuardedApp
from dash_app.pages import page_callback
from dash_app.roles import Role
from dash_app.services import Services
from dash_app.tabs.quality.layout import Ids
from dash_app.tabs.quality.reading import read_quality
from dash_app.tabs.quality.view import CHANGE, FAIRNESS, lens_choice, quality_page
from dash_app.theme import theme_named


def register(app: GuardedApp, services: Services) -> None:
    """Wire the callback."""

    @page_callback(app, Ids.CONTROLS, Ids.CONTENT, role=Role.VIEWER)
    def show_quality(search: str, theme_name: str, pathname: str) -> tuple[Component, Component]:
        view, theme = open_view(services, pathname, search), theme_named(theme_name)
        sections = {
            CHANGE: lambda: change_section(services, view, theme),
            FAIRNESS: lambda: fairness_section(services, view),
        }
        return lens_choice(view), quality_page(read_quality(services, view), theme, sections)
