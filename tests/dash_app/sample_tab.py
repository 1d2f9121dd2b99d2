"""A whole small tab that uses every component, for tests of the shell and for looking at."""

from __future__ import annotations

from enum import StrEnum
from typing import Any

import dash_bootstrap_components as dbc
from dash import ALL, MATCH, Input, Output, State, html
from dash.development.base_component import Component

from core.features.base import Kind
from core.readmodels import SegmentSummary
from dash_app.components.cards import (
    card,
    cell,
    grid,
    headline_list,
    kpi_card,
    kpi_row,
    lead_sentence,
    page_header,
)
from dash_app.components.charts import chart_slot, chart_with_table
from dash_app.components.chips import Tone
from dash_app.components.empty import empty_state, notice
from dash_app.components.forms import button, field
from dash_app.components.grids import data_grid
from dash_app.components.links import Choice, segmented_control
from dash_app.components.segments import segment_badge, segment_card, segment_row
from dash_app.components.skeletons import kpi_skeleton, slot
from dash_app.components.tables import Column, rows_table
from dash_app.components.words import word
from dash_app.context import View, open_view
from dash_app.exports import Sheet
from dash_app.figures.base import Table, TableColumn, table
from dash_app.figures.segment_shares import segment_shares
from dash_app.formats import count, money, percent, percent_with_n
from dash_app.guard import GuardedApp
from dash_app.ids import Shell
from dash_app.roles import Role
from dash_app.services import Services
from dash_app.tabs.base import Group, Tab
from dash_app.theme import theme_named
from db.queries.segments import segments


class Ids(StrEnum):
    CONTROLS = "sample-controls"
    KEY_FIGURES = "sample-key-figures"
    SEGMENTS = "sample-segments"
    SHARES = "sample-shares"
    PEOPLE = "sample-people"
    FORM = "sample-form"
    ADD = "sample-add"
    SILENT = "sample-silent"
    SUM = "sample-sum"
    CHOSEN = "sample-chosen"
    SECRET = "sample-secret"
    GRID = "sample-grid"


def layout() -> Component:
    return html.Div(
        [
            page_header("Who our customers are", html.Div(id=Ids.CONTROLS)),
            html.Div(kpi_skeleton(), id=Ids.KEY_FIGURES),
            slot(Ids.SEGMENTS, 150),
            grid(cell(chart_slot(Ids.SHARES, 340), 7), cell(slot(Ids.PEOPLE, 340), 5)),
            grid(
                cell(
                    card(
                        "A form made by a callback",
                        button("Add a field", Ids.ADD, kind="primary"),
                        button("Say nothing", Ids.SILENT),
                        button("Only for administrators", Ids.SECRET, kind="quiet"),
                        html.Div(id=Ids.FORM),
                        html.Div(id=Ids.SUM),
                        html.Div(id=Ids.CHOSEN),
                    ),
                    6,
                ),
                cell(
                    card(
                        "Every customer",
                        data_grid(
                            Ids.GRID,
                            [
                                {"field": "customer", "headerName": "Customer"},
                                {"field": "value", "headerName": "Value", "type": "rightAligned"},
                            ],
                            label="Customers",
                            rows=[{"customer": f"C-{i:04}", "value": i * 7} for i in range(40)],
                            height=260,
                        ),
                    ),
                    6,
                ),
            ),
        ]
    )


