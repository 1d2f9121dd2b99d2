"""Many rows at once: binary COPY into Postgres, executemany with tuples into SQLite.

Both run inside the caller's transaction: a failure leaves nothing behind.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, cast

import numpy as np
import psycopg
from numpy.typing import NDArray
from sqlalchemy import BigInteger, Connection, Date, Double, Integer, Select, SmallInteger, Table
from sqlalchemy.types import TypeEngine

from core.sql import quoted
from db.tables.base import Base

BATCH = 50_000  # rows in memory as Python objects at a time


def insert_columns(
    connection: Connection, table: Table | type[Base], columns: Mapping[str, object]
) -> None:
    """Insert equally long columns (arrays, lists) as rows; NaN and None become NULL."""
    table = table if isinstance(table, Table) else cast("Table", table.__table__)
    names = [name for name in table.columns.keys() if name in columns]  # noqa: SIM118
    values = [columns[name] for name in names]
    if not names or not len(cast("Sequence[object]", values[0])):
        return
    if connection.dialect.name == "sqlite":
        _executemany(connection, table, names, [_as_sqlite_keeps(column) for column in values])
    else:
        _copy(connection, table, names, values)


def count_anew(connection: Connection, *tables: type[Base]) -> None:
    """Tell Postgres's planner of the rows just added, which it would learn of minutes later."""
    if connection.dialect.name == "postgresql":
        for table in tables:
            connection.exec_driver_sql(f"ANALYZE {quoted(table.__tablename__)}")


def read_array(
    connection: Connection, statement: Select[*tuple[Any, ...]], dtype: np.dtype[np.void]
) -> NDArray[np.void]:
    """Return rows as a structured array, without a Python object per row; NULL becomes NaN."""
    cursor: Any = connection.execute(statement).cursor
    return np.fromiter(cursor, dtype=dtype)


def _executemany(
    connection: Connection, table: Table, names: Sequence[str], values: Sequence[object]
) -> None:
    marks = ", ".join("?" * len(names))
    statement = f"INSERT INTO {_target(table, names)} VALUES ({marks})"  # noqa: S608  (quoted)
    driver = cast("sqlite3.Connection", _driver_within_transaction(connection))
    for batch in _batches(values):
        # Straight to the driver: zip hands every row over in the same tuple, nothing is copied.
        driver.executemany(statement, zip(*batch, strict=True))


def _as_sqlite_keeps(column: object) -> object:
    """Return days as text, which is how SQLite keeps them; other columns as they are."""
    if not isinstance(column, np.ndarray) or column.dtype.kind != "M":
        return column
    days = column.astype("datetime64[D]").astype(object)
    return [None if day is None else day.isoformat() for day in days.tolist()]


def _copy(
    connection: Connection, table: Table, names: Sequence[str], values: Sequence[object]
) -> None:
    driver = cast("psycopg.Connection[Any]", _driver_within_transaction(connection))
    statement = f"COPY {_target(table, names)} FROM STDIN (FORMAT BINARY)"
    types = [_postgres_type(table.columns[name].type) for name in names]
    with driver.cursor() as cursor, cursor.copy(statement.encode()) as copy:
        copy.set_types(types)
        for batch in _batches(values):
            for row in zip(*batch, strict=True):
                copy.write_row(row)


def _driver_within_transaction(connection: Connection) -> object:
    """Return the driver's connection once SQLAlchemy has begun the transaction on it."""
    connection.exec_driver_sql("SELECT 1")
    return connection.connection.driver_connection


def _batches(values: Sequence[object]) -> Iterator[list[list[object]]]:
    length = len(cast("Sequence[object]", values[0]))
    for start in range(0, length, BATCH):
        yield [_objects(column, start, start + BATCH) for column in values]


def _objects(column: object, start: int, end: int) -> list[object]:
    """Return a stretch of a column as Python objects, None where it is missing."""
    if not isinstance(column, np.ndarray):
        return list(cast("Sequence[object]", column)[start:end])
    part = column[start:end]
    if part.dtype.kind == "f":
        missing = np.isnan(part)
        if missing.any():
            objects = part.astype(object)
            objects[missing] = None
            return cast("list[object]", objects.tolist())
    if part.dtype.kind == "M":
        return cast("list[object]", part.astype("datetime64[D]").astype(object).tolist())
    return cast("list[object]", part.tolist())


def _target(table: Table, names: Sequence[str]) -> str:
    return f"{quoted(table.name)} ({', '.join(quoted(name) for name in names)})"


def _postgres_type(kind: TypeEngine[Any]) -> str:
    if isinstance(kind, Double):
        return "float8"
    if isinstance(kind, Date):
        return "date"
    if isinstance(kind, BigInteger):
        return "int8"
    if isinstance(kind, SmallInteger):
        return "int2"
    return "int4" if isinstance(kind, Integer) else "text"
