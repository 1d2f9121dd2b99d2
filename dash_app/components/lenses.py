"""The choice between the lenses of a run."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from dash import html
from dash.development.base_component import Component

from core.readmodels import LensSummary
from dash_app.components.links import Choice, segmented_control


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
