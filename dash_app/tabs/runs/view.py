"""The page of runs: the history above, the run in view below."""

from __future__ import annotations

from dash.development.base_component import Component

from dash_app.components.empty import empty_state
from dash_app.components.links import link
from dash_app.selection import Selection, href
from dash_app.services import Services
from dash_app.tabs.runs.detail import detail_page, no_such_run
from dash_app.tabs.runs.history import history_card
from dash_app.tabs.runs.reading import read_history, read_run
from dash_app.theme import Theme


def runs_page(
    services: Services, selection: Selection, theme: Theme, *, may_publish: bool
) -> tuple[Component, Component | None]:
    """Return the history, and the run that the URL names or the published one."""
    history = read_history(services, selection)
    if history is None:
        return _no_data(selection), None
    card = history_card(history, lambda run: href(selection, run=run))
    if history.chosen is None:
        if not history.runs:
            return card, None
        return card, no_such_run(history.dataset.title, href(selection, run=None))

    def address(**changes: object) -> str:
        return href(selection, **changes)

    detail = read_run(services, history.chosen)
    return card, detail_page(detail, history, theme, address, may_publish=may_publish)


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
