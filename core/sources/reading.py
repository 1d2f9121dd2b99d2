"""From files to typed tables: every row is accepted, or rejected with its line and a reason.

Rows read = rows accepted + rows rejected, always. Whole files that cannot be read (missing, empty,
another delimiter, missing or doubled columns) are problems; single rows are rejects.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path

import duckdb

from core.readmodels import FileRead, Reject
from core.sources.conversion import conversion, sql_type
from core.sources.files import OpenedFile, matching_files, open_file
from core.sources.headers import UnreadableFileError
from core.sources.problems import listed
from core.sources.quoting import Positions
from core.sources.tables import TableSpec
from core.sql import literal, quoted

WHOLE_ROW = "(whole row)"  # the column of a reject that is not about one column
_NEVER = chr(1)  # a null marker that no accepted cell equals


@dataclass(slots=True, eq=False)
class TableRead:
    """A table in the making: its rows stand in ``staged.<name>`` with their file and record."""

    spec: TableSpec
    files: list[OpenedFile] = field(default_factory=list)
    rejects: list[tuple[int, Reject]] = field(default_factory=list)  # with the file's position
    warnings: list[str] = field(default_factory=list)

    @property
    def rows_read(self) -> int:
        """Rows of all files, the header apart."""
        return sum(file.structure.records for file in self.files)

    def file_reads(self) -> tuple[FileRead, ...]:
        """Return the account of every file: read = accepted + rejected."""
        rejected = Counter(position for position, _ in self.rejects)
        return tuple(
            FileRead(
                table=self.spec.name,
                file=file.name,
                sha256=file.sha256,
                rows_read=file.structure.records,
                rows_accepted=file.structure.records - rejected[position],
                rows_rejected=rejected[position],
            )
            for position, file in enumerate(self.files)
        )

    def lines(self, position: int) -> Positions:
        """Return the line on which every whole record of a file begins, in order."""
        return self.files[position].structure.lines()


def read_table(
    connection: duckdb.DuckDBPyConnection,
    spec: TableSpec,
    folder: Path | None,
    null_tokens: tuple[str, ...],
    scratch: Path,
) -> tuple[TableRead, list[str]]:
    """Read a table's files into ``staged.<name>``; return the account and the whole-file problems.

    Without a folder or files (allowed where a table is not required) it is staged empty.
    """
    read, problems = TableRead(spec), []
    for path in matching_files(spec, folder) if folder else ():
        try:
            read.files.append(open_file(path, spec, scratch))
        except UnreadableFileError as fault:
            problems.append(str(fault))
    if not problems:
        connection.execute(_empty_table(spec))
        for position, file in enumerate(read.files):
            _load(connection, read, position, file, null_tokens)
    return read, problems


def too_many_rejects(read: TableRead, allowed_share: float) -> str | None:
    """Return the sentence that stops an import, if more than the allowed share was rejected."""
    rejected = len(read.rejects)
    if rejected <= allowed_share * read.rows_read:
        return None
    reasons = Counter((r.column, r.reason) for _, r in read.rejects).most_common(5)
    first = {(r.column, r.reason): (r.file, r.line) for _, r in reversed(read.rejects)}
    told = "; ".join(
        f"{column} {reason}: {count:,} (first: {first[column, reason][0]} line "
        f"{first[column, reason][1]:,})"
        for (column, reason), count in reasons
    )
    return (
        f"{rejected:,} of {read.rows_read:,} rows of {read.spec.name} cannot be accepted, more "
        f"than the {allowed_share:.0%} that the specification allows. Commonest reasons: {told}."
    )


def reject_rows(
    connection: duckdb.DuckDBPyConnection, read: TableRead, column: str, query: str
) -> None:
    """Move the rows that a query names (``_file``, ``_record``, ``reason``) to the rejects."""
    name = quoted(read.spec.name)
    connection.execute(f"CREATE OR REPLACE TEMP TABLE rejected AS {query}")
    _keep_rejects(connection, read, column)
    connection.execute(
        f"DELETE FROM staged.{name} USING rejected r "  # noqa: S608
        f"WHERE staged.{name}._file = r._file AND staged.{name}._record = r._record"
    )
    connection.execute("DROP TABLE rejected")


def _keep_rejects(connection: duckdb.DuckDBPyConnection, read: TableRead, column: str) -> None:
    rows = connection.execute(
        "SELECT _file, _record, reason FROM rejected ORDER BY _file, _record"
    ).fetchall()
    lines = {position: read.lines(position) for position in {row[0] for row in rows}}
    for position, record, reason in rows:
        named, _, why = reason.partition("|") if not column else (column, "", reason)
        line = int(lines[position][record])
        read.rejects.append((position, Reject(read.files[position].name, line, named, why)))


def _empty_table(spec: TableSpec) -> str:
    columns = [f"{quoted(name)} {sql_type(c)}" for name, c in spec.read_columns.items()]
    columns += ["_file INTEGER", "_record BIGINT"]
    return f"CREATE OR REPLACE TABLE staged.{quoted(spec.name)} ({', '.join(columns)})"


def _load(
    connection: duckdb.DuckDBPyConnection,
    read: TableRead,
    position: int,
    file: OpenedFile,
    null_tokens: tuple[str, ...],
) -> None:
    """Add one file's typed rows to the staged table, and its broken ones to the rejects."""
    for group in file.structure.broken:
        read.rejects += [
            (position, Reject(file.name, int(line), WHOLE_ROW, group.reason))
            for line in group.lines
        ]
    read.warnings += _header_warnings(file)
    connection.execute(
        f"CREATE OR REPLACE TEMP TABLE typed AS {_typed_rows(read.spec, file, null_tokens)}",
        [
            str(file.path),
            file.header.dialect.delimiter,
            file.header.dialect.quote,
            file.header.dialect.quote,
            _NEVER,
        ],
    )
    whole = file.structure.records - file.structure.broken_count
    loaded = connection.execute("SELECT count(*) FROM typed").fetchone()
    if loaded is None or loaded[0] != whole:
        raise RuntimeError(f"{file.name}: {whole} whole records, but {loaded} were loaded")
    connection.execute(
        f"INSERT INTO staged.{quoted(read.spec.name)} "  # noqa: S608
        f"SELECT * EXCLUDE (reason), {position}, rowid FROM typed WHERE reason IS NULL"
    )
    connection.execute(
        f"CREATE OR REPLACE TEMP TABLE rejected AS SELECT {position} AS _file, "  # noqa: S608
        "rowid AS _record, reason FROM typed WHERE reason IS NOT NULL"
    )
    _keep_rejects(connection, read, column="")
    connection.execute("DROP TABLE typed; DROP TABLE rejected")


