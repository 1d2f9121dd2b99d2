"""A comparison as tables: the cross table, the surprises, what each view explains."""

from __future__ import annotations

from core.features.base import Kind
from dash_app.context import View
from dash_app.exports import Sheet
from dash_app.figures.base import Table, TableColumn, table
from dash_app.figures.cross_table import cross_table
from dash_app.services import Services
from dash_app.tabs.compare.reading import Compared, read_comparison
from dash_app.tabs.compare.surprises import surprises_table
from dash_app.theme import LIGHT


def comparison_sheets(services: Services, view: View) -> tuple[Sheet, ...]:
    """Return the comparison in view, small groups left out; nothing where there is none."""
    found = read_comparison(services, view)
    if found is None:
        return ()
    smallest = services.smallest_group
    crossed = cross_table(
        found.comparison.cells,
        found.segments_a,
        found.segments_b,
        found.a.label,
        found.b.label,
        theme=LIGHT,
        suppress_below=smallest,
    )
    return (
        Sheet("Cross table", crossed.table),
        Sheet("Surprising combinations", surprises_of(found, smallest)),
        Sheet("Explained variance", _bake_off(found)),
    )


def surprises_of(found: Compared, smallest: int) -> Table:
    """Return the surprising combinations of a comparison."""
    labels = (found.a.label, found.b.label)
    cells = found.comparison.cells
    return surprises_table(cells, found.segments_a, found.segments_b, labels, smallest)


def _bake_off(found: Compared) -> Table:
    names = {feature.name: feature.label for feature in found.features}
    return table(
        (
            TableColumn("Outcome"),
            TableColumn(f"Explained by {found.a.label}", Kind.SHARE),
            TableColumn(f"Explained by {found.b.label}", Kind.SHARE),
            TableColumn("Both crossed", Kind.SHARE),
        ),
        [
            (names.get(row.outcome, row.outcome), row.a, row.b, row.crossed)
            for row in found.comparison.bake_off
        ],
    )
