"""The page of the glossary before its data arrive: ids, search, places, and the import form."""

from __future__ import annotations

from enum import StrEnum

import dash_bootstrap_components as dbc
from dash import dcc, html
from dash.development.base_component import Component

from dash_app.components.cards import card, cell, grid, page_header
from dash_app.components.forms import button
from dash_app.components.skeletons import slot
from db.glossary import Mode

SLUG = "glossary"
LARGEST_FILE = 700_000  # bytes of a file that a browser may send


class Ids(StrEnum):
    """The fixed ids of the tab."""

    SEARCH = "glossary-search"
    GO = "glossary-go"
    TREE = "glossary-tree"
    CONTENT = "glossary-content"
    EXPORT = "glossary-export"
    IMPORT = "glossary-import"
    FILES = "glossary-files"
    CHOSEN = "glossary-chosen"
    MODE = "glossary-mode"
    START = "glossary-start"
    DONE = "glossary-done"


def layout() -> Component:
    """Return the skeleton."""
    return html.Div(
        [
            page_header("What our words mean", _search()),
            grid(
                cell(
                    [slot(Ids.TREE, 320), html.Div(_exchange(), id=Ids.IMPORT, hidden=True)],
                    4,
                    id="glossary-side",
                ),
                cell(slot(Ids.CONTENT, 480), 8, id="glossary-main"),
            ),
        ],
        className="glossary",
    )


def _search() -> Component:
    return html.Div(
        [
            html.Label("Search the glossary", htmlFor=Ids.SEARCH, className="visually-hidden"),
            dbc.Input(id=Ids.SEARCH, type="search", placeholder="Search, e.g. recency", value=""),
            button("Search", Ids.GO, kind="primary"),
        ],
        className="glossary-search",
        role="search",
    )


def _exchange() -> Component:
    choices = [
        {"label": "Add: equal terms are replaced, all others stay", "value": Mode.ADD.value},
        {
            "label": "Replace all: these files become the whole glossary",
            "value": Mode.REPLACE.value,
        },
    ]
    return card(
        "Bring in your own words",
        dcc.Upload(
            html.Span("Choose the CSV files or drop them here", className="drop-here"),
            id=Ids.FILES,
            multiple=True,
            accept=".csv,text/csv",
            className="drop-place",
            max_size=LARGEST_FILE,
        ),
        html.Div(id=Ids.CHOSEN, className="field-hint", role="status"),
        html.Fieldset(
            [
                html.Legend("What the files do", className="field-label"),
                dbc.RadioItems(
                    id=Ids.MODE, options=choices, value=Mode.ADD.value, className="choices"
                ),
            ],
            className="field",
        ),
        html.Div(
            [
                button("Export all", Ids.EXPORT),
                button("Import", Ids.START, kind="primary"),
            ],
            className="form-end",
        ),
        html.Div(id=Ids.DONE, role="status"),
        subtitle="Categories, terms and columns, each a file; what is exported imports again",
        class_name="new-run",
    )
