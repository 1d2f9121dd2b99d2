"""Customers by id: the two buttons of the card, for analysts."""

from __future__ import annotations

from typing import Any

from dash import Input, Output, State, html
from dash.development.base_component import Component
from dash.exceptions import PreventUpdate

from core.errors import UsageError
from core.readmodels import SegmentSummary
from core.scoring_ids import IdAnswer
from dash_app.context import View, open_view
from dash_app.guard import GuardedApp, caller
from dash_app.ids import Shell
from dash_app.pages import table_download
from dash_app.privacy import shown_segments, shown_statistics
from dash_app.roles import Role
from dash_app.services import Services
from dash_app.tabs.score.by_id import (
    Ids,
    answers_table,
    answers_view,
    asked_day,
    asked_ids,
    ranges_table,
)
from db.queries.chosen import answers_by_id
from db.queries.features import feature_catalogue
from db.queries.segments import segments, statistics

_TEXTS = {f"{Ids.TEXT}.value": str, f"{Ids.DAY}.value": str}


def register(app: GuardedApp, services: Services) -> None:
    """Wire the callbacks: parse, query, build, return."""

    @app.callback(
        Output(Ids.ANSWERS, "children"),
        Input(Ids.GO, "n_clicks"),
        State(Ids.TEXT, "value"),
        State(Ids.DAY, "value"),
        State(Shell.URL, "search"),
        State(Shell.URL, "pathname"),
        role=Role.ANALYST,
        accepts=_TEXTS,
        prevent_initial_call=True,
    )
    def answer_ids(
        clicks: int | None, text: str | None, day: str | None, search: str, pathname: str
    ) -> Component:
        if not clicks:
            raise PreventUpdate
        return _page(services, open_view(services, pathname, search), text, day)

    @app.callback(
        Output(Shell.DOWNLOAD, "data", allow_duplicate=True),
        Output(Ids.ANSWERS, "children", allow_duplicate=True),
        Input(Ids.CSV, "n_clicks"),
        State(Ids.TEXT, "value"),
        State(Ids.DAY, "value"),
        State(Shell.URL, "search"),
        State(Shell.URL, "pathname"),
        role=Role.ANALYST,
        accepts=_TEXTS,
        prevent_initial_call=True,
    )
    def download_answers(
        clicks: int | None, text: str | None, day: str | None, search: str, pathname: str
    ) -> tuple[dict[str, Any] | None, Component]:
        if not clicks:
            raise PreventUpdate
        view = open_view(services, pathname, search)
        page = _page(services, view, text, day)
        try:
            found, known = _answered(services, view, text, day)
        except UsageError:
            return None, page
        name = f"segments-by-id-{view.lens.name}.csv"
        return table_download(answers_table(found, known), name), page


def _page(services: Services, view: View, text: str | None, day: str | None) -> Component:
    """Return the answers, or the sentence that says what is wrong with what was asked."""
    try:
        answers, known = _answered(services, view, text, day)
    except UsageError as mistake:
        return html.P(str(mistake), className="field-error", role="alert")
    with services.read() as connection:
        found = statistics(connection, view.lens.segmentation_id, view.lens.inputs)
        catalogue = feature_catalogue(connection, view.run.snapshot_id)
    ranges = ranges_table(
        shown_statistics(found, services.smallest_group),
        shown_segments(known, services.smallest_group),
        {feature.name: feature for feature in catalogue},
        view.currency,
    )
    return answers_view(answers, known, ranges, view.currency)


def _answered(
    services: Services, view: View, text: str | None, day: str | None
) -> tuple[tuple[IdAnswer, ...], tuple[SegmentSummary, ...]]:
    with services.read() as connection:
        answers = answers_by_id(
            connection, view.run, view.lens, asked_ids(text), caller().role, asked_day(day)
        )
        return answers, segments(connection, view.lens.segmentation_id)
