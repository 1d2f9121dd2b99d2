"""Small tables: hairlines, numbers to the right, the first column names the row."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import dash_bootstrap_components as dbc
from dash import html
from dash.development.base_component import Component

from core.features.base import NUMERIC_KINDS
from dash_app.components.words import leading_label, led_by_label, only_read_aloud
from dash_app.figures.base import Table
from dash_app.formats import format_value


@dataclass(frozen=True, slots=True)
class Column:
    """Head of a column; numbers stand right."""

    label: Any
    is_number: bool = False


def rows_table(
    columns: Sequence[Column],
    rows: Sequence[Sequence[Any]],
    *,
    caption: str,
    stacks: bool = False,
) -> Component:
    """Return a table whose cells are texts or components; ``caption`` is read aloud.

    With ``stacks`` the cells of a row lie below each other on a phone, each with its column's
    label: for rows of sentences, which would not fit side by side.
    """
    head = html.Thead(
        html.Tr([html.Th(column.label, scope="col", className=_side(column)) for column in columns])
    )
    body = html.Tbody([_row(columns, row, stacks=stacks) for row in rows])
    return html.Div(
        dbc.Table(
            [html.Caption(only_read_aloud(caption)), head, body],
            className="rows stacks" if stacks else "rows",
        ),
        className="table-frame",
        tabIndex=0,
        role="region",
        **{"aria-label": caption},
    )


def data_table(table: Table, *, currency: str, caption: str) -> Component:
    """Return the numbers of a chart, each written as its kind and unit ask.

    Heads and cells that are labels of the table's features explain themselves.
    """
    labels = labels_of(table)
    columns = [
        Column(led_by_label(column.label, labels), column.kind in NUMERIC_KINDS)
        for column in table.columns
    ]
    rows = [
        [
            led_by_label(value, labels)
            if isinstance(value, str)
            else format_value(value, column.kind, column.unit, currency)
            for value, column in zip(row, table.columns, strict=True)
        ]
        for row in table.rows
    ]
    return rows_table(columns, rows, caption=caption)


def labels_of(table: Table) -> dict[str, str]:
    """Return the names of a table's features by their labels."""
    return {feature.label: feature.name for feature in table.features}


def labels_said(table: Table) -> set[str]:
    """Return the labels of features that stand in a table: in its heads and in its cells."""
    labels = labels_of(table)
    cells = (value for row in table.rows for value in row if isinstance(value, str))
    heads = (column.label for column in table.columns)
    return {found for text in (*heads, *cells) if (found := leading_label(text, labels))}


def _row(columns: Sequence[Column], row: Sequence[Any], *, stacks: bool) -> Component:
    first, *others = row
    return html.Tr(
        [
            html.Th(first, scope="row", className=_side(columns[0])),
            *(
                html.Td(
                    value,
                    className=_side(column),
                    **({"data-label": _text(column.label)} if stacks else {}),
                )
                for value, column in zip(others, columns[1:], strict=True)
            ),
        ]
    )


def _text(label: Any) -> str:
    """Return what a label says, without the marks of the words that explain themselves."""
    if isinstance(label, list | tuple):
        return "".join(map(_text, label))
    return label if isinstance(label, str) else _text(getattr(label, "children", None) or "")


def _side(column: Column) -> str | None:
    return "number" if column.is_number else None
