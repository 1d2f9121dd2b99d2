"""Tables of a bank's own SQL database, streamed through the port and staged as text."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from datetime import date, datetime, time
from decimal import Decimal

import duckdb
import pyarrow as pa

from core.pipeline.ports import TableReader, TableValue
from core.sources.columns import ColumnSpec, ColumnType
from core.sources.headers import UnreadableFileError, matched_columns
from core.sources.native import misfit
from core.sources.opened import Cell, Native, OpenedFile
from core.sources.structure import Structure
from core.sources.tables import TableSpec
from core.sql import quoted

_CASTS = {
    Native.FLAG: "BOOLEAN",
    Native.DATE: "DATE",
    Native.TIME: "TIME",
    Native.TIMESTAMP: "TIMESTAMP",
}


def open_stored(
    connection: duckdb.DuckDBPyConnection, reader: TableReader, table: TableSpec
) -> tuple[OpenedFile | None, list[str]]:
    """Stage a table's rows; return it opened, or every reason why its columns do not suit.

    Rows come in the order of the table's key, and are numbered from 1 in it.

    Raises
    ------
    UnreadableFileError
        Without rows, or with missing or doubled columns.
    DataError
        The database cannot be read.
    """
    name = f"table {table.table}"
    names = reader.columns(table.table)
    columns, unknown, absent = matched_columns(names, table, name)
    read = {column: names[p] for column, p in columns.items() if column in table.read_columns}
    specs = [table.columns[column] for column in read]
    staging = f"cells.{quoted(table.name)}"
    cells = ", ".join(f"c{n} VARCHAR" for n in range(len(read)))
    connection.execute(f"CREATE TABLE {staging} ({cells})")
    held: list[set[Native]] = [set() for _ in read]
    digest, rows = hashlib.sha256(repr(tuple(read)).encode()), 0
    order = [read[column] for column in table.key if column in read]
    for batch in reader.batches(table.table, tuple(read.values()), order):
        texts = [
            _texts(values, spec, natives)
            for values, spec, natives in zip(zip(*batch, strict=True), specs, held, strict=True)
        ]
        digest.update(repr(texts).encode())
        rows += len(batch)
        arrow = pa.table({f"c{n}": pa.array(one, pa.string()) for n, one in enumerate(texts)})
        connection.register("batch", arrow)
        connection.execute(f"INSERT INTO {staging} FROM batch")
        connection.unregister("batch")
    if not rows:
        raise UnreadableFileError(f"{name} of the database has no rows.")
    mistakes = [
        sentence
        for column, spec, natives in zip(read, specs, held, strict=True)
        for sentence in _misfits(name, column, spec, natives)
    ]
    if mistakes:
        return None, mistakes
    structure = Structure()
    structure.add_whole(1, rows)
    opened = OpenedFile(
        name=name,
        sha256=digest.hexdigest(),
        rows=staging,
        parameters=(),
        cells={column: _cell(f"c{n}", held[n]) for n, column in enumerate(read)},
        structure=structure,
        unknown=unknown,
        absent=absent,
        has_lines=False,
    )
    return opened, []


def _misfits(where: str, name: str, column: ColumnSpec, held: set[Native]) -> list[str]:
    found = [misfit(where, name, column, native) for native in sorted(held)]
    if len(held) > 1 and held & set(_CASTS):
        found.append(f"{where}: {name} mixes {' and '.join(sorted(held))}.")
    return [sentence for sentence in found if sentence is not None]


def _cell(sql: str, held: set[Native]) -> Cell:
    typed = held & set(_CASTS)
    if not typed:
        return Cell(sql)  # texts, and numbers written as the specification writes them
    (native,) = typed
    return Cell(f"{sql}::{_CASTS[native]}", native)


def _texts(values: Sequence[TableValue], column: ColumnSpec, held: set[Native]) -> list[str | None]:
    """Return values as text, and note as what they were held."""
    kinds = {type(value) for value in values} - {type(None)}
    if kinds <= {str}:
        held |= {Native.TEXT} if kinds else set()
        return list(values)  # type: ignore[arg-type]  # all are texts or missing
    return [None if value is None else _text(value, column, held) for value in values]


def _text(value: TableValue, column: ColumnSpec, held: set[Native]) -> str:
    native = native_of(value)
    held.add(native)
    match value:
        case str():
            return value
        case datetime():
            return value.isoformat(" ")
        case bool() | date() | time():
            return str(value).lower()
        case float() | Decimal() if column.type is ColumnType.INTEGER and _is_whole(value):
            return str(int(value))
        case float() | Decimal():
            text = format(Decimal(repr(value)) if isinstance(value, float) else value, "f")
        case _:
            text = str(value)
    return text.replace(".", column.decimal_mark) if native is Native.NUMBER else text


def native_of(value: TableValue) -> Native:
    """Return as what a database's value is held.

    >>> native_of(1.5), native_of("1.5")
    (<Native.NUMBER: 'numbers with decimals'>, <Native.TEXT: 'text'>)
    """
    match value:
        case str():
            return Native.TEXT
        case bool():
            return Native.FLAG
        case int():
            return Native.INTEGER
        case float() | Decimal():
            return Native.NUMBER
        case datetime():
            return Native.TIMESTAMP if value.tzinfo is None else Native.ZONED
        case date():
            return Native.DATE
        case time():
            return Native.TIME if value.tzinfo is None else Native.ZONED
        case _:
            return Native.OTHER


def _is_whole(value: float | Decimal) -> bool:
    return abs(float(value)) < 2**63 and value == int(
        value
    )  # not so of what is infinite or no number
