"""How the customers of each segment bank: read models in, the page out."""

from __future__ import annotations

from dash import html
from dash.development.base_component import Component

from dash_app.components.cards import cell, grid
from dash_app.profiles.bubbles import bubbles_cell
from dash_app.profiles.cells import (
    axes_cells,
    cards_of,
    differences_cell,
    heat_chart,
    nothing_to_show,
    reliability_cells,
)
from dash_app.profiles.model import Profile
from dash_app.profiles.ranges import ranges_cell
from dash_app.profiles.spread import distribution_cell
from dash_app.tabs.behavioural.questions import holding_cells, payments_cell

_LONGER_HEAD = 64  # pixels that a card with a choice has above its chart


def behavioural_page(found: Profile) -> Component:
    """Return cards, profiles, differences, the three questions, distribution and verdict."""
    if found.focus is None:
        return nothing_to_show(found)
    payments, heat = payments_cell(found, 5), heat_chart(found)
    return html.Div(
        [
            cards_of(found),
            grid(
                *axes_cells(found),
                bubbles_cell(found, 12),
                differences_cell(found, 7 if payments else 12),
                *payments,
                *holding_cells(found),
                distribution_cell(found, 5, height=heat.height - _LONGER_HEAD),
                cell(found.drawn(heat, "means"), 7),
                ranges_cell(found, 12),
                *reliability_cells(found),
            ),
        ],
        className="stack",
    )
