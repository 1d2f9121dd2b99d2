"""Across rows and tables: doubled keys and orphans are rejected, checks become findings."""

from __future__ import annotations

import duckdb
import numpy as np

from core.readmodels import IntegrityFinding
from core.repeats import may_repeat
from core.sources.columns import ColumnType
from core.sources.integrity import CheckSpec, offending_rows
from core.sources.problems import SourceError, listed
from core.sources.reading import TableRead, reject_rows
from core.sources.tables import TableSpec
from core.sql import literal, quoted


def parents_first(tables: dict[str, TableSpec]) -> tuple[str, ...]:
    """Return table names so that each follows the tables it refers to.

    >>> from core.sources.columns import ColumnSpec
    >>> column = ColumnSpec(type="text", role="id")
    >>> child = TableSpec(name="b", files="b.csv", columns={"x": column}, references={"x": "a.x"})
    >>> parent = TableSpec(name="a", files="a.csv", columns={"x": column})
    >>> parents_first({"b": child, "a": parent})
    ('a', 'b')
    """
    order: list[str] = []
    while len(order) < len(tables):
        order += [
            name
            for name, table in tables.items()
            if name not in order
            and {target.partition(".")[0] for target in table.references.values()} <= {*order, name}
        ]
    return tuple(order)


def reject_doubles(
    connection: duckdb.DuckDBPyConnection, read: TableRead
) -> list[IntegrityFinding]:
    """Reject rows whose key was seen before: repeats but for the first, all where they conflict."""
    key = ", ".join(quoted(name) for name in read.spec.key)
    if not key:
        return []
    table = f"staged.{quoted(read.spec.name)}"
    before = len(read.rejects)
    named = listed(read.spec.key)
    if _may_have_doubles(connection, table, key):
        _reject_doubles(connection, read, table, key)
    count = len(read.rejects) - before
    if count:
        told = f"{count:,} rows of {read.spec.name} share their {named} with others; rejected."
    else:
        told = f"{named} tells all rows of {read.spec.name} apart."
    return [IntegrityFinding(f"{read.spec.name}: key", read.spec.name, not count, count, told)]


def _may_have_doubles(connection: duckdb.DuckDBPyConnection, table: str, key: str) -> bool:
    hashes = connection.execute(f"SELECT hash({key}) AS hashes FROM {table}")  # noqa: S608
    return may_repeat(np.asarray(hashes.fetchnumpy()["hashes"], np.uint64))


def _reject_doubles(
    connection: duckdb.DuckDBPyConnection, read: TableRead, table: str, key: str
) -> None:
    groups = (
        f"SELECT {key}, count(*) AS n, min(_file * (1::HUGEINT << 64) + _record) AS first, "  # noqa: S608
        f"count(DISTINCT content) AS versions FROM (SELECT {key}, _file, _record, "
        f"md5(concat_ws(chr(31), {_content(read.spec)})) AS content FROM {table}) "
        f"GROUP BY {key} HAVING count(*) > 1"
    )
    reject_rows(
        connection,
        read,
        listed(read.spec.key),
        f"SELECT t._file, t._record, CASE WHEN g.versions = 1 "  # noqa: S608
        f"THEN 'repeats an earlier row' "
        f"ELSE 'stands in ' || g.n || ' rows that contradict each other' END AS reason "
        f"FROM {table} t JOIN ({groups}) g USING ({key}) "
        "WHERE g.versions > 1 OR t._file * (1::HUGEINT << 64) + t._record > g.first",
    )


def reject_orphans(
    connection: duckdb.DuckDBPyConnection, read: TableRead
) -> list[IntegrityFinding]:
    """Reject rows that refer to a row which is not there."""
    findings = []
    for column, target in read.spec.references.items():
        table, _, other = target.partition(".")
        before = len(read.rejects)
        reason = literal(f"refers to no row of {table}")
        reject_rows(
            connection,
            read,
            column,
            f"SELECT _file, _record, {reason} AS reason FROM staged.{quoted(read.spec.name)} t "  # noqa: S608
            f"WHERE {quoted(column)} IS NOT NULL AND NOT EXISTS (SELECT 1 FROM "
            f"staged.{quoted(table)} p WHERE p.{quoted(other)} = t.{quoted(column)})",
        )
        count = len(read.rejects) - before
        told = (
            f"{count:,} rows of {read.spec.name} refer by {column} to no row of {table}; rejected."
            if count
            else f"Every {column} of {read.spec.name} is found in {table}."
        )
        findings.append(
            IntegrityFinding(
                f"{read.spec.name}: {column} in {table}", read.spec.name, not count, count, told
            )
        )
    return findings


