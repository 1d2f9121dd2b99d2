"""Sentences with emphasis, and terms that explain themselves."""

from __future__ import annotations

import re

from dash import html
from dash.development.base_component import Component

_STRONG = re.compile(r"\*\*(.+?)\*\*")


def emphasised(text: str) -> list[str | Component]:
    """Return text in which ``**words**`` are bold; everything else stays plain text."""
    parts = _STRONG.split(text)
    return [
        html.Strong(part) if position % 2 else part for position, part in enumerate(parts) if part
    ]


def term(label: str, definition: str) -> Component:
    """Return a label that shows its definition on hover, on focus and to listeners."""
    if not definition:
        return html.Span(label)
    return html.Span(
        [label, html.Span(definition, className="term-tip", role="tooltip")],
        className="term",
        tabIndex=0,
    )


def only_read_aloud(text: str, **attributes: object) -> Component:
    """Return text for listeners that is not shown."""
    return html.Span(text, className="visually-hidden", **attributes)
