"""Dataclasses to rows and back, where a table's columns are named as the dataclass's fields."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import fields
from typing import TYPE_CHECKING, Any, TypeVar

import numpy as np
from sqlalchemy import ColumnElement, Connection, insert, select

from db.tables.base import Base

if TYPE_CHECKING:
    from _typeshed import DataclassInstance

    T = TypeVar("T", bound=DataclassInstance)
else:
    T = TypeVar("T")


def row_of(item: DataclassInstance, **others: object) -> dict[str, object]:
    """Return a dataclass's fields as plain values under their names, and the others as given."""
    named = {field.name: plain(getattr(item, field.name)) for field in fields(item)}
    return named | others


def plain(value: object) -> object:
    """Return numpy's scalars as Python's, tuples as lists, and NaN as None."""
    if isinstance(value, np.generic):
        value = value.item()
    if isinstance(value, float) and math.isnan(value):
        return None
    if isinstance(value, (tuple, list)):
        return [plain(item) for item in value]
    return value


def insert_rows(
    connection: Connection, table: type[Base], rows: Iterable[Mapping[str, object]]
) -> None:
    """Insert rows in order; none is a normal case."""
    found = [dict(row) for row in rows]
    if found:
        connection.execute(insert(table), found)


def insert_ordered(
    connection: Connection,
    table: type[Base],
    owner: Mapping[str, object],
    items: Sequence[DataclassInstance],
) -> None:
    """Insert dataclasses below their owner's key, numbered by position."""
    insert_rows(
        connection, table, (row_of(item, **owner, position=i) for i, item in enumerate(items))
    )


def read_rows(
    connection: Connection, table: type[Base], model: type[T], *where: ColumnElement[bool]
) -> tuple[T, ...]:
    """Return dataclasses from the columns of the same names, in order of position."""
    columns = [getattr(table, field.name) for field in fields(model)]
    statement = select(*columns).where(*where).order_by(table.position)  # type: ignore[attr-defined]
    return tuple(model(*(tupled(value) for value in row)) for row in connection.execute(statement))


def tupled(value: Any) -> Any:
    """Return JSON's lists as tuples, at every depth."""
    return tuple(tupled(item) for item in value) if isinstance(value, list) else value
