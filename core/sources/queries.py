"""The specification's SQL, run over the typed tables: the canonical ones."""

from __future__ import annotations

from datetime import date
from typing import Any

import duckdb

from core.engines.duckdb import DuckDBEngine
from core.features.base import UNKNOWN, Kind
from core.schema import violations
from core.sources.measures import MEASURE_TYPES
from core.sources.problems import SourceError, listed
from core.sources.spec import CANONICAL, SourceSpec
from core.sources.switches import switch_values
from core.sql import quoted

_CASTS = {
    "accounts": {
        "account_id": "VARCHAR",
        "customer_id": "VARCHAR",
        "product": "VARCHAR",
        "is_active": "BOOLEAN",
        "opened_on": "DATE",
        "closed_on": "DATE",
        "opening_balance": "DECIMAL(18, 2)",
        "balance": "DECIMAL(18, 2)",
        "credit_limit": "DECIMAL(18, 2)",
        "minimum_balance": "DECIMAL(18, 2)",
    },
    "transactions": {
        "transaction_id": "VARCHAR",
        "account_id": "VARCHAR",
        "customer_id": "VARCHAR",
        "product": "VARCHAR",
        "booked_on": "DATE",
        "booked_at": "TIMESTAMP",
        "amount": "DECIMAL(18, 2)",
        "direction": "VARCHAR",
        "kind": "VARCHAR",
        "channel": "VARCHAR",
        "interest": "DECIMAL(18, 2)",
        "is_inquiry": "BOOLEAN",
    },
}
_LINKS = (
    ("accounts", "customer_id", "customers"),
    ("transactions", "customer_id", "customers"),
    ("transactions", "account_id", "accounts"),
    ("measures", "customer_id", "customers"),
)


def canonical_tables(
    engine: DuckDBEngine, spec: SourceSpec, as_of: date
) -> tuple[dict[str, Any], list[str]]:
    """Return the canonical tables by name (None where a source has none), and warnings.

    The queries see the tables under their own names and the date as ``getvariable('as_of')``.
    The query of measures sees ``canonical.customers`` besides; where it finds no row, there are no
    measures. Transactions after the date are left out.
    """
    connection = engine.connection
    given = [name for name in CANONICAL if name in spec.queries]
    connection.execute("CREATE SCHEMA canonical")
    connection.execute(f"SET VARIABLE as_of = DATE '{as_of.isoformat()}'")
    for switch, value in switch_values(spec).items():
        connection.execute(f"SET VARIABLE {quoted(switch)} = {value}")
    problems: list[str] = []
    for name in given:
        problems += _create(connection, spec, name)
    if problems:
        raise SourceError(problems)
    warnings = _leave_out_later(connection, spec, as_of)
    tables = {
        name: engine.backend.table(name, database="canonical") if name in given else None
        for name in CANONICAL
    }
    if "measures" in given and not _rows(connection, "measures"):
        tables["measures"] = None
    for name in given:
        if _rows(connection, name):  # pandera takes an empty Ibis table for one of missing values
            problems += violations(name, tables[name])
        elif name == "customers":
            problems.append("customers.sql returns no rows; there is nobody to segment.")
    problems += _unlinked(connection, spec)
    if problems:
        raise SourceError(problems)
    return tables, warnings


def _create(connection: duckdb.DuckDBPyConnection, spec: SourceSpec, name: str) -> list[str]:
    """Create one canonical table from its query; return what is wrong, in words."""
    query = spec.queries[name].strip().rstrip(";")
    try:
        described = connection.execute(f"DESCRIBE {query}").fetchall()
    except duckdb.Error as error:
        return [f"{name}.sql fails: {str(error).splitlines()[0]}"]
    given = [row[0] for row in described]
    wanted = _columns(spec, name)
    made = {column for column, value in wanted.items() if value.startswith("CAST(NULL")}
    lacking = [column for column in wanted if column not in given and column not in made]
    extra = [column for column in given if column not in wanted]
    selects = [column for column in wanted if column not in made]
    if lacking or extra:
        parts = [f"lacks {listed(lacking)}"] if lacking else []
        parts += [f"has {listed(extra)} beyond the canonical columns"] if extra else []
        return [f"{name}.sql {' and '.join(parts)}; it selects exactly: {listed(selects, 40)}."]
    selected = ", ".join(f"{value} AS {quoted(column)}" for column, value in wanted.items())
    try:
        connection.execute(
            f"CREATE TABLE canonical.{name} AS SELECT {selected} FROM ({query})"  # noqa: S608
        )
    except duckdb.Error as error:
        return [f"{name}.sql fails: {str(error).splitlines()[0]}"]
    return []


def _columns(spec: SourceSpec, name: str) -> dict[str, str]:
    """Return the canonical columns of a table and the SQL that gives each its type."""
    if name in _CASTS:
        casts = {column: f"CAST({quoted(column)} AS {t})" for column, t in _CASTS[name].items()}
        if name == "transactions" and "accounts" not in spec.queries:
            casts["account_id"] = "CAST(NULL AS VARCHAR)"
        return casts
    columns = {"customer_id": "CAST(customer_id AS VARCHAR)"}
    if name == "measures":
        columns |= {day: f"CAST({day} AS DATE)" for day in ("period_start", "period_end")}
        return columns | {
            one.name: f"CAST({quoted(one.name)} AS {MEASURE_TYPES[one.kind]})"
            for one in spec.measures
        }
    for attribute in spec.attributes:
        cell = quoted(attribute.name)
        is_text = attribute.kind in (Kind.CATEGORY, Kind.ORDINAL)
        columns[attribute.name] = (
            f"coalesce(CAST({cell} AS VARCHAR), '{UNKNOWN}')" if is_text else cell
        )
    return columns


def _leave_out_later(
    connection: duckdb.DuckDBPyConnection, spec: SourceSpec, as_of: date
) -> list[str]:
    if "transactions" not in spec.queries:
        return []
    later = "FROM canonical.transactions WHERE booked_on > getvariable('as_of')"
    row = connection.execute(f"SELECT count(*) {later}").fetchone()
    if not row or not row[0]:
        return []
    connection.execute(f"DELETE {later}")
    told = f"{row[0]:,} transactions after {as_of.isoformat()} are left out"
    return [f"{told}; balances are those of the files."]


def _rows(connection: duckdb.DuckDBPyConnection, name: str) -> int:
    row = connection.execute(f"SELECT count(*) FROM canonical.{name}").fetchone()  # noqa: S608
    return int(row[0]) if row else 0


def _unlinked(connection: duckdb.DuckDBPyConnection, spec: SourceSpec) -> list[str]:
    problems = []
    for table, column, target in _LINKS:
        if table in spec.queries and target in spec.queries:
            row = connection.execute(
                f"SELECT count(*) FROM canonical.{table} t "  # noqa: S608
                f"ANTI JOIN canonical.{target} p USING ({column})"
            ).fetchone()
            if row and row[0]:
                problems.append(f"{row[0]:,} rows of {table} have a {column} not in {target}.")
    return problems
