"""The quality of a segmentation before its data arrive: ids and places."""

from __future__ import annotations

from enum import StrEnum

from dash.development.base_component import Component

from dash_app.profiles.skeleton import page_skeleton

SLUG = "quality"
_ROWS = (((12, 60),), ((6, 180), (6, 180)), ((12, 340),))


class Ids(StrEnum):
    """The fixed ids of the tab."""

    CONTROLS = "quality-controls"
    CONTENT = "quality-content"
    EVIDENCE = "quality-evidence"  # the heading that links to the evidence lead to


def layout() -> Component:
    """Return the skeleton."""
    return page_skeleton("Can I rely on it?", Ids.CONTROLS, Ids.CONTENT, *_ROWS)
