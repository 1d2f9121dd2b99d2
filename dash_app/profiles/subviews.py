"""Other looks at a side's customers than by its segments, each under an address of its own."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from dash.development.base_component import Component

from core.readmodels import LensSummary
from dash_app.components.links import Choice, segmented_control
from dash_app.context import View
from dash_app.guard import GuardedApp
from dash_app.pages import Content
from dash_app.services import Services
from dash_app.theme import Theme


@dataclass(frozen=True, slots=True)
class SubView:
    """One sub-view of a page.

    ``draws``: which lenses it draws in place of the page; it is in view when one of them is, or
    when the address says `view=<slug>`, which is how data without such a lens have it.
    """

    slug: str
    label: str
    draws: Callable[[LensSummary], bool]
    applies: Callable[[Services, View], bool]
    draw: Callable[[Services, View, Theme], Content]
    register: Callable[[GuardedApp, Services], None]


@dataclass(frozen=True, slots=True)
class Chosen:
    """What a page shows: ``current`` (None: the segments), and the sub-views that there are.

    ``view`` is of the lens that the sub-view in view draws, where it has one.
    """

    current: SubView | None
    fitting: tuple[SubView, ...]
    view: View


def chosen(subviews: Sequence[SubView], services: Services, view: View) -> Chosen:
    """Return what the address asks for: a sub-view by its name or its lens, else the segments."""
    fitting = tuple(one for one in subviews if one.applies(services, view))
    named = [one for one in fitting if one.slug == view.selection.view]
    drawing = [one for one in fitting if one.draws(view.lens)]
    current = next(iter([*named, *drawing]), None)
    own = None if current is None else own_lens(current, view)
    return Chosen(current, fitting, view if own is None else _of_lens(view, own))


def own_lens(subview: SubView, view: View) -> LensSummary | None:
    """Return the lens that a sub-view draws: the one in view, else the first of its side."""
    lenses = [one for one in view.run.lenses if one.side == view.lens.side and subview.draws(one)]
    return next(iter([*(one for one in lenses if one == view.lens), *lenses]), None)


def page_lenses(fitting: Sequence[SubView], view: View) -> tuple[LensSummary, ...]:
    """Return the lenses of the side that the page itself draws."""
    return tuple(
        lens
        for lens in view.run.lenses
        if lens.side == view.lens.side and not any(one.draws(lens) for one in fitting)
    )


def subview_switch(found: Chosen) -> list[Component]:
    """Return the choice between the segments and the sub-views; nothing where there is none."""
    view = found.view
    lenses = page_lenses(found.fitting, view)
    choices = [
        Choice(one.label, _address(one, view), one is found.current) for one in found.fitting
    ]
    if lenses:
        here = view.lens if view.lens in lenses else lenses[0]
        address = view.href(lens=here.name, view=None, segments=(), feature=None)
        choices = [Choice("Profiles", address, found.current is None), *choices]
    return [segmented_control(choices, "What is shown")] if len(choices) > 1 else []


def _address(subview: SubView, view: View) -> str:
    own = own_lens(subview, view)
    if own is None:
        return view.href(view=subview.slug)
    return view.href(lens=own.name, view=None, segments=(), feature=None)


def _of_lens(view: View, lens: LensSummary) -> View:
    """Return the view of a lens that the address need not have named."""
    selection = replace(view.selection, lens=lens.name, view=None)
    return replace(view, selection=selection, lens=lens)
