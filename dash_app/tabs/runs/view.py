"""The page of runs: the history above, the run in view below."""

from __future__ import annotations

from dash import html
from dash.development.base_component import Component

from dash_app.components.empty import empty_state
from dash_app.components.links import link
from dash_app.selection import HOME, Selection, href
from dash_app.services import Services
from dash_app.tabs.runs.beside import beside_card
from dash_app.tabs.runs.detail import detail_page
from dash_app.tabs.runs.history import history_card
from dash_app.tabs.runs.publishing import head_card, no_such_run
from dash_app.tabs.runs.reading import read_beside, read_history, read_run
from dash_app.theme import Theme


def runs_page(
    services: Services, selection: Selection, theme: Theme, *, may_publish: bool
) -> tuple[Component, Component | None]:
    """Return history and head of the run in view (the published one by default), and the rest."""
    history = read_history(services, selection)
    if history is None:
        return _no_data(selection), None
    cards = [history_card(history, lambda run: href(selection, run=run))]
    if history.chosen is None:
        if history.runs:
            cards.append(no_such_run(history.dataset.title, href(selection, run=None)))
        return html.Div(cards, className="stack"), None
    detail = read_run(services, history.chosen)
    look = href(selection, tab=HOME, run=history.chosen.run_id)
    cards.append(head_card(detail, history, look, may_publish=may_publish))
    if beside := read_beside(services, selection, history):
        here = detail.summary.run_id
        cards.append(
            beside_card(
                beside,
                history,
                selection.other,
                lambda other: href(selection, run=here, other=other),
            )
        )
    return html.Div(cards, className="stack"), detail_page(detail, theme)


def _no_data(selection: Selection) -> Component:
    if selection.dataset is not None:
        return empty_state(
            f"There is no data set called “{selection.dataset}”",
            "It may have been mistyped.",
            actions=(link("Show the runs of another", href(Selection(tab=selection.tab))),),
        )
    return empty_state(
        "No data yet",
        "Load the demonstration banks, which takes about a minute, or your own files. Then reload "
        "this page.",
        command="python manage.py demo\npython manage.py refresh bank PATH/TO/YOUR/FILES",
    )
