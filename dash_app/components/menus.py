"""Menus of the header: a button that opens a short list."""

from __future__ import annotations

from typing import Any

from dash import html
from dash.development.base_component import Component


def menu(
    summary: Any, *items: Component, label: str, class_name: str = "", align_end: bool = False
) -> Component:
    """Return a native disclosure; ``assets/js/menus.js`` closes it on Escape and outside clicks."""
    return html.Details(
        [
            html.Summary(summary, className="menu-button", **{"aria-label": label}),
            html.Div(list(items), className="menu-list" + (" menu-list-end" if align_end else "")),
        ],
        className=f"menu {class_name}".strip(),
    )
