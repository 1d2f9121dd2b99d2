"""The SQL of a draft's transactions: when, how much, which way, and on whose account."""

from __future__ import annotations

from collections.abc import Mapping

import duckdb

from core.schema import PRODUCTS
from core.sources.columns import ColumnType
from core.sources.drafting.accounts import product_named
from core.sources.drafting.columns import Guess
from core.sources.drafting.comments import sql_comment
from core.sources.drafting.directions import direction
from core.sources.drafting.inquiries import KIND_WORDS, coded_column, inquiry_codes
from core.sources.drafting.shape import Facts, Shape
from core.sources.drafting.sql import ROW_NUMBER, Cell, joined, number_sql, reached, words_of
from core.sources.drafting.tables import Draft
from core.sources.problems import listed
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
    told = dict.fromkeys(note for _, notes in parts for note in notes)
    notes = "".join(map(sql_comment, ("One row per transaction.", *told)))
    body = "UNION ALL\n".join(sql for sql, _ in parts)
    return f"{notes}{body}"


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
    _, aliases = joined(table.name, facts.hops, "t", cell)
    joins: list[str] = []
    notes: list[str] = []
    account, customer, product = "NULL", "", literal(_PURCHASES)
    if with_accounts:
        account, customer, product = "held.account_id", "held.customer_id", "held.product"
        last = next(((at, hop) for at, hop in facts.hops if hop.table == shape.accounts), None)
        if last is not None:
            way = facts.hops[: facts.hops.index(last) + 1]
            key = tables[shape.accounts].key[0]
            joins, _, number = reached(table.name, way, key, "t", cell)
            joins.append(f"JOIN canonical.accounts AS held ON held.account_id = {number}")
        else:
            notes.append("The files name no account: it is the customer's (first) of the product.")
            goal = shape.customer_column
            joins, _, number = reached(table.name, facts.hops, goal, "t", cell)
            of = f"held.product = {literal(product_named(facts.table) or '')}"
            joins.append(f"{_FIRST_OF_PRODUCT} ON held.customer_id = {number} AND {of}")
    elif facts.hops:
        goal = shape.customer_column
        joins, _, customer = reached(table.name, facts.hops, goal, "t", cell)
    else:
        customer = f"t.{cell(shape.customer_column)}"
    told_by = direction(
        connection, tables, facts, lambda n: f"t.{cell(n)}", with_accounts=with_accounts
    )
    amount = number_sql(table.columns[facts.amount], "t", cell)
    if facts.price_times:
        amount = f"{amount} * t.{cell(facts.price_times)}"
    moment = f"{aliases[facts.day[0]]}.{cell(facts.day[1])}"
    day, at = _when(tables[facts.day[0]], facts.day[1], moment, cell)
    numbered = " || '-' || ".join(f"t.{cell(k)}" for k in table.key)
    if len(table.key) > 1 or any(c.type is not ColumnType.TEXT for c in _keys(table)):
        numbered = f"concat_ws('-', {', '.join(f't.{cell(k)}' for k in table.key)})"
    if not table.key:
        numbered = ROW_NUMBER
    if len(shape.facts) > 1:
        numbered = f"{literal(facts.table + '-')} || {numbered}"
    coded = coded_column(table, KIND_WORDS)
    kind = f"coalesce(t.{cell(coded.name)}, 'Unknown')" if coded else ""
    channel = coded_column(table, {"channel", "medium", "device"})
    asked, told = "false", told_by.sql
    if coded and (codes := inquiry_codes(connection, table, facts, coded)):
        asked = f"coalesce(t.{cell(coded.name)} IN ({', '.join(map(literal, codes))}), false)"
        kind = f"CASE WHEN {asked} THEN 'inquiry' ELSE {kind} END"
        told = f"CASE WHEN {asked} THEN NULL ELSE {told_by.sql} END"
        notes.append(f"Inquiries: {coded.name} {listed(codes)}, whose amounts are all 0.")
    selected = {
        "transaction_id": numbered,
        "account_id": account,
        "customer_id": customer,
        "product": product,
        "booked_on": day,
        "booked_at": at,
        "amount": f"abs({amount})",
        "direction": told,
        "kind": kind or ("'transaction'" if with_accounts else "'purchase'"),
        "channel": f"coalesce(t.{cell(channel.name)}, 'Unknown')" if channel else "'Unknown'",
        "interest": _interest(table, facts, cell),
        "is_inquiry": asked,
    }
    body = ",\n    ".join(f"{sql} AS {name}" for name, sql in selected.items())
    joining = "".join(f"\n{join}" for join in joins)
    needed = [customer, moment, amount]
    where = " AND ".join(f"{one} IS NOT NULL" for one in needed)
    sql = f"SELECT\n    {body}\nFROM {cell(table.name)} AS t{joining}\nWHERE {where}\n"
    return sql, [f"Direction: {told_by.evidence}.", *notes]


def _keys(table: Draft) -> list[Guess]:
    return [table.columns[name] for name in table.key]


def _when(table: Draft, name: str, moment: str, cell: Cell) -> tuple[str, str]:
    """Return the SQL of the day, and of the time where one stands with it or beside it."""
    if table.columns[name].type is ColumnType.TIMESTAMP:
        return f"CAST({moment} AS DATE)", moment
    clock = next((c for c in table.columns.values() if c.type is ColumnType.TIME), None)
    alias = moment.partition(".")[0]
    return moment, f"{moment} + {alias}.{cell(clock.name)}" if clock else "NULL"


def _interest(table: Draft, facts: Facts, cell: Cell) -> str:
    """Return the SQL of the money in an amount that is interest, where a column states it."""
    found = (
        c
        for c in table.columns.values()
        if c.is_number and "interest" in words_of(c) and c.name != facts.amount
        if not {"rate", "pct", "percent"} & words_of(c)
    )
    one = next(found, None)
    return f"coalesce({number_sql(one, 't', cell)}, 0)" if one else "0"
