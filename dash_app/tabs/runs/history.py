"""The history of runs as a table: which run, how it was asked for, what came of it."""

from __future__ import annotations

from collections.abc import Callable

from dash import html
from dash.development.base_component import Component

from core.features.base import Kind
from core.readmodels import RunId, RunSummary
from dash_app.components.cards import card
from dash_app.components.chips import status_chip, verdict_chip
from dash_app.components.empty import empty_state
from dash_app.components.links import link
from dash_app.components.tables import Column, rows_table
from dash_app.figures.base import Table, TableColumn, table
from dash_app.formats import day, moment
from dash_app.tabs.runs.reading import History
from dash_app.tabs.runs.words import choices_in_words, duration

_COLUMNS = (
    Column("Run"),
    Column("Status"),
    Column("Segments"),
    Column("Asked for"),
    Column("Started (UTC)"),
)


def history_card(found: History, address: Callable[[RunId], str]) -> Component:
    """Return the runs, newest first; ``address`` gives the URL that shows one closely."""
    if not found.runs:
        return empty_state(
            "No runs yet",
            f"The files of {found.dataset.title} have been read but not segmented. Start a run "
            "here, or on the command line:",
            command=f"python manage.py segment {found.dataset.name}",
        )
    rows = [_row(run, found, address) for run in found.runs]
    return card(
        history_finding(found),
        rows_table(_COLUMNS, rows, caption="Runs, newest first", stacks=True),
        subtitle="Newest first; a run's number shows it closely below",
        class_name="runs",
    )


def history_finding(found: History) -> str:
    """Return which run everybody sees."""
    if found.live is None:
        return "Nothing is published yet"
    newer = sum(run.run_id > found.live.run_id for run in found.runs)
    if not newer:
        return f"Run {found.live.run_id} is live, and it is the latest"
    return (
        f"Run {found.live.run_id} is live; {newer} {'run is' if newer == 1 else 'runs are'} newer"
    )


def history_table(found: History) -> Table:
    """Return the runs as a table for a file, a line per run and view."""
    return table(
        (
            TableColumn("Run", Kind.COUNT),
            TableColumn("Status"),
            TableColumn("View"),
            TableColumn("Segments", Kind.COUNT),
            TableColumn("Verdict"),
            TableColumn("Asked for"),
            TableColumn("Seed", Kind.COUNT),
            TableColumn("Data to"),
            TableColumn("Started (UTC)"),
            TableColumn("Took"),
            TableColumn("Message"),
        ),
        [
            (
                int(run.run_id),
                run.status.value,
                lens.label if lens else "",
                lens.k if lens else None,
                lens.verdict.value if lens else "",
                choices_in_words(run.config, found.labels),
                run.seed,
                run.as_of.isoformat(),
                run.started_at.isoformat(sep=" ", timespec="seconds"),
                duration(run.started_at, run.finished_at),
                run.message,
            )
            for run in found.runs
            for lens in (run.lenses or (None,))
        ],
    )


def _row(run: RunSummary, found: History, address: Callable[[RunId], str]) -> tuple[object, ...]:
    current = {"aria-current": "true"} if run == found.chosen else {}
    return (
        link(f"Run {run.run_id}", address(run.run_id), "run-link", **current),
        status_chip(run.status),
        _segments(run),
        [
            html.Div(f"{choices_in_words(run.config, found.labels)}; seed {run.seed}"),
            html.Div(f"data to {day(run.as_of)}", className="field-hint text-nowrap"),
        ],
        _time(run),
    )


def _time(run: RunSummary) -> Component:
    took = duration(run.started_at, run.finished_at)
    return html.Div(
        [
            html.Div(moment(run.started_at), className="text-nowrap"),
            html.Div(f"took {took}" if took else "", className="field-hint"),
        ]
    )


def _segments(run: RunSummary) -> Component | str:
    if not run.lenses:
        return html.Span(run.message, className="run-message")
    return html.Div(
        [
            html.Div([html.Span(f"{lens.label} {lens.k}"), verdict_chip(lens.verdict, lens.label)])
            for lens in run.lenses
        ],
        className="run-lenses",
    )
