"""How the customers of each segment bank: read models in, the page out."""

from __future__ import annotations

from dash import html
from dash.development.base_component import Component

from dash_app.components.cards import grid
from dash_app.profiles.cells import (
    axes_cells,
    cards_of,
    differences_cell,
    heat_cell,
    nothing_to_show,
    reliability_cells,
)
from dash_app.profiles.model import Profile
from dash_app.profiles.ranges import ranges_cell
from dash_app.profiles.spread import distribution_cell
from dash_app.tabs.behavioural.questions import holding_cells, payments_cell


def behavioural_page(found: Profile) -> Component:
    """Return cards, profiles, differences, the three questions, distribution and verdict."""
    if found.focus is None:
        return nothing_to_show(found)
    payments = payments_cell(found, 5)
    return html.Div(
        [
            cards_of(found),
            grid(
                *axes_cells(found),
                differences_cell(found, 7 if payments else 12),
                *payments,
                *holding_cells(found),
                distribution_cell(found, 5),
                heat_cell(found, 7),
                ranges_cell(found, 12),
                *reliability_cells(found),
            ),
        ],
        className="stack",
    )
