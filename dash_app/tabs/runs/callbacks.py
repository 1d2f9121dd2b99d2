"""The callbacks of the page of runs: history, one run, new runs, jobs, publishing."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from dash import ALL, Input, Output, State, ctx, no_update
from dash.development.base_component import Component
from dash.exceptions import PreventUpdate

from core.errors import UsageError
from core.readmodels import JobId, RunId
from dash_app.components.chips import Tone
from dash_app.components.empty import notice
from dash_app.components.jobs import is_open
from dash_app.guard import GuardedApp, caller
from dash_app.ids import Shell
from dash_app.roles import Role
from dash_app.selection import from_url, href, to_search
from dash_app.services import Services
from dash_app.tabs.runs.asking import Wish, job_config
from dash_app.tabs.runs.ids import CANCEL, PUBLISH, ROLL_BACK, Ids
from dash_app.tabs.runs.inputs import input_options, ticked_inputs
from dash_app.tabs.runs.jobs import ending_words, finished_mark, jobs_card
from dash_app.tabs.runs.reading import (
    dataset_in_view,
    read_inputs,
    read_lenses,
)
from dash_app.tabs.runs.view import runs_page
from dash_app.theme import theme_named
from db import jobs
from db.writes import publish_run, roll_back


def register(app: GuardedApp, services: Services) -> None:
    """Wire the callbacks: parse, query, build, return."""
    _register_page(app, services)
    _register_jobs(app, services)
    _register_publishing(app, services)


def _register_page(app: GuardedApp, services: Services) -> None:
    @app.callback(
        Output(Ids.HISTORY, "children"),
        Output(Ids.DETAIL, "children"),
        Input(Shell.URL, "search"),
        Input(Shell.THEME, "data"),
        Input(Ids.FINISHED, "data"),
        State(Shell.URL, "pathname"),
        role=Role.VIEWER,
        accepts={f"{Ids.FINISHED}.data": str},
    )
    def show_runs(
        search: str,
        theme: str,
        finished: str | None,  # noqa: ARG001
        pathname: str,
    ) -> tuple[Component, Component | None]:
        selection = from_url(pathname, search)
        may_publish = caller().role.may_act_as(Role.ANALYST)
        return runs_page(services, selection, theme_named(theme), may_publish=may_publish)

    @app.callback(
        Output(Ids.NEW, "hidden"),
        Output(Ids.LENSES, "options"),
        Output(Ids.LENSES, "value"),
        Input(Shell.URL, "search"),
        State(Shell.URL, "pathname"),
        State(Ids.LENSES, "value"),
        role=Role.VIEWER,
        accepts={f"{Ids.LENSES}.value": list},
    )
    def offer_lenses(
        search: str, pathname: str, chosen: list[str] | None
    ) -> tuple[bool, list[dict[str, str]], list[str]]:
        _, lenses = read_lenses(services, from_url(pathname, search))
        names = [lens.name for lens in lenses]
        kept = [name for name in chosen or [] if name in names]
        options = [{"label": lens.label, "value": lens.name} for lens in lenses]
        hidden = not lenses or not caller().role.may_act_as(Role.ANALYST)
        return hidden, options, kept or names

    @app.callback(
        Output(Ids.INPUTS, "options"),
        Output(Ids.INPUTS, "value"),
        Input(Ids.LENSES, "value"),
        State(Shell.URL, "search"),
        State(Shell.URL, "pathname"),
        role=Role.VIEWER,
        accepts={f"{Ids.LENSES}.value": list},
    )
    def offer_inputs(
        chosen: list[str] | None, search: str, pathname: str
    ) -> tuple[list[dict[str, Any]], list[str]]:
        lenses, features = read_inputs(services, from_url(pathname, search))
        looked_through = [lens for lens in lenses if lens.name in (chosen or [])]
        return input_options(looked_through, features), ticked_inputs(looked_through)


def _register_jobs(app: GuardedApp, services: Services) -> None:
    @app.callback(
        Output(Ids.STARTED, "children"),
        Input(Ids.START, "n_clicks"),
        State(Ids.LENSES, "value"),
        State(Ids.K_MIN, "value"),
        State(Ids.K_MAX, "value"),
        State(Ids.SCALER, "value"),
        State(Ids.ALGORITHM, "value"),
        State(Ids.SEED, "value"),
        State(Ids.PURPOSE, "value"),
        State(Ids.IMPUTE, "value"),
        State(Ids.CAPS, "value"),
        State(Ids.LOGS, "value"),
        State(Ids.WEIGHTS, "value"),
        State(Ids.INPUTS, "value"),
        State(Ids.K_CHOSEN, "value"),
        State(Ids.NOTE, "value"),
        State(Ids.COMPARE, "value"),
        State(Shell.URL, "search"),
        State(Shell.URL, "pathname"),
        role=Role.ANALYST,
        accepts={
            "value": (int, float, str),
            f"{Ids.LENSES}.value": list,
            f"{Ids.INPUTS}.value": list,
            f"{Ids.COMPARE}.value": bool,
        },
        prevent_initial_call=True,
    )
    def start_run(clicks: int | None, *entered: object) -> Component:
        if not clicks:
            raise PreventUpdate
        *wished, search, pathname = entered
        dataset, lenses = read_lenses(services, from_url(str(pathname), str(search)))
        try:
            config = job_config(Wish(*wished), lenses)
        except UsageError as refusal:
            return notice(str(refusal), Tone.CARE)
        with services.jobs() as board:
            job_id = jobs.create_job(board, dataset, config, caller().name)
        services.enqueue(job_id)
        return notice(f"Job {job_id} is on its way; you may leave this page.", Tone.GOOD)

    @app.callback(
        Output(Ids.JOBS, "children"),
        Output(Ids.TICK, "disabled"),
        Output(Ids.FINISHED, "data"),
        Output(Ids.ENDED, "children"),
        Input(Ids.TICK, "n_intervals"),
        Input(Ids.STARTED, "children"),
        Input(Shell.URL, "search"),
        State(Shell.URL, "pathname"),
        State(Ids.FINISHED, "data"),
        role=Role.VIEWER,
        accepts={f"{Ids.STARTED}.children": dict, f"{Ids.FINISHED}.data": str},
    )
    def show_jobs(
        ticks: int | None,  # noqa: ARG001
        started: object,  # noqa: ARG001
        search: str,
        pathname: str,
        finished: str | None,
    ) -> tuple[object, ...]:
        selection = from_url(pathname, search)
        with services.jobs() as board:
            found = jobs.jobs(
                board,
                dataset_in_view(services, selection),
                heartbeat_timeout=services.heartbeat_timeout,
            )
        may_cancel = caller().role.may_act_as(Role.ANALYST)
        shown = jobs_card(found, lambda run: href(selection, run=run), may_cancel=may_cancel)
        mark, is_quiet = finished_mark(found), not any(is_open(job) for job in found)
        if mark == finished:
            return shown, is_quiet, no_update, no_update
        return shown, is_quiet, mark, no_update if finished is None else ending_words(found)

    @app.callback(
        Output(Ids.STARTED, "children", allow_duplicate=True),
        Input({"type": CANCEL, "index": ALL}, "n_clicks"),
        role=Role.ANALYST,
        prevent_initial_call=True,
    )
    def cancel_job(clicks: list[int | None]) -> Component:
        job = JobId(_number_pressed(clicks))
        with services.jobs() as board:
            jobs.cancel(board, job)
        return notice(f"Job {job} is asked to stop.", Tone.PLAIN)


def _register_publishing(app: GuardedApp, services: Services) -> None:
    @app.callback(
        Output(Shell.URL, "search", allow_duplicate=True),
        Output(Ids.PUBLISHED, "children"),
        Input({"type": PUBLISH, "index": ALL}, "n_clicks"),
        Input({"type": ROLL_BACK, "index": ALL}, "n_clicks"),
        State(Shell.URL, "search"),
        State(Shell.URL, "pathname"),
        role=Role.ANALYST,
        prevent_initial_call=True,
    )
    def make_live(
        publish: list[int | None], take_back: list[int | None], search: str, pathname: str
    ) -> tuple[object, Component]:
        run_id = RunId(_number_pressed([*publish, *take_back]))
        selection = from_url(pathname, search)
        dataset = dataset_in_view(services, selection)
        try:
            with services.write() as connection:
                if any(publish):
                    publish_run(connection, run_id, user=caller().name)
                    done, shown = f"Run {run_id} is live: everybody sees it now.", None
                else:
                    roll_back(connection, dataset, run_id, user=caller().name)
                    done, shown = f"Run {run_id} is live again: everybody sees it now.", run_id
        except UsageError as refusal:
            return no_update, notice(str(refusal), Tone.BAD)
        return to_search(replace(selection, run=shown)), notice(done, Tone.GOOD)


def _number_pressed(clicks: list[int | None]) -> int:
    """Return what the button that was pressed carries: its job's or its run's number."""
    pressed = ctx.triggered_id
    if not any(clicks) or not isinstance(pressed, dict) or type(pressed["index"]) is not int:
        raise PreventUpdate
    return int(pressed["index"])
