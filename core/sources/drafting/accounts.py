"""The SQL of a draft's accounts: whose each is, of which product, and what it holds."""

from __future__ import annotations

import re
from collections.abc import Mapping

from core.sources.columns import ColumnType
from core.sources.drafting import names
from core.sources.drafting.columns import Guess
from core.sources.drafting.comments import sql_comment
from core.sources.drafting.owners import Owners, balance_column
from core.sources.drafting.shape import Facts, Shape
from core.sources.drafting.sql import Cell, number_sql, reached, words_of
from core.sources.drafting.tables import Draft, Reference
from core.sql import literal

_PRODUCT_WORDS = {
    "savings": (
        "saving", "savings", "sv", "spar", "sparen", "sparkonto", "sparbuch", "tagesgeld",
        "festgeld", "deposit",
    ),
    "credit": (
        "credit", "card", "cards", "cc", "creditcard", "kredit", "loan", "loans", "mortgage",
        "kreditkarte", "darlehen",
    ),
    "checking": (
        "checking", "current", "ck", "giro", "girokonto", "chequing", "cheque", "cash", "debit",
    ),
}  # fmt: skip


def usable_accounts(shape: Shape) -> bool:
    """Return whether every table of events can be brought to the accounts."""
    if not shape.accounts or shape.owners is None:
        return False
    return all(
        any(hop.table == shape.accounts for _, hop in facts.hops)
        or product_named(facts.table) is not None
        for facts in shape.facts
    )


def product_named(name: str) -> str | None:
    """Return the product that a table's name speaks of.

    >>> product_named("twm_savings_tran"), product_named("moves")
    ('savings', None)
    """
    parts = set(names.words(name))
    return next((p for p, known in _PRODUCT_WORDS.items() if parts & set(known)), None)


def product_of(code: str) -> str | None:
    """Return the product that a code of an account's type speaks of."""
    parts = re.findall("[a-z]+", code.casefold())
    return next((p for p, known in _PRODUCT_WORDS.items() if set(parts) & set(known)), None)


def account_products(tables: Mapping[str, Draft], shape: Shape) -> tuple[Guess | None, list[str]]:
    """Return the column that tells an account's product, and the products there are."""
    table = tables[shape.accounts]
    for one in table.columns.values():
        found = sorted({p for code in one.domain if (p := product_of(code)) is not None})
        if found and names.names_code(one.name):
            return one, found
    return None, [product_named(shape.accounts) or "checking"]


def accounts(tables: Mapping[str, Draft], shape: Shape, cell: Cell) -> str:
    """Return the text of accounts.sql."""
    table, owners = tables[shape.accounts], shape.owners
    assert owners is not None
    number = f"a.{cell(table.key[0])}"
    balance = balance_column(table)
    facts = next((f for f in shape.facts if balance_column(tables[f.table]) is not None), None)
    joins: list[str] = []
    if owners.link:
        customer = "owner.customer_id"
        linked_by = f"a.{cell(owners.account_key)}"
        joins.append(
            f"JOIN (\n{_owner(owners, shape, cell)}\n) AS owner ON owner.account_id = {linked_by}"
        )
    else:
        goal = shape.customer_column
        joins, _, customer = reached(table.name, owners.hops, goal, "a", cell)
    if balance is not None:
        held = f"coalesce({number_sql(balance, 'a', cell)}, 0)"
    elif facts is not None:
        last = _last_balance(tables, facts, cell)
        by = next(hop.key for at, hop in facts.hops if at == facts.table)
        joins.append(f"LEFT JOIN (\n{last}\n) AS last ON last.account_id = a.{cell(by)}")
        held = "coalesce(last.balance, 0)"
    else:
        held = "0"
    days = [one for one in table.columns.values() if one.is_date]
    closed = next((d for d in days if {"end", "close", "closed", "closing"} & words_of(d)), None)
    opened = next((d for d in days if d is not closed), None)
    active = next(
        (f"a.{cell(c.name)}" for c in table.columns.values()
         if c.type is ColumnType.FLAG and {"active", "open"} & words_of(c)),
        "",
    )  # fmt: skip
    if active:
        active = f"coalesce({active}, false)"
    else:
        active = f"a.{cell(closed.name)} IS NULL" if closed else "true"
    details = _Details(tables, shape, cell)
    limit, minimum = details.number({"limit"}), details.number({"minimum"})
    joins += details.joins()
    selected = {
        "account_id": number,
        "customer_id": customer,
        "product": _product(tables, shape, cell),
        "is_active": active,
        "opened_on": _day(opened, "a", cell),
        "closed_on": _day(closed, "a", cell),
        "opening_balance": _named_number(table, {"opening", "starting", "initial"}, cell),
        "balance": held,
        "credit_limit": limit,
        "minimum_balance": minimum,
    }
    body = ",\n    ".join(f"{sql} AS {name}" for name, sql in selected.items())
    notes = sql_comment("One row per account.")
    if balance is None:
        told = "The file states no balance: it is the one after the last transaction."
        notes += sql_comment(told)
    if owners.choose:
        told = f"Of those linked to an account, {owners.choose[0]} tells the one who owns it."
        notes += sql_comment(told)
    if owners.several:
        notes += sql_comment("Some accounts are linked to several customers: the first is taken.")
    joining = "".join(f"\n{join}" for join in joins)
    return f"{notes}SELECT\n    {body}\nFROM {cell(table.name)} AS a{joining}\n"