def _typed_rows(spec: TableSpec, file: OpenedFile, null_tokens: tuple[str, ...]) -> str:
    """Return the query of a file's typed columns, and of the reason why a row is refused."""
    made = {
        name: conversion(
            column,
            f"c{file.columns[name]}" if name in file.columns else "NULL::VARCHAR",
            (quoted(f"{name} text"), quoted(name)),
            spec.null_tokens if spec.null_tokens is not None else null_tokens,
            may_be_missing=spec.may_be_missing(name),
        )
        for name, column in spec.read_columns.items()
    }
    texts = ", ".join(f"{m.text} AS {quoted(f'{name} text')}" for name, m in made.items())
    values = ", ".join(f"{m.value} AS {quoted(name)}" for name, m in made.items())
    reasons = ", ".join(f"{literal(name + '|')} || ({m.reason})" for name, m in made.items())
    cells = (
        f"SELECT {texts} FROM read_csv(?, auto_detect=false, header=true, "  # noqa: S608
        f"columns={{{_cell_types(file)}}}, delim=?, quote=?, escape=?, nullstr=?, "
        "strict_mode=true, null_padding=false, max_line_size=16777216, buffer_size=67108864, "
        f"parallel={'true' if file.structure.plain else 'false'})"
    )
    columns = ", ".join(map(quoted, made))
    return (
        f"SELECT {columns}, coalesce({reasons}) AS reason "  # noqa: S608
        f"FROM (SELECT *, {values} FROM ({cells}))"
    )


def _cell_types(file: OpenedFile) -> str:
    return ", ".join(f"'c{n}': 'VARCHAR'" for n in range(len(file.header.names)))


def _header_warnings(file: OpenedFile) -> list[str]:
    found = []
    if file.unknown:
        found.append(f"{file.name}: not read, since not specified: {listed(file.unknown, 40)}.")
    if file.absent:
        found.append(f"{file.name}: optional columns are absent: {listed(file.absent, 40)}.")
    return found
