"""Segments as people meet them: a coloured name, and a card that says who they are."""

from __future__ import annotations

from typing import Any

from dash import html
from dash.development.base_component import Component

from core.readmodels import SegmentSummary
from dash_app.components.chips import stability_chip
from dash_app.components.links import link
from dash_app.formats import count, percent

COLOURS = 8


def colour_class(colour: int) -> str:
    """Return the class that sets ``--segment`` to the identity's colour in the current theme."""
    return f"segment-{colour % COLOURS}"


def segment_badge(name: str, colour: int, href: str = "") -> Component:
    """Return a segment's name behind a dot of its colour, linked where an address is given."""
    dot = html.Span(className="segment-dot", **{"aria-hidden": "true"})
    class_name = f"segment-badge {colour_class(colour)}"
    if href:
        return link([dot, name], href, class_name)
    return html.Span([dot, name], className=class_name)


def segment_card(segment: SegmentSummary, *, href: str = "", link_label: str = "Open") -> Component:
    """Return name, size, sentence and stability of a segment, under a line of its colour."""
    head: list[Any] = [html.H2(segment.name, className="card-title")]
    if href:
        head.append(
            link(link_label, href, "card-tool", **{"aria-label": f"{link_label}: {segment.name}"})
        )
    return html.Section(
        [
            html.Div(head, className="card-head"),
            html.P(
                [
                    html.Span(count(segment.size), className="segment-size"),
                    f" {percent(segment.share)} of customers",
                ],
                className="segment-share",
            ),
            html.P(segment.sentence, className="segment-sentence"),
            stability_chip(segment.stability, segment.jaccard),
        ],
        className=f"panel segment-card {colour_class(segment.colour)}",
    )


def segment_row(*cards: Component) -> Component:
    """Return segment cards side by side, as many in a row as fit."""
    return html.Div(list(cards), className="segment-row")
