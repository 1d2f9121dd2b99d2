"""Unknown tables as a whole: columns with types and roles, keys, references between them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import combinations

import duckdb

from core.sources.columns import ColumnType, Role
from core.sources.drafting import names
from core.sources.drafting.columns import Guess, guess
from core.sources.drafting.loading import LoadedTable, column_names
from core.sources.drafting.profiles import Profile, profile
from core.sql import quoted

_WIDEST_KEY = 3
_SEQUENCE = names.word_set("""
    seq sequence sequential line item position counter lfd month period
""")


@dataclass(frozen=True, slots=True)
class Reference:
    """A column whose values are those of another table's key."""

    column: str
    table: str
    key: str
    evidence: str


@dataclass(frozen=True, slots=True)
class Draft:
    """What is known of one table."""

    loaded: LoadedTable
    columns: dict[str, Guess]
    key: tuple[str, ...] = ()
    references: tuple[Reference, ...] = ()

    @property
    def name(self) -> str:
        """The table's name in the specification."""
        return self.loaded.name

    def with_role(self, role: Role) -> list[Guess]:
        """Return the columns of a role, in order."""
        return [column for column in self.columns.values() if column.role is role]

    def guessed(self, changed: Iterable[Guess]) -> Draft:
        """Return the table with some columns guessed otherwise."""
        return replace(self, columns={**self.columns, **{one.name: one for one in changed}})


def with_whole_numbers(table: Draft) -> Draft:
    """Return the table with integers where whole numbers are held, which no text can be read from.

    A file of text may have lost no leading zero; numbers have, and can be nothing else any more.
    """
    plain = (ColumnType.TEXT, ColumnType.CODE)
    return table.guessed(
        replace(
            one,
            type=ColumnType.INTEGER,
            domain=(),
            format=(),
            number="",
            coded_birth=False,
            evidence=("held as whole numbers", *one.evidence[1:]),
        )
        for one in table.columns.values()
        if one.name in table.loaded.whole
        and one.role is not Role.IGNORE
        and ((one.type in plain and not one.domain) or one.format == ("yymmdd",))
    )


def draft_table(connection: duckdb.DuckDBPyConnection, loaded: LoadedTable) -> Draft:
    """Return a table's columns and key."""
    profiles = {
        name: profile(connection, loaded.name, name) for name in column_names(loaded.form.names)
    }
    headers = list(loaded.form.names)
    if not loaded.form.has_header:
        profiles = _named(connection, loaded.name, profiles)
        headers = list(profiles)
    named = list(zip(profiles.items(), headers, strict=True))
    columns = {name: guess(name, header, one) for (name, one), header in named}
    if loaded.form.delimiter == ";" or any(c.decimal_mark == "," for c in columns.values()):
        points = any(c.profile.points > c.profile.integers for c in columns.values())
        columns = {
            name: guess(name, header, one, decimal_comma=not points)
            for (name, one), header in named
        }
    table = _with_plain_ids(Draft(loaded, columns))
    return replace(table, key=_key(connection, table))


def _named(
    connection: duckdb.DuckDBPyConnection, table: str, profiles: Mapping[str, Profile]
) -> dict[str, Profile]:
    """Return the columns of a file without header under names that tell what they hold."""
    named: dict[str, Profile] = {}
    for position, (old, one) in enumerate(profiles.items()):
        meant = _content_name(one, position, set(named))
        new = meant if meant and meant not in named else old
        if new != old:
            connection.execute(
                f"ALTER TABLE loaded.{quoted(table)} RENAME COLUMN {quoted(old)} TO {quoted(new)}"
            )
        named[new] = one
    return named


def _content_name(one: Profile, position: int, taken: set[str]) -> str:
    if not one.filled:
        return ""
    if max([*one.dates.values(), *one.timestamps.values(), 0]) == one.filled and one.distinct > 1:
        return "date"
    if one.integers == one.filled and (one.distinct > 50 or one.is_unique) and "id" not in taken:
        return "id" if position < 2 else ""
    if one.integers == one.filled and (one.low or 0) >= 0 and (one.high or 0) < 10_000:
        return "quantity"
    return "amount" if one.points == one.filled or one.commas == one.filled else ""


def _with_plain_ids(table: Draft) -> Draft:
    """Take unique short texts for ids though their names do not say so."""
    return table.guessed(
        replace(one, role=Role.ID, evidence=(*one.evidence, "unique and without blanks"))
        for one in table.columns.values()
        if one.role is Role.MEASURE
        and one.type is ColumnType.TEXT
        and not one.number
        and one.profile.is_unique
        and one.profile.longest <= 40
        and not one.profile.share("person")
        and not one.profile.share("lines")
    )


def _key(connection: duckdb.DuckDBPyConnection, table: Draft) -> tuple[str, ...]:
    """Return the unique id column that suits the table's name best, or the smallest unique set."""
    unique = [one for one in table.with_role(Role.ID) if one.profile.is_unique]
    if unique:
        order = list(table.columns)
        best = min(
            unique,
            key=lambda one: (
                -len(names.shared_words(one.name, table.name)),
                order.index(one.name),
            ),
        )
        return (best.name,)
    whole = [
        one.name
        for one in table.columns.values()
        if one.profile.filled == one.profile.rows
        and (one.role is Role.ID or set(names.words(one.name)) & _SEQUENCE)
    ][:8]
    for width in range(2, _WIDEST_KEY + 1):
        for chosen in combinations(whole, width):
            if _tell_apart(connection, table, chosen):
                return chosen
    return ()


def _tell_apart(
    connection: duckdb.DuckDBPyConnection, table: Draft, columns: Sequence[str]
) -> bool:
    named = ", ".join(map(quoted, columns))
    row = connection.execute(
        f"SELECT 1 FROM loaded.{quoted(table.name)} "  # noqa: S608
        f"GROUP BY {named} HAVING count(*) > 1 LIMIT 1"
    ).fetchone()
    return row is None
