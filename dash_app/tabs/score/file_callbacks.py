"""Files to be scored: checked, sent, looked at while they wait, downloaded and removed."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from dash import ALL, Input, Output, State, ctx, dcc, no_update
from dash.development.base_component import Component
from dash.exceptions import PreventUpdate

from core.errors import ClienteleError
from core.readmodels import JobId
from dash_app.components.chips import Tone
from dash_app.components.empty import notice
from dash_app.context import open_view
from dash_app.guard import GuardedApp, caller
from dash_app.ids import Shell
from dash_app.roles import Role
from dash_app.selection import from_url, to_search
from dash_app.services import Services
from dash_app.tabs.score.file_card import GET, REMOVE, Ids
from dash_app.tabs.score.file_check import check_page, checked_file, read_wanted
from dash_app.tabs.score.file_reading import part_of_file, read_page
from dash_app.tabs.score.layout import MANY
from db.job_files import create_scoring_job, dismiss

_SENT = {f"{Ids.FILE}.contents": str, f"{Ids.FILE}.filename": str}


def register(app: GuardedApp, services: Services) -> None:
    """Wire the callbacks: parse, query, build, return."""
    _register_sending(app, services)
    _register_result(app, services)


def _register_sending(app: GuardedApp, services: Services) -> None:
    @app.callback(
        Output(Ids.FOUND, "children"),
        Output(Ids.GO, "disabled"),
        Input(Ids.FILE, "contents"),
        Input(Shell.URL, "search"),
        State(Ids.FILE, "filename"),
        State(Shell.URL, "pathname"),
        role=Role.ANALYST,
        accepts=_SENT,
    )
    def check_file(
        content: str | None, search: str, name: str | None, pathname: str
    ) -> tuple[Component, bool]:
        view = open_view(services, pathname, search)
        return check_page(read_wanted(services, view), view.lens.label, content, name)

    @app.callback(
        Output(Shell.URL, "search", allow_duplicate=True),
        Output(Ids.SAID, "children"),
        Output(Ids.FILE, "contents"),
        Input(Ids.GO, "n_clicks"),
        State(Ids.FILE, "contents"),
        State(Ids.FILE, "filename"),
        State(Shell.URL, "search"),
        State(Shell.URL, "pathname"),
        role=Role.ANALYST,
        accepts=_SENT,
        prevent_initial_call=True,
    )
    def send_file(
        clicks: int | None, content: str | None, name: str | None, search: str, pathname: str
    ) -> tuple[object, object, object]:
        if not clicks:
            raise PreventUpdate
        view = open_view(services, pathname, search)
        try:
            sent = checked_file(read_wanted(services, view), content, name)
            with services.jobs() as board:
                job_id = create_scoring_job(
                    board,
                    view.run.dataset.name,
                    run_id=view.run.run_id,
                    lens=view.lens.name,
                    file=sent.name,
                    content=sent.content,
                    asked_by=caller().name,
                )
        except ClienteleError as refusal:
            return no_update, notice(str(refusal), Tone.CARE), no_update
        services.enqueue(job_id)
        return to_search(replace(view.selection, view=MANY, job=job_id)), None, None


def _register_result(app: GuardedApp, services: Services) -> None:
    @app.callback(
        Output(Ids.RESULT, "children"),
        Output(Ids.LIST, "children"),
        Output(Ids.TICK, "disabled"),
        Output(Ids.ENDED, "children"),
        Input(Shell.URL, "search"),
        Input(Ids.TICK, "n_intervals"),
        State(Shell.URL, "pathname"),
        role=Role.ANALYST,
    )
    def show_result(
        search: str,
        ticks: int | None,  # noqa: ARG001
        pathname: str,
    ) -> tuple[object, ...]:
        view = open_view(services, pathname, search)
        return read_page(services, view, caller().name)

    @app.callback(
        Output(Shell.DOWNLOAD, "data", allow_duplicate=True),
        Input({"type": GET, "index": ALL}, "n_clicks"),
        State(Shell.URL, "search"),
        State(Shell.URL, "pathname"),
        role=Role.ANALYST,
        prevent_initial_call=True,
    )
    def download_part(clicks: list[int | None], search: str, pathname: str) -> dict[str, Any]:
        pressed = ctx.triggered_id
        job_id = from_url(pathname, search).job
        if not any(clicks) or not isinstance(pressed, dict) or job_id is None:
            raise PreventUpdate
        found = part_of_file(services, job_id, caller().name, str(pressed["index"]))
        if found is None:
            raise PreventUpdate
        name, content = found
        return dict(dcc.send_bytes(content, name, type="text/csv"))

    @app.callback(
        Output(Shell.URL, "search", allow_duplicate=True),
        Output(Ids.SAID, "children", allow_duplicate=True),
        Input(REMOVE, "n_clicks", allow_optional=True),
        State(Shell.URL, "search"),
        State(Shell.URL, "pathname"),
        role=Role.ANALYST,
        prevent_initial_call=True,
    )
    def remove_file(clicks: int | None, search: str, pathname: str) -> tuple[str, Component]:
        selection = from_url(pathname, search)
        if not clicks or selection.job is None:
            raise PreventUpdate
        with services.jobs() as board:
            was_there = dismiss(board, JobId(selection.job), caller().name)
        said = notice(
            "The file and its answers are removed." if was_there else "It was removed already.",
            Tone.PLAIN,
        )
        return to_search(replace(selection, view=MANY, job=None)), said
