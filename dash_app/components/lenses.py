"""Choices that are addresses: the lenses of a run, and entries of a menu."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from dash import html
from dash.development.base_component import Component

from core.readmodels import LensSummary
from dash_app.components.links import Choice, link, segmented_control


def lens_switch(
    lenses: Sequence[LensSummary], current: str, address: Callable[[str], str]
) -> Component:
    """Return the lenses as a segmented control; nothing to choose from is an empty place.

    ``current`` is the name of the lens in view; ``address`` gives the URL that shows another.
    """
    if len(lenses) < 2:
        return html.Span(className="no-choice")
    return segmented_control(
        [Choice(lens.label, address(lens.name), lens.name == current) for lens in lenses],
        label="View of the customers",
    )


def menu_link(label: Any, href: str, is_current: bool) -> Component:
    """Return an entry of a `menu` that leads to another view of the same tab."""
    current = {"aria-current": "true"} if is_current else {}
    return link(label, href, "menu-item", **current)
