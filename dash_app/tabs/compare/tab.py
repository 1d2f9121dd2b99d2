"""Compare: do the two views agree, and which should I use?"""

from __future__ import annotations

from dash_app.tabs.base import Group, Tab
from dash_app.tabs.compare.callbacks import register
from dash_app.tabs.compare.export import comparison_sheets
from dash_app.tabs.compare.layout import SLUG, layout

TAB = Tab(SLUG, "Compare", Group.EXPLORE, layout, register, export=comparison_sheets)
