"""Which columns of the files every column of a canonical table is made of, read off the SQL."""

from __future__ import annotations

from typing import TYPE_CHECKING

import sqlglot
from sqlglot import exp
from sqlglot.errors import SqlglotError
from sqlglot.lineage import Node, lineage
from sqlglot.optimizer.qualify import qualify
from sqlglot.optimizer.scope import build_scope

from core.snapshot_facts import ColumnSource

if TYPE_CHECKING:
    from core.sources.spec import SourceSpec

_DIALECT = "duckdb"


def column_sources(spec: SourceSpec) -> tuple[ColumnSource, ...]:
    """Return an entry per column of every query of a specification, in their order.

    What decides which rows take part (joins, filters) is no source of a value. A query that is
    beyond the reader of SQL has no entries; that it runs is checked elsewhere.

    Parameters
    ----------
    spec : its queries see its tables by name.

    Returns
    -------
    tuple of ColumnSource
        ``sources`` as "table.column", sorted; empty for a constant.
    """
    tables = {
        name: dict.fromkeys(table.read_columns, "VARCHAR") for name, table in spec.tables.items()
    }
    return tuple(
        entry for name, sql in spec.queries.items() for entry in sources_of_query(name, sql, tables)
    )


def sources_of_query(
    name: str, sql: str, tables: dict[str, dict[str, str]]
) -> tuple[ColumnSource, ...]:
    """Return the sources of every column that a query selects.

    Examples
    --------
    >>> people = {"people": {"income": "VARCHAR", "children": "VARCHAR"}}
    >>> sql = "SELECT income / (1 + children) AS each_has, 1 AS one FROM people"
    >>> [(found.column, found.sources) for found in sources_of_query("customers", sql, people)]
    [('each_has', ('people.children', 'people.income')), ('one', ())]
    """
    as_the_files_have_it = {  # the reader of SQL folds names to small letters, as DuckDB does
        f"{table}.{column}".lower(): f"{table}.{column}"
        for table, columns in tables.items()
        for column in columns
    }
    try:
        written = sqlglot.parse_one(sql.strip().rstrip(";"), dialect=_DIALECT)
        if not isinstance(written, exp.Query):
            return ()
        as_written = {
            column.alias_or_name: column.unalias().sql(dialect=_DIALECT)
            for column in written.selects
        }
        query = qualify(
            written,
            schema=dict(tables),
            dialect=_DIALECT,
            validate_qualify_columns=False,
            quote_identifiers=False,
        )
        scope = build_scope(query)
        return tuple(
            ColumnSource(
                table=name,
                column=column,
                sources=_leaves(
                    lineage(column, query, scope=scope, dialect=_DIALECT), as_the_files_have_it
                ),
                expression=as_written.get(column, column),
            )
            for column in query.named_selects
        )
    except (SqlglotError, ValueError):  # a column that cannot be traced is a ValueError
        return ()


def _leaves(top: Node, names: dict[str, str]) -> tuple[str, ...]:
    """Return the columns of tables that a column is made of, without the aliases of the query."""
    found = {
        f"{part.expression.name}.{sqlglot.parse_one(part.name, dialect=_DIALECT).name}"
        for part in top.walk()
        if isinstance(part.expression, exp.Table)
    }
    return tuple(sorted(names.get(name.lower(), name) for name in found))
