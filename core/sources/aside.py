"""Beside the canonical tables: who customers are by name, and who takes no part, and why."""

from __future__ import annotations

import duckdb
import pandas as pd

from core.readmodels import IntegrityFinding, LeftOut
from core.sources.problems import SourceError, listed
from core.sources.spec import SourceSpec
from core.sql import quoted


def identities(connection: duckdb.DuckDBPyConnection, spec: SourceSpec) -> pd.DataFrame:
    """Return the direct identifiers as text, one row per canonical customer, sorted by id.

    They are the columns of that role in the customers' table, whose key is the customer's id;
    where it is not (a table with a history, several tables), identities.sql selects them.
    """
    if "identities" in spec.queries:
        query = spec.queries["identities"].strip().rstrip(";")
        columns = [name for name in _columns(connection, spec, "identities") if name != _ID]
        cells = "".join(f", coalesce(p.{c}::VARCHAR, '') AS {c}" for c in map(quoted, columns))
        source, key = f"({query})", _ID
    else:
        columns = list(spec.identifying_columns)
        cells = "".join(f", coalesce(p.{c}::VARCHAR, '') AS {c}" for c in map(quoted, columns))
        source, key = quoted(spec.customers), spec.customer_key
    rows = connection.execute(
        f"SELECT c.customer_id{cells} FROM canonical.customers c "  # noqa: S608
        f"LEFT JOIN {source} p ON p.{quoted(key)} = c.customer_id "
        "ORDER BY c.customer_id"
    ).fetchall()
    frame = pd.DataFrame(rows, columns=[_ID, *columns], dtype="str").set_index(_ID)
    if not frame.index.is_unique:
        raise SourceError(["identities.sql returns some customers more than once; it may not."])
    return frame


def left_out(connection: duckdb.DuckDBPyConnection, spec: SourceSpec) -> tuple[LeftOut, ...]:
    """Return the customers of the files who take no part and why, sorted by id.

    left_out.sql selects customer_id and reason ("inactive"); nobody of canonical.customers, and
    nobody twice.
    """
    if "left_out" not in spec.queries:
        return ()
    given = _columns(connection, spec, "left_out")
    if sorted(given) != [_ID, "reason"]:
        raise SourceError(
            [f"left_out.sql selects {listed(given)}; it selects exactly: customer_id, reason."]
        )
    query = spec.queries["left_out"].strip().rstrip(";")
    rows = connection.execute(
        f"SELECT customer_id::VARCHAR, reason::VARCHAR FROM ({query}) ORDER BY 1, 2"  # noqa: S608
    ).fetchall()
    found = tuple(LeftOut(*row) for row in rows)
    ids = {one.customer_id for one in found}
    taking_part = connection.execute("SELECT customer_id FROM canonical.customers").fetchall()
    if len(ids) < len(found) or ids & {row[0] for row in taking_part}:
        raise SourceError(
            ["left_out.sql names a customer twice, or one whom customers.sql returns too."]
        )
    return found


def left_out_findings(found: tuple[LeftOut, ...], table: str) -> list[IntegrityFinding]:
    """Return how many customers take no part, one finding per reason.

    >>> left_out_findings((LeftOut("7", "inactive"), LeftOut("9", "inactive")), "t")[0].sentence
    '2 customers are left out: inactive.'
    """
    reasons = sorted({one.reason for one in found})
    counts = {reason: sum(one.reason == reason for one in found) for reason in reasons}
    return [
        IntegrityFinding(
            f"left out: {reason}",
            table,
            False,
            count,
            f"{count:,} customer{' is' if count == 1 else 's are'} left out: {reason}.",
        )
        for reason, count in counts.items()
    ]


_ID = "customer_id"


def _columns(connection: duckdb.DuckDBPyConnection, spec: SourceSpec, name: str) -> list[str]:
    query = spec.queries[name].strip().rstrip(";")
    try:
        names = [str(row[0]) for row in connection.execute(f"DESCRIBE {query}").fetchall()]
    except duckdb.Error as error:
        raise SourceError([f"{name}.sql fails: {str(error).splitlines()[0]}"]) from error
    if _ID not in names:
        raise SourceError([f"{name}.sql does not select customer_id."])
    return names
