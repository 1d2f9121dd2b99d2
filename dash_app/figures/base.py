"""What a figure builder returns: a drawing, its finding, its words and its numbers as a table."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from core.features.base import Kind
from core.readmodels import FeatureInfo

Cell = str | int | float | None
PlotlyDict = dict[str, Any]  # Plotly's own JSON; its schema is checked by the conformance suite


@dataclass(frozen=True, slots=True)
class TableColumn:
    """One column of the table twin; the kind tells the formatter how to print it."""

    label: str
    kind: Kind = Kind.CATEGORY
    unit: str = ""


@dataclass(frozen=True, slots=True)
class Table:
    """The numbers of a chart: full precision, None where there is no number.

    ``features`` are those whose labels stand in it, or on the drawing whose numbers it has: what
    shows it can then say what they mean.
    """

    columns: tuple[TableColumn, ...] = ()
    rows: tuple[tuple[Cell, ...], ...] = ()
    features: tuple[FeatureInfo, ...] = ()


@dataclass(frozen=True, slots=True)
class Chart:
    """A drawing with everything a card, a screen reader and a download need.

    ``title`` states the finding, ``subtitle`` what is drawn and its units, ``summary`` is the text
    alternative. All three are plain text; text inside ``figure`` is escaped. ``height`` in pixels.
    """

    figure: PlotlyDict
    title: str
    subtitle: str
    summary: str
    table: Table = field(default_factory=Table)
    height: int = 320
    is_empty: bool = False


def table(
    columns: Sequence[TableColumn],
    rows: Sequence[Sequence[Cell]],
    features: Sequence[FeatureInfo] = (),
) -> Table:
    """Return the table twin, after checking that every row fits the columns."""
    for row in rows:
        if len(row) != len(columns):
            raise ValueError(f"A row has {len(row)} cells, the table {len(columns)} columns.")
    return Table(tuple(columns), tuple(tuple(row) for row in rows), tuple(features))
