"""A fingerprint of what was read: the same content gives the same one, whatever the row order."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from datetime import date

import duckdb

from core.sources.conversion import sql_type
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

    Each row is hashed twice into 64 bits, and the hashes of all rows are added up: neither depends
    on their order nor needs them sorted, and a row that stands twice counts twice (Clarke et al.
    2003, multiset hash by addition). The two hashes take the columns in opposite order behind
    different marks, texts the second time with a mark of their own, so that they agree by chance
    only as two independent ones do: two contents are taken for the same with a probability of
    2⁻⁶⁴ at the very worst (rows that collide in one hash) and about 2⁻¹²⁸ for contents that differ
    in texts. That is ample against chance, which is what it answers: has anything changed? It is no
    seal against somebody who forges files; for that the sha256 of each file is kept beside it.
    """
    digest = hashlib.sha256(f"{spec.digest} {as_of.isoformat()}".encode())
    for name, table in sorted(spec.tables.items()):
        columns = [quoted(column) for column in table.read_columns]
        marked = [
            f"{quoted(n)} || chr(31)" if sql_type(c) == "VARCHAR" else quoted(n)
            for n, c in table.read_columns.items()
        ]
        lanes = (f"hash({', '.join(columns)})", f"hash(31, {', '.join(reversed(marked))})")
        row = connection.execute(
            f"SELECT count(*), {', '.join(f'sum({lane})' for lane in lanes)} FROM {quoted(name)}"  # noqa: S608
        ).fetchone()
        digest.update(f"{name} {row} {len(reads[name].rejects)}\n".encode())
    return digest.hexdigest()
