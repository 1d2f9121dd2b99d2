"""The overview before its data arrive: ids and places."""

from __future__ import annotations

from enum import StrEnum

from dash.development.base_component import Component

from dash_app.profiles.skeleton import page_skeleton

SLUG = "overview"


class Ids(StrEnum):
    """The fixed ids of the tab."""

    CONTROLS = "overview-controls"
    CONTENT = "overview-content"
    CLIENTS_CSV = "overview-clients-csv"  # in the content; absent while there are no clients


def layout() -> Component:
    """Return the skeleton."""
    return page_skeleton(
        "Who our customers are",
        Ids.CONTROLS,
        Ids.CONTENT,
        ((7, 360), (5, 360)),
        ((7, 280), (5, 280)),
    )
