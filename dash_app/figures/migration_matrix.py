"""From which segment into which: customers who were known before, in numbers and shares."""

from __future__ import annotations

from collections import Counter

from core.change import Migration
from core.features.base import Kind
from dash_app.disclosure import HIDDEN, Cell, hidden_cells, hidden_words
from dash_app.figures.base import Chart, TableColumn, table
from dash_app.figures.canvas import empty_chart
from dash_app.figures.colour import growing
from dash_app.figures.heat import Heat, heat_figure
from dash_app.figures.text import escape
from dash_app.formats import day, percent
from dash_app.theme import Theme

_CELL = 48


def migration_matrix(
    migration: Migration | None,
    *,
    theme: Theme,
    currency: str = "USD",  # noqa: ARG001
    suppress_below: int = 0,
) -> Chart:
    """Return segments before (downwards) by segments now; cells that must not be shown stay blank.

    Customers who joined or left are not in it, but count for what gives a small number away.
    """
    everywhere: Counter[Cell] = Counter()
    for flow in migration.flows if migration else ():
        everywhere[flow.before, flow.after] += flow.n
    hidden = hidden_cells(everywhere, suppress_below)
    counts = Counter({way: n for way, n in everywhere.items() if None not in way})
    if migration is None or not counts:
        return empty_chart(
            theme,
            "Nobody can have moved yet",
            "It takes customers who were there in two published runs.",
            "Refresh the data set with newer files.",
        )
    rows = [mark for mark in migration.marks if any(a == mark.key for a, _ in counts)]
    columns = [mark for mark in migration.marks if any(b == mark.key for _, b in counts)]
    totals = {a.key: sum(counts[a.key, b.key] for b in columns) for a in rows}
    cells = [[counts[a.key, b.key] for b in columns] for a in rows]
    shown = [
        [None if (a.key, b.key) in hidden else n for b, n in zip(columns, row, strict=True)]
        for a, row in zip(rows, cells, strict=True)
    ]
    shares = [
        [None if n is None else n / totals[a.key] for n in row]
        for a, row in zip(rows, shown, strict=True)
    ]
    heat = Heat(
        rows=tuple(a.name for a in rows),
        columns=tuple(b.name for b in columns),
        values=tuple(tuple(share or None for share in row) for row in shares),
        texts=tuple(
            tuple(
                HIDDEN if n is None else "–" if n == 0 else f"<b>{n:,}</b><br>{percent(share)}"
                for n, share in zip(row, of, strict=True)
            )
            for row, of in zip(shown, shares, strict=True)
        ),
        hover=tuple(
            tuple(
                escape(
                    f"{a.name} to {b.name}: not shown, as is {hidden_words(suppress_below)}."
                    if n is None
                    else f"{n:,} customers of {a.name} are now {b.name}: {percent(share)}."
                )
                for b, n, share in zip(columns, row, of, strict=True)
            )
            for a, row, of in zip(rows, shown, shares, strict=True)
        ),
        low=0,
        high=1,
    )
    figure, height = heat_figure(heat, growing(theme), theme, cell=_CELL)
    stayed = sum(counts[a.key, a.key] for a in rows)
    everyone = sum(totals.values())
    return Chart(
        figure=figure,
        title=_stayed(everyone, stayed, suppress_below),
        subtitle=f"Segment on {day(migration.before_as_of)} downwards, on {day(migration.as_of)} "
        "across; share of the row"
        + (f"; {HIDDEN}: {hidden_words(suppress_below)}" if hidden else ""),
        summary=" ".join(
            f"{a.name}: {percent(totals[a.key] and counts[a.key, a.key] / totals[a.key])} stayed."
            for a in rows
            if counts[a.key, a.key] and (a.key, a.key) not in hidden
        ),
        table=table(
            (
                TableColumn("Before"),
                TableColumn("Now"),
                TableColumn("Customers", Kind.COUNT),
                TableColumn("Share of those before", Kind.SHARE),
            ),
            [
                (a.name, b.name, n, share)
                for a, row, of in zip(rows, shown, shares, strict=True)
                for b, n, share in zip(columns, row, of, strict=True)
            ],
        ),
        height=height,
    )


def _stayed(everyone: int, stayed: int, suppress_below: int) -> str:
    """Say how many stayed; not to the last customer where hardly anybody moved."""
    if stayed == everyone:
        return "Everybody known before is in the same segment"
    if everyone - stayed < suppress_below:
        return f"All but fewer than {suppress_below} customers are in the same segment"
    return f"{percent(stayed / everyone)} are in the same segment as before"
