"""Codes of a table of events that move no money: all their amounts are 0."""

from __future__ import annotations

from collections.abc import Collection

import duckdb

from core.sources.drafting.columns import Guess
from core.sources.drafting.shape import Facts
from core.sources.drafting.sql import loaded_number, words_of
from core.sources.drafting.tables import Draft
from core.sql import quoted

KIND_WORDS = frozenset(("type", "operation", "kind", "code", "category"))
_LEAST = 3  # rows of a code, for its zeros to say something


def coded_column(table: Draft, known: Collection[str]) -> Guess | None:
    """Return the column of codes whose name has one of the words; of several the most detailed."""
    coded = [c for c in table.columns.values() if c.domain and set(known) & words_of(c)]
    return max(coded, key=lambda c: len(c.domain), default=None)


def inquiry_codes(
    connection: duckdb.DuckDBPyConnection, table: Draft, facts: Facts, coded: Guess
) -> tuple[str, ...]:
    """Return the codes under which every amount is 0, unless all of them are."""
    amount = loaded_number(table.columns[facts.amount])
    rows = connection.execute(
        f"SELECT {quoted(coded.name)}, max(abs({amount})), count(*) "  # noqa: S608
        f"FROM loaded.{quoted(table.name)} WHERE {quoted(coded.name)} IS NOT NULL "
        "GROUP BY 1 ORDER BY 1"
    ).fetchall()
    without = tuple(str(code) for code, most, number in rows if most == 0 and number >= _LEAST)
    return without if len(without) < len(rows) else ()
