"""Demographic: who are our customers, and what sets the segments apart?"""

from __future__ import annotations

from core.features.base import Side
from dash_app.profiles.members import members_view
from dash_app.profiles.page import ProfilePage
from dash_app.tabs.base import Group, Tab
from dash_app.tabs.demographic.view import demographic_page

CUSTOMERS = members_view(Side.DEMOGRAPHIC)
_PAGE = ProfilePage(Side.DEMOGRAPHIC, "Who they are", demographic_page, (CUSTOMERS,))

TAB = Tab(
    _PAGE.slug,
    "Demographic",
    Group.EXPLORE,
    _PAGE.layout,
    _PAGE.register,
    side=Side.DEMOGRAPHIC,
    export=_PAGE.export,
)
