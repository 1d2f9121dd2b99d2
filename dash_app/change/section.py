"""What changed since the run before: who moved and why, from where to where, and what drifted."""

from __future__ import annotations

from dash import html
from dash.development.base_component import Component

from dash_app.change.reading import Changed, read_change
from dash_app.change.unlike import unlike_card
from dash_app.change.words import (
    coming_and_going,
    drift_sentence,
    how_many,
    movement_sentence,
    since,
)
from dash_app.components.cards import card, cell, grid, kpi_card, kpi_row
from dash_app.components.charts import chart_with_table
from dash_app.components.words import emphasised, word
from dash_app.context import View
from dash_app.figures.drift_bars import drift_bars
from dash_app.figures.migration_matrix import migration_matrix
from dash_app.figures.movement_flow import movement_flow
from dash_app.services import Services
from dash_app.theme import Theme


def change_section(services: Services, view: View, theme: Theme) -> Component:
    """Return the part of a page that tells what changed in the lens in view."""
    return changed_section(read_change(services, view), view, theme, services.smallest_group)


def changed_section(found: Changed, view: View, theme: Theme, smallest: int) -> Component:
    """Return the section from what was read: a sentence, key figures and three charts."""
    if found.migration is None:
        return card(
            "Nothing to compare with yet",
            html.P(
                "Movements are told from the second published run of a data set on. Refresh it "
                "with newer files: python manage.py refresh SOURCE PATH."
            ),
        )
    moved = found.migration
    currency = view.currency
    flows = movement_flow(moved, theme=theme, currency=currency, suppress_below=smallest)
    matrix = migration_matrix(moved, theme=theme, currency=currency, suppress_below=smallest)
    drifts = drift_bars(found.drifts, found.features, theme=theme, currency=currency)
    caveat = drift_sentence(found.drifts)
    unlike = unlike_card(moved, smallest)
    return html.Div(
        [
            html.Section(
                [
                    html.P(emphasised(movement_sentence(moved, smallest)), className="lead-use"),
                    html.P(coming_and_going(moved, smallest)),
                ],
                className="panel",
            ),
            kpi_row(
                kpi_card(word("Moved", "Movers"), how_many(moved.moved, smallest), since(moved)),
                kpi_card(
                    word("Because they changed", "Movers"),
                    how_many(moved.by_customer, smallest),
                    "in another segment by the model of before",
                ),
                kpi_card(
                    word("Because the model did", "Movers"),
                    how_many(moved.by_model, smallest),
                    "by the new model alone" if moved.is_refitted else "the model is the same",
                ),
                kpi_card(
                    "Joined · left",
                    f"{how_many(moved.joined, smallest)} · {how_many(moved.left, smallest)}",
                    since(moved),
                ),
            ),
            grid(
                cell(chart_with_table(flows, chart_id="change-flow", currency=currency), 12),
                cell(chart_with_table(matrix, chart_id="change-matrix", currency=currency), 12),
                *([cell(unlike, 12)] if unlike else []),
                cell(
                    [
                        chart_with_table(drifts, chart_id="change-drift", currency=currency),
                        *([card("How to read the index", html.P(caveat))] if caveat else []),
                    ],
                    12,
                ),
            ),
        ],
        className="stack",
    )
