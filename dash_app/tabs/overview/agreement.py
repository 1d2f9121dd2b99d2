"""Do the views agree? The view on show beside each of the others, in words."""

from __future__ import annotations

from collections.abc import Sequence

from dash import html
from dash.development.base_component import Component

from core.readmodels import Comparison, LensSummary
from dash_app.components.cards import card
from dash_app.components.links import link
from dash_app.context import View
from dash_app.figures.text import in_sentence

_OTHER_SIDE = {
    "Hardly.": "Knowing who a customer is says almost nothing about how they bank.",
    "Partly.": "Who a customer is says something about how they bank, but not all.",
    "Largely.": "Who a customer is and how they bank go together: one view is nearly enough.",
}
_SAME_SIDE = {
    "Hardly.": "Each tells something of its own.",
    "Partly.": "They overlap, but each tells something of its own.",
    "Largely.": "One of the two is nearly enough.",
}


def agreement_card(made: Sequence[Comparison], view: View) -> Component | None:
    """Return how far the view on show agrees with each other view; None without another."""
    with_others = [
        (found, other)
        for found in made
        for other in view.run.lenses
        if other.name != view.lens.name
        and {found.lens_a, found.lens_b} == {view.lens.name, other.name}
    ]
    if not with_others:
        return None
    if len(with_others) == 1:
        ((found, other),) = with_others
        body: list[Component] = [
            html.P([html.Strong(found.answer), " ", agreement(found.answer, view.lens, other)]),
            html.P(link("Compare them", _address(found, view), "more")),
        ]
        return card("Do the two views agree?", *body)
    return card(
        "Do the views agree?",
        html.Ul([_line(found, other, view) for found, other in with_others], className="agreement"),
        subtitle=f"The {in_sentence(view.lens.label)} view beside each of the others",
    )


def agreement(answer: str, lens: LensSummary, other: LensSummary) -> str:
    """Return in a sentence what the answer of a comparison of two views means."""
    return (_SAME_SIDE if lens.side == other.side else _OTHER_SIDE).get(answer, "")


def _line(found: Comparison, other: LensSummary, view: View) -> Component:
    return html.Li(
        [
            link(other.label, _address(found, view), "more"),
            html.Span(
                [html.Strong(found.answer), " ", agreement(found.answer, view.lens, other)],
            ),
        ]
    )


def _address(found: Comparison, view: View) -> str:
    return view.href(tab="compare", a=found.lens_a, b=found.lens_b)
