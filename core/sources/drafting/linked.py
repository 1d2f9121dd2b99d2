"""Attributes from tables beside the customers': one row each, or several counted and summed up."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from core.features.base import Kind, Side
from core.insight.wording import uncapitalised
from core.sources.columns import ColumnType, Role
from core.sources.drafting import labels, names
from core.sources.drafting.attributes import Attribute, attributes
from core.sources.drafting.columns import Guess
from core.sources.drafting.shape import Shape, event_days
from core.sources.drafting.sql import Cell, number_sql
from core.sources.drafting.tables import Draft, Reference

_MOST_SUMS = 3  # per table
_LONGEST = 50  # characters of a name, which a database cuts where it is much longer


@dataclass(frozen=True, slots=True)
class Linked:
    """What a table beside the customers' gives: attributes, and the join to the alias ``c``."""

    attributes: tuple[Attribute, ...]
    join: str


def linked(tables: Mapping[str, Draft], shape: Shape, cell: Cell) -> tuple[Linked, ...]:
    """Return what the tables that refer to the customers, and to no account, say of them.

    A table with at most one row per customer gives its columns; one with several gives how many
    rows there are and the sums of its amounts, as measures of what customers do. Tables that are
    accounts, transactions, or what links these are left to their own queries, and so are columns
    that the customers' table has already.
    """
    found: list[Linked] = []
    for table in tables.values():
        reference = _to_customers(table, shape)
        if reference is None:
            continue
        alias = f"l{len(found) + 1}"
        if table.key == (reference.column,):
            one = _of_one_row(tables[shape.customers], table, reference, alias, cell)
        else:
            one = _of_several(table, reference, alias, cell)
        found += [one] if one.attributes else []
    return tuple(found)


def _to_customers(table: Draft, shape: Shape) -> Reference | None:
    if shape.from_log or not shape.customer_column:
        return None
    apart = {shape.customers, shape.accounts, *(facts.table for facts in shape.facts)}
    apart |= {hop.table for facts in shape.facts for _, hop in facts.hops}
    apart |= {shape.owners.link} if shape.owners else set()
    targets = {reference.table for reference in table.references}
    if table.name in apart or (shape.accounts and shape.accounts in targets):
        return None
    return next((r for r in table.references if r.table == shape.customers), None)


def _of_one_row(
    customers: Draft, table: Draft, reference: Reference, alias: str, cell: Cell
) -> Linked:
    own = replace(
        table,
        columns={n: one for n, one in table.columns.items() if n not in customers.columns},
    )
    said = attributes(own, lambda name: f"{alias}.{cell(name)}")
    on = f"{alias}.{cell(reference.column)} = c.{cell(reference.key)}"
    return Linked(
        tuple(replace(one, missing=one.is_number) for one in said),
        f"LEFT JOIN {cell(table.name)} AS {alias} ON {on}",
    )


def _of_several(table: Draft, reference: Reference, alias: str, cell: Cell) -> Linked:
    rows = labels.plural(uncapitalised(labels.label(table.name)))
    told_by = [table.columns[name] for name in (reference.column, *table.key, *table.columns)]
    plain = next((one for one in told_by if one.role is not Role.DIRECT_IDENTIFIER), None)
    if plain is None:
        return Linked((), "")
    said = [
        Attribute(
            name=f"{table.name[:_LONGEST]}_count",
            of=plain,
            sql=f"coalesce({alias}.number, 0)",
            label=f"Number of {rows}",
            description=f"How many rows of {table.name} are the customer's.",
            kind=Kind.COUNT,
            side=Side.BEHAVIOURAL,
            unit=rows,
            table=table.name,
        )
    ]
    sums = [f"{cell(reference.column)} AS customer", "count(*) AS number"]
    for one in _amounts(table)[:_MOST_SUMS]:
        total = f"{one.name}_total"
        sums.append(f"sum(CAST({number_sql(one, 't', cell)} AS DECIMAL(18, 2))) AS {cell(total)}")
        said.append(
            Attribute(
                name=f"{table.name}_{total}"[:_LONGEST],
                of=one,
                sql=f"CAST(coalesce({alias}.{cell(total)}, 0) AS DECIMAL(18, 2))",
                label=f"{one.label}, all {rows}",
                description=f"{one.label} of all the customer's {rows}, added up.",
                kind=Kind.MONEY,
                side=Side.BEHAVIOURAL,
                table=table.name,
            )
        )
    day = next(iter(event_days(table)), None)
    until = f"\n    WHERE {_known_by(day, cell)}" if day else ""
    inner = ",\n        ".join(sums)
    return Linked(
        tuple(said),
        f"LEFT JOIN (\n    SELECT\n        {inner}\n    FROM {cell(table.name)} AS t{until}\n"
        f"    GROUP BY 1\n) AS {alias} ON {alias}.customer = c.{cell(reference.key)}",
    )


def _amounts(table: Draft) -> list[Guess]:
    return [
        one
        for one in table.columns.values()
        if one.is_number
        and one.role is Role.MEASURE
        and not one.is_constant
        and names.names_money(one.name)
    ]


def _known_by(day: Guess, cell: Cell) -> str:
    moment = f"t.{cell(day.name)}"
    date = moment if day.type is ColumnType.DATE else f"CAST({moment} AS DATE)"
    return f"{moment} IS NULL OR {date} <= getvariable('as_of')"
