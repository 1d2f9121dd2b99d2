"""Do the views agree? The view on show beside each of the others, in words."""

from __future__ import annotations

from collections.abc import Sequence

from dash import html
from dash.development.base_component import Component

from core.readmodels import LARGELY, PARTLY, Comparison, LensSummary, views_agree
from core.segmentation.held_against import held_against
from dash_app.components.cards import card
from dash_app.components.links import link
from dash_app.context import View
from dash_app.figures.text import in_sentence

_MEANS = {
    "Hardly.": "Knowing a customer’s segment in one says little about their segment in the other.",
    "Partly.": "They overlap, but each tells something of its own.",
    "Largely.": "One of the two is nearly enough.",
}
_SCALE = f"0 as by chance, 1 the same; partly from {PARTLY:.2f}, largely from {LARGELY:.2f}"


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
        ((found, _),) = with_others
        return card(
            "Do the two views agree?",
            html.P([html.Strong(_answer(found)), " ", agreement(_answer(found))]),
            html.P(link("Compare them", _address(found, view), "more")),
            subtitle=f"Agreement {_figure(found)}: {_SCALE}",
        )
    answers = dict.fromkeys(_answer(found) for found, _ in with_others)
    return card(
        "Do the views agree?",
        html.Ul([_line(found, other, view) for found, other in with_others], className="agreement"),
        *[html.P([html.Strong(answer), " ", agreement(answer)]) for answer in answers],
        subtitle=f"The {in_sentence(view.lens.label)} view beside each of the others: {_SCALE}",
    )


def agreement(answer: str) -> str:
    """Return in a sentence what the answer of a comparison of two views means."""
    return _MEANS.get(answer, "")


def _line(found: Comparison, other: LensSummary, view: View) -> Component:
    return html.Li(
        [
            link(other.label, _address(found, view), "more"),
            html.Span([html.Strong(_answer(found)), f" Agreement {_figure(found)}"]),
        ]
    )


def _answer(found: Comparison) -> str:
    return views_agree(found.ami, found.ami_chance_high)


def _figure(found: Comparison) -> str:
    return held_against(found.ami, PARTLY, LARGELY).replace("-", "−")


def _address(found: Comparison, view: View) -> str:
    return view.href(tab="compare", a=found.lens_a, b=found.lens_b)
