"""The frame of 2.2 as pure functions: what is shown, where one can go, what must be said."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby

from dash import html
from dash.development.base_component import Component

from core.readmodels import DatasetHeader, LensSummary, RunContext, RunStatus
from dash_app.components.chips import Tone, chip, icon, status_chip, verdict_chip
from dash_app.components.empty import notice
from dash_app.components.links import link
from dash_app.components.menus import menu
from dash_app.components.words import word
from dash_app.formats import count, day, moment
from dash_app.selection import Selection, href
from dash_app.tabs.base import Tab


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
        html.Span(
            [word("as of", "As-of date"), " ", html.Strong(day(run.as_of))], className="fact"
        ),
        html.Span(
            [word("run", "Segmentation run"), " ", html.Strong(str(run.run_id))], className="fact"
        ),
        status_chip(run.status),
    ]
    if lens is not None:
        parts.append(verdict_chip(lens.verdict, lens.label))
    return [*parts, _glossary_link(selection)]


def _glossary_link(selection: Selection) -> Component:
    return link(
        icon("question-circle"),
        href(selection, tab="glossary"),
        "fact glossary-link",
        title="What the words mean",
        **{"aria-label": "What the words mean: glossary"},
    )


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
    asked = dict.fromkeys((selection.lens, selection.a, selection.b))
    for name in asked if run is not None else ():
        if run is not None and name is not None and run.lens(name) is None:
            missing = f"Run {run.run_id} has no view called “{name}”; you see another."
            found.append(notice(missing, Tone.CARE))
    if selection.a is not None and selection.a == selection.b:
        found.append(notice("A view is not compared with itself; you see it beside another."))
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
