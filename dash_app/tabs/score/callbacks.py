"""The scoring page's callbacks: form, look-up, mistakes, and the answer."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from dash import ALL, MATCH, Input, Output, State, no_update
from dash.exceptions import PreventUpdate

from core.errors import UsageError
from dash_app.context import open_view
from dash_app.guard import GuardedApp, caller
from dash_app.ids import Shell
from dash_app.roles import Role
from dash_app.selection import from_url
from dash_app.services import Services
from dash_app.tabs.score import by_id_callbacks, file_callbacks, schema
from dash_app.tabs.score.entered import texts_by_name
from dash_app.tabs.score.fields import parsed
from dash_app.tabs.score.layout import ERROR, FIELD, LONGEST_NAME, Ids
from dash_app.tabs.score.reading import find_one, read_form
from dash_app.tabs.score.scoring import answer_page
from dash_app.tabs.score.view import form_page, is_many
from dash_app.theme import theme_named

Page = tuple[object, object, object]


def register(app: GuardedApp, services: Services) -> None:
    """Wire the callbacks: parse, query, build, return."""
    _register_form(app, services)
    _register_look_up(app, services)
    by_id_callbacks.register(app, services)
    file_callbacks.register(app, services)
    schema.register(app, services)

    @app.callback(
        Output(Ids.RESULT, "children"),
        Output(Ids.DETAILS, "children"),
        Output(Ids.LOADED, "children", allow_duplicate=True),
        Input(Ids.GO, "n_clicks"),
        Input(Shell.THEME, "data"),
        Input({"type": FIELD, "index": ALL}, "value"),
        State({"type": FIELD, "index": ALL}, "id"),
        State(Shell.CUSTOMER, "data"),
        State(Shell.URL, "search"),
        State(Shell.URL, "pathname"),
        role=Role.ANALYST,
        accepts={"value": (str, int, float), "id": dict},
        prevent_initial_call=True,
    )
    def score(
        clicks: int | None,  # noqa: ARG001
        theme: str,
        texts: Sequence[object],
        ids: Sequence[Mapping[str, str]],
        customer: str | None,
        search: str,
        pathname: str,
    ) -> Page:
        view = open_view(services, pathname, search)
        page = answer_page(services, view, theme_named(theme), customer, texts_by_name(ids, texts))
        if page is None:
            raise PreventUpdate
        return page


def _register_form(app: GuardedApp, services: Services) -> None:
    @app.callback(
        Output(Ids.CONTROLS, "children"),
        Output(Ids.FIELDS, "children"),
        Output(Ids.LOADED, "children"),
        Input(Shell.URL, "search"),
        Input(Shell.CUSTOMER, "data"),
        Input(Ids.RESET, "n_clicks"),
        State(Shell.URL, "pathname"),
        role=Role.ANALYST,
    )
    def show_form(
        search: str,
        customer: str | None,
        resets: int | None,  # noqa: ARG001
        pathname: str,
    ) -> tuple[object, ...]:
        return form_page(services, open_view(services, pathname, search), customer)

    @app.callback(
        Output(Ids.ONE, "hidden"),
        Output(Ids.MANY, "hidden"),
        Input(Shell.URL, "search"),
        State(Shell.URL, "pathname"),
        role=Role.ANALYST,
    )
    def choose_part(search: str, pathname: str) -> tuple[bool, bool]:
        many = is_many(from_url(pathname, search))
        return many, not many

    @app.callback(
        Output({"type": ERROR, "index": MATCH}, "children"),
        Input({"type": FIELD, "index": MATCH}, "value"),
        State({"type": FIELD, "index": MATCH}, "id"),
        State(Shell.URL, "search"),
        State(Shell.URL, "pathname"),
        role=Role.ANALYST,
        accepts={"value": (str, int, float), "id": dict},
        prevent_initial_call=True,
    )
    def tell_mistake(text: object, identity: Mapping[str, str], search: str, pathname: str) -> str:
        view = open_view(services, pathname, search)
        field = read_form(services, view, view.lens).by_name.get(identity["index"])
        if field is None:
            raise PreventUpdate
        try:
            parsed(field, text)
        except UsageError as mistake:
            return str(mistake)
        return ""


def _register_look_up(app: GuardedApp, services: Services) -> None:
    @app.callback(
        Output(Shell.CUSTOMER, "data", allow_duplicate=True),
        Output(Ids.LOAD_ERROR, "children"),
        Input(Ids.LOAD, "n_clicks"),
        Input(Ids.WHO, "n_submit"),
        State(Ids.WHO, "value"),
        State(Shell.URL, "search"),
        State(Shell.URL, "pathname"),
        role=Role.ANALYST,
        accepts={f"{Ids.WHO}.value": str},
        prevent_initial_call=True,
    )
    def load_customer(
        clicks: int | None,
        submits: int | None,
        text: str | None,
        search: str,
        pathname: str,
    ) -> tuple[object, str]:
        if not clicks and not submits:
            raise PreventUpdate
        view = open_view(services, pathname, search)
        wanted = (text or "")[:LONGEST_NAME]
        try:
            return find_one(services, view.run.snapshot_id, wanted, caller().role), ""
        except UsageError as mistake:
            return no_update, str(mistake)

    @app.callback(
        Output(Shell.CUSTOMER, "data", allow_duplicate=True),
        Output(Ids.WHO, "value"),
        Output(Ids.LOAD_ERROR, "children", allow_duplicate=True),
        Input(Ids.RESET, "n_clicks"),
        role=Role.ANALYST,
        prevent_initial_call=True,
    )
    def forget_customer(clicks: int | None) -> tuple[None, str, str]:
        if not clicks:
            raise PreventUpdate
        return None, "", ""
