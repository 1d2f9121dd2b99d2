"""A fingerprint of what was read: the same content gives the same one, whatever the row order."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from datetime import date

import duckdb

from core.sources.reading import TableRead
from core.sources.spec import SourceSpec
from core.sql import quoted


def fingerprint(
    connection: duckdb.DuckDBPyConnection,
    spec: SourceSpec,
    as_of: date,
    reads: Mapping[str, TableRead],
) -> str:
    """Return the sha256 (hexadecimal) over specification, date and every table's accepted rows.

    Rows are hashed one by one (sha256) and their digests added up in four lanes of 64 bits, which
    neither depends on their order nor needs them sorted.
    """
    digest = hashlib.sha256(f"{spec.digest} {as_of.isoformat()}".encode())
    for name, table in sorted(spec.tables.items()):
        cells = ", ".join(
            f"coalesce({quoted(column)}::VARCHAR, chr(30))" for column in table.read_columns
        )
        lanes = ", ".join(
            f"sum(('0x' || substr(h, {start}, 16))::UBIGINT::HUGEINT)" for start in (1, 17, 33, 49)
        )
        row = connection.execute(
            f"SELECT count(*), {lanes} FROM "  # noqa: S608
            f"(SELECT sha256(concat_ws(chr(31), {cells})) AS h FROM {quoted(name)})"
        ).fetchone()
        digest.update(f"{name} {row} {len(reads[name].rejects)}\n".encode())
    return digest.hexdigest()
