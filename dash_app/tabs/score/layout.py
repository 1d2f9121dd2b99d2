"""The scoring page before its data arrive: ids, places, and the frame of the form."""

from __future__ import annotations

import json
from enum import StrEnum

import dash_bootstrap_components as dbc
from dash import html
from dash.development.base_component import Component

from dash_app.components.cards import card, cell, grid, page_header
from dash_app.components.empty import empty_state
from dash_app.components.forms import button
from dash_app.components.skeletons import skeleton, slot
from dash_app.guard import known_caller
from dash_app.roles import Role
from dash_app.tabs.score.by_id import ids_card
from dash_app.tabs.score.file_card import Ids as FileIds
from dash_app.tabs.score.file_card import file_card

SLUG = "score"
FIELD, ERROR = "score-field", "score-error"  # pattern-matching ids of the generated form
LONGEST_NAME = 64

MANY = "many"  # the sub-view of files and lists

_TITLE = "Where customers belong"


class Ids(StrEnum):
    """The fixed ids of the tab."""

    CONTROLS = "score-controls"
    ONE = "score-one"
    MANY = "score-many"
    FIELDS = "score-fields"
    LOADED = "score-loaded"
    RESULT = "score-result"
    DETAILS = "score-details"
    GO = "score-go"
    RESET = "score-reset"
    WHO = "score-who"
    LOAD = "score-load"
    LOAD_ERROR = "score-load-error"
    SCHEMA = "score-schema"


def field_id(feature: str) -> dict[str, str]:
    """Return the id of a feature's field."""
    return {"type": FIELD, "index": feature}


def error_id(feature: str) -> dict[str, str]:
    """Return the id of the place where a field's mistake is told."""
    return {"type": ERROR, "index": feature}


def as_html_id(identity: dict[str, str]) -> str:
    """Return a pattern-matching id as it stands in the page."""
    return json.dumps(identity, sort_keys=True, separators=(",", ":"))


def layout() -> Component:
    """Return the skeleton; for those who may not score, the reason.

    Without the form in the page, none of its callbacks fires: they are for analysts.
    """
    who = known_caller()
    if who is not None and not who.role.may_act_as(Role.ANALYST):
        return html.Div([page_header(_TITLE), _for_analysts()])
    return html.Div(
        [
            page_header(
                _TITLE, html.Div(id=Ids.CONTROLS), button("Schema (JSON)", Ids.SCHEMA, kind="quiet")
            ),
            html.Div(
                grid(
                    cell(_form(), 4),
                    cell(slot(Ids.RESULT, 600), 8),
                    cell(slot(Ids.DETAILS, 320), 12),
                ),
                id=Ids.ONE,
            ),
            html.Div(
                grid(
                    cell(file_card(), 6),
                    cell(ids_card(), 6),
                    cell(html.Div(id=FileIds.RESULT, className="stack"), 12),
                ),
                id=Ids.MANY,
                hidden=True,
            ),
        ]
    )


def _for_analysts() -> Component:
    return empty_state(
        "Scoring is for analysts",
        "It works with single customers. Ask an analyst, or an administrator for that role.",
    )


def _form() -> Component:
    reset = html.Button("Reset", id=Ids.RESET, type="button", className="card-tool")
    return card(
        "What we know",
        _load_row(),
        html.Div(skeleton(420), id=Ids.FIELDS, className="score-fields"),
        html.Div(button("Score", Ids.GO, kind="primary"), className="form-end"),
        tools=(reset,),
        class_name="score-form",
    )


def _load_row() -> Component:
    return html.Div(
        [
            html.Label("Load a customer", htmlFor=Ids.WHO, className="field-label"),
            html.Div(
                [
                    dbc.Input(
                        id=Ids.WHO,
                        type="text",
                        placeholder="C-… or customer number",
                        autocomplete="off",
                        maxlength=LONGEST_NAME,
                    ),
                    button("Load", Ids.LOAD),
                ],
                className="field-box",
            ),
            html.Div(id=Ids.LOAD_ERROR, className="field-error", role="alert"),
            html.Div(id=Ids.LOADED, className="field-hint", **{"aria-live": "polite"}),
        ],
        className="load-row",
    )
