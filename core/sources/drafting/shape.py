"""What each table is to a bank: its customers, their accounts, what links them, what they did."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import duckdb

from core.errors import DataError
from core.sources.columns import ColumnType, Role
from core.sources.drafting import names
from core.sources.drafting.columns import Guess
from core.sources.drafting.keys import could_be_key
from core.sources.drafting.owners import ACCOUNT_WORDS, Owners, accounts_table
from core.sources.drafting.references import path
from core.sources.drafting.tables import Draft, Reference

_EVENT_WORDS = names.word_set("""
    tran trans transaction transactions order orders payment payments purchase purchases
    sale sales log event events invoice invoices booking bookings moves movement movements
    txn txns posting postings buchung buchungen umsatz umsaetze zahlung zahlungen
""")
_AHEAD = names.word_set("""
    expiry expires expiration due maturity until valid estimated expected next end planned
""")


@dataclass(frozen=True, slots=True)
class Facts:
    """A table of what customers did: when, and how much."""

    table: str
    day: tuple[str, str]  # table and column
    amount: str
    hops: tuple[tuple[str, Reference], ...]  # to the table with the day, the account or customer
    price_times: str = ""  # the quantity that the amount is the price of


@dataclass(frozen=True, slots=True)
class Shape:
    """What each table is.

    ``customer_column`` is empty where customers have no id and rows are numbered instead;
    ``from_log`` says that customers are the different ids of a table of events.
    """

    customers: str
    customer_column: str
    from_log: bool = False
    accounts: str = ""
    owners: Owners | None = None
    facts: tuple[Facts, ...] = ()


def shape(connection: duckdb.DuckDBPyConnection, tables: Mapping[str, Draft]) -> Shape:
    """Return what each table is.

    Raises
    ------
    DataError
        No table holds customers, nor ids of customers beside what they did.
    """
    people = customer_scores(tables)
    best = max(people, key=lambda name: (people[name], tables[name].loaded.rows, name))
    log = _log(tables)
    if log is not None and (people[best] < 2 or best == log[0]):
        name, column = log
        facts = _facts_of(tables, name, name)
        return Shape(name, column, from_log=True, facts=(facts,) if facts else ())
    if people[best] < 0:
        raise DataError(
            "No table with customers was found: none has one row per customer, and none has ids "
            "of customers beside dates. Put the file with the customers into the folder."
        )
    key = tables[best].key
    column = key[0] if len(key) == 1 else ""
    if not column:
        return Shape(best, "")
    accounts, owners = accounts_table(connection, tables, best)
    facts_found = _facts(tables, best, accounts)
    return Shape(best, column, accounts=accounts, owners=owners, facts=facts_found)


def event_days(table: Draft) -> list[Guess]:
    """Return the columns that say when something was, likeliest first.

    No days of birth, and nothing expected; the day of booking comes before others.
    """
    found = [
        one
        for one in table.columns.values()
        if one.is_date
        and not names.names_birth(one.name)
        and not _AHEAD & set(names.words(one.name))
    ]
    return sorted(found, key=lambda one: names.booked_rank(one.name))


def amount_columns(table: Draft) -> list[Guess]:
    """Return the columns that may be the amount of what happened, likeliest first.

    A balance is none: it says what is there, not what moved.
    """
    numbers = [
        one
        for one in table.columns.values()
        if one.is_number
        and one.role is Role.MEASURE
        and one.name not in table.key
        and not names.names_balance(one.name)
    ]
    named = [one for one in numbers if names.amount_rank(one.name) < names.NO_AMOUNT]
    if named:
        return sorted(named, key=lambda one: names.amount_rank(one.name))
    decimals = [one for one in numbers if one.type is ColumnType.DECIMAL]
    return decimals if len(decimals) == 1 else []


def amount_column(table: Draft) -> Guess | None:
    """Return the column that is most likely the amount of what happened."""
    return next(iter(amount_columns(table)), None)


def customer_scores(tables: Mapping[str, Draft]) -> dict[str, float]:
    """Return how much speaks for each table to be the customers'."""
    return {name: _customers_score(tables, table) for name, table in tables.items()}