class _Details:
    """Numbers of the accounts, or of tables that hold at most one row for each of them."""

    def __init__(self, tables: Mapping[str, Draft], shape: Shape, cell: Cell) -> None:
        self._own, self._cell = tables[shape.accounts], cell
        self._beside = [
            (table, reference)
            for table in tables.values()
            for reference in table.references
            if reference.table == shape.accounts and table.key == (reference.column,)
        ]
        self._joined: dict[str, tuple[str, str]] = {}  # alias and join by table

    def number(self, known: set[str]) -> str:
        """Return the SQL of what is named so: the accounts' own, else the first of the details."""
        own = _named_number(self._own, known, self._cell)
        if own != "NULL":
            return own
        found = [
            number_sql(column, self._alias(table, reference), self._cell)
            for table, reference in self._beside
            for column in table.columns.values()
            if column.is_number and known & words_of(column)
        ]
        return f"coalesce({', '.join(found)})" if len(found) > 1 else next(iter(found), "NULL")

    def joins(self) -> list[str]:
        """Return the joins of the details that numbers were taken from."""
        return [join for _, join in self._joined.values()]

    def _alias(self, table: Draft, reference: Reference) -> str:
        if table.name in self._joined:
            return self._joined[table.name][0]
        alias = f"d{len(self._joined) + 1}"
        key = f"{alias}.{self._cell(reference.column)}"
        on = f"{key} = a.{self._cell(reference.key)}"
        join = f"LEFT JOIN {self._cell(table.name)} AS {alias} ON {on}"
        self._joined[table.name] = alias, join
        return alias


def _owner(owners: Owners, shape: Shape, cell: Cell) -> str:
    """Return the query of the customer of each account, out of the table that links the two."""
    account, customer = f"l.{cell(owners.account_column)}", f"l.{cell(owners.customer_column)}"
    source = f"{cell(owners.link)} AS l"
    if owners.customer_key != shape.customer_column:
        known_by = f"c.{cell(owners.customer_key)} = {customer}"
        source += f"\n    JOIN {cell(shape.customers)} AS c ON {known_by}"
        customer = f"c.{cell(shape.customer_column)}"
    chosen = ""
    if owners.choose:
        column, code = owners.choose
        chosen = f"\n    WHERE l.{cell(column)} = {literal(code)}"
    one, grouped = (f"min({customer})", "\n    GROUP BY 1") if owners.several else (customer, "")
    return (
        f"    SELECT {account} AS account_id, {one} AS customer_id\n"  # noqa: S608
        f"    FROM {source}{chosen}{grouped}"
    )


def _last_balance(tables: Mapping[str, Draft], facts: Facts, cell: Cell) -> str:
    table = tables[facts.table]
    balance = balance_column(table)
    assert balance is not None
    column = next(hop.column for at, hop in facts.hops if at == facts.table)
    order = [f"t.{cell(facts.day[1])}"] if facts.day[0] == facts.table else []
    order += [f"try_cast(t.{cell(k)} AS BIGINT), t.{cell(k)}" for k in table.key]
    return (
        f"    SELECT\n        t.{cell(column)} AS account_id,\n"
        f"        arg_max({number_sql(balance, 't', cell)}, row({', '.join(order)})) AS balance\n"
        f"    FROM {cell(table.name)} AS t\n    GROUP BY 1"
    )


def _product(tables: Mapping[str, Draft], shape: Shape, cell: Cell) -> str:
    column, products = account_products(tables, shape)
    if column is None:
        return literal(products[0])
    cases = " ".join(
        f"WHEN {literal(code)} THEN {literal(product)}"
        for code in column.domain
        if (product := product_of(code)) is not None
    )
    return f"CASE a.{cell(column.name)} {cases} ELSE 'checking' END"


def _named_number(table: Draft, known: set[str], cell: Cell) -> str:
    found = (c for c in table.columns.values() if c.is_number and known & words_of(c))
    return next((number_sql(one, "a", cell) for one in found), "NULL")


def _day(one: Guess | None, alias: str, cell: Cell) -> str:
    if one is None:
        return "NULL"
    return f"CAST({alias}.{cell(one.name)} AS DATE)"
