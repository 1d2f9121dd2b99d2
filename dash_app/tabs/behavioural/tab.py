"""Behavioural: how do our customers bank, and what sets the segments apart?"""

from __future__ import annotations

from core.features.base import Side
from dash_app.profiles.members import members_view
from dash_app.profiles.page import ProfilePage
from dash_app.tabs.base import Group, Tab
from dash_app.tabs.behavioural.rfm import RFM
from dash_app.tabs.behavioural.tiers import TIERS
from dash_app.tabs.behavioural.view import behavioural_page

CUSTOMERS = members_view(Side.BEHAVIOURAL)
_PAGE = ProfilePage(Side.BEHAVIOURAL, "What they do", behavioural_page, (RFM, TIERS, CUSTOMERS))

TAB = Tab(
    _PAGE.slug,
    "Behavioural",
    Group.EXPLORE,
    _PAGE.layout,
    _PAGE.register,
    side=Side.BEHAVIOURAL,
    export=_PAGE.export,
)
