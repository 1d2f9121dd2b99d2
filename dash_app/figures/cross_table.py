"""Two views of the same customers: who of one segment is in which of the other."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from core.errors import UsageError, one_of
from core.features.base import Kind
from core.readmodels import ComparisonCell, SegmentSummary
from dash_app.disclosure import HIDDEN, hidden_cells, hidden_words
from dash_app.figures.base import Chart, TableColumn, table
from dash_app.figures.canvas import empty_chart
from dash_app.figures.colour import diverging, growing
from dash_app.figures.heat import Heat, heat_figure
from dash_app.figures.text import escape, in_sentence, named
from dash_app.formats import percent, signed_number, whole_percent
from dash_app.theme import Theme

_FAR_LIFT = 1.0  # doublings (or halvings) at which the colour is full
_FAR_RESIDUAL = 6.0
_FEW = 5
_SURPRISING = 2.0  # adjusted residual, about one in twenty by chance


class Mode(StrEnum):
    """What a cell says first, and what its colour means."""

    COUNT = "count"
    ROW = "row"
    COLUMN = "column"
    LIFT = "lift"
    RESIDUAL = "residual"


_SUBTITLES = {
    Mode.COUNT: "Customers in both segments; {a} downwards, {b} across",
    Mode.ROW: "Share of each {a} segment, with customers; rows add up to 100%",
    Mode.COLUMN: "Share of each {b} segment, with customers; columns add up to 100%",
    Mode.LIFT: "Times as many customers as if {a} and {b} were unrelated, with customers; "
    "1.0 is as expected, blue more, orange fewer",
    Mode.RESIDUAL: "Standardised residual, with customers; beyond ±2 is rarely chance",
}


@dataclass(frozen=True, slots=True)
class _Totals:
    rows: dict[int, int]
    columns: dict[int, int]


def cross_table(
    cells: Sequence[ComparisonCell],
    segments_a: Sequence[SegmentSummary],
    segments_b: Sequence[SegmentSummary],
    label_a: str,
    label_b: str,
    *,
    theme: Theme,
    currency: str = "USD",  # noqa: ARG001
    mode: str = Mode.LIFT,
    suppress_below: int = 0,
) -> Chart:
    """Return the heat map; small cells, and those that would give them away, stay blank."""
    if mode not in list(Mode):
        raise UsageError(one_of("cell value", mode, list(Mode)))
    if not cells or not segments_a or not segments_b:
        return empty_chart(
            theme,
            "Nothing to compare",
            "A comparison needs two views of the same customers.",
            "Start a run with both views.",
        )
    chosen = Mode(mode)
    found = {(cell.a, cell.b): cell for cell in cells}
    totals = _totals(cells)
    grid = [[found.get((a.number, b.number)) for b in segments_b] for a in segments_a]
    hidden = hidden_cells({place: cell.n for place, cell in found.items()}, suppress_below)
    shown = [[c if c and (c.a, c.b) not in hidden else None for c in row] for row in grid]
    low, high = _limits(chosen, shown)
    heat = Heat(
        rows=tuple(a.name for a in segments_a),
        columns=tuple(b.name for b in segments_b),
        values=tuple(tuple(_colour(c, chosen, totals) for c in row) for row in shown),
        texts=tuple(tuple(_text(c, chosen, totals) for c in row) for row in shown),
        hover=tuple(
            tuple(
                escape(_hover(a.name, b.name, c, totals, suppress_below))
                for b, c in zip(segments_b, row, strict=True)
            )
            for a, row in zip(segments_a, shown, strict=True)
        ),
        low=low,
        high=high,
    )
    scale = diverging(theme) if chosen in (Mode.LIFT, Mode.RESIDUAL) else growing(theme)
    figure, height = heat_figure(heat, scale, theme, cell=54)
    names_a = {a.number: a.name for a in segments_a}
    names_b = {b.number: b.name for b in segments_b}
    ranked = _surprises([c for row in shown for c in row if c is not None])
    return Chart(
        figure=figure,
        title=_finding(ranked, names_a, names_b, label_a, label_b),
        subtitle=_SUBTITLES[chosen].format(a=label_a, b=label_b)
        + _said_of_thin(chosen, shown)
        + (f"; {HIDDEN}: {hidden_words(suppress_below)}" if hidden else ""),
        summary=_summary(ranked, names_a, names_b, label_a, label_b),
        table=table(
            (
                TableColumn(label_a),
                TableColumn(label_b),
                TableColumn("Customers", Kind.COUNT),
                TableColumn("Expected", Kind.NUMBER),
                TableColumn("Lift", Kind.NUMBER),
                TableColumn(f"Share of {label_a} segment", Kind.SHARE),
                TableColumn(f"Share of {label_b} segment", Kind.SHARE),
                TableColumn("Residual", Kind.NUMBER),
            ),
            [
                (a.name, b.name, *_numbers(cell, totals))
                for a, row in zip(segments_a, shown, strict=True)
                for b, cell in zip(segments_b, row, strict=True)
            ],
        ),
        height=height,
    )


def _totals(cells: Sequence[ComparisonCell]) -> _Totals:
    rows: dict[int, int] = {}
    columns: dict[int, int] = {}
    for cell in cells:
        rows[cell.a] = rows.get(cell.a, 0) + cell.n
        columns[cell.b] = columns.get(cell.b, 0) + cell.n
    return _Totals(rows, columns)


def _share(n: int, total: int) -> float | None:
    return n / total if total else None


def _numbers(
    cell: ComparisonCell | None, totals: _Totals
) -> tuple[int | None, float | None, float | None, float | None, float | None, float | None]:
    if cell is None:
        return None, None, None, None, None, None
    of_row, of_column = totals.rows[cell.a], totals.columns[cell.b]
    shares = _share(cell.n, of_row), _share(cell.n, of_column)
    return cell.n, cell.expected, cell.lift, *shares, cell.residual


def _value(cell: ComparisonCell, mode: Mode, totals: _Totals) -> float | None:
    """Return the number that a cell says first."""
    n, _, lift, of_row, of_column, residual = _numbers(cell, totals)
    return {
        Mode.COUNT: n,
        Mode.ROW: of_row,
        Mode.COLUMN: of_column,
        Mode.LIFT: lift,
        Mode.RESIDUAL: residual,
    }[mode]


def _colour(cell: ComparisonCell | None, mode: Mode, totals: _Totals) -> float | None:
    """Return the place on the scale: lifts by their logarithm, so that 2 and ½ are as far."""
    value = _value(cell, mode, totals) if cell else None
    if cell is not None and value is not None and mode is Mode.LIFT and _is_thin(cell):
        return 0.0
    if value is None or mode is not Mode.LIFT:
        return value
    return math.log2(value) if value > 0 else -_FAR_LIFT


def _is_thin(cell: ComparisonCell) -> bool:
    """Whether too few customers are expected to call a lift large or small (Cochran 1954)."""
    return cell.expected < _FEW


def _said_of_thin(mode: Mode, shown: Sequence[Sequence[ComparisonCell | None]]) -> str:
    thin = sum(c is not None and _is_thin(c) for row in shown for c in row)
    if mode is not Mode.LIFT or not thin:
        return ""
    return f"; no colour where fewer than {_FEW} are expected"


def _limits(mode: Mode, shown: Sequence[Sequence[ComparisonCell | None]]) -> tuple[float, float]:
    if mode is Mode.LIFT:
        return -_FAR_LIFT, _FAR_LIFT
    if mode is Mode.RESIDUAL:
        return -_FAR_RESIDUAL, _FAR_RESIDUAL
    if mode is Mode.COUNT:
        return 0, max((cell.n for row in shown for cell in row if cell), default=1) or 1
    return 0, 1


def _text(cell: ComparisonCell | None, mode: Mode, totals: _Totals) -> str:
    if cell is None:
        return HIDDEN
    if mode is Mode.COUNT:
        return f"<b>{cell.n:,}</b>"
    value = _value(cell, mode, totals)
    if value is None:
        return "–"
    if mode is Mode.LIFT:
        first = f"{value:.2f}"
    elif mode is Mode.RESIDUAL:
        first = signed_number(value, 1)
    else:
        first = whole_percent(value)
    return f"<b>{first}</b><br>{cell.n:,}"


def _hover(
    a: str, b: str, cell: ComparisonCell | None, totals: _Totals, suppress_below: int
) -> str:
    if cell is None:
        return f"{a} and {b}: not shown, as is {hidden_words(suppress_below)}."
    n, expected, lift, of_row, of_column, residual = _numbers(cell, totals)
    words = (
        f"{n:,} customers are {a} and {b}: {percent(of_row)} of {a}, "
        f"{percent(of_column)} of {b}; {expected:,.1f} would be expected"
    )
    if lift is not None:
        words += f", {lift:.2f} times as many"
    if residual is not None:
        words += f" (residual {signed_number(residual, 1)})"
    return words + "."


def _surprises(cells: Sequence[ComparisonCell]) -> list[ComparisonCell]:
    """Return the cells that are more than chance, the strongest first."""
    far = [c for c in cells if not _is_thin(c) and abs(c.residual or 0) >= _SURPRISING]
    return sorted(far, key=lambda c: (-abs(c.residual or 0), c.a, c.b))


def _finding(
    ranked: Sequence[ComparisonCell],
    names_a: dict[int, str],
    names_b: dict[int, str],
    label_a: str,
    label_b: str,
) -> str:
    more = [c for c in ranked if (c.residual or 0) > 0 and c.lift]
    if not more:
        return f"{label_a} says nearly nothing about {in_sentence(label_b)}"
    first = more[0]
    pair = f"{named(names_a[first.a])} × {named(names_b[first.b])}"
    return f"{pair}: {first.lift:.1f} times as many as expected"


def _summary(
    ranked: Sequence[ComparisonCell],
    names_a: dict[int, str],
    names_b: dict[int, str],
    label_a: str,
    label_b: str,
) -> str:
    if not ranked:
        return f"No combination of {label_a} and {label_b} departs clearly from what chance gives."
    return " ".join(
        f"{names_a[c.a]} and {names_b[c.b]}: {c.n:,} customers, {c.expected:,.0f} expected."
        for c in ranked[:5]
    )
