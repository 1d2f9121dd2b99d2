"""Which table holds the accounts, and how an account finds the customer who owns it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

import duckdb

from core.sources.drafting import names
from core.sources.drafting.columns import Guess
from core.sources.drafting.references import path
from core.sources.drafting.tables import Draft, Reference
from core.sql import quoted

ACCOUNT_WORDS = names.word_set("""
    account accounts acct accts konto konten contract contracts cuenta cuentas compte comptes
""")


@dataclass(frozen=True, slots=True)
class Owners:
    """How an account finds its customer: by references, or through a table that links the two."""

    hops: tuple[tuple[str, Reference], ...] = ()
    link: str = ""
    account_column: str = ""
    customer_column: str = ""
    account_key: str = ""  # what the link's columns are found as in the two tables
    customer_key: str = ""
    choose: tuple[str, str] | None = None  # only rows of the link where this column is this code
    several: bool = False  # accounts with several customers: the first is taken


def accounts_table(
    connection: duckdb.DuckDBPyConnection, tables: Mapping[str, Draft], customers: str
) -> tuple[str, Owners | None]:
    """Return the table of accounts and how they find their owners; empty where there is none."""
    ranked: list[tuple[float, int, str, Owners]] = []
    for name, table in tables.items():
        if name == customers or len(table.key) != 1:
            continue
        owners = _owners(connection, tables, name, customers)
        children = sum(r.table == name for t in tables.values() for r in t.references)
        worded = bool(set(names.words(name)) & ACCOUNT_WORDS)
        has_balance = balance_column(table) is not None or any(
            balance_column(t) is not None and any(r.table == name for r in t.references)
            for t in tables.values()
        )
        if owners is not None and has_balance and (worded or children):
            ranked.append((2.0 * worded + children, table.loaded.rows, name, owners))
    if not ranked:
        return "", None
    _, _, name, owners = max(ranked, key=lambda one: one[:3])
    return name, owners


def balance_column(table: Draft) -> Guess | None:
    """Return the column with an account's balance: the last named so, as the closing one is."""
    found = [
        one for one in table.columns.values() if one.is_number and names.names_balance(one.name)
    ]
    return found[-1] if found else None


def _owners(
    connection: duckdb.DuckDBPyConnection, tables: Mapping[str, Draft], name: str, customers: str
) -> Owners | None:
    hops = path(tables, name, customers)
    if hops:
        return Owners(hops=tuple(hops))
    for link in tables.values():
        to = {reference.table: reference for reference in link.references}
        if name in to and customers in to and link.name not in (name, customers):
            return _through(connection, link, to[name], to[customers])
    return None


def _through(
    connection: duckdb.DuckDBPyConnection, link: Draft, account: Reference, customer: Reference
) -> Owners:
    """Return a linking table, with the code that leaves one customer to each account."""
    table, number = f"loaded.{quoted(link.name)}", quoted(account.column)
    found = Owners(
        link=link.name,
        account_column=account.column,
        customer_column=customer.column,
        account_key=account.key,
        customer_key=customer.key,
    )
    if link.columns[account.column].profile.is_unique:
        return found
    for one in link.columns.values():
        for code in one.domain:
            row = connection.execute(
                f"SELECT count(*), count(DISTINCT {number}), "  # noqa: S608
                f"(SELECT count(DISTINCT {number}) FROM {table}) FROM {table} "
                f"WHERE {quoted(one.name)} = ?",
                [code],
            ).fetchone()
            if row and row[0] == row[1] == row[2]:
                return replace(found, choose=(one.name, code))
    return replace(found, several=True)
