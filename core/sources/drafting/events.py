"""The SQL of a draft's transactions: when, how much, which way, and on whose account."""

from __future__ import annotations

from collections.abc import Mapping

import duckdb

from core.schema import PRODUCTS
from core.sources.columns import ColumnType
from core.sources.drafting.accounts import product_named
from core.sources.drafting.columns import Guess
from core.sources.drafting.directions import direction
from core.sources.drafting.shape import Facts, Shape
from core.sources.drafting.sql import ROW_NUMBER, Cell, joined, number_sql, words_of
from core.sources.drafting.tables import Draft
from core.sql import literal

_FIRST_OF_PRODUCT = """JOIN (
    SELECT min(account_id) AS account_id, customer_id, product
    FROM canonical.accounts
    GROUP BY customer_id, product
) AS held"""
_PURCHASES = next((p for p in PRODUCTS if p not in ("checking", "savings", "credit")), "credit")


def transactions(
    connection: duckdb.DuckDBPyConnection,
    tables: Mapping[str, Draft],
    shape: Shape,
    cell: Cell,
    *,
    with_accounts: bool,
) -> str:
    """Return the text of transactions.sql; accounts are those that accounts.sql has made."""
    parts = [
        _events(connection, tables, shape, facts, cell, with_accounts=with_accounts)
        for facts in shape.facts
    ]
    told = "\n".join(dict.fromkeys(note for _, notes in parts for note in notes))
    body = "UNION ALL\n".join(sql for sql, _ in parts)
    return f"-- One row per transaction.\n{told}\n{body}"


def _events(
    connection: duckdb.DuckDBPyConnection,
    tables: Mapping[str, Draft],
    shape: Shape,
    facts: Facts,
    cell: Cell,
    *,
    with_accounts: bool,
) -> tuple[str, list[str]]:
    table = tables[facts.table]
    joins, aliases = joined(table.name, facts.hops, "t", cell)
    notes: list[str] = []
    account, customer, product = "NULL", "", literal(_PURCHASES)
    if with_accounts:
        account, customer, product = "held.account_id", "held.customer_id", "held.product"
        last = next(((at, hop) for at, hop in facts.hops if hop.table == shape.accounts), None)
        if last is not None:
            at, hop = last
            joins = joins[: facts.hops.index(last)]
            number = f"{aliases[at]}.{cell(hop.column)}"
            joins.append(f"JOIN canonical.accounts AS held ON held.account_id = {number}")
        else:
            at, hop = facts.hops[-1]
            notes.append(
                "-- The files name no account: it is the customer's (first) of the product."
            )
            number = f"{aliases[at]}.{cell(hop.column)}"
            of = f"held.product = {literal(product_named(facts.table) or '')}"
            joins[-1] = f"{_FIRST_OF_PRODUCT} ON held.customer_id = {number} AND {of}"
    elif facts.hops:
        at, hop = facts.hops[-1]
        customer = f"{aliases[at]}.{cell(hop.column)}"
        joins = joins[:-1]
    else:
        customer = f"t.{cell(shape.customer_column)}"
    way = direction(
        connection, tables, facts, lambda n: f"t.{cell(n)}", with_accounts=with_accounts
    )
    amount = number_sql(table.columns[facts.amount], "t", cell)
    if facts.price_times:
        amount = f"{amount} * t.{cell(facts.price_times)}"
    guess = tables[facts.day[0]].columns[facts.day[1]]
    moment = f"{aliases[facts.day[0]]}.{cell(facts.day[1])}"
    timed = guess.type is ColumnType.TIMESTAMP
    numbered = " || '-' || ".join(f"t.{cell(k)}" for k in table.key)
    if len(table.key) > 1 or any(c.type is not ColumnType.TEXT for c in _keys(table)):
        numbered = f"concat_ws('-', {', '.join(f't.{cell(k)}' for k in table.key)})"
    if not table.key:
        numbered = ROW_NUMBER
    if len(shape.facts) > 1:
        numbered = f"{literal(facts.table + '-')} || {numbered}"
    kind = _coded(table, {"type", "operation", "kind", "code", "category"}, cell)
    channel = _coded(table, {"channel", "medium", "device"}, cell)
    selected = {
        "transaction_id": numbered,
        "account_id": account,
        "customer_id": customer,
        "product": product,
        "booked_on": f"CAST({moment} AS DATE)" if timed else moment,
        "booked_at": moment if timed else "NULL",
        "amount": f"abs({amount})",
        "direction": way.sql,
        "kind": kind or ("'transaction'" if with_accounts else "'purchase'"),
        "channel": channel or "'Unknown'",
        "interest": "0",
        "is_inquiry": "false",
    }
    body = ",\n    ".join(f"{sql} AS {name}" for name, sql in selected.items())
    joining = "".join(f"\n{join}" for join in joins)
    needed = [customer, moment, amount]
    where = " AND ".join(f"{one} IS NOT NULL" for one in needed)
    sql = f"SELECT\n    {body}\nFROM {cell(table.name)} AS t{joining}\nWHERE {where}\n"
    return sql, [f"-- Direction: {way.evidence}.", *notes]


def _keys(table: Draft) -> list[Guess]:
    return [table.columns[name] for name in table.key]


def _coded(table: Draft, known: set[str], cell: Cell) -> str:
    coded = [c for c in table.columns.values() if c.domain and known & words_of(c)]
    one = max(coded, key=lambda c: len(c.domain), default=None)  # the most detailed
    return f"coalesce(t.{cell(one.name)}, 'Unknown')" if one else ""
