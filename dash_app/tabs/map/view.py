"""How customers are spread, and who sits between segments: read models in, the page out."""

from __future__ import annotations

from dash import html
from dash.development.base_component import Component

from dash_app.components.cards import cell, grid
from dash_app.components.charts import chart_with_table
from dash_app.components.empty import empty_state
from dash_app.components.heights import as_tall_as
from dash_app.components.lenses import lens_switch, menu_link
from dash_app.components.links import Choice, link, segmented_control
from dash_app.components.menus import menu
from dash_app.context import View
from dash_app.figures.scree import scree
from dash_app.figures.text import in_sentence
from dash_app.tabs.map.borders import borders, borders_card
from dash_app.tabs.map.chosen import selection_hint
from dash_app.tabs.map.drawing import SPACE, dimensions_in_view, map_chart
from dash_app.tabs.map.layout import CHART, Ids
from dash_app.tabs.map.loadings import axes_card, loadings_card
from dash_app.tabs.map.pairs import PAIRS
from dash_app.tabs.map.player import STEPS
from dash_app.tabs.map.reading import MARGIN, Mapped
from dash_app.theme import Theme

_ROW = 41  # pixels of an input in the table beside the scree plot
_DRAGS = (("lasso", "Lasso"), ("select", "Box"), ("zoom", "Zoom"), ("reset", "Reset"))


def map_page(found: Mapped | None, view: View, theme: Theme) -> Component:
    """Return the map, the selection, the components, what they mean and where segments meet."""
    if found is None or not len(found.sample.segment):
        return _nothing(view)
    if len(found.axes.explained_variance) < 2:
        return _one_line(found, view)
    dimensions = dimensions_in_view(view.selection.view)
    chart = map_chart(found, view.lens.label, theme, view.currency, dimensions)
    drags = drag_tools() if dimensions == 2 else ()
    tools = (_colour_menu(found, view), *drags)
    drawn = chart_with_table(chart, chart_id=CHART, currency=view.currency, tools=tools)
    beside = len(found.axes.loadings) * _ROW
    variance = as_tall_as(scree(found.axes, theme=theme, dimensions=dimensions), beside)
    components = chart_with_table(variance, chart_id="map-scree", currency=view.currency)
    place = html.Div(hint(view), id=Ids.SELECTION, className="slot", **{"aria-live": "polite"})
    meaning = axes_card(found.axes, found.features, dimensions)
    return grid(
        cell([html.Div(drawn, className="map-card"), place], 8),
        cell([meaning, borders_card(borders(*found.own))], 4),
        cell(components, 5),
        cell(loadings_card(found.axes, found.features, dimensions), 7),
    )


def map_controls(view: View) -> Component:
    """Return the lenses and the two ways to look at the map."""
    way = view.selection.view
    is_space = dimensions_in_view(way) == 3
    lenses = lens_switch(
        view.run.lenses, view.lens.name, lambda name: view.href(lens=name, colour=None)
    )
    found_this = Choice("How k-means found this", view.href(view=STEPS), way == STEPS)
    ways = segmented_control(
        [
            Choice("Flat", view.href(view=None), not is_space and way not in (STEPS, PAIRS)),
            Choice("In space", view.href(view=SPACE), is_space),
            Choice("Pairs of inputs", view.href(view=PAIRS), way == PAIRS),
            *(() if view.lens.grouping else (found_this,)),  # a rule finds nothing
        ],
        label="Ways to look at the map",
    )
    return html.Div([lenses, ways], className="page-controls")


def hint(view: View) -> Component:
    """Return what the place of the selection says before anything is selected."""
    flat = link("Show the flat map", view.href(view=None))
    return selection_hint(dimensions_in_view(view.selection.view), flat)


def drag_tools() -> tuple[Component, ...]:
    """Return what dragging over the map does; ``assets/js/map.js`` listens."""
    return tuple(
        html.Button(
            label,
            type="button",
            className="card-tool",
            **{"data-map-drag": mode, **({} if mode == "reset" else {"aria-pressed": "false"})},
        )
        for mode, label in _DRAGS
    )


def _colour_menu(found: Mapped, view: View) -> Component:
    own = not found.by_margin and found.coloured is None
    choices = [
        (f"{view.lens.label} segment", None, own),
        *(() if view.lens.grouping else (("Margin to the runner-up", MARGIN, found.by_margin),)),
        *((f"{o.label} segment", o.name, o == found.coloured) for o in found.others),
    ]
    items = [menu_link(label, view.href(colour=name), current) for label, name, current in choices]
    chosen = next(label for label, _, current in choices if current)
    label = f"Colour: {chosen}. Choose another"
    return menu(chosen, *items, label=label, class_name="card-choice", align_end=True)


def _one_line(found: Mapped, view: View) -> Component:
    """Return what stands in place of a map of one input, and on which map its segments are seen."""
    label = next(iter(found.labels[name] for name in view.lens.inputs if name in found.labels), "")
    others = [lens for lens in view.run.lenses if len(lens.inputs) > 1]
    return empty_state(
        "Everybody lies on one line",
        f"This view looks at {in_sentence(label)} alone, so there is nothing to spread customers "
        "by. Its segments can be seen as colours on the map of another view.",
        actions=tuple(
            link(f"On the map {lens.label}", view.href(lens=lens.name, colour=view.lens.name))
            for lens in others
        ),
    )


def _nothing(view: View) -> Component:
    return empty_state(
        "No map of this view",
        "A map needs at least two inputs and segments of enough customers. Look at another view, "
        "or at the segments themselves.",
        actions=(link("Segments", view.href(tab=str(view.lens.side))),),
    )
