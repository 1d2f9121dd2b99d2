"""From files to typed tables: every row is accepted, or rejected with its line and a reason.

Rows read = rows accepted + rows rejected, always. Whole files that cannot be read (missing, empty,
another delimiter, missing or doubled columns) are problems; single rows are rejects.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field

import duckdb

from core.readmodels import FileRead, Reject
from core.sources.blocks import load_lines
from core.sources.conversion import LAZILY, sql_type
from core.sources.native import native_conversion
from core.sources.opened import Cell, Native, OpenedFile
from core.sources.problems import SourceError, listed
from core.sources.quoting import Positions
from core.sources.tables import TableSpec
from core.sql import literal, quoted

WHOLE_ROW = "(whole row)"  # the column of a reject that is not about one column
_MISSING = Cell("NULL::VARCHAR")


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


def load_table(
    connection: duckdb.DuckDBPyConnection, read: TableRead, null_tokens: tuple[str, ...]
) -> None:
    """Load a table's opened files into ``staged.<name>``; without any it is staged empty.

    Each file becomes a table of its own, whose row ids are the records' numbers; together they are
    a view. So nothing is written twice where nothing is rejected.
    """
    connection.execute(LAZILY)
    parts = [_load(connection, read, number, null_tokens) for number in range(len(read.files))]
    connection.execute("RESET disabled_optimizers")
    if not parts:
        empty = f"loaded.{quoted(read.spec.name)}"
        columns = [f"{quoted(name)} {sql_type(c)}" for name, c in read.spec.read_columns.items()]
        connection.execute(f"CREATE TABLE {empty} ({', '.join(columns)})")
        parts = [f"SELECT *, 0 AS _file, rowid AS _record FROM {empty}"]  # noqa: S608
    _show(connection, read.spec, " UNION ALL ".join(parts))


def too_many_rejects(read: TableRead, allowed_share: float) -> str | None:
    """Return the sentence that stops an import, if more than the allowed share was rejected."""
    rejected = len(read.rejects)
    if rejected <= allowed_share * read.rows_read:
        return None
    reasons = Counter((r.column, r.reason) for _, r in read.rejects).most_common(5)
    first = {(r.column, r.reason): (r.file, r.line) for _, r in reversed(read.rejects)}
    counted = {file.name: "line" if file.has_lines else "row" for file in read.files}
    told = "; ".join(
        f"{column} {reason}: {count:,} (first: {file} {counted[file]} {line:,})"
        for (column, reason), count in reasons
        for file, line in [first[column, reason]]
    )
    return (
        f"{rejected:,} of {read.rows_read:,} rows of {read.spec.name} cannot be accepted, more "
        f"than the {allowed_share:.0%} that the specification allows. Commonest reasons: {told}."
    )


def reject_rows(
    connection: duckdb.DuckDBPyConnection, read: TableRead, column: str, query: str
) -> None:
    """Move the rows that a query names (``_file``, ``_record``, ``reason``) to the rejects."""
    connection.execute(f"CREATE OR REPLACE TEMP TABLE rejected AS {query}")
    if _keep_rejects(connection, read, column):
        before, name = f"staged.{quoted(read.spec.name)}", read.spec.name
        kept = f"loaded.{quoted(f'{name} without {len(read.rejects)}')}"
        connection.execute(
            f"CREATE TABLE {kept} AS SELECT t.* FROM {before} t "  # noqa: S608
            "ANTI JOIN rejected r ON t._file = r._file AND t._record = r._record"
        )
        _show(connection, read.spec, f"SELECT * FROM {kept}")  # noqa: S608
    connection.execute("DROP TABLE rejected")


def _keep_rejects(connection: duckdb.DuckDBPyConnection, read: TableRead, column: str) -> int:
    """Note what the table ``rejected`` names; return how many rows that are."""
    rows = connection.execute(
        "SELECT _file, _record, reason FROM rejected ORDER BY _file, _record"
    ).fetchall()
    lines = {position: read.lines(position) for position in {row[0] for row in rows}}
    for position, record, reason in rows:
        named, _, why = reason.partition("|") if not column else (column, "", reason)
        line = int(lines[position][record])
        read.rejects.append((position, Reject(read.files[position].name, line, named, why)))
    return len(rows)


def _show(connection: duckdb.DuckDBPyConnection, spec: TableSpec, query: str) -> None:
    connection.execute(f"CREATE OR REPLACE VIEW staged.{quoted(spec.name)} AS {query}")


def _load(
    connection: duckdb.DuckDBPyConnection,
    read: TableRead,
    position: int,
    null_tokens: tuple[str, ...],
) -> str:
    """Load one file; return the query of its accepted rows with their file and record."""
    file = read.files[position]
    for broken in file.structure.broken:
        read.rejects += [
            (position, Reject(file.name, int(line), WHOLE_ROW, broken.reason))
            for line in broken.lines
        ]
    read.warnings += _header_warnings(file)
    table = f"loaded.{quoted(f'{read.spec.name} {position}')}"
    whole = file.structure.records - file.structure.broken_count
    tokens = null_tokens if read.spec.null_tokens is None else read.spec.null_tokens
    if file.lines is not None:
        load_lines(connection, table, file.lines, read.spec, tokens)
    else:
        _create(connection, table, _typed_rows(read.spec, file, tokens), file)
    if _count(connection, table) != whole:
        raise SourceError(
            [f"{file.name} has {whole:,} rows by its account, but not as many can be read."]
        )
    connection.execute(
        f"CREATE OR REPLACE TEMP TABLE rejected AS SELECT {position} AS _file, "  # noqa: S608
        f"rowid AS _record, reason FROM {table} WHERE reason IS NOT NULL"
    )
    rejected = _keep_rejects(connection, read, column="")
    connection.execute("DROP TABLE rejected")
    if not rejected:
        connection.execute(f"ALTER TABLE {table} DROP COLUMN reason")
    columns = ", ".join(map(quoted, read.spec.read_columns))
    return (
        f"SELECT {columns}, {position} AS _file, rowid AS _record FROM {table}"  # noqa: S608
        f"{' WHERE reason IS NULL' if rejected else ''}"
    )


def _create(
    connection: duckdb.DuckDBPyConnection, table: str, query: str, file: OpenedFile
) -> None:
    """Create a table of a file's typed columns, and of the reason why a row is refused."""
    try:
        connection.execute(f"CREATE TABLE {table} AS {query}", file.parameters)
    except duckdb.OutOfMemoryException:
        raise
    except duckdb.Error as error:  # its words repeat what the file holds
        raise SourceError(
            [f"{file.name} is damaged: it opens, but its values cannot be read."]
        ) from error


