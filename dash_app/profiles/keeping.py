"""A profile read, drawn, and kept for whoever looks at the same."""

from __future__ import annotations

from collections.abc import Callable

from dash.development.base_component import Component

from dash_app.context import View
from dash_app.pages import Content, kept
from dash_app.profiles.facts import segments_and_facts
from dash_app.profiles.model import Profile, profile
from dash_app.services import Services
from dash_app.theme import Theme


def kept_profile(
    services: Services,
    prefix: str,
    view: View,
    theme: Theme,
    draw: Callable[[Profile], Component],
) -> Content:
    """Return the drawing of the lens in view; ``prefix`` begins the ids of its charts.

    What it is kept by is the view alone: of one view there is one drawing.
    """
    segments, facts = segments_and_facts(services, view)
    key = (prefix, view, theme.name, segments, facts.choice_reason)
    return kept(
        services.pages,
        key,
        lambda: draw(profile(prefix, view, theme, segments, facts, services.smallest_group)),
    )
