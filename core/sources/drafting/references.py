"""How unknown tables refer to one another: by the names of columns and the values they hold."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

import duckdb

from core.sources.columns import ColumnType, Role
from core.sources.drafting import names
from core.sources.drafting.columns import Guess
from core.sources.drafting.tables import Draft, Reference
from core.sql import quoted

_CONTAINED = 0.95  # a smaller share of values found makes no reference


def related(connection: duckdb.DuckDBPyConnection, tables: Sequence[Draft]) -> dict[str, Draft]:
    """Return the tables by name, with the references between them and without circles."""
    found = sorted(
        (
            (score, child.name, reference)
            for child in tables
            for parent in tables
            if parent is not child and len(parent.key) == 1
            for column in child.columns.values()
            if (hit := _reference(connection, child, column, parent)) is not None
            for score, reference in [hit]
        ),
        key=lambda one: (-one[0], one[1], one[2].column, one[2].table),
    )
    above: dict[str, set[str]] = {table.name: set() for table in tables}
    kept: dict[str, dict[str, Reference]] = {table.name: {} for table in tables}
    for _, child, reference in found:
        circular = child in _ancestors(reference.table, above)
        if reference.column not in kept[child] and not circular:
            kept[child][reference.column] = reference
            above[child].add(reference.table)
    return {table.name: _linked(table, kept[table.name]) for table in tables}


def path(tables: Mapping[str, Draft], start: str, goal: str) -> list[tuple[str, Reference]] | None:
    """Return the references that lead from one table to another, or None if none do."""
    ways: list[tuple[str, list[tuple[str, Reference]]]] = [(start, [])]
    seen = {start}
    while ways:
        at, hops = ways.pop(0)
        if at == goal:
            return hops
        for reference in tables[at].references:
            if reference.table not in seen:
                seen.add(reference.table)
                ways.append((reference.table, [*hops, (at, reference)]))
    return None


def _reference(
    connection: duckdb.DuckDBPyConnection, child: Draft, column: Guess, parent: Draft
) -> tuple[float, Reference] | None:
    key = parent.columns[parent.key[0]]
    if not _comparable(column, key) or column.profile.distinct > 1.06 * key.profile.distinct:
        return None
    if (column.name,) == child.key and len(child.columns) > len(parent.columns) + 3:
        return None  # the same things in more detail are the parent, not the child
    alike = column.name == key.name
    telling = names.shared_words(column.name, parent.name) | names.shared_words(
        column.name, key.name
    )
    by_value = column.role is Role.ID and min(column.profile.shortest, key.profile.shortest) >= 6
    if not (alike or telling or by_value):
        return None
    if alike and column.name == "id":
        return None  # every table's own id
    row = connection.execute(
        f"SELECT count(*), count(*) FILTER (WHERE k IS NULL) FROM "  # noqa: S608
        f"(SELECT {quoted(column.name)} AS v FROM loaded.{quoted(child.name)} "
        f"WHERE {quoted(column.name)} IS NOT NULL) LEFT JOIN "
        f"(SELECT {quoted(key.name)} AS k FROM loaded.{quoted(parent.name)}) ON k = v"
    ).fetchone()
    total, lost = row or (0, 0)
    if not total or total - lost < _CONTAINED * total or (not alike and not telling and lost):
        return None
    told = f"all {total:,}" if not lost else f"{1 - lost / total:.1%} of {total:,}"
    score = 2.0 * alike + bool(telling) + (total - lost) / total
    return score + parent.loaded.rows / (10 + parent.loaded.rows), Reference(
        column.name, parent.name, key.name, f"{told} values are found there"
    )


def _comparable(column: Guess, key: Guess) -> bool:
    kinds = (ColumnType.TEXT, ColumnType.INTEGER, ColumnType.CODE)
    apt = column.type in kinds and not column.number and not column.coded_birth
    allowed = (Role.ID, Role.MEASURE, Role.PROXY, Role.DIRECT_IDENTIFIER)
    return apt and column.role in allowed and key.type in kinds and column.profile.distinct > 1


def _ancestors(table: str, above: Mapping[str, set[str]]) -> set[str]:
    found, ahead = {table}, [table]
    while ahead:
        more = above[ahead.pop()] - found
        found |= more
        ahead += more
    return found


def _linked(table: Draft, references: Mapping[str, Reference]) -> Draft:
    changed = [
        replace(one, role=Role.ID, type=ColumnType.TEXT, domain=())
        for one in table.columns.values()
        if one.name in references and one.role is not Role.ID
    ]
    return replace(
        table.guessed(changed),
        references=tuple(references[name] for name in table.columns if name in references),
    )
