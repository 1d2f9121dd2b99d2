"""Cards and the grid they stand in: page title, key figures, sentences."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from dash import html
from dash.development.base_component import Component

from dash_app.components.chips import Tone
from dash_app.components.words import emphasised


def page_header(title: str, *controls: Component) -> Component:
    """Return a tab's title with its segmented control (or other controls) at the right."""
    return html.Div(
        [html.H1(title), html.Div(list(controls), className="page-controls")],
        className="page-header",
    )


def grid(*cells: Component) -> Component:
    """Return cells in twelve columns; make them with `cell`."""
    return html.Div(list(cells), className="grid")


def cell(children: Any, columns: int = 12, id: str | None = None) -> Component:  # noqa: A002
    """Return a cell that is ``columns`` of twelve wide; on a phone every cell takes the width."""
    attributes = {} if id is None else {"id": id}
    return html.Div(children, className=f"cell span-{columns}", **attributes)


def card(
    title: Any,
    *children: Any,
    subtitle: Any = "",
    tools: Sequence[Component] = (),
    class_name: str = "",
    **attributes: Any,
) -> Component:
    """Return a card: the title states the finding, the subtitle says what is drawn."""
    heading: list[Component] = [html.H2(title, className="card-title")] if title else []
    if subtitle:
        heading.append(html.P(subtitle, className="card-subtitle"))
    head: list[Component] = []
    if heading or tools:
        head = [
            html.Div(
                [
                    html.Div(heading, className="card-heading"),
                    html.Div(list(tools), className="card-tools"),
                ],
                className="card-head",
            )
        ]
    return html.Section([*head, *children], className=f"panel {class_name}".strip(), **attributes)


def kpi_card(
    label: Any, value: str, note: Any = "", *, tone: Tone = Tone.PLAIN, exact: str = ""
) -> Component:
    """Return a key figure; ``exact`` is the full number, shown on hover."""
    hover = {"title": exact} if exact else {}
    note_class = f"kpi-note text-{tone}" if tone else "kpi-note"
    return html.Div(
        [
            html.Div(label, className="kpi-label"),
            html.Div(value, className="kpi-value", **hover),
            html.Div(note, className=note_class),
        ],
        className="panel kpi",
    )


def kpi_row(*cards: Component) -> Component:
    """Return key figures side by side; two in a row on a phone."""
    return html.Div(list(cards), className="kpi-row")


def lead_sentence(sentence: str, answer: str = "") -> Component:
    """Return an answer in words: ``answer`` first and bold, ``**words**`` of the sentence bold."""
    start: list[str | Component] = [html.Strong(answer), " "] if answer else []
    return html.Section(
        html.P([*start, *emphasised(sentence)], className="lead-sentence"), className="panel"
    )


def headline_list(title: str, sentences: Sequence[str]) -> Component:
    """Return a card of sentences with their numbers; ``**words**`` are bold."""
    return card(
        title, html.Ul([html.Li(emphasised(text)) for text in sentences], className="headlines")
    )
