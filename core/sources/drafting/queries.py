"""The SQL files of a drafted source: customers, who they are, accounts and transactions."""

from __future__ import annotations

from collections.abc import Mapping

import duckdb

from core.sources.columns import Role
from core.sources.drafting.accounts import accounts, usable_accounts
from core.sources.drafting.attributes import Attribute
from core.sources.drafting.comments import sql_comment
from core.sources.drafting.events import transactions
from core.sources.drafting.shape import Shape
from core.sources.drafting.sql import ROW_NUMBER, Cell, identifiers
from core.sources.drafting.tables import Draft


def queries(
    connection: duckdb.DuckDBPyConnection,
    tables: Mapping[str, Draft],
    shape: Shape,
    attributes: tuple[Attribute, ...],
    joins: tuple[str, ...] = (),
) -> dict[str, str]:
    """Return the SQL files of a drafted source by name, without ending.

    Where there are ``joins``, attributes call the customers' table ``c``.
    """
    cell = identifiers(connection)
    written = {"customers": _customers(shape, attributes, joins, cell)}
    if shape.from_log or not shape.customer_column:
        written["identities"] = _identities(tables, shape, cell)
    with_accounts = usable_accounts(shape)
    if with_accounts:
        written["accounts"] = accounts(tables, shape, cell)
    if shape.facts:
        written["transactions"] = transactions(
            connection, tables, shape, cell, with_accounts=with_accounts
        )
    return written


def _customers(
    shape: Shape, attributes: tuple[Attribute, ...], joins: tuple[str, ...], cell: Cell
) -> str:
    table = cell(shape.customers)
    if shape.from_log:
        column = cell(shape.customer_column)
        told = "There is no file of customers: they are the different ids of the log."
        return (
            f"{sql_comment(told)}"
            f"SELECT DISTINCT {column} AS customer_id\nFROM {table}\nWHERE {column} IS NOT NULL\n"
        )
    number = cell(shape.customer_column) if shape.customer_column else ROW_NUMBER
    told = "One row per customer: the id, and one column per attribute of the specification."
    head = sql_comment(told)
    if not shape.customer_column:
        told = "The file has no id: customers are numbered in the order of its rows."
        head += sql_comment(told)
    own = "c." if joins else ""
    selected = [f"{own if shape.customer_column else ''}{number} AS customer_id"]
    selected += [
        one.sql if one.sql.removeprefix(own) == cell(one.name) else f"{one.sql} AS {cell(one.name)}"
        for one in attributes
    ]
    joining = "".join(f"\n{join}" for join in joins)
    source = f"{table} AS c{joining}" if joins else table
    return f"{head}SELECT\n    " + ",\n    ".join(selected) + f"\nFROM {source}\n"


def _identities(tables: Mapping[str, Draft], shape: Shape, cell: Cell) -> str:
    table = tables[shape.customers]
    if shape.from_log:
        told = "Whose each row is; the log says no more of who customers are."
        return (
            f"{sql_comment(told)}"
            f"SELECT DISTINCT {cell(shape.customer_column)} AS customer_id\n"
            f"FROM {cell(shape.customers)}\nWHERE {cell(shape.customer_column)} IS NOT NULL\n"
        )
    direct = [cell(one.name) for one in table.with_role(Role.DIRECT_IDENTIFIER)]
    selected = ",\n    ".join([f"{ROW_NUMBER} AS customer_id", *direct])
    told = "Who customers are, numbered as in customers.sql; kept apart from everything else."
    return f"{sql_comment(told)}SELECT\n    {selected}\nFROM {cell(shape.customers)}\n"
