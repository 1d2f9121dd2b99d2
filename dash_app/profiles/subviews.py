"""Other looks at a side's customers than by segment, each under an address of its own."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from dash.development.base_component import Component

from dash_app.components.links import Choice, segmented_control
from dash_app.context import View
from dash_app.guard import GuardedApp
from dash_app.services import Services
from dash_app.theme import Theme


@dataclass(frozen=True, slots=True)
class SubView:
    """One sub-view of a page: `view=<slug>` in the address."""

    slug: str
    label: str
    applies: Callable[[Services, View], bool]
    draw: Callable[[Services, View, Theme], Component]
    register: Callable[[GuardedApp, Services], None]


def chosen(
    subviews: Sequence[SubView], services: Services, view: View
) -> tuple[SubView | None, tuple[SubView, ...]]:
    """Return the sub-view that the address names (None: the segments), and those that apply."""
    fitting = tuple(one for one in subviews if one.applies(services, view))
    return next((one for one in fitting if one.slug == view.selection.view), None), fitting


def subview_switch(
    current: SubView | None, fitting: Sequence[SubView], view: View
) -> list[Component]:
    """Return the choice between the segments and the sub-views; nothing where there are none."""
    if not fitting:
        return []
    choices = [Choice("Segments", view.href(view=None), current is None)]
    choices += [Choice(one.label, view.href(view=one.slug), one is current) for one in fitting]
    return [segmented_control(choices, "What is shown")]
