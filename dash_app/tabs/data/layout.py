"""The data page before its data arrive: ids, views and places."""

from __future__ import annotations

from enum import StrEnum

from dash.development.base_component import Component

from dash_app.profiles.skeleton import page_skeleton

SLUG = "data"


class Ids(StrEnum):
    """The fixed ids of the tab; those below ``CONTENT`` stand in what a callback writes."""

    CONTROLS = "data-controls"
    CONTENT = "data-content"
    FIND = "data-find"
    REJECTS_CSV = "data-rejects-csv"
    REJECTS_EXCEL = "data-rejects-excel"


class Part(StrEnum):
    """The sub-views, as the URL names them."""

    IMPORT = "import"
    COLUMNS = "columns"
    ALIKE = "alike"
    LINEAGE = "lineage"
    FLOW = "flow"
    DICTIONARY = "dictionary"


PART_LABELS = {
    Part.IMPORT: "Import",
    Part.COLUMNS: "Columns",
    Part.ALIKE: "Look-alikes",
    Part.LINEAGE: "Lineage",
    Part.FLOW: "Flow",
    Part.DICTIONARY: "Dictionary",
}


def part_of_view(view: str | None) -> Part:
    """Return the sub-view that the URL asks for, the import without one.

    >>> part_of_view("flow").value, part_of_view("nonsense").value
    ('flow', 'import')
    """
    return Part(view) if view in set(Part) else Part.IMPORT


def layout() -> Component:
    """Return the skeleton."""
    return page_skeleton(
        "What went in", Ids.CONTROLS, Ids.CONTENT, ((7, 320), (5, 320)), ((12, 360),)
    )
