"""Behavioural: how do our customers bank, and what sets the segments apart?"""

from __future__ import annotations

from core.features.base import Side
from dash_app.context import View
from dash_app.exports import Sheet
from dash_app.profiles.export import profile_sheets
from dash_app.services import Services
from dash_app.tabs.base import Group, Tab
from dash_app.tabs.behavioural.callbacks import register
from dash_app.tabs.behavioural.layout import SLUG, layout


def _export(services: Services, view: View) -> tuple[Sheet, ...]:
    return profile_sheets(services, view, Side.BEHAVIOURAL)


TAB = Tab(
    SLUG, "Behavioural", Group.EXPLORE, layout, register, side=Side.BEHAVIOURAL, export=_export
)
