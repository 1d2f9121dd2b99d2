"""The data page's callbacks: the page, finding a feature, the list of refused rows as a file."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from dash import Input, Output, State
from dash.development.base_component import Component
from dash.exceptions import PreventUpdate

from dash_app.guard import GuardedApp, caller
from dash_app.ids import Shell
from dash_app.pages import Content, download_callback, kept, page_callback
from dash_app.roles import Role
from dash_app.selection import from_url, to_search
from dash_app.services import Services
from dash_app.tabs.data.export import rejects_csv, rejects_excel
from dash_app.tabs.data.layout import Ids, Part, part_of_view
from dash_app.tabs.data.reading import DataInView, read_data, read_rejects
from dash_app.tabs.data.view import data_controls, data_page
from dash_app.theme import theme_named

_KEPT = (Part.COLUMNS, Part.ALIKE, Part.LINEAGE, Part.DICTIONARY)  # nothing in them can change


def register(app: GuardedApp, services: Services) -> None:
    """Wire the callbacks: parse, query, build, return."""

    @page_callback(app, Ids.CONTROLS, Ids.CONTENT, role=Role.VIEWER)
    def show_data(search: str, theme: str, pathname: str) -> tuple[Component, Content]:
        selection = from_url(pathname, search)
        found = read_data(services, selection)
        may_list = caller().role.may_act_as(Role.ANALYST)
        colours = theme_named(theme)

        def draw() -> Component:
            return data_page(services, found, selection, colours, may_list=may_list)

        if found is None or part_of_view(selection.view) not in _KEPT:
            return data_controls(found), draw()
        key = ("data", found.snapshot, found.run, selection, colours.name, found.smallest)
        return data_controls(found), kept(services.pages, key, draw)

    @app.callback(
        Output(Shell.URL, "search", allow_duplicate=True),
        Input(Ids.FIND, "value", allow_optional=True),
        State(Shell.URL, "search"),
        State(Shell.URL, "pathname"),
        role=Role.VIEWER,
        accepts={f"{Ids.FIND}.value": (str, type(None))},
        prevent_initial_call=True,
    )
    def find_feature(words: str | None, search: str, pathname: str) -> str:
        selection = from_url(pathname, search)
        found = read_data(services, selection) if words else None
        name = feature_called(found, words or "") if found else None
        if name is None:
            raise PreventUpdate
        return to_search(replace(selection, feature=name))

    @download_callback(app, Ids.REJECTS_CSV, role=Role.ANALYST)
    def download_rejects(clicks: int | None, search: str, pathname: str) -> dict[str, Any]:
        found = _asked(services, clicks, search, pathname)
        return rejects_csv(found, read_rejects(services, found))

    @download_callback(app, Ids.REJECTS_EXCEL, role=Role.ANALYST)
    def download_workbook(clicks: int | None, search: str, pathname: str) -> dict[str, Any]:
        found = _asked(services, clicks, search, pathname)
        return rejects_excel(found, read_rejects(services, found))


def feature_called(found: DataInView, words: str) -> str | None:
    """Return the name of the feature that is called so, else of the first that has the words."""
    wanted = words.strip().lower()
    exact = [f.name for f in found.features if wanted in (f.label.lower(), f.name.lower())]
    near = [f.name for f in found.features if wanted and wanted in f.label.lower()]
    return next(iter([*exact, *near]), None)


def _asked(services: Services, clicks: int | None, search: str, pathname: str) -> DataInView:
    found = read_data(services, from_url(pathname, search)) if clicks else None
    if found is None:
        raise PreventUpdate
    return found