def register(app: GuardedApp, services: Services) -> None:
    def found(view: View) -> tuple[SegmentSummary, ...]:
        with services.read() as connection:
            return segments(connection, view.lens.segmentation_id)

    @app.callback(
        Output(Ids.CONTROLS, "children"),
        Output(Ids.KEY_FIGURES, "children"),
        Output(Ids.SEGMENTS, "children"),
        Output(Ids.PEOPLE, "children"),
        Input(Shell.URL, "search"),
        State(Shell.URL, "pathname"),
        role=Role.VIEWER,
    )
    def show_words(search: str, pathname: str) -> tuple[Any, ...]:
        view = open_view(services, pathname, search)
        return switch(view), key_figures(view), cards(found(view)), people(found(view))

    @app.callback(
        Output(Ids.SHARES, "children"),
        Input(Shell.URL, "search"),
        Input(Shell.THEME, "data"),
        State(Shell.URL, "pathname"),
        role=Role.VIEWER,
    )
    def show_shares(search: str, theme_name: str, pathname: str) -> Component:
        view = open_view(services, pathname, search)
        theme = theme_named(theme_name)
        chart = services.cache.get(
            ("sample-shares", view.lens.segmentation_id, theme.name),
            lambda: segment_shares(found(view), theme=theme, currency=view.currency),
        )
        return chart_with_table(chart, chart_id=Ids.SHARES, currency=view.currency)

    @app.callback(
        Output(Ids.FORM, "children"),
        Input(Ids.ADD, "n_clicks"),
        role=Role.ANALYST,
        prevent_initial_call=True,
    )
    def add_fields(clicks: int) -> list[Component]:
        return [_field(index) for index in range(min(clicks or 0, 5))]

    @app.callback(
        Output({"type": "sample-echo", "index": MATCH}, "children"),
        Input({"type": "sample-field", "index": MATCH}, "value"),
        role=Role.ANALYST,
        accepts={"value": (int, float)},
    )
    def echo(value: float | None) -> str:
        return "nothing yet" if value is None else f"You wrote {value:g}."

    @app.callback(
        Output(Ids.SUM, "children", allow_duplicate=True),
        Input({"type": "sample-field", "index": ALL}, "value"),
        State({"type": "sample-field", "index": ALL}, "id"),
        role=Role.ANALYST,
        accepts={"value": (int, float)},
        prevent_initial_call=True,
    )
    def add_up(values: list[float | None], ids: list[dict[str, Any]]) -> str:
        return f"{len(ids)} fields, {sum(value or 0 for value in values):g} together."

    @app.callback(Input(Ids.SILENT, "n_clicks"), role=Role.VIEWER, prevent_initial_call=True)
    def hear(clicks: int | None) -> None:
        return None

    @app.callback(
        Output(Ids.CHOSEN, "children"),
        Input(Ids.SECRET, "n_clicks"),
        Input("sample-late-graph", "clickData", allow_optional=True),
        role=Role.ADMIN,
        prevent_initial_call=True,
    )
    def choose(clicks: int | None, point: object) -> str:
        return f"chosen {clicks}"


def switch(view: View) -> Component:
    return segmented_control(
        [
            Choice(lens.label, view.href(lens=lens.name), lens.name == view.lens.name)
            for lens in view.run.lenses
        ],
        label="Lens",
    )


def key_figures(view: View) -> Component:
    return kpi_row(
        kpi_card("Customers", count(747), "+12 since the last snapshot", tone=Tone.GOOD),
        kpi_card(
            "Balances and credit",
            money(1_520_345.5, view.currency, compact=True),
            "median $1,146 per customer",
            exact=money(1_520_345.5, view.currency, exact=True),
        ),
        kpi_card(
            word("In stable segments", "Stability"),
            percent(0.89),
            percent_with_n(0.89, 662),
        ),
        kpi_card("Moved this quarter", count(61), "46 changed themselves", tone=Tone.CARE),
    )


def cards(found: tuple[SegmentSummary, ...]) -> Component:
    return html.Div(
        [
            notice("This is a notice with something to say.", Tone.ACCENT),
            lead_sentence("Knowing **who** a customer is tells you almost nothing.", "Hardly."),
            segment_row(*(segment_card(segment, href="/sample") for segment in found)),
        ],
        className="stack",
    )


def people(found: tuple[SegmentSummary, ...]) -> Component:
    rows = [
        (f"C-{segment.key[:4]}", segment_badge(segment.name, segment.colour), count(segment.size))
        for segment in found
    ]
    return html.Div(
        [
            card(
                "Top action clients",
                rows_table(
                    [Column("Customer"), Column("Segment"), Column("Size", is_number=True)],
                    rows,
                    caption="Top action clients",
                ),
                subtitle="High value, and something just changed",
            ),
            headline_list("In three sentences", ["**About 1 in 2** pays by card.", "Plain one."]),
            empty_state("Nothing here", "Run this:", command="python manage.py demo"),
        ]
    )


def export(services: Services, view: View) -> tuple[Sheet, ...]:
    return (Sheet("Segments", SMALL_TABLE),)


def _field(index: int) -> Component:
    name = {"type": "sample-field", "index": index}
    return html.Div(
        [
            field(
                f"Field {index + 1}",
                dbc.Input(id=name, type="number"),
                field_id=f"field-{index}",
                hint="typical 156",
                unit="$",
            ),
            html.Div(id={"type": "sample-echo", "index": index}),
        ]
    )


SMALL_TABLE: Table = table(
    [TableColumn("Segment"), TableColumn("Value", Kind.MONEY)], [("Savers", 1.5), ("=1+1", None)]
)
TAB = Tab("sample", "Sample", Group.EXPLORE, layout, register, export=export)
HOME = Tab(
    "overview", "Overview", Group.EXPLORE, lambda: html.Div(html.H1("Home")), lambda *_: None
)
TRUST = Tab(
    "runs", "Runs", Group.TRUST, lambda: html.Div(html.H1("Runs")), lambda *_: None, needs_run=False
)
