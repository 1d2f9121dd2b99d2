"""Steps in order, as cards with arrows between them: side by side, or downwards on a phone."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from dash import html
from dash.development.base_component import Component

from dash_app.components.cards import card
from dash_app.components.charts import PLOT, TOGGLE, TWIN, part_id
from dash_app.components.chips import Tone, icon
from dash_app.components.tables import data_table
from dash_app.components.words import only_read_aloud
from dash_app.figures.base import Table

_IN_A_ROW = 5  # steps that a wide page has room for


@dataclass(frozen=True, slots=True)
class FlowStep:
    """One step: what is done, what comes of it (``value`` ``noun``), and how."""

    title: str
    value: str
    noun: str
    note: Any = ""
    icon: str = "circle"
    time: str = ""
    tone: Tone = Tone.PLAIN


def flow(steps: Sequence[FlowStep], label: str) -> Component:
    """Return the steps as an ordered list; ``label`` says what flows, for listeners."""
    return html.Ol(
        [html.Li(_step(step), className=_class("flow-step", step.tone)) for step in steps],
        className="flow" if len(steps) <= _IN_A_ROW else "flow flow-two-rows",
        style={"--in-a-row": str(-(-len(steps) // 2))},
        **{"aria-label": label},
    )


def flow_card(
    title: str,
    *drawing: Component,
    subtitle: str,
    summary: str,
    table: Table,
    currency: str,
    chart_id: str,
) -> Component:
    """Return the card of a flow: drawing, text alternative and table twin."""
    toggle = html.Button(
        "Table",
        id=part_id(TOGGLE, chart_id),
        type="button",
        className="card-tool",
        **{"aria-pressed": "false", "aria-label": f"Show as table: {title}"},
    )
    figure = html.Figure(
        [*drawing, html.Figcaption(only_read_aloud(summary))], className="flow-figure"
    )
    twin = data_table(table, currency=currency, caption=title)
    return card(
        title,
        html.Div(figure, id=part_id(PLOT, chart_id)),
        html.Div(twin, id=part_id(TWIN, chart_id), hidden=True),
        subtitle=subtitle,
        tools=(toggle,),
        class_name="flow-card",
    )


def _step(step: FlowStep) -> list[Component]:
    head = [icon(step.icon), html.Span(step.title, className="flow-title")]
    if step.time:
        head.append(html.Span(step.time, className="flow-time"))
    parts: list[Component] = [
        html.Div(head, className="flow-head"),
        html.Div(
            [html.Span(step.value, className="flow-value"), f" {step.noun}"], className="flow-sum"
        ),
    ]
    if step.note:
        parts.append(html.Div(step.note, className="flow-note"))
    return parts


def _class(name: str, tone: Tone) -> str:
    return f"{name} {name}-{tone}" if tone else name
