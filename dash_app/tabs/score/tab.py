"""Score: where does this customer belong, how sure are we, why?"""

from __future__ import annotations

from dash_app.tabs.base import Group, Tab
from dash_app.tabs.score.callbacks import register
from dash_app.tabs.score.layout import SLUG, layout

TAB = Tab(SLUG, "Score", Group.ACT, layout, register)
