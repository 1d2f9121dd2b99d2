"""Links inside the app: they change the URL without loading the page anew."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from dash import html
from dash.development.base_component import Component


def link(children: Any, href: str, class_name: str = "", **attributes: Any) -> Component:
    """Return a link to another view; ``assets/js/navigation.js`` follows it without a reload."""
    return html.A(
        children,
        href=href,
        className=class_name or None,
        **{"data-nav": "inside", **attributes},
    )


@dataclass(frozen=True, slots=True)
class Choice:
    """One option of a segmented control: what it says and where it leads."""

    label: str
    href: str
    is_current: bool = False


def segmented_control(choices: Sequence[Choice], label: str) -> Component:
    """Return mutually exclusive choices as links; ``label`` says what is chosen, for listeners."""
    return html.Nav(
        [
            link(
                choice.label,
                choice.href,
                "segmented-choice",
                **({"aria-current": "true"} if choice.is_current else {}),
            )
            for choice in choices
        ],
        className="segmented",
        **{"aria-label": label},
    )
