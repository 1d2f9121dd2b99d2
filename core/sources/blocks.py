"""Plain CSV files: read a block of lines at a time, all columns of it at once."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

import duckdb
import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from pyarrow import csv

from core.sources.block_columns import BlockColumn
from core.sources.conversion import LAZILY, sql_type
from core.sources.tables import TableSpec
from core.sql import quoted

_BLOCK = 1 << 23  # bytes converted together; a longer line makes a longer block


@dataclass(frozen=True, slots=True, eq=False)
class PlainLines:
    """Lines without quotes behind byte ``start`` of a file, each of them with all fields.

    ``fields`` is how many those are, ``positions`` which of them the specification's columns are.
    """

    path: Path
    start: int
    delimiter: str
    fields: int
    positions: dict[str, int]


def load_lines(
    connection: duckdb.DuckDBPyConnection,
    table: str,
    lines: PlainLines,
    spec: TableSpec,
    null_tokens: Sequence[str],
) -> None:
    """Create a table of the lines' typed columns, and of the reason why a row is refused."""
    with duckdb.connect(":memory:", config={"threads": 1}) as aside:  # the other one is busy
        aside.execute(LAZILY)
        columns = {
            name: BlockColumn(
                aside, name, column, null_tokens, may_be_missing=spec.may_be_missing(name)
            )
            for name, column in spec.read_columns.items()
        }
        held = {name: column.type for name, column in columns.items()}
        schema = pa.schema({**held, "reason": pa.string()})
        rows = pa.RecordBatchReader.from_batches(schema, _rows(lines, columns, schema))
        made = ", ".join(
            f"{quoted(name)}::{sql_type(column)} AS {quoted(name)}"
            for name, column in spec.read_columns.items()
        )
        connection.register("lines", rows)
        connection.execute(f"CREATE TABLE {table} AS SELECT {made}, reason FROM lines")  # noqa: S608
        connection.unregister("lines")


def _rows(
    lines: PlainLines, columns: dict[str, BlockColumn], schema: pa.Schema
) -> Iterator[pa.RecordBatch]:
    """Yield the lines' values and reasons; while some are converted, the next are split."""
    with ThreadPoolExecutor(1) as ahead:
        waiting: deque[Future[pa.Table]] = deque()
        for block in _blocks(lines):
            waiting.append(ahead.submit(_cells, block, lines, columns))
            if len(waiting) > 1:
                yield _converted(waiting.popleft().result(), columns, schema)
        yield from (_converted(cells.result(), columns, schema) for cells in waiting)


def _converted(
    cells: pa.Table, columns: dict[str, BlockColumn], schema: pa.Schema
) -> pa.RecordBatch:
    found = [
        column.values(cells[name].combine_chunks() if name in held else _blank(len(cells)))
        for held in [set(cells.column_names)]
        for name, column in columns.items()
    ]
    refused = [reasons for _, reasons in found if reasons is not None]
    reasons = pc.coalesce(*refused) if refused else pa.nulls(len(cells), pa.string())
    return pa.record_batch([*(values for values, _ in found), reasons], schema)


def _blocks(lines: PlainLines) -> Iterator[bytes]:
    """Yield the lines, many at a time."""
    with lines.path.open("rb") as file:
        file.seek(lines.start)
        while part := file.read(_BLOCK):
            yield part + file.readline()


def _cells(block: bytes, lines: PlainLines, columns: dict[str, BlockColumn]) -> pa.Table:
    """Return the cells as texts, as dictionaries of them where they are likely to be few."""
    names = [str(place) for place in range(lines.fields)]
    read = {names[lines.positions[name]]: name for name in columns if name in lines.positions}
    types = {place: columns[name].is_read_as for place, name in read.items()}
    table = csv.read_csv(
        pa.BufferReader(block),
        csv.ReadOptions(column_names=names, block_size=len(block) + 1, use_threads=False),
        csv.ParseOptions(delimiter=lines.delimiter, quote_char=False, ignore_empty_lines=False),
        csv.ConvertOptions(
            column_types=types, include_columns=[*read], null_values=[], check_utf8=False
        ),
    )
    return table.rename_columns([*read.values()])


def _blank(count: int) -> pa.Array:
    """Return blank cells, as of a column that a file lacks."""
    return pa.DictionaryArray.from_arrays(np.zeros(count, np.int32), pa.array([""]))
