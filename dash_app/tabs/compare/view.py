"""Do the two views agree, and which should I use: read models in, the page out."""

from __future__ import annotations

from dash import html
from dash.development.base_component import Component

from core.readmodels import LensSummary
from dash_app.components.cards import cell, grid
from dash_app.components.charts import chart_with_table
from dash_app.components.empty import empty_state
from dash_app.components.heights import as_tall_as
from dash_app.components.lenses import menu_link
from dash_app.components.links import Choice, link, segmented_control
from dash_app.components.menus import menu
from dash_app.components.words import emphasised
from dash_app.context import View
from dash_app.figures.bake_off import bake_off
from dash_app.figures.base import Chart
from dash_app.figures.cross_table import Mode, cross_table
from dash_app.figures.sankey import sankey
from dash_app.figures.text import in_sentence
from dash_app.formats import percent
from dash_app.tabs.compare.pair import pair_in_view, pairs
from dash_app.tabs.compare.reading import Compared
from dash_app.tabs.compare.surprises import surprises_card
from dash_app.theme import Theme

_MODES = {
    Mode.LIFT: "Lift",
    Mode.COUNT: "Customers",
    Mode.ROW: "Row %",
    Mode.COLUMN: "Column %",
    Mode.RESIDUAL: "Residual",
}


def comparison_page(found: Compared | None, view: View, theme: Theme, smallest: int) -> Component:
    """Return the answer, the flows, the cross table, the surprises and the bake-off."""
    if found is None:
        return _nothing(view)
    sides = (found.segments_a, found.segments_b)
    labels = (found.a.label, found.b.label)
    cells = found.comparison.cells
    mode = mode_in_view(view.selection.view)
    crossed = cross_table(cells, *sides, *labels, theme=theme, mode=mode, suppress_below=smallest)
    flows = sankey(
        cells, *sides, *labels, theme=theme, suppress_below=smallest, height=crossed.height
    )
    crossed = as_tall_as(crossed, flows.height)
    explained = bake_off(found.comparison.bake_off, found.features, *labels, theme=theme)
    return html.Div(
        grid(
            cell(_answer(found), 12),
            cell(_drawn(flows, "flows", view), 6),
            cell(_drawn(crossed, "cross", view, _mode_switch(view, mode)), 6),
            cell(surprises_card(cells, *sides, smallest), 7),
            cell(_drawn(explained, "bake-off", view), 5),
        )
    )


def guessing(found: Compared) -> str:
    """Return how well one view can be guessed from the other, beside blind guessing."""
    one, chance = found.comparison.predict_b_from_a, found.comparison.predict_b_chance
    if one is None or chance is None:
        return ""
    a, b = in_sentence(found.a.label), in_sentence(found.b.label)
    sentence = (
        f"From the {a} features a customer's {b} segment is guessed right {percent(one, 0)} of "
        f"the time, where blind guessing gives {percent(chance, 0)}"
    )
    back, blind = found.comparison.predict_a_from_b, found.comparison.predict_a_chance
    if back is None or blind is None:
        return f"{sentence}."
    return (
        f"{sentence}; the other way round {percent(back, 0)}, where it gives {percent(blind, 0)}."
    )


def pair_switch(view: View) -> Component:
    """Return the pairs of views to choose from: side by side if few, else in a menu."""
    current = pair_in_view(view.run.lenses, view.selection.a, view.selection.b)
    offered = pairs(view.run.lenses)
    if current is None:
        return html.Span(className="no-choice")
    a, b = current
    turn = link("Swap rows and columns", view.href(a=b.name, b=a.name), "swap")
    choices = [
        Choice(_pair_label(p, q), view.href(a=p.name, b=q.name), {p, q} == {a, b})
        for p, q in offered
    ]
    if len(choices) == 1:
        return html.Div(turn, className="pair-switch")
    if len(choices) == 2:
        control = segmented_control(choices, "Views compared")
        return html.Div([control, turn], className="pair-switch")
    items = [menu_link(choice.label, choice.href, choice.is_current) for choice in choices]
    chosen = menu(_pair_label(a, b), *items, label="Views compared", align_end=True)
    return html.Div([chosen, turn], className="pair-switch")


def mode_in_view(name: str | None) -> Mode:
    """Return what the cells of the cross table say: what the URL names, else lift."""
    return Mode(name) if name in list(Mode) else Mode.LIFT


def _answer(found: Compared) -> Component:
    comparison = found.comparison
    words = [html.Strong(comparison.answer), " ", *emphasised(comparison.sentence)]
    paragraphs = [html.P(words, className="lead-sentence")]
    if note := guessing(found):
        paragraphs.append(html.P(note, className="lead-note"))
    return html.Section(paragraphs, className="panel")


def _mode_switch(view: View, mode: Mode) -> Component:
    """Return the ways to read a cell; each is an address of its own."""
    items = [
        menu_link(label, view.href(view=None if entry is Mode.LIFT else entry.value), entry is mode)
        for entry, label in _MODES.items()
    ]
    label = f"Cells show {_MODES[mode]}. Choose what they show"
    return menu(_MODES[mode], *items, label=label, class_name="card-choice", align_end=True)


def _pair_label(a: LensSummary, b: LensSummary) -> str:
    return f"{a.label} × {b.label}"


def _drawn(chart: Chart, name: str, view: View, *tools: Component) -> Component:
    return chart_with_table(chart, chart_id=f"compare-{name}", currency=view.currency, tools=tools)


def _nothing(view: View) -> Component:
    labels = [lens.label for lens in view.run.lenses]
    if len(labels) < 2:
        return empty_state(
            "Nothing to compare yet",
            f"Run {view.run.run_id} has one view of the customers, {''.join(labels)}. Segment "
            "the same customers a second way, and this page says whether the two agree.",
            command=f"python manage.py segment {view.run.dataset.name}",
        )
    return empty_state(
        "These two views were not compared",
        "Views are compared when one run makes both. Start a run with both of them.",
        command=f"python manage.py segment {view.run.dataset.name}",
    )
