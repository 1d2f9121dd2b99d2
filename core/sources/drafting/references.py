"""How unknown tables refer to one another: by the names of columns and the values they hold."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

import duckdb

from core.sources.columns import ColumnType, Role
from core.sources.drafting import names
from core.sources.drafting.columns import Guess
from core.sources.drafting.keys import could_be_key, identifying, key_of
from core.sources.drafting.tables import Draft, Reference
from core.sql import quoted

_CONTAINED = 0.95  # a smaller share of values found makes no reference
_LONG = 6  # characters of a value that are hardly found elsewhere by chance


def related(connection: duckdb.DuckDBPyConnection, tables: Sequence[Draft]) -> dict[str, Draft]:
    """Return the tables by name, with the references between them and without circles.

    A table that no id tells apart has the key that other tables refer to, though it looks like a
    direct identifier: an account's number is both. Where a table has a key, but another one holds
    only its direct identifiers or other ids, the reference leads to these.
    """
    links = _Links(tables)
    links.add(
        hit
        for child in tables
        for parent in tables
        for goal in _goals(parent)
        for hit in _hits(connection, child, parent, goal)
    )
    links.add(
        (
            hit
            for child in tables
            for parent in tables
            if len(parent.key) == 1 and not links.joins(child.name, parent.name)
            for goal in _beside_key(parent)
            for hit in _hits(connection, child, parent, goal)
        ),
        beside_keys=True,
    )
    return {table.name: _linked(connection, table, links) for table in tables}


@dataclass(frozen=True, slots=True)
class _Hit:
    """A reference that the values allow, and how much speaks for it."""

    score: float
    child: str
    reference: Reference


class _Links:
    """The references that are kept: one per column, none in a circle, and to one key per table."""

    def __init__(self, tables: Sequence[Draft]) -> None:
        self.kept: dict[str, dict[str, Reference]] = {table.name: {} for table in tables}
        self.keys: dict[str, str] = {t.name: t.key[0] for t in tables if len(t.key) == 1}
        self._above: dict[str, set[str]] = {table.name: set() for table in tables}

    def add(self, hits: Iterable[_Hit], *, beside_keys: bool = False) -> None:
        """Keep those for which most speaks.

        A table without a key gets the one referred to first. ``beside_keys``: they lead to other
        columns than keys, of which two tables need one.
        """
        for hit in sorted(hits, key=_order):
            child, one = hit.child, hit.reference
            if one.column in self.kept[child] or child in _ancestors(one.table, self._above):
                continue
            if beside_keys and self.joins(child, one.table):
                continue
            if not beside_keys and self.keys.setdefault(one.table, one.key) != one.key:
                continue
            self.kept[child][one.column] = one
            self._above[child].add(one.table)

    def joins(self, one: str, other: str) -> bool:
        """Return whether references lead from one of two tables to the other."""
        ways = _ancestors(one, self._above), _ancestors(other, self._above)
        return other in ways[0] or one in ways[1]

    def to(self, table: str) -> list[str]:
        """Return the columns of a table that others refer to, as often as they do."""
        return [r.key for kept in self.kept.values() for r in kept.values() if r.table == table]


def _goals(parent: Draft) -> list[Guess]:
    """Return what other tables may refer to: the key, or what can become it."""
    if len(parent.key) == 1:
        return [parent.columns[parent.key[0]]]
    return identifying(parent)


def _beside_key(parent: Draft) -> list[Guess]:
    """Return unique columns other than the key that another table may hold instead of it."""
    ids = [one for one in parent.with_role(Role.ID) if one.profile.is_unique]
    return [one for one in (*ids, *identifying(parent)) if one.name not in parent.key]


def _hits(
    connection: duckdb.DuckDBPyConnection, child: Draft, parent: Draft, goal: Guess
) -> list[_Hit]:
    """Return every column of a table that may refer to another's."""
    if parent is child:
        return []
    return [
        _Hit(score, child.name, reference)
        for column in child.columns.values()
        if (hit := _reference(connection, child, column, parent, goal)) is not None
        for score, reference in [hit]
    ]


def _order(hit: _Hit) -> tuple[float, str, str, str, str]:
    one = hit.reference
    return -hit.score, hit.child, one.column, one.table, one.key


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
    connection: duckdb.DuckDBPyConnection, child: Draft, column: Guess, parent: Draft, key: Guess
) -> tuple[float, Reference] | None:
    if not _comparable(column, key) or column.profile.distinct > 1.06 * key.profile.distinct:
        return None
    if column.profile.is_unique and len(child.columns) > len(parent.columns) + 3:
        return None  # the same things in more detail are the parent, not the child
    alike = column.name == key.name
    telling = names.shared_words(column.name, parent.name) | names.shared_words(
        column.name, key.name
    )
    coded = column.role in (Role.ID, Role.DIRECT_IDENTIFIER)
    by_value = coded and min(column.profile.shortest, key.profile.shortest) >= _LONG
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
    score += parent.loaded.rows / (10 + parent.loaded.rows)
    score += 0.5 * _tells_people(parent)  # of two with one row each, theirs is the one referred to
    score += 0.1 * len(parent.columns) / (10 + len(parent.columns))  # of two alike, the fuller one
    return score, Reference(
        column.name, parent.name, key.name, f"{told} values are found there", lost
    )


def _tells_people(table: Draft) -> bool:
    """Return whether a table says who people are, or is called after them."""
    told = any(
        one.role is Role.SENSITIVE or (one.role is Role.DIRECT_IDENTIFIER and not could_be_key(one))
        for one in table.columns.values()
    )
    return told or names.names_person(table.name)


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


def _linked(connection: duckdb.DuckDBPyConnection, table: Draft, links: _Links) -> Draft:
    """Return a table with its references, and with the key that these tell of.

    What others refer to comes before a key that is another table's, or whose name is not an id's;
    but a direct identifier of people only where there is no other key.
    """
    kept = links.kept[table.name]
    key = table.key
    if len(key) != 1 and table.name in links.keys:
        key = (links.keys[table.name],)
    if len(key) != 1:  # one row for each of another table
        key = next(((n,) for n in kept if table.columns[n].profile.is_unique), key)
    if not key:
        key = key_of(connection, table, kept)
    if len(key) == 1 and key[0] not in (asked := links.to(table.name)):
        is_weak = key[0] in kept or not (names.names_id(key[0]) or _tells_people(table))
        others = [n for n in asked if is_weak or table.columns[n].role is Role.ID]
        key = (max(others, key=asked.count),) if others else key
    changed = [_as_link(one, is_key=one.name in key) for one in table.columns.values()
               if one.name in {*kept, *key} or one.name in links.to(table.name)]  # fmt: skip
    return replace(
        table.guessed(changed),
        key=key,
        references=tuple(kept[name] for name in table.columns if name in kept),
    )


def _as_link(one: Guess, *, is_key: bool) -> Guess:
    """Return a column that links tables: an id, unless it says by itself who somebody is."""
    if one.role is Role.DIRECT_IDENTIFIER:
        what = "the key of its table" if is_key else "a link between tables"
        why = f"{what} all the same, and never a feature"
        return replace(one, evidence=(*one.evidence, why))
    if one.role is Role.ID:
        return one
    return replace(one, role=Role.ID, type=ColumnType.TEXT, domain=())
