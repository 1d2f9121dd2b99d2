"""The form for a new run: views and a range at first sight, everything else folded away."""

from __future__ import annotations

from collections.abc import Mapping

import dash_bootstrap_components as dbc
from dash import html
from dash.development.base_component import Component

from core.lens import Scaler
from core.pipeline.options import LONGEST_NOTE
from core.segmentation.labels import ALGORITHM_LABELS
from dash_app.components.cards import card
from dash_app.components.forms import button, field
from dash_app.tabs.runs.asking import AS_IT_SAYS
from dash_app.tabs.runs.ids import Ids
from dash_app.tabs.runs.words import IMPUTE_LABELS, PURPOSE_LABELS, SCALER_LABELS, SWITCH_LABELS


def new_run_form() -> Component:
    """Return the card with the form; its options are filled by callbacks."""
    return card(
        "New run",
        _group(
            "Views of the customers",
            dbc.Checklist(id=Ids.LENSES, options=[], value=[], className="choices"),
        ),
        _group(
            "Number of segments",
            html.Div(
                [
                    _number(Ids.K_MIN, "Fewest segments", "fewest"),
                    html.Span("to", className="field-unit"),
                    _number(Ids.K_MAX, "Most segments", "most"),
                ],
                className="field-box",
            ),
            html.Div("Leave empty for the range of each view.", className="field-hint"),
        ),
        _select(Ids.PURPOSE, "Purpose", PURPOSE_LABELS, first="Not stated"),
        _folded("More choices", *_method()),
        _folded("Inputs and how they are prepared", *_preparation()),
        _folded("Decide the number yourself", *_decision()),
        html.Div(button("Start the run", Ids.START, kind="primary"), className="form-end"),
        html.Div(id=Ids.STARTED, role="status"),
        subtitle="It becomes a draft: everybody is shown the published run until you publish this",
        class_name="new-run",
    )


def _method() -> tuple[Component, ...]:
    return (
        _select(Ids.ALGORITHM, "Algorithm", ALGORITHM_LABELS),
        field(
            "Seed",
            dbc.Input(id=Ids.SEED, type="number", min=0, step=1, value=0),
            field_id=Ids.SEED,
            hint="The same seed gives the same segments again",
        ),
        dbc.Checkbox(
            id=Ids.COMPARE, label="Compare scalers and algorithms; takes longer", value=False
        ),
    )


def _preparation() -> tuple[Component, ...]:
    scalers = {scaler.value: SCALER_LABELS[scaler] for scaler in Scaler}
    return (
        _select(Ids.SCALER, "Scale of the inputs", scalers),
        _select(Ids.IMPUTE, "Missing numbers", IMPUTE_LABELS),
        _select(Ids.CAPS, "Extreme values", {"on": "Pulled in", "off": "Left as they are"}),
        _select(Ids.LOGS, "Logarithms of numbers", SWITCH_LABELS),
        field(
            "Weights",
            dbc.Input(id=Ids.WEIGHTS, type="text", maxLength=400, placeholder="income=2, age=0.5"),
            field_id=Ids.WEIGHTS,
            hint="An input of weight 2 counts as much as two; 1 where nothing is said",
        ),
        _group(
            "Inputs",
            dbc.Checklist(id=Ids.INPUTS, options=[], value=[], className="choices choices-many"),
            html.Div(
                "With one view chosen, other inputs can be added to it.", className="field-hint"
            ),
        ),
    )


def _decision() -> tuple[Component, ...]:
    return (
        html.Div(
            "The run still tries the range and says what it would have chosen.",
            className="field-hint",
        ),
        field(
            "Segments",
            dbc.Input(id=Ids.K_CHOSEN, type="number", min=2, max=20, step=1),
            field_id=Ids.K_CHOSEN,
            hint="For one view at a time",
        ),
        field(
            "Why",
            dbc.Input(id=Ids.NOTE, type="text", maxLength=LONGEST_NOTE),
            field_id=Ids.NOTE,
            hint="Stands beside the number, with your name",
        ),
    )


def _group(legend: str, *parts: Component) -> Component:
    return html.Fieldset([html.Legend(legend, className="field-label"), *parts], className="field")


def _folded(summary: str, *parts: Component) -> Component:
    return html.Details([html.Summary(summary), *parts], className="more-choices")


def _number(identity: Ids, label: str, placeholder: str) -> Component:
    return html.Div(
        [
            html.Label(label, htmlFor=identity, className="visually-hidden"),
            dbc.Input(id=identity, type="number", min=2, max=20, step=1, placeholder=placeholder),
        ],
        className="in-a-row",
    )


def _select(
    identity: Ids, label: str, labels: Mapping[str, str], first: str = "As the view says"
) -> Component:
    options = [{"label": words, "value": name} for name, words in labels.items()]
    control = dbc.Select(
        id=identity, options=[{"label": first, "value": AS_IT_SAYS}, *options], value=AS_IT_SAYS
    )
    return field(label, control, field_id=identity)
