"""Places of the right size that are filled when their data arrive, so that nothing jumps."""

from __future__ import annotations

from dash import html
from dash.development.base_component import Component


def skeleton(height: int, class_name: str = "") -> Component:
    """Return a quiet block of a height in pixels."""
    return html.Div(
        className=f"skeleton {class_name}".strip(),
        style={"height": f"{height}px"},
        **{"aria-hidden": "true"},
    )


def kpi_skeleton(cards: int = 4) -> Component:
    """Return the places of a row of key figures."""
    return html.Div(
        [html.Div(skeleton(84), className="panel kpi") for _ in range(cards)], className="kpi-row"
    )


def slot(slot_id: str, height: int = 160, class_name: str = "") -> Component:
    """Return a card-sized place with an id; a callback writes its ``children``."""
    return html.Div(
        html.Div(skeleton(height), className="panel"),
        id=slot_id,
        className=f"slot {class_name}".strip(),
    )
