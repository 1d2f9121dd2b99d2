"""Callbacks that several tabs have alike: a page from the URL, and a table as a file."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from dash import Input, Output, State, dcc
from dash.development.base_component import Component

from dash_app.exports import csv_file
from dash_app.figures.base import Table
from dash_app.guard import GuardedApp
from dash_app.ids import Shell
from dash_app.roles import Role

ShowPage = Callable[[str, str, str], tuple[Component, Component]]
Download = Callable[[int | None, str, str], dict[str, Any]]


def page_callback(
    app: GuardedApp, controls: str, content: str, *, role: Role
) -> Callable[[ShowPage], ShowPage]:
    """Decorate ``(search, theme, pathname)`` -> children of a tab's controls and content."""
    return app.callback(
        Output(controls, "children"),
        Output(content, "children"),
        Input(Shell.URL, "search"),
        Input(Shell.THEME, "data"),
        State(Shell.URL, "pathname"),
        role=role,
    )


def download_callback(
    app: GuardedApp, button: str, *, role: Role
) -> Callable[[Download], Download]:
    """Decorate ``(clicks, search, pathname)`` -> `table_download`; the button may be absent."""
    return app.callback(
        Output(Shell.DOWNLOAD, "data", allow_duplicate=True),
        Input(button, "n_clicks", allow_optional=True),
        State(Shell.URL, "search"),
        State(Shell.URL, "pathname"),
        role=role,
        prevent_initial_call=True,
    )


def table_download(table: Table, name: str) -> dict[str, Any]:
    """Return a table as a CSV file of that name."""
    return dict(dcc.send_bytes(csv_file(table), name, type="text/csv"))
