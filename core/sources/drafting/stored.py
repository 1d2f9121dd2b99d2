"""Unknown tables of a bank's own database as tables of text, like files."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import datetime
from decimal import Decimal

import duckdb
import pyarrow as pa

from core.errors import DataError
from core.pipeline.ports import TableReader, TableValue
from core.sources.drafting.forms import STORED, FileForm
from core.sources.drafting.loading import LoadedTable, column_name, column_names, unused
from core.sources.opened import Native
from core.sources.stored import native_of
from core.sql import quoted


def load_tables(
    connection: duckdb.DuckDBPyConnection, reader: TableReader
) -> tuple[LoadedTable, ...]:
    """Load every table and view of a database into the schema ``loaded``; those without rows apart.

    Raises
    ------
    DataError
        It holds no rows, or a table cannot be read.
    """
    connection.execute("CREATE SCHEMA loaded")
    tables: list[LoadedTable] = []
    for stored in reader.tables():
        name = unused(column_name(stored, 0), {table.name for table in tables})
        table = _load(connection, reader, stored, name)
        tables += [table] if table.rows else []
    if not tables:
        raise DataError("The database holds no table with rows; give one that has some.")
    return tuple(tables)


def _load(
    connection: duckdb.DuckDBPyConnection, reader: TableReader, stored: str, name: str
) -> LoadedTable:
    headers = reader.columns(stored)
    columns = column_names(headers)
    table = f"loaded.{quoted(name)}"
    described = ", ".join(f"{quoted(column)} VARCHAR" for column in columns)
    connection.execute(f"CREATE TABLE {table} ({described})")
    kinds: list[set[Native]] = [set() for _ in columns]
    rows = 0
    for batch in reader.batches(stored, headers, ()):
        held = list(zip(*batch, strict=True))
        for seen, values in zip(kinds, held, strict=True):
            seen |= {native_of(value) for value in values if value is not None}
        texts = {f"c{n}": pa.array(_texts(v), pa.string()) for n, v in enumerate(held)}
        connection.register("batch", pa.table(texts))
        connection.execute(f"INSERT INTO {table} FROM batch")
        connection.unregister("batch")
        rows += len(batch)
    natives = {c: _one(seen) for c, seen in zip(columns, kinds, strict=True)}
    typed = {column: native for column, native in natives.items() if native is not Native.TEXT}
    return LoadedTable(name, (), FileForm(STORED, headers), rows, stored=stored, held=typed)


def _one(seen: set[Native]) -> Native:
    """Return as what a column is held: numbers of both kinds are numbers with decimals."""
    if seen == {Native.INTEGER, Native.NUMBER}:
        return Native.NUMBER
    return next(iter(seen)) if len(seen) == 1 else Native.TEXT


def _texts(values: Sequence[TableValue]) -> list[str | None]:
    return [None if value is None else _text(value).strip() or None for value in values]


def _text(value: TableValue) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, datetime):
        return value.isoformat(" ")
    if isinstance(value, (float, Decimal)):
        text = format(Decimal(repr(value)) if isinstance(value, float) else value, "f")
        return re.sub(r"\.0+$", "", text)
    return str(value)
