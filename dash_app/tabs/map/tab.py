"""Map: how are customers spread, who sits between segments?"""

from __future__ import annotations

from dash_app.context import View
from dash_app.exports import Sheet
from dash_app.figures.scree import scree
from dash_app.services import Services
from dash_app.tabs.base import Group, Tab
from dash_app.tabs.map.borders import borders, borders_table
from dash_app.tabs.map.callbacks import register
from dash_app.tabs.map.layout import SLUG, layout
from dash_app.tabs.map.loadings import loadings_table
from dash_app.tabs.map.reading import read_map
from dash_app.theme import LIGHT


def _export(services: Services, view: View) -> tuple[Sheet, ...]:
    found = read_map(services, view)
    if found is None:
        return ()
    return (
        Sheet("Components", scree(found.axes, theme=LIGHT).table),
        Sheet("Loadings", loadings_table(found.axes, found.features)),
        Sheet("Borders", borders_table(borders(*found.own))),
    )


TAB = Tab(SLUG, "Map", Group.EXPLORE, layout, register, export=_export)
