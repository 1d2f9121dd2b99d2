"""The shell: the one routing callback, and what the header says and does."""

from __future__ import annotations

from collections.abc import Sequence

from dash import MATCH, Input, Output, State, html
from dash.development.base_component import Component
from dash.exceptions import PreventUpdate
from flask import Flask, Response, request

from core.readmodels import DatasetHeader, RunContext
from dash_app import frame, nothing
from dash_app.components.charts import PLOT, TOGGLE, TWIN
from dash_app.context import choose_dataset, lens_in_view
from dash_app.exporting import install_export
from dash_app.gate import Endpoint
from dash_app.guard import Caller, GuardedApp, known_caller
from dash_app.ids import Shell
from dash_app.lookup import install_lookup
from dash_app.roles import Role
from dash_app.selection import Selection, from_url
from dash_app.services import Services
from dash_app.shell_layout import shell_layout
from dash_app.tabs.base import Tab
from dash_app.tabs.registry import tab_of
from dash_app.terms import install_terms
from db.queries.datasets import datasets, run_context


def install_shell(
    app: GuardedApp, services: Services, tabs: Sequence[Tab], *, is_local: bool
) -> None:
    """Give the app its layout, its routing and its header."""
    app.dash.validation_layout = html.Div(
        [shell_layout(None, may_look_up=True), *(tab.layout() for tab in tabs)]
    )
    app.dash.layout = lambda: _layout_for(known_caller(), is_local=is_local)
    _register_routing(app, services, tabs)
    _register_frame(app, services, tabs)
    install_lookup(app, services)
    install_export(app, services, tabs)
    install_terms(app, services)
    app.clientside("theme", "resolve", Output(Shell.THEME, "data"), Input(Shell.URL, "pathname"))
    app.clientside("page", "arrive", Input(Shell.PAGE_STATE, "data"))
    _register_chart_cards(app)
    _answer_unknown_pages(app.dash.server, {tab.slug for tab in tabs})


def _layout_for(who: Caller | None, *, is_local: bool) -> Component:
    may_look_up = who is not None and who.role.may_act_as(Role.ANALYST)
    return shell_layout(None if is_local else who, may_look_up=may_look_up)


def _register_routing(app: GuardedApp, services: Services, tabs: Sequence[Tab]) -> None:
    @app.callback(
        Output(Shell.PAGE, "children"),
        Output(Shell.PAGE_STATE, "data"),
        Input(Shell.URL, "pathname"),
        Input(Shell.URL, "search"),
        State(Shell.PAGE_STATE, "data"),
        role=Role.VIEWER,
        accepts={f"{Shell.PAGE_STATE}.data": dict},
    )
    def show_page(
        pathname: str | None, search: str | None, state: dict[str, str] | None
    ) -> tuple[Component, dict[str, str]]:
        selection = from_url(pathname, search)
        known, run = _what_is_shown(services, selection)
        title, page = page_of(selection, tabs, known, run)
        is_tab = tab_to_show(selection, tabs, run) is not None  # a reason differs by the search
        arrived = {"title": title, "page": selection.tab + ("" if is_tab else search or "")}
        if arrived == state:
            raise PreventUpdate
        return page, arrived


def page_of(
    selection: Selection,
    tabs: Sequence[Tab],
    known: Sequence[DatasetHeader],
    run: RunContext | None,
) -> tuple[str, Component]:
    """Return a page's title and its skeleton, or the reason why there is none."""
    asked, shown = tab_of(selection.tab, tabs), tab_to_show(selection, tabs, run)
    if asked is None:
        return "No such page", nothing.unknown_page(selection)
    if shown is None and run is not None:
        return "Nothing to show", nothing.nothing_of_run(selection, run, asked.side)
    if shown is None:
        return "Nothing to show", nothing.nothing_to_show(selection, known)
    return shown.label, shown.layout()


def tab_to_show(selection: Selection, tabs: Sequence[Tab], run: RunContext | None) -> Tab | None:
    """Return the tab that the address names, None if there is none or nothing for it to show."""
    tab = tab_of(selection.tab, tabs)
    if tab is None or not tab.needs_run:
        return tab
    return tab if run is not None and lens_in_view(run, selection, tab.side) is not None else None


def _register_frame(app: GuardedApp, services: Services, tabs: Sequence[Tab]) -> None:
    @app.callback(
        Output(Shell.HEADER_CONTEXT, "children"),
        Output(Shell.TABS, "children"),
        Output(Shell.NOTICES, "children"),
        Output(Shell.PROVENANCE, "children"),
        Output(Shell.EXPORT_CSV, "disabled"),
        Output(Shell.EXPORT_EXCEL, "disabled"),
        Input(Shell.URL, "pathname"),
        Input(Shell.URL, "search"),
        role=Role.VIEWER,
    )
    def show_frame(pathname: str | None, search: str | None) -> tuple[object, ...]:
        selection = from_url(pathname, search)
        known, run = _what_is_shown(services, selection)
        tab = tab_of(selection.tab, tabs)
        lens = lens_in_view(run, selection, tab.side if tab else None) if run else None
        has_no_export = tab is None or tab.export is None or lens is None
        return (
            frame.header_context(selection, known, run, lens),
            frame.tab_links(selection, tabs),
            frame.notices(selection, run, lens),
            frame.provenance(run),
            *(has_no_export, has_no_export),
        )


def _what_is_shown(
    services: Services, selection: Selection
) -> tuple[tuple[DatasetHeader, ...], RunContext | None]:
    with services.read() as connection:
        known = datasets(connection)
        name = choose_dataset(known, selection.dataset)
        return known, run_context(connection, name, selection.run) if name else None


def _register_chart_cards(app: GuardedApp) -> None:
    """One function in the browser turns every chart into its table and back."""
    app.clientside(
        "charts",
        "toggle",
        Output({"type": PLOT, "index": MATCH}, "hidden"),
        Output({"type": TWIN, "index": MATCH}, "hidden"),
        Output({"type": TOGGLE, "index": MATCH}, "aria-pressed"),
        Input({"type": TOGGLE, "index": MATCH}, "n_clicks"),
        prevent_initial_call=True,
    )


def _answer_unknown_pages(server: Flask, slugs: set[str]) -> None:
    """Send the document of an unknown address with status 404: the shell then says so in words."""

    @server.after_request
    def mark_unknown(response: Response) -> Response:
        is_page = request.endpoint == Endpoint.PAGE and response.status_code == 200
        if is_page and request.path.strip("/") not in slugs:
            response.status_code = 404
        return response
