"""The demographic tab before its data arrive: ids and places."""

from __future__ import annotations

from enum import StrEnum

from dash.development.base_component import Component

from dash_app.profiles.skeleton import page_skeleton

SLUG = "demographic"


class Ids(StrEnum):
    """The fixed ids of the tab."""

    CONTROLS = "demographic-controls"
    CONTENT = "demographic-content"


def layout() -> Component:
    """Return the skeleton."""
    return page_skeleton(
        "Who they are",
        Ids.CONTROLS,
        Ids.CONTENT,
        ((5, 440), (7, 440)),
        ((7, 380), (5, 380)),
        ((6, 330), (6, 330)),
    )
