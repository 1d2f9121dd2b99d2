"""Data: what went in?"""

from __future__ import annotations

from dash_app.tabs.base import Group, Tab
from dash_app.tabs.data.callbacks import register
from dash_app.tabs.data.export import data_sheets
from dash_app.tabs.data.layout import SLUG, layout

TAB = Tab(SLUG, "Data", Group.TRUST, layout, register, export=data_sheets, needs_run=False)