def _customers_score(tables: Mapping[str, Draft], table: Draft) -> float:
    links = {*table.key, *(reference.column for reference in table.references)}
    roles = [one.role for one in table.columns.values() if one.name not in links]
    score = 3.0 * names.names_person(table.name)
    score += min(roles.count(Role.DIRECT_IDENTIFIER) + 2 * roles.count(Role.SENSITIVE), 6)
    score += min(roles.count(Role.DEMOGRAPHIC), 3)
    score += sum(r.table == table.name for other in tables.values() for r in other.references)
    score += len(table.key) == 1 and names.names_person(table.key[0])
    score -= 3 * len(table.references)
    if len(table.key) != 1:
        score -= 2 if len(tables) > 1 else 0
    if event_days(table) and amount_column(table) and _repeated_id(table):
        score -= 6
    score -= 4 * bool(set(names.words(table.name)) & (_EVENT_WORDS | ACCOUNT_WORDS))
    return score + 1 if len(tables) == 1 else score


def _log(tables: Mapping[str, Draft]) -> tuple[str, str] | None:
    """Return the largest table of events, and its column with the customers' ids."""
    found = [
        (table.loaded.rows, name, column)
        for name, table in tables.items()
        if event_days(table) and amount_column(table) and (column := _repeated_id(table))
    ]
    return max(found)[1:] if found else None


def _repeated_id(table: Draft) -> str:
    repeated = [
        one.name
        for role in (Role.ID, Role.DIRECT_IDENTIFIER)
        for one in table.with_role(role)
        if 1 < one.profile.distinct < 0.95 * one.profile.filled
        and (role is Role.ID or could_be_key(one))
    ]
    return max(repeated, key=lambda n: (names.names_person(n), -repeated.index(n)), default="")


def _facts(tables: Mapping[str, Draft], customers: str, accounts: str) -> tuple[Facts, ...]:
    found = [
        facts
        for name in tables
        if name not in (customers, accounts)
        and (facts := _facts_of(tables, name, customers, accounts)) is not None
        and not _is_detail(tables[name], {customers, accounts})
    ]
    if not found:
        return ()
    main = max(found, key=lambda one: (tables[one.table].loaded.rows, one.table))
    columns = set(tables[main.table].columns)
    same = [
        one
        for one in found
        if len(columns & set(tables[one.table].columns)) >= 0.7 * len(columns)
        and one.amount == main.amount
        and one.day[1] == main.day[1]
    ]
    return tuple(same)


def _is_detail(table: Draft, of: set[str]) -> bool:
    """Return whether a table has one row for a row of another: details, not events."""
    return any((r.column,) == table.key and r.table in of for r in table.references)


def _facts_of(
    tables: Mapping[str, Draft], name: str, customers: str, accounts: str = ""
) -> Facts | None:
    table = tables[name]
    amount = amount_column(table)
    if amount is None:
        return None
    hops: list[tuple[str, Reference]] = []
    if name != customers:
        to_accounts = path(tables, name, accounts) if accounts else None
        to_customers = path(tables, name, customers)
        if not to_accounts and not to_customers:
            return None
        hops = to_accounts or to_customers or []
    on_the_way = [name, *(hop.table for _, hop in hops if hop.table not in (customers, accounts))]
    day = next(((at, days[0].name) for at in on_the_way if (days := event_days(tables[at]))), None)
    if day is None:
        return None
    quantity = next((c.name for c in table.columns.values() if _is_quantity(c)), "")
    is_price = {"price", "unit"} & set(names.words(amount.name))
    return Facts(name, day, amount.name, tuple(hops), quantity if is_price else "")


def _is_quantity(one: Guess) -> bool:
    return one.type is ColumnType.INTEGER and bool(
        {"quantity", "qty", "menge", "units"} & set(names.words(one.name))
    )
