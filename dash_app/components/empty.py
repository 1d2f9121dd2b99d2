"""What stands where there is nothing to show: why, and what to do."""

from __future__ import annotations

from dash import html
from dash.development.base_component import Component

from dash_app.components.chips import Tone, icon

_ICONS = {
    Tone.PLAIN: "info-circle",
    Tone.ACCENT: "info-circle",
    Tone.GOOD: "check-circle",
    Tone.CARE: "exclamation-triangle",
    Tone.BAD: "x-octagon",
}


def empty_state(
    title: str, sentence: str, *, command: str = "", actions: tuple[Component, ...] = ()
) -> Component:
    """Return a card with a reason, the exact command that helps, and links."""
    parts: list[Component] = [html.H2(title, className="card-title"), html.P(sentence)]
    if command:
        parts.append(html.Pre(html.Code(command), className="command", tabIndex=0))
    if actions:
        parts.append(html.Div(list(actions), className="empty-actions"))
    return html.Section(parts, className="panel empty-state")


def notice(sentence: str, tone: Tone = Tone.ACCENT, *actions: Component) -> Component:
    """Return a banner of one sentence, with links after it."""
    return html.Div(
        [icon(_ICONS[tone]), html.Span(sentence), *actions],
        className=f"notice notice-{tone or 'plain'}",
        role="note",
    )
