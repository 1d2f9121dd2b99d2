"""Overview: how many of each kind, what are they worth, what changed, can I rely on it?"""

from __future__ import annotations

from dash_app.context import View
from dash_app.exports import Sheet
from dash_app.guard import caller
from dash_app.profiles.export import segments_table
from dash_app.services import Services
from dash_app.tabs.base import Group, Tab
from dash_app.tabs.overview.callbacks import register
from dash_app.tabs.overview.clients import clients_table
from dash_app.tabs.overview.layout import SLUG, layout
from dash_app.tabs.overview.reading import read_overview


def _export(services: Services, view: View) -> tuple[Sheet, ...]:
    found = read_overview(services, view, caller().role)
    sheets = (Sheet("Segments", segments_table(found.segments, services.smallest_group)),)
    if found.clients is None:
        return sheets
    clients = clients_table(found.clients, found.segments, found.value)
    return (*sheets, Sheet("Top action clients", clients))


TAB = Tab(SLUG, "Overview", Group.EXPLORE, layout, register, export=_export)
