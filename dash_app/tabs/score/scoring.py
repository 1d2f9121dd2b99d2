"""From what was written into the form to the page that answers."""

from __future__ import annotations

from collections.abc import Mapping

from dash import html
from dash.development.base_component import Component

from core.readmodels import LensSummary
from core.scoring import scorer
from dash_app.context import View
from dash_app.services import Services
from dash_app.tabs.score.answer import Answer, answer, is_ineligible
from dash_app.tabs.score.details import Elsewhere, details_cards
from dash_app.tabs.score.entered import entered
from dash_app.tabs.score.fields import Value
from dash_app.tabs.score.reading import (
    read_customer,
    read_form,
    read_ground,
    read_segments,
    read_start_name,
    read_stay,
)
from dash_app.tabs.score.result import mistakes_card, outside_card, result_cards
from dash_app.tabs.score.sentences import average_words
from dash_app.tabs.score.view import whose_values
from dash_app.theme import Theme


def answer_page(
    services: Services,
    view: View,
    theme: Theme,
    customer: str | None,
    texts: Mapping[str, object],
) -> tuple[Component, Component, str] | None:
    """Return the answer, its details and whose values they are; None for another form's texts."""
    form, stored = read_form(services, view, view.lens), read_customer(services, view, customer)
    written = entered(form.fields, stored or form.start.values, texts)
    if written is None:
        return None
    whose = whose_values(
        customer,
        is_known=stored is not None,
        changed=written.changed,
        stay=read_stay(services, view, customer),
        like=read_start_name(services, view, form),
    )
    if written.mistakes:
        return html.Div(mistakes_card(written.mistakes, form.by_name)), html.Div(), whose
    if is_ineligible(form.model, written.values):
        return html.Div(outside_card(view.lens)), html.Div(), whose
    segments = read_segments(services, view.lens)
    found = answer(view.lens, form.model, segments, form.fields, written.values)
    known = {**(stored or {}), **written.values}
    others = [
        _elsewhere(services, view, lens, known) for lens in view.run.lenses if lens != view.lens
    ]
    ground = read_ground(services, view.lens, segments)
    hint = average_words(found) if stored is None and not written.changed else ""
    cards = result_cards(found, form.by_name, ground, theme, view.currency, hint=hint)
    details = details_cards(found, form, ground, others, theme, view.currency)
    return html.Div(cards, className="stack"), details, whose


def _elsewhere(
    services: Services, view: View, lens: LensSummary, known: Mapping[str, Value]
) -> Elsewhere:
    """Return the same customer in another lens, as far as its inputs are known."""
    return Elsewhere(lens, view.href(lens=lens.name), _answer_of(services, view, lens, known))


def _answer_of(
    services: Services, view: View, lens: LensSummary, known: Mapping[str, Value]
) -> Answer | None:
    form = read_form(services, view, lens)
    inputs = scorer(form.model).inputs
    if not set(inputs) <= set(known):
        return None
    values = {name: known[name] for name in inputs}
    if is_ineligible(form.model, values):
        return None
    return answer(lens, form.model, read_segments(services, lens), form.fields, values)
