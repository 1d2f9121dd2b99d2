"""Parts of forms: a labelled field with its hint and error, and buttons."""

from __future__ import annotations

from typing import Any

from dash import html
from dash.development.base_component import Component

from dash_app.components.links import link


def field(
    label: Any,
    control: Component,
    *,
    field_id: str,
    hint: str = "",
    error: str = "",
    unit: str = "",
) -> Component:
    """Return a control under its label; ``control`` has the id ``field_id``.

    ``unit`` stands behind the control, ``hint`` and ``error`` below it.
    """
    box: list[Any] = [control]
    if unit:
        box.append(html.Span(unit, className="field-unit"))
    parts: list[Component] = [
        html.Label(label, htmlFor=field_id, className="field-label"),
        html.Div(box, className="field-box"),
    ]
    if hint:
        parts.append(html.Div(hint, className="field-hint"))
    if error:
        parts.append(html.Div(error, className="field-error", role="alert"))
    return html.Div(parts, className="field field-invalid" if error else "field")


def button(
    text: Any, button_id: Any = None, *, kind: str = "secondary", **attributes: Any
) -> Component:
    """Return a button; ``kind`` is primary, secondary or quiet."""
    identity = {} if button_id is None else {"id": button_id}
    return html.Button(
        text, type="button", className=f"button button-{kind}", **identity, **attributes
    )


def action_link(text: Any, href: str, *, kind: str = "secondary") -> Component:
    """Return a link that looks like a button."""
    return link(text, href, f"button button-{kind}")
