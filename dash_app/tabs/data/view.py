"""The data page: which part is in view, and what one can choose in it."""

from __future__ import annotations

import dash_bootstrap_components as dbc
from dash import html
from dash.development.base_component import Component

from dash_app.components.lenses import lens_switch
from dash_app.components.links import Choice, segmented_control
from dash_app.selection import Selection
from dash_app.services import Services
from dash_app.tabs.data.alike import alike_page
from dash_app.tabs.data.columns import columns_page
from dash_app.tabs.data.dictionary import dictionary_page
from dash_app.tabs.data.empty import no_data
from dash_app.tabs.data.flows import flow_page
from dash_app.tabs.data.imports import import_page
from dash_app.tabs.data.layout import PART_LABELS, Ids, Part, part_of_view
from dash_app.tabs.data.origins import lineage_page
from dash_app.tabs.data.reading import DataInView
from dash_app.theme import Theme

_LIST = "data-find-list"


def data_page(
    services: Services,
    found: DataInView | None,
    selection: Selection,
    theme: Theme,
    *,
    may_list: bool,
) -> Component:
    """Return the part that the URL asks for."""
    if found is None:
        return no_data(selection)
    match part_of_view(selection.view):
        case Part.COLUMNS:
            return columns_page(found, theme)
        case Part.ALIKE:
            return alike_page(found, theme)
        case Part.LINEAGE:
            return lineage_page(found, theme)
        case Part.FLOW:
            return flow_page(services, found)
        case Part.DICTIONARY:
            return dictionary_page(found)
        case Part.IMPORT:
            return import_page(found, may_list=may_list)


def data_controls(found: DataInView | None) -> Component:
    """Return the parts of the page, and the choice of a lens or a feature where there is one."""
    if found is None:
        return html.Span(className="no-choice")
    part = part_of_view(found.selection.view)
    parts = segmented_control(
        [
            Choice(
                PART_LABELS[one],
                found.href(view=None if one is Part.IMPORT else one.value, colour=None),
                one is part,
            )
            for one in Part
        ],
        label="Part of the data page",
    )
    more: list[Component] = []
    if part in (Part.COLUMNS, Part.LINEAGE) and found.features:
        more.append(_find(found))
    if part in (Part.LINEAGE, Part.FLOW) and found.run is not None and found.lens is not None:
        more.append(
            lens_switch(
                found.run.lenses,
                "" if found.feature and part is Part.LINEAGE else found.lens.name,
                lambda name: found.href(lens=name, feature=None),
            )
        )
    return html.Div([*more, parts], className="page-controls data-controls")


def _find(found: DataInView) -> Component:
    """Return a field that finds a feature by its label as one types."""
    options = [html.Option(value=feature.label) for feature in found.features]
    return html.Div(
        [
            html.Label("Find a feature", htmlFor=Ids.FIND, className="visually-hidden"),
            dbc.Input(
                id=Ids.FIND,
                type="search",
                placeholder="Find a feature …",
                list=_LIST,
                debounce=True,
                autoComplete="off",
            ),
            html.Datalist(options, id=_LIST),
        ],
        className="find-feature",
    )
