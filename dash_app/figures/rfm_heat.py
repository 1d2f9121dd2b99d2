"""How lately and how often customers buy, and what a customer is worth there."""

from __future__ import annotations

from itertools import pairwise

from core.features.base import Kind
from core.insight.rfm_view import Cuts, RfmCell, rfm_view
from core.readmodels import RfmOverview
from core.rule_groups import LEVELS
from dash_app.figures.base import Chart, TableColumn, table
from dash_app.figures.canvas import empty_chart
from dash_app.figures.colour import growing
from dash_app.figures.heat import Heat, heat_figure
from dash_app.figures.text import escape
from dash_app.formats import count, money
from dash_app.theme import Theme

_NOBODY = "(nobody)"  # two cut points at one value leave nothing between them


def rfm_heat(
    rfm: RfmOverview | None,
    *,
    theme: Theme,
    currency: str = "USD",
    cuts: Cuts | None = None,
    frequency_unit: str = "orders",
    suppress_below: int = 0,
) -> Chart:
    """Return the heat map of money per customer; cells of few customers stay blank.

    ``cuts`` are cut points to look at instead of the run's.
    """
    if rfm is None or not rfm.cells:
        return empty_chart(
            theme,
            "No recency and frequency",
            "The source does not tell when customers bought or moved money.",
            "Import transactions, or orders with their dates.",
        )
    used = rfm.cuts if cuts is None else cuts
    cells = rfm_view(rfm, used).cells
    days, times = ranges(used[0]), ranges(used[1])
    grid = [cells[at : at + LEVELS] for at in range(0, len(cells), LEVELS)]
    shown = [[None if c.customers < max(suppress_below, 1) else c for c in row] for row in grid]
    values = [[None if c is None else c.money / c.customers for c in row] for row in shown]
    known = [value for row in values for value in row if value is not None]
    rows = tuple(_with_unit(days[LEVELS - row[0].recency], "days") for row in grid)
    columns = tuple(_with_unit(text, frequency_unit) for text in times)
    heat = Heat(
        rows=rows,
        columns=columns,
        values=tuple(map(tuple, values)),
        texts=tuple(tuple(_text(c, currency, suppress_below) for c in row) for row in grid),
        hover=tuple(
            tuple(escape(_hover(c, days, columns, currency, suppress_below)) for c in row)
            for row in grid
        ),
        low=0,
        high=max(known, default=1.0) or 1.0,
    )
    figure, height = heat_figure(heat, growing(theme), theme, cell=54)
    return Chart(
        figure=figure,
        title=_finding([c for row in shown for c in row if c], days, columns, currency),
        subtitle="Money per customer and number of customers, by days since the last time "
        f"(downwards) and {frequency_unit} (across)",
        summary=_summary(cells, days, columns, currency, suppress_below),
        table=table(
            (
                TableColumn("Score of recency", Kind.COUNT),
                TableColumn("Days since the last time"),
                TableColumn("Score of frequency", Kind.COUNT),
                TableColumn(f"Number of {frequency_unit}"),
                TableColumn("Customers", Kind.COUNT),
                TableColumn("Money", Kind.MONEY),
                TableColumn("Money per customer", Kind.MONEY),
            ),
            [
                (
                    c.recency,
                    days[LEVELS - c.recency],
                    c.frequency,
                    times[c.frequency - 1],
                    *_numbers(c, suppress_below),
                )
                for c in cells
            ],
        ),
        height=height,
    )


def ranges(cut: tuple[float, ...]) -> tuple[str, ...]:
    """Return what whole numbers lie between cut points, in words.

    >>> ranges((1.0, 1.0, 3.0, 8.0))
    ('up to 1', '(nobody)', '2–3', '4–8', 'over 8')
    """
    texts = [f"up to {cut[0]:,.0f}"]
    for low, high in pairwise(cut):
        first = f"{low + 1:,.0f}"
        between = first if low + 1 == high else f"{first}–{high:,.0f}"
        texts.append(between if high > low else _NOBODY)
    return (*texts, f"over {cut[-1]:,.0f}")


def _with_unit(text: str, unit: str) -> str:
    return text if text == _NOBODY else f"{text} {unit}"


def _text(cell: RfmCell, currency: str, suppress_below: int) -> str:
    if not cell.customers:
        return "–"
    if cell.customers < suppress_below:
        return f"&lt; {suppress_below}"
    each = escape(money(cell.money / cell.customers, currency, compact=True))
    return f"<b>{each}</b><br>{cell.customers:,}"


def _numbers(cell: RfmCell, suppress_below: int) -> tuple[int | None, float | None, float | None]:
    if 0 < cell.customers < suppress_below:
        return None, None, None
    each = cell.money / cell.customers if cell.customers else None
    return cell.customers, cell.money, each


def _where(cell: RfmCell, days: tuple[str, ...], columns: tuple[str, ...]) -> str:
    return f"{days[LEVELS - cell.recency]} days ago, {columns[cell.frequency - 1]}"


def _hover(
    cell: RfmCell, days: tuple[str, ...], columns: tuple[str, ...], currency: str, least: int
) -> str:
    where = _where(cell, days, columns)
    if not cell.customers:
        return f"{where}: nobody."
    if cell.customers < least:
        return f"{where}: fewer than {least} customers, not shown."
    return (
        f"{where}: {count(cell.customers)} customers with {money(cell.money, currency)} in all, "
        f"{money(cell.money / cell.customers, currency)} each."
    )


def _finding(
    cells: list[RfmCell], days: tuple[str, ...], columns: tuple[str, ...], currency: str
) -> str:
    if not cells:
        return "Too few customers to show"
    best = max(cells, key=lambda c: (c.money / c.customers, c.recency, c.frequency))
    each = money(best.money / best.customers, currency, compact=True)
    return f"Most per customer: {each} ({_where(best, days, columns)})"


def _summary(
    cells: tuple[RfmCell, ...],
    days: tuple[str, ...],
    columns: tuple[str, ...],
    currency: str,
    least: int,
) -> str:
    largest = sorted(cells, key=lambda c: -c.customers)[:4]
    return " ".join(
        _hover(cell, days, columns, currency, least) for cell in largest if cell.customers
    )
