"""The frame of 2.2 as pure functions: what is shown, where one can go, what must be said."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby

from dash import html
from dash.development.base_component import Component

from core.features.base import Side
from core.readmodels import DatasetHeader, LensSummary, RunContext, RunStatus
from dash_app.components.chips import Tone, chip, status_chip, verdict_chip
from dash_app.components.empty import empty_state, notice
from dash_app.components.links import link
from dash_app.components.menus import menu
from dash_app.figures.text import joined
from dash_app.formats import count, day, moment
from dash_app.selection import Selection, href
from dash_app.tabs.base import Tab

FIRST_DATA = "python manage.py demo"
OWN_DATA = "python manage.py refresh bank PATH/TO/YOUR/FILES"

_NO_SEGMENTS = {
    RunStatus.RUNNING: "It is still being computed. Reload this page in a minute.",
    RunStatus.FAILED: "It failed. What went wrong is told among the runs.",
}


def header_context(
    selection: Selection,
    datasets: Sequence[DatasetHeader],
    run: RunContext | None,
    lens: LensSummary | None,
) -> list[Component]:
    """Return data set, as of, run, status and verdict."""
    parts = [_dataset_menu(selection, datasets, run)]
    if run is None:
        return [*parts, _glossary_link(selection)]
    parts += [
        html.Span(["as of ", html.Strong(day(run.as_of))], className="fact"),
        html.Span(["run ", html.Strong(str(run.run_id))], className="fact"),
        status_chip(run.status),
    ]
    if lens is not None:
        parts.append(verdict_chip(lens.verdict, lens.label))
    return [*parts, _glossary_link(selection)]


def _glossary_link(selection: Selection) -> Component:
    return link("Glossary", href(selection, tab="glossary"), "fact glossary-link")


def tab_links(selection: Selection, tabs: Sequence[Tab]) -> list[Component]:
    """Return the tabs in their groups; the current one is marked."""
    return [
        html.Div(
            [
                html.Span(group.value, className="tab-group-label", id=f"tab-group-{group.name}"),
                html.Ul([html.Li(_tab_link(selection, tab)) for tab in members]),
            ],
            className="tab-group",
            role="group",
            **{"aria-labelledby": f"tab-group-{group.name}"},
        )
        for group, members in groupby(tabs, key=lambda tab: tab.group)
    ]


def notices(
    selection: Selection, run: RunContext | None, lens: LensSummary | None = None
) -> list[Component]:
    """Return what the reader must know: ignored parts of the address, a run that is not live."""
    found = []
    if selection.ignored:
        names = ", ".join(f"“{key}”" for key in dict.fromkeys(selection.ignored))
        found.append(notice(f"Parts of the address were not understood and are ignored: {names}."))
    if run is not None and selection.lens is not None and run.lens(selection.lens) is None:
        missing = f"Run {run.run_id} has no view called “{selection.lens}”; you see another."
        found.append(notice(missing, Tone.CARE))
    if lens is not None and lens.ineligible:
        found.append(notice(not_part_of(lens)))
    if run is None or run.status is RunStatus.PUBLISHED:
        return found
    live = link("Show the published run", href(selection, run=None))
    has_live = run.dataset.published_run is not None
    found.append(notice(_status_sentence(run), Tone.CARE, *([live] if has_live else [])))
    return found


def not_part_of(lens: LensSummary) -> str:
    """Return who is not part of a view, and why.

    >>> from dataclasses import replace
    >>> from core.readmodels import SegmentationId, VerdictLevel
    >>> rfm = LensSummary(
    ...     SegmentationId(1), "rfm", "RFM", "behavioural", "?", 4, VerdictLevel.CARE, None, (), ()
    ... )
    >>> not_part_of(replace(rfm, ineligible=312, lacking="have no valid order"))
    '312 customers have no valid order and are not part of the view RFM.'
    """
    who = "1 customer" if lens.ineligible == 1 else f"{count(lens.ineligible)} customers"
    lacking = lens.lacking or "lack what this view needs"
    return f"{who} {lacking} and are not part of the view {lens.label}."


def provenance(run: RunContext | None) -> str:
    """Return where the numbers come from, in one line."""
    if run is None:
        return ""
    return " · ".join(
        (
            f"Data to {day(run.as_of)}",
            f"{count(run.customers)} customers",
            f"computed {moment(run.computed_at)} UTC",
            f"run {run.run_id}",
            "insight only, not for credit decisions",
        )
    )


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
    return _page(
        run.dataset.title,
        empty_state(
            f"Run {run.run_id} has no {side} view",
            f"It looks at customers by one side only: {labels}. If its source describes the "
            "other side too, segment the same data by that:",
            command=f"python manage.py segment {run.dataset.name}",
            actions=tuple(
                link(lens.label, href(selection, tab=lens.side, lens=lens.name))
                for lens in run.lenses
            ),
        ),
    )


def _page(title: str, body: Component) -> Component:
    return html.Div([html.Div(html.H1(title), className="page-header"), body])


def _dataset_menu(
    selection: Selection, datasets: Sequence[DatasetHeader], run: RunContext | None
) -> Component:
    shown = run.dataset.title if run else "No data set" if not datasets else "Choose a data set"
    if not datasets:
        return chip(shown)
    current = run.dataset.name if run else None
    items = [
        link(
            header.title,
            href(Selection(tab=selection.tab, dataset=header.name)),
            "menu-item",
            **({"aria-current": "true"} if header.name == current else {}),
        )
        for header in datasets
    ]
    return menu(
        html.Span(shown, className="menu-title"),
        *items,
        label=f"Data set: {shown}",
        class_name="dataset-menu",
    )


def _tab_link(selection: Selection, tab: Tab) -> Component:
    current = {"aria-current": "page"} if tab.slug == selection.tab else {}
    return link(tab.label, href(selection, tab=tab.slug), "tab", **current)


def _status_sentence(run: RunContext) -> str:
    sentences = {
        RunStatus.DRAFT: f"Run {run.run_id} is a draft: nobody has published it.",
        RunStatus.SUPERSEDED: f"Run {run.run_id} has been superseded by a later one.",
        RunStatus.FAILED: f"Run {run.run_id} failed; what you see is incomplete.",
        RunStatus.RUNNING: f"Run {run.run_id} is still being computed.",
    }
    return sentences[run.status]
