"""The whole page: plain words above, the evidence for one question below."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from dash import html
from dash.development.base_component import Component

from dash_app.components.lenses import lens_switch
from dash_app.components.links import Choice, segmented_control
from dash_app.context import View
from dash_app.tabs.quality.evidence import questions_of
from dash_app.tabs.quality.layout import Ids
from dash_app.tabs.quality.reading import Judged
from dash_app.tabs.quality.verdict import verdict_part
from dash_app.theme import Theme

CHANGE, FAIRNESS = "change", "fairness"
_ELSEWHERE = ((CHANGE, "What changed?"), (FAIRNESS, "Is it fair?"))


def quality_page(
    found: Judged, theme: Theme, sections: Mapping[str, Callable[[], Component]]
) -> Component:
    """Return the page; ``sections`` are the parts that are read and built elsewhere, by view."""
    asked = found.view.selection.view
    build = sections.get(asked or "")
    offered = questions_of(found.view.lens)
    question = next((one for one in offered if one.view == asked), offered[0])
    evidence = build() if build else question.draw(found, theme)
    return html.Div(
        [
            *verdict_part(found),
            html.Div(
                [
                    html.H2("The evidence", id=Ids.EVIDENCE),
                    _questions(found.view, asked if build else question.view),
                ],
                className="quality-questions",
            ),
            evidence,
        ],
        className="stack",
    )


def lens_choice(view: View) -> Component:
    """Return the lenses of the run; another lens has other segments."""
    switch = lens_switch(
        view.run.lenses, view.lens.name, lambda name: view.href(lens=name, segments=())
    )
    return html.Div(switch, className="page-controls")


def _questions(view: View, current: str | None) -> Component:
    known = [*((one.view, one.label) for one in questions_of(view.lens)), *_ELSEWHERE]
    return segmented_control(
        [Choice(label, view.href(view=name), name == current) for name, label in known],
        label="Questions to the evidence",
    )
