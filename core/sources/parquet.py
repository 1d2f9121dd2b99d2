"""Parquet files opened: what each column holds must suit what the specification says of it."""

from __future__ import annotations

from pathlib import Path

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq

from core.sources.columns import ColumnSpec
from core.sources.compression import LARGEST_UNPACKED
from core.sources.files import file_sha256
from core.sources.headers import UnreadableFileError, matched_columns
from core.sources.native import misfit
from core.sources.opened import Cell, Native, OpenedFile
from core.sources.structure import Structure
from core.sources.tables import TableSpec
from core.sql import quoted

_MAGIC = b"PAR1"
_READ = "read_parquet(?, hive_partitioning=false)"  # columns are those within the file alone
_INTEGERS = ("TINYINT", "SMALLINT", "INTEGER", "BIGINT", "HUGEINT")
_HELD = {
    **{name: Native.INTEGER for kind in _INTEGERS for name in (kind, f"U{kind}")},
    **dict.fromkeys(("VARCHAR", "UUID"), Native.TEXT),
    **dict.fromkeys(("FLOAT", "DOUBLE"), Native.NUMBER),
    **dict.fromkeys(("TIMESTAMP", "TIMESTAMP_S", "TIMESTAMP_MS", "TIMESTAMP_NS"), Native.TIMESTAMP),
    **dict.fromkeys(("TIMESTAMP WITH TIME ZONE", "TIME WITH TIME ZONE"), Native.ZONED),
    "BOOLEAN": Native.FLAG,
    "DATE": Native.DATE,
    "TIME": Native.TIME,
}


def open_parquet(
    connection: duckdb.DuckDBPyConnection, path: Path, table: TableSpec
) -> tuple[OpenedFile | None, list[str]]:
    """Return the opened file, or every reason why its columns do not suit the table.

    Raises
    ------
    UnreadableFileError
        Not a whole Parquet file, without rows, far too large, or with missing or doubled columns.
    """
    names, kinds, rows = _described(connection, path)
    columns, unknown, absent = matched_columns(names, table, path.name)
    cells, mistakes = {}, []
    for name, position in columns.items():
        spec = table.columns[name]
        held, native = list(kinds.items())[position]
        if name in table.read_columns:
            cells[name], wrong = _cell(connection, path, name, spec, held, native)
            mistakes += [wrong] if wrong else []
    if mistakes:
        return None, mistakes
    structure = Structure()
    structure.add_whole(1, rows)
    opened = OpenedFile(
        name=path.name,
        sha256=file_sha256(path),
        rows=_READ,
        parameters=(str(path),),
        cells=cells,
        structure=structure,
        unknown=unknown,
        absent=absent,
        has_lines=False,
    )
    return opened, []


def held_as(kind: str) -> Native:
    """Return as what a column of a type of DuckDB is held.

    >>> held_as("DOUBLE"), held_as("ENUM('a', 'b')")
    (<Native.NUMBER: 'numbers with decimals'>, <Native.TEXT: 'text'>)
    """
    if kind.startswith("DECIMAL("):
        return Native.NUMBER
    return Native.TEXT if kind.startswith("ENUM(") else _HELD.get(kind, Native.OTHER)


def _described(
    connection: duckdb.DuckDBPyConnection, path: Path
) -> tuple[tuple[str, ...], dict[str, str], int]:
    """Return the columns' names as the file gives them, how DuckDB calls and types each, and rows.

    DuckDB renames doubled columns, which here are a mistake.
    """
    with path.open("rb") as file:
        begin = file.read(4)
    if begin != _MAGIC:
        raise UnreadableFileError(
            f"{path.name} is not a Parquet file; state form = 'csv' if it is text."
        )
    try:
        names = tuple(pq.read_schema(path).names)
        described = connection.execute(f"DESCRIBE FROM {_READ}", [str(path)])
        kinds = {name: kind for name, kind, *_ in described.fetchall()}
        found = connection.execute(
            "SELECT count(*), coalesce(sum(total_uncompressed_size), 0) "
            "FROM parquet_metadata(?) WHERE column_id = 0",
            [str(path)],
        ).fetchone()
        rows = connection.execute(f"SELECT count(*) FROM {_READ}", [str(path)]).fetchone()  # noqa: S608
    except (duckdb.Error, pa.ArrowException, OSError, ValueError) as error:
        raise UnreadableFileError(
            f"{path.name} is not a whole Parquet file: it is cut off, damaged or encrypted."
        ) from error
    if found is None or rows is None or not rows[0]:
        raise UnreadableFileError(f"{path.name} has columns but no rows.")
    if found[1] > LARGEST_UNPACKED:
        raise UnreadableFileError(
            f"{path.name} unpacks to {found[1]:,} bytes; at most {LARGEST_UNPACKED:,} are allowed."
        )
    return names, kinds, int(rows[0])


def _cell(
    connection: duckdb.DuckDBPyConnection,
    path: Path,
    name: str,
    column: ColumnSpec,
    held: str,
    kind: str,
) -> tuple[Cell, str | None]:
    """Return where a column's cells are, and what is wrong with their type (if anything)."""
    native = held_as(kind)
    if kind.startswith("ENUM("):
        return Cell(f"{quoted(held)}::VARCHAR"), None
    sentence = misfit(path.name, name, column, native)
    if sentence is not None and _is_empty(connection, path, held):
        return Cell("NULL::VARCHAR"), None  # a column without any value has no true type
    sql = f"{quoted(held)}::VARCHAR" if kind == "UUID" else quoted(held)
    return Cell(sql, native), sentence


def _is_empty(connection: duckdb.DuckDBPyConnection, path: Path, held: str) -> bool:
    try:
        row = connection.execute(
            f"SELECT count({quoted(held)}) FROM {_READ}",  # noqa: S608
            [str(path)],
        ).fetchone()
    except duckdb.Error:
        return False  # damaged: what it should be is told first
    return row is not None and row[0] == 0
