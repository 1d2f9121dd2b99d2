"""What stands where a tab has nothing to show: no data, no run, no view of that side."""

from __future__ import annotations

from collections.abc import Sequence

from dash import html
from dash.development.base_component import Component

from core.features.base import Side
from core.readmodels import DatasetHeader, RunContext, RunStatus
from dash_app.components.empty import empty_state
from dash_app.components.links import link
from dash_app.figures.text import joined
from dash_app.selection import Selection, href

FIRST_DATA = "python manage.py demo"
OWN_DATA = "python manage.py refresh bank PATH/TO/YOUR/FILES"

_SIDES = {  # title of the page, what the run has instead, what the page needs
    Side.DEMOGRAPHIC: (
        "Who they are",
        "what customers do",
        "attributes of the people themselves, such as age, income or household",
    ),
    Side.BEHAVIOURAL: (
        "What they do",
        "who customers are",
        "measures of what customers do, such as balances, payments or visits",
    ),
}
_NO_SEGMENTS = {
    RunStatus.RUNNING: "It is still being computed. Reload this page in a minute.",
    RunStatus.FAILED: "It failed. What went wrong is told among the runs.",
}


def unknown_page(selection: Selection) -> Component:
    """Return what stands at an address that leads nowhere."""
    return _page(
        "There is no such page",
        empty_state(
            "This address leads nowhere",
            f"There is no tab called “{selection.tab[:60]}”. It may have been mistyped, or the "
            "page has moved.",
            actions=(link("Go to the overview", href(selection, tab="overview")),),
        ),
    )


def nothing_to_show(selection: Selection, datasets: Sequence[DatasetHeader]) -> Component:
    """Return why a tab has nothing to show, and what helps."""
    known = {header.name: header for header in datasets}
    if not datasets:
        return _page(
            "Welcome to Clientele",
            empty_state(
                "No data yet",
                "Load the demonstration banks, which takes about a minute, or your own files. "
                "Then reload this page.",
                command=f"{FIRST_DATA}\n{OWN_DATA}",
            ),
        )
    if selection.dataset is not None and selection.dataset not in known:
        links = tuple(
            link(header.title, href(Selection(tab=selection.tab, dataset=header.name)))
            for header in datasets
        )
        return _page(
            "No such data set",
            empty_state(
                f"There is no data set called “{selection.dataset}”",
                "Choose one of these:",
                actions=links,
            ),
        )
    if selection.run is not None:
        return _page(
            "No such run",
            empty_state(
                f"There is no run {selection.run} in this data set",
                "It may have been removed, or belong to another data set.",
                actions=(link("Show the published run", href(selection, run=None)),),
            ),
        )
    name = selection.dataset or datasets[0].name
    return _page(
        known[name].title,
        empty_state(
            "No published run",
            "This data set has been read but no segmentation of it is published. Segment it and "
            "publish the run:",
            command=f"python manage.py segment {name}\npython manage.py publish RUN",
        ),
    )


def nothing_of_run(selection: Selection, run: RunContext, side: Side | None) -> Component:
    """Return why a tab has nothing to show of a run that there is, and what helps."""
    if not run.lenses:
        has_live = run.dataset.published_run not in (None, run.run_id)
        live = link("Show the published run", href(selection, run=None))
        return _page(
            f"Run {run.run_id}",
            empty_state(
                f"Run {run.run_id} has no segments",
                _NO_SEGMENTS.get(run.status, "It was made without any view of the customers."),
                actions=(link("What was tried", href(selection, tab="runs")), *[live] * has_live),
            ),
        )
    labels = joined([lens.label for lens in run.lenses])
    title, looked, needed = _SIDES.get(side or Side.DEMOGRAPHIC, _SIDES[Side.DEMOGRAPHIC])
    return _page(
        title,
        empty_state(
            f"{run.dataset.title} has no {side} view",
            f"This run looks at {looked}: {labels}. The present page needs a view over {needed}. "
            "If the files hold any, name them in the source's specification with a view over "
            "them, and segment the data again; what the files hold is listed in the dictionary.",
            actions=(
                *(
                    link(lens.label, href(selection, tab=lens.side, lens=lens.name))
                    for lens in run.lenses
                ),
                link("Data dictionary", href(selection, tab="data", view="dictionary")),
            ),
        ),
    )


def _page(title: str, body: Component) -> Component:
    return html.Div([html.Div(html.H1(title), className="page-header"), body])
