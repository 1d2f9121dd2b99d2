"""What a draft could only guess: what its owner has to settle before anything is loaded."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass

import duckdb

from core.sources.columns import Role
from core.sources.drafting import names
from core.sources.drafting.accounts import account_products, product_of, usable_accounts
from core.sources.drafting.directions import direction
from core.sources.drafting.owners import ACCOUNT_WORDS
from core.sources.drafting.references import path
from core.sources.drafting.shape import Shape, amount_columns, customer_scores, event_days
from core.sources.drafting.tables import Draft
from core.sources.problems import listed

_PERSONS = 0.2  # of the rows: fewer ids with a person's name are hardly of each row's person
_NEAR = 1.0  # of the customers' score: another table may as well be theirs


@dataclass(frozen=True, slots=True)
class Doubt:
    """A weak guess in a sentence, and beside which line of the specification it belongs.

    ``column`` is empty where the table as a whole is meant, ``table`` where the source is.
    """

    sentence: str
    table: str = ""
    column: str = ""


def doubts(
    connection: duckdb.DuckDBPyConnection,
    tables: Mapping[str, Draft],
    shape: Shape,
    used: Collection[str],
) -> tuple[Doubt, ...]:
    """Return every weak guess of a draft; none where the files speak for themselves.

    ``used`` are the tables that the queries read.
    """
    return (
        *_of_customers(tables, shape),
        *_of_keys(tables, shape, used),
        *_of_tables_left_out(tables, shape, used),
        *_of_links(tables, shape),
        *_of_accounts(tables, shape),
        *_of_events(connection, tables, shape),
        *of_cells(tables),
    )


def _of_customers(tables: Mapping[str, Draft], shape: Shape) -> Iterator[Doubt]:
    name, column = shape.customers, shape.customer_column
    table = tables[name]
    if not column:
        told = "customers have no id: they are numbered in the order of the file's rows"
        yield Doubt(f"{told}; keep that order, or add an id", name)
        yield from _of_persons(table)
        return
    if table.columns[column].role is Role.DIRECT_IDENTIFIER:
        told = "a direct identifier, and now the customer's id as well"
        yield Doubt(f"{name}.{column} is {told}; a number of your own is better", name, column)
    if shape.from_log:
        return
    asked = {r.key for other in tables.values() for r in other.references if r.table == name}
    others = [
        one.name
        for one in table.with_role(Role.ID)
        if one.name != column and one.profile.is_unique and names.names_id(one.name)
    ]
    if others and (column not in asked or asked & set(others)):
        told = f"customers are told apart by {column} and as well by {listed(others)}"
        yield Doubt(f"{told}: {column} is taken for their id", name, column)
    yield from _of_persons(table)
    scores = customer_scores(tables)
    for other in tables:
        near = scores[other] > max(0.0, scores[name] - _NEAR)
        if other != name and near and not path(tables, other, name):
            yield Doubt(f"{other} may be the table of customers as well as {name}, which is taken")


def _of_persons(table: Draft) -> Iterator[Doubt]:
    """Return the doubt about ids of persons who have several rows, as in a history."""
    for one in table.with_role(Role.ID):
        rows, distinct = one.profile.rows, one.profile.distinct
        if names.names_person(one.name) and _PERSONS * rows < distinct < rows:
            told = f"{table.name}.{one.name} has {distinct:,} values in {rows:,} rows"
            known = "if it is the person, write customers.sql with one row for each"
            yield Doubt(f"{told}: {known}", table.name, one.name)


def _of_keys(tables: Mapping[str, Draft], shape: Shape, used: Collection[str]) -> Iterator[Doubt]:
    for name, table in tables.items():
        if table.key or name not in used or (name == shape.customers and not shape.from_log):
            continue
        told = "has no key: a row that stands twice in it counts twice"
        yield Doubt(f"{name} {told}", name)


def _of_tables_left_out(
    tables: Mapping[str, Draft], shape: Shape, used: Collection[str]
) -> Iterator[Doubt]:
    for name in tables:
        if name in used:
            continue
        linked = path(tables, name, shape.customers) is not None
        why = (
            "no query uses it yet"
            if linked
            else f"none of its columns leads to {shape.customers}, directly or through other tables"
        )
        yield Doubt(f"{name} is left out: {why}", name)


def _of_links(tables: Mapping[str, Draft], shape: Shape) -> Iterator[Doubt]:
    for name, table in tables.items():
        for one in table.references:
            goal = tables[one.table].columns[one.key]
            if one.table == shape.customers and goal.role is Role.DIRECT_IDENTIFIER:
                told = f"{name} is joined to {one.table} by {one.column}, a direct identifier"
                yield Doubt(f"{told}; the customer's id is better", name, one.column)
            if one.lost:
                told = f"{one.lost:,} rows of {name} have a {one.column} that {one.table} lacks"
                yield Doubt(f"{told}: they will be refused", name, one.column)


def _of_accounts(tables: Mapping[str, Draft], shape: Shape) -> Iterator[Doubt]:
    if not usable_accounts(shape):
        for one in dict.fromkeys(hop.table for f in shape.facts for _, hop in f.hops):
            if set(names.words(one)) & ACCOUNT_WORDS:
                told = f"no balance is found for {one}"
                yield Doubt(f"{told}: transactions are taken for purchases, without accounts", one)
        return
    if shape.owners is not None and shape.owners.several:
        told = f"{shape.owners.link} links some of {shape.accounts} to several customers"
        yield Doubt(f"{told}: the first of them is taken for the owner", shape.owners.link)
    column, products = account_products(tables, shape)
    if column is not None:
        unknown = [code for code in column.domain if product_of(code) is None]
        if unknown:
            told = f"of {shape.accounts}.{column.name} it is not known which product"
            yield Doubt(
                f"{told} {listed(unknown)} is: taken for checking", shape.accounts, column.name
            )
    elif products == ["checking"] and not product_of(shape.accounts):
        told = f"nothing tells the product of {shape.accounts}"
        yield Doubt(f"{told}: all are taken for checking accounts", shape.accounts)


def _of_events(
    connection: duckdb.DuckDBPyConnection, tables: Mapping[str, Draft], shape: Shape
) -> Iterator[Doubt]:
    with_accounts = usable_accounts(shape)
    for facts in shape.facts:
        table = tables[facts.table]
        amounts = [one.name for one in amount_columns(table)]
        rank = names.amount_rank(facts.amount)
        alike = [n for n in amounts if n != facts.amount and names.amount_rank(n) == rank]
        if alike:
            told = f"the amount of {table.name} may be {_either([facts.amount, *alike])}"
            yield Doubt(f"{told}: {facts.amount} is taken", table.name, facts.amount)
        elif rank == names.NO_AMOUNT:
            told = f"{facts.amount} is taken for the amount of {table.name}"
            yield Doubt(f"{told}, though its name does not say so", table.name, facts.amount)
        at, day = facts.day
        days = [one.name for one in event_days(tables[at])]
        rank = names.booked_rank(day)
        alike = [n for n in days if n != day and names.booked_rank(n) == rank]
        if alike:
            told = f"the day of {table.name} may be {_either([day, *alike])}"
            yield Doubt(f"{told}: {day} is taken", at, day)
        way = direction(connection, tables, facts, str, with_accounts=with_accounts)
        if with_accounts and not way.is_told:
            told = f"nothing tells money in from money out in {table.name}"
            yield Doubt(f"{told}: all of it is taken for money out", table.name, facts.amount)
        if way.unknown:
            told = f"{table.name}.{way.column} does not tell which way {listed(way.unknown)} moves"
            yield Doubt(f"{told} money: taken for money out", table.name, way.column)


def _either(several: list[str]) -> str:
    return f"{', '.join(several[:-1])} or {several[-1]}"


def of_cells(tables: Mapping[str, Draft]) -> Iterator[Doubt]:
    """Return the doubts about columns whose cells read in two ways alike."""
    for name, table in tables.items():
        for one in table.columns.values():
            if one.is_ambiguous:
                two = "day and month" if one.is_date else "decimals and thousands"
                yield Doubt(f"{name}.{one.name} may have {two} swapped: look at it", name, one.name)
