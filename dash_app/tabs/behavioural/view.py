"""How the customers of each segment bank: read models in, the page out."""

from __future__ import annotations

from dash import html
from dash.development.base_component import Component

from dash_app.components.cards import grid
from dash_app.profiles.bubbles import bubbles_cell
from dash_app.profiles.cells import (
    axes_cells,
    cards_of,
    differences_cell,
    nothing_to_show,
    reliability_cells,
)
from dash_app.profiles.model import Profile
from dash_app.profiles.ranges import ranges_cell
from dash_app.profiles.spread import spread_cells
from dash_app.tabs.behavioural.questions import question_cells


def behavioural_page(found: Profile) -> Component:
    """Return cards, profiles, differences, the three questions, distribution and verdict."""
    if found.focus is None:
        return nothing_to_show(found)
    return _cells(found, differences_cell(found, 7), bubbles_cell(found, 5), *question_cells(found))


def groups_in_detail(found: Profile) -> Component:
    """Return the same of a sub-view's groups, whose sizes and value it draws itself."""
    if found.focus is None:
        return nothing_to_show(found)
    return _cells(found, differences_cell(found, 12))


def _cells(found: Profile, *differences: Component) -> Component:
    return html.Div(
        [
            cards_of(found),
            grid(
                *axes_cells(found),
                *differences,
                *spread_cells(found),
                ranges_cell(found, 12),
                *reliability_cells(found),
            ),
        ],
        className="stack",
    )