def _count(connection: duckdb.DuckDBPyConnection, table: str) -> int:
    row = connection.execute(f"SELECT count(*) FROM {table}").fetchone()  # noqa: S608
    return int(row[0]) if row else 0


def _typed_rows(spec: TableSpec, file: OpenedFile, null_tokens: tuple[str, ...]) -> str:
    """Return the query of a file's typed columns, and of the reason why a row is refused."""
    made = {
        name: native_conversion(
            column,
            file.cells.get(name, _MISSING),
            (quoted(f"{name} text"), quoted(name)),
            null_tokens,
            may_be_missing=spec.may_be_missing(name),
        )
        for name, column in spec.read_columns.items()
    }
    texts = ", ".join(f"{m.text} AS {quoted(f'{name} text')}" for name, m in made.items())
    values = ", ".join(f"{m.value} AS {quoted(name)}" for name, m in made.items())
    reasons = [f"{literal(name + '|')} || ({m.reason})" for name, m in made.items()]
    if not file.has_lines:
        held = [quoted(f"{n} text") for n, c in file.cells.items() if c.native is Native.TEXT]
        bad = " OR ".join(f"contains({text}, chr(0))" for text in held) or "false"
        reasons.insert(0, f"CASE WHEN {bad} THEN '{WHOLE_ROW}|has a NUL byte' END")
    columns = ", ".join(map(quoted, made))
    return (
        f"SELECT {columns}, coalesce({', '.join(reasons)}) AS reason "  # noqa: S608
        f"FROM (SELECT *, {values} FROM (SELECT {texts} FROM {file.rows}))"
    )


def _header_warnings(file: OpenedFile) -> list[str]:
    found = []
    if file.unknown:
        found.append(f"{file.name}: not read, since not specified: {listed(file.unknown, 40)}.")
    if file.absent:
        found.append(f"{file.name}: optional columns are absent: {listed(file.absent, 40)}.")
    return found
