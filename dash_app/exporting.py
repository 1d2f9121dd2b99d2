"""The header's export menu: the tables of the tab in view as CSV or Excel."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from dash import Input, Output, State, dcc
from dash.exceptions import PreventUpdate

from dash_app.context import View, open_view
from dash_app.exports import EXCEL, Sheet, Value, csv_file, csv_files, excel_file
from dash_app.formats import day, moment
from dash_app.guard import GuardedApp
from dash_app.ids import Shell
from dash_app.roles import Role
from dash_app.selection import from_url
from dash_app.services import Services
from dash_app.tabs.base import Tab
from dash_app.tabs.registry import tab_of


def install_export(app: GuardedApp, services: Services, tabs: Sequence[Tab]) -> None:
    """Make the menu's two files."""
    _register(app, services, tabs, Shell.EXPORT_CSV, csv_download)
    _register(app, services, tabs, Shell.EXPORT_EXCEL, excel_download)


def csv_download(sheets: Sequence[Sheet], view: View) -> dict[str, Any]:
    """Return the download of one table as CSV, of several as a zip of them."""
    if len(sheets) == 1:
        return _file(csv_file(sheets[0].table), f"{file_stem(view)}.csv", "text/csv")
    return _file(csv_files(sheets), f"{file_stem(view)}.zip", "application/zip")


def excel_download(sheets: Sequence[Sheet], view: View) -> dict[str, Any]:
    """Return the download of a workbook with an *About* sheet."""
    return _file(excel_file(sheets, about(view)), f"{file_stem(view)}.xlsx", EXCEL)


def about(view: View) -> list[tuple[str, Value]]:
    """Return what a reader of the file must know: which data, which run, which view."""
    run, lens = view.run, view.lens
    return [
        ("Data set", run.dataset.title),
        ("As of", day(run.as_of)),
        ("Customers", run.customers),
        ("Currency", run.dataset.currency),
        ("Run", int(run.run_id)),
        ("Status of the run", run.status.value),
        ("Computed (UTC)", moment(run.computed_at)),
        ("Lens", lens.label),
        ("Question", lens.question),
        ("Verdict on the segments", lens.verdict.value),
        ("View", view.selection.tab),
        ("Shares", "of all customers unless a column says otherwise; 0.5 is 50 %"),
        ("Use", "Insight only, not for credit decisions."),
    ]


def file_stem(view: View) -> str:
    """Return a file name that says what is inside."""
    run = view.run
    return f"clientele-{run.dataset.name}-{view.selection.tab}-run-{run.run_id}"


def _file(content: bytes, name: str, kind: str) -> dict[str, Any]:
    return dict(dcc.send_bytes(content, name, type=kind))


def _register(
    app: GuardedApp,
    services: Services,
    tabs: Sequence[Tab],
    button: Shell,
    download: Callable[[Sequence[Sheet], View], dict[str, Any]],
) -> None:
    @app.callback(
        Output(Shell.DOWNLOAD, "data", allow_duplicate=True),
        Input(button, "n_clicks"),
        State(Shell.URL, "pathname"),
        State(Shell.URL, "search"),
        role=Role.VIEWER,
        prevent_initial_call=True,
    )
    def export_view(
        clicks: int | None,
        pathname: str | None,
        search: str | None,
    ) -> dict[str, Any]:
        tab = tab_of(from_url(pathname, search).tab, tabs)
        if not clicks or tab is None or tab.export is None:
            raise PreventUpdate
        view = open_view(services, pathname, search, tab.side)
        return download(tab.export(services, view), view)
