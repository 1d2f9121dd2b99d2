"""Pieces of SQL that the queries of a draft share: names, numbers, joins along references."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence

import duckdb

from core.sources.drafting import names
from core.sources.drafting.columns import Guess
from core.sources.drafting.tables import Reference
from core.sql import literal, quoted

Cell = Callable[[str], str]  # a name as it is written in SQL
ROW_NUMBER = "lpad(CAST(row_number() OVER () AS VARCHAR), 8, '0')"


def identifiers(connection: duckdb.DuckDBPyConnection) -> Cell:
    """Return the function that writes a name in SQL, quoted where it has to be."""
    rows = connection.execute(
        "SELECT keyword_name FROM duckdb_keywords() WHERE keyword_category <> 'unreserved'"
    ).fetchall()
    reserved = {str(row[0]) for row in rows}

    def written(name: str) -> str:
        plain = re.fullmatch("[a-z_][a-z0-9_]*", name) and name not in reserved
        return name if plain else quoted(name)

    return written


def joined(
    table: str, hops: Sequence[tuple[str, Reference]], first: str, cell: Cell
) -> tuple[list[str], dict[str, str]]:
    """Return the joins from a table along references, and the alias of every table on the way."""
    aliases = {table: first}
    joins = []
    for at, hop in hops:
        alias = f"p{len(aliases)}"
        aliases[hop.table] = alias
        joins.append(
            f"JOIN {cell(hop.table)} AS {alias} "
            f"ON {alias}.{cell(hop.key)} = {aliases[at]}.{cell(hop.column)}"
        )
    return joins, aliases


def reached(
    table: str, hops: Sequence[tuple[str, Reference]], goal: str, first: str, cell: Cell
) -> tuple[list[str], dict[str, str], str]:
    """Return the joins along references to a column of the last table, the aliases, and its SQL.

    The last table is joined only where it is not referred to by that very column.
    """
    joins, aliases = joined(table, hops, first, cell)
    at, hop = hops[-1]
    if hop.key == goal:
        return joins[:-1], aliases, f"{aliases[at]}.{cell(hop.column)}"
    return joins, aliases, f"{aliases[hop.table]}.{cell(goal)}"


def tables_read(queries: Iterable[str], tables: Iterable[str], cell: Cell) -> set[str]:
    """Return the tables that drafted queries read.

    >>> sorted(tables_read(["SELECT 1 FROM a JOIN b_c AS b ON true"], ["a", "b", "b_c"], str))
    ['a', 'b_c']
    """
    text = "\n".join(queries)
    return {
        name
        for name in tables
        if re.search(rf"\b(?:FROM|JOIN) {re.escape(cell(name))}(?![\w.])", text)
    }


def number_sql(one: Guess, alias: str, cell: Cell) -> str:
    """Return the SQL of a column's number under an alias."""
    column = f"{alias}.{cell(one.name)}"
    return one.number.format(cell=column) if one.number else column


def words_of(one: Guess) -> set[str]:
    """Return the words of a column's name."""
    return set(names.words(one.name))


def loaded_number(one: Guess) -> str:
    """Return the SQL of a number out of the loaded text; NULL where a cell is none."""
    column = quoted(one.name)
    if one.number:
        return one.number.format(cell=column)
    plain = (
        f"replace({column}, {literal(one.thousands_mark)}, '')" if one.thousands_mark else column
    )
    plain = plain if one.decimal_mark == "." else f"replace({plain}, ',', '.')"
    return f"TRY_CAST({plain} AS DOUBLE)"
