"""Sub-view Value tiers: how many there are in each, what they hold, how far the value reaches."""

from __future__ import annotations

from core.readmodels import LensSummary
from dash_app.context import View
from dash_app.guard import GuardedApp
from dash_app.pages import Content
from dash_app.profiles.keeping import kept_profile
from dash_app.profiles.subviews import SubView, own_lens
from dash_app.services import Services
from dash_app.tabs.behavioural.tiers_view import tiers_page
from dash_app.theme import Theme


def _draws(lens: LensSummary) -> bool:
    return bool(lens.tiers)


def _applies(services: Services, view: View) -> bool:  # noqa: ARG001
    return own_lens(TIERS, view) is not None


def _draw(services: Services, view: View, theme: Theme) -> Content:
    return kept_profile(services, "behavioural", view, theme, tiers_page)


def _register(app: GuardedApp, services: Services) -> None:
    """Everything on the page is a link; there is nothing to wire."""


TIERS = SubView("tiers", "Value tiers", _draws, _applies, _draw, _register)
