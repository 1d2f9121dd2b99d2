"""The callbacks of the glossary: what is shown, searching, files out and in."""

from __future__ import annotations

from dataclasses import replace

from dash import Input, NoUpdate, Output, State, ctx, dcc, no_update
from dash.development.base_component import Component
from dash.exceptions import PreventUpdate

from core.errors import UsageError
from core.glossary.mistakes import GlossaryError
from dash_app.components.chips import Tone
from dash_app.components.empty import notice
from dash_app.guard import GuardedApp, caller
from dash_app.ids import Shell
from dash_app.roles import Role
from dash_app.selection import from_url, to_search
from dash_app.services import Services
from dash_app.tabs.glossary.exchange import (
    done_notice,
    mistakes_list,
    mode_of,
    received_files,
    zipped,
)
from dash_app.tabs.glossary.layout import Ids
from dash_app.tabs.glossary.reading import read_words
from dash_app.tabs.glossary.term_page import term_page
from dash_app.tabs.glossary.view import terms_card, tree_card
from db.queries.glossary import load_glossary
from db.writes import import_terms


def register(app: GuardedApp, services: Services) -> None:
    """Wire the callbacks: parse, query, build, return."""
    _register_page(app, services)
    _register_exchange(app, services)


def _register_page(app: GuardedApp, services: Services) -> None:
    @app.callback(
        Output(Ids.TREE, "children"),
        Output(Ids.CONTENT, "children"),
        Output(Ids.SEARCH, "value"),
        Output(Ids.IMPORT, "hidden"),
        Input(Shell.URL, "search"),
        Input(Ids.DONE, "children"),
        State(Shell.URL, "pathname"),
        role=Role.VIEWER,
        accepts={f"{Ids.DONE}.children": dict},
    )
    def show_words(
        search: str,
        done: object,  # noqa: ARG001
        pathname: str,
    ) -> tuple[Component, Component, str | NoUpdate, bool]:
        selection = from_url(pathname, search)
        words = read_words(services, selection)
        page = term_page if selection.term else terms_card
        may_import = caller().role.may_act_as(Role.ANALYST)
        is_first = ctx.triggered_id is None  # somebody quick may have begun to type already
        text = no_update if is_first and not selection.query else selection.query or ""
        return tree_card(words, selection), page(words, selection), text, not may_import

    @app.callback(
        Output(Shell.URL, "search", allow_duplicate=True),
        Input(Ids.SEARCH, "n_submit"),
        Input(Ids.GO, "n_clicks"),
        State(Ids.SEARCH, "value"),
        State(Shell.URL, "search"),
        State(Shell.URL, "pathname"),
        role=Role.VIEWER,
        accepts={f"{Ids.SEARCH}.value": str},
        prevent_initial_call=True,
    )
    def search_words(
        submits: int | None, clicks: int | None, text: str | None, search: str, pathname: str
    ) -> str:
        if not submits and not clicks:
            raise PreventUpdate
        selection = from_url(pathname, search)
        wanted = " ".join((text or "").split())[:100] or None
        return to_search(replace(selection, query=wanted, term=None, category=None))


def _register_exchange(app: GuardedApp, services: Services) -> None:
    @app.callback(
        Output(Shell.DOWNLOAD, "data", allow_duplicate=True),
        Input(Ids.EXPORT, "n_clicks"),
        role=Role.VIEWER,
        prevent_initial_call=True,
    )
    def send_files(clicks: int | None) -> dict[str, object]:
        if not clicks:
            raise PreventUpdate
        with services.read() as connection:
            files = zipped(load_glossary(connection))
        return dict(dcc.send_bytes(files, "glossary.zip", type="application/zip"))

    @app.callback(
        Output(Ids.CHOSEN, "children"),
        Input(Ids.FILES, "filename"),
        role=Role.ANALYST,
        accepts={f"{Ids.FILES}.filename": list},
        prevent_initial_call=True,
    )
    def name_files(names: list[object] | None) -> str:
        return ", ".join(str(name)[:100] for name in (names or [])[:12])

    @app.callback(
        Output(Ids.DONE, "children"),
        Output(Ids.FILES, "contents"),
        Input(Ids.START, "n_clicks"),
        State(Ids.FILES, "contents"),
        State(Ids.FILES, "filename"),
        State(Ids.MODE, "value"),
        role=Role.ANALYST,
        accepts={
            f"{Ids.FILES}.contents": list,
            f"{Ids.FILES}.filename": list,
            f"{Ids.MODE}.value": str,
        },
        prevent_initial_call=True,
    )
    def take_files(
        clicks: int | None, contents: object, names: object, mode: object
    ) -> tuple[Component, None]:
        if not clicks:
            raise PreventUpdate
        try:
            files, wanted = received_files(contents, names), mode_of(mode)
            with services.write() as connection:
                done = import_terms(connection, files, wanted, user=caller().name)
        except GlossaryError as error:
            return mistakes_list(error), None
        except UsageError as refusal:
            return notice(str(refusal), Tone.CARE), None
        return done_notice(done), None