def value_findings(
    connection: duckdb.DuckDBPyConnection, spec: TableSpec
) -> list[IntegrityFinding]:
    """Return what is out of range, of an unlisted code, or the same in every row."""
    findings = []
    for name, column in spec.read_columns.items():
        cell = quoted(name)
        limits = [
            f"{cell} {sign} {limit}"
            for sign, limit in (("<", column.minimum), (">", column.maximum))
            if limit is not None
        ]
        if limits:
            count = _count(connection, spec.name, " OR ".join(limits))
            allowed = _range(column.minimum, column.maximum)
            told = f"{count:,} rows of {spec.name} have {name} outside {allowed}."
            passed = f"{name} of {spec.name} lies within {allowed}."
            findings.append(
                _finding(f"{spec.name}: range of {name}", spec.name, count, passed, told)
            )
        if column.domain and column.unknown == "keep":
            words = ", ".join(map(literal, column.domain.values()))
            count = _count(connection, spec.name, f"{cell} NOT IN ({words})")
            told = f"{count:,} rows of {spec.name} have a {name} that is not listed; kept as it is."
            passed = f"Every {name} of {spec.name} is a listed code."
            findings.append(
                _finding(f"{spec.name}: codes of {name}", spec.name, count, passed, told)
            )
    return findings + _constants(connection, spec)


def check_findings(
    connection: duckdb.DuckDBPyConnection, checks: tuple[CheckSpec, ...], present: set[str]
) -> list[IntegrityFinding]:
    """Return the result of the specification's own checks on tables that are there."""
    findings, problems = [], []
    for check in checks:
        if check.table not in present:
            continue
        try:
            row = connection.execute(
                f"SELECT count(*) FROM ({offending_rows(check)})"  # noqa: S608
            ).fetchone()
        except duckdb.Error as error:
            problems.append(f"checks.{check.name}: the query fails: {_first_line(error)}")
            continue
        count = int(row[0]) if row else 0
        findings.append(_finding(check.name, check.table, count, check.sentence, check.told(count)))
    if problems:
        raise SourceError(problems)
    return findings


def _constants(connection: duckdb.DuckDBPyConnection, spec: TableSpec) -> list[IntegrityFinding]:
    counted = {
        name: column
        for name, column in spec.read_columns.items()
        if column.type in (ColumnType.INTEGER, ColumnType.DECIMAL)
    }
    rows = _count(connection, spec.name, "true")
    if not counted or rows < 2:
        return []
    same = ", ".join(f"min({quoted(n)}) = max({quoted(n)})" for n in counted)
    found = connection.execute(f"SELECT {same} FROM {quoted(spec.name)}").fetchone()  # noqa: S608
    constant = [name for name, is_same in zip(counted, found or (), strict=True) if is_same]
    told = (
        f"Every row of {spec.name} has the same {listed(constant)}: a default, or no information."
    )
    passed = f"No number of {spec.name} is the same in every row."
    return [_finding(f"{spec.name}: constants", spec.name, len(constant), passed, told)]


def _finding(check: str, table: str, count: int, passed: str, failed: str) -> IntegrityFinding:
    return IntegrityFinding(check, table, not count, count, failed if count else passed)


def _content(spec: TableSpec) -> str:
    return ", ".join(f"coalesce({quoted(n)}::VARCHAR, chr(30))" for n in spec.read_columns)


def _count(connection: duckdb.DuckDBPyConnection, table: str, condition: str) -> int:
    row = connection.execute(
        f"SELECT count(*) FROM {quoted(table)} WHERE {condition}"  # noqa: S608
    ).fetchone()
    return int(row[0]) if row else 0


def _range(low: float | None, high: float | None) -> str:
    if low is None or high is None:
        return f"{low:g} or more" if low is not None else f"{high:g} or less"
    return f"{low:g} to {high:g}"


def _first_line(error: Exception) -> str:
    return str(error).splitlines()[0]
