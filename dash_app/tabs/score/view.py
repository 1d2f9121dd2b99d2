"""The form with its values, and the choice of the lens."""

from __future__ import annotations

from dash import html
from dash.development.base_component import Component

from dash_app.components.lenses import lens_switch
from dash_app.components.links import Choice, segmented_control
from dash_app.context import View
from dash_app.selection import Selection
from dash_app.services import Services
from dash_app.tabs.score.form import form_fields
from dash_app.tabs.score.layout import MANY
from dash_app.tabs.score.reading import read_customer, read_form, read_start_name, read_stay


def form_page(
    services: Services, view: View, customer: str | None
) -> tuple[Component, list[Component], str]:
    """Return the lens switch, the fields, and whose values stand in them."""
    form = read_form(services, view, view.lens)
    stored = read_customer(services, view, customer)
    fields = form_fields(form.fields, stored or form.start.values, view.currency)
    whose = whose_values(
        customer,
        is_known=stored is not None,
        stay=read_stay(services, view, customer),
        like=read_start_name(services, view, form),
    )
    return score_switch(view), fields, whose


def score_switch(view: View) -> Component:
    """Return whether one customer is scored or many, and the lenses that one may score in."""
    many = is_many(view.selection)
    whom = segmented_control(
        [
            Choice("One customer", view.href(view=None, job=None), not many),
            Choice("A file or a list", view.href(view=MANY), many),
        ],
        label="Whom to score",
    )
    lenses = lens_switch(
        view.run.lenses,
        view.lens.name,
        lambda name: view.href(lens=name, view=MANY if many else None, job=None),
    )
    return html.Div([whom, lenses], className="score-switches")


def is_many(selection: Selection) -> bool:
    """Whether the address asks for files and lists.

    >>> is_many(Selection(tab="score", view=MANY)), is_many(Selection(tab="score"))
    (True, False)
    """
    return selection.view == MANY or selection.job is not None


def whose_values(
    customer: str | None, *, is_known: bool, changed: int = 0, stay: str = "", like: str = ""
) -> str:
    """Return whose values stand in the form, and since when the customer is where they are.

    ``like`` is the segment whose middle values stand there where nobody is loaded.

    >>> whose_values("C-AB", is_known=True, changed=2)
    'Values of C-AB, 2 of them changed here.'
    """
    if customer is not None and not is_known:
        return f"{customer} is not among these customers; typical values stand in the form."
    middle = f"Middle values of “{like}”, the largest segment" if like else "Middle values of all"
    whose = f"Values of {customer}" if customer else middle
    told = f"{whose}, {changed} of them changed here." if changed else f"{whose}."
    return f"{told} {stay}" if stay else told
