"""The page of runs before its data arrive: ids, places, and the form for a new run."""

from __future__ import annotations

from enum import StrEnum

import dash_bootstrap_components as dbc
from dash import dcc, html
from dash.development.base_component import Component

from core.lens import Scaler
from core.segmentation.labels import ALGORITHM_LABELS
from dash_app.components.cards import card, cell, grid, page_header
from dash_app.components.forms import button, field
from dash_app.components.skeletons import slot
from dash_app.tabs.runs.asking import AS_IT_SAYS
from dash_app.tabs.runs.words import SCALER_LABELS

SLUG = "runs"
CANCEL = "runs-cancel"  # pattern-matching id of a job's button
PUBLISH, ROLL_BACK = "runs-publish", "runs-roll-back"  # in the detail of a run
_TICK = 1_500  # milliseconds between two looks at open jobs


class Ids(StrEnum):
    """The fixed ids of the tab."""

    HISTORY = "runs-history"
    DETAIL = "runs-detail"
    PUBLISHED = "runs-published"
    NEW = "runs-new"
    LENSES = "runs-lenses"
    K_MIN = "runs-k-min"
    K_MAX = "runs-k-max"
    SCALER = "runs-scaler"
    ALGORITHM = "runs-algorithm"
    SEED = "runs-seed"
    START = "runs-start"
    STARTED = "runs-started"
    JOBS = "runs-jobs"
    TICK = "runs-tick"
    FINISHED = "runs-finished"
    ENDED = "runs-ended"  # read aloud


def cancel_id(job: int) -> dict[str, object]:
    """Return the id of the button that stops a job."""
    return {"type": CANCEL, "index": job}


def layout() -> Component:
    """Return the skeleton."""
    return html.Div(
        [
            dcc.Interval(id=Ids.TICK, interval=_TICK, disabled=True),
            dcc.Store(id=Ids.FINISHED),
            page_header("What was tried, what is live"),
            html.Div(id=Ids.PUBLISHED, role="status"),
            html.Div(id=Ids.ENDED, role="status", className="visually-hidden"),
            grid(
                cell(slot(Ids.HISTORY, 320), 8, id="runs-history-cell"),
                cell([_new_run(), html.Div(id=Ids.JOBS, className="jobs")], 4, id=Ids.NEW),
                cell(slot(Ids.DETAIL, 480), 12),
            ),
        ]
    )


def _new_run() -> Component:
    return card(
        "New run",
        html.Fieldset(
            [
                html.Legend("Views of the customers", className="field-label"),
                dbc.Checklist(id=Ids.LENSES, options=[], value=[], className="choices"),
            ],
            className="field",
        ),
        html.Fieldset(
            [
                html.Legend("Number of segments", className="field-label"),
                html.Div(
                    [
                        _number(Ids.K_MIN, "Fewest segments", "fewest"),
                        html.Span("to", className="field-unit"),
                        _number(Ids.K_MAX, "Most segments", "most"),
                    ],
                    className="field-box",
                ),
                html.Div("Leave empty for the range of each view.", className="field-hint"),
            ],
            className="field",
        ),
        html.Details(
            [
                html.Summary("More choices"),
                _select(Ids.SCALER, "Scale of the inputs", _scalers()),
                _select(Ids.ALGORITHM, "Algorithm", dict(ALGORITHM_LABELS)),
                field(
                    "Seed",
                    dbc.Input(id=Ids.SEED, type="number", min=0, step=1, value=0),
                    field_id=Ids.SEED,
                    hint="The same seed gives the same segments again",
                ),
            ],
            className="more-choices",
        ),
        html.Div(button("Start the run", Ids.START, kind="primary"), className="form-end"),
        html.Div(id=Ids.STARTED, role="status"),
        subtitle="It becomes a draft: everybody is shown the published run until you publish this",
        class_name="new-run",
    )


def _number(identity: Ids, label: str, placeholder: str) -> Component:
    return html.Div(
        [
            html.Label(label, htmlFor=identity, className="visually-hidden"),
            dbc.Input(id=identity, type="number", min=2, max=20, step=1, placeholder=placeholder),
        ],
        className="in-a-row",
    )


def _select(identity: Ids, label: str, labels: dict[str, str]) -> Component:
    options = [{"label": words, "value": name} for name, words in labels.items()]
    first = {"label": "As the view says", "value": AS_IT_SAYS}
    control = dbc.Select(id=identity, options=[first, *options], value=AS_IT_SAYS)
    return field(label, control, field_id=identity)


def _scalers() -> dict[str, str]:
    return {scaler.value: SCALER_LABELS[scaler] for scaler in Scaler}
