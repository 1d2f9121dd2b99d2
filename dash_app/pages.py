"""What several tabs have alike: a page from the URL, kept as JSON, and a table as a file."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from typing import Any, TypeAlias

import orjson
from dash import Input, Output, State, dcc
from dash._utils import to_json
from dash.development.base_component import Component

from dash_app.cache import RunCache
from dash_app.exports import csv_file
from dash_app.figures.base import Table
from dash_app.guard import GuardedApp
from dash_app.ids import Shell
from dash_app.roles import Role

Content: TypeAlias = Component | orjson.Fragment
ShowPage = Callable[[str, str, str], tuple[Component, Content]]
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


def kept(pages: RunCache, key: Hashable, build: Callable[[], Component]) -> orjson.Fragment:
    """Return a component as JSON that is made once; ``key`` names everything it depends on.

    Building a page of several charts and writing it as JSON costs many times what all else of a
    request does.
    """
    return pages.get(key, lambda: orjson.Fragment(to_json(build())))


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
