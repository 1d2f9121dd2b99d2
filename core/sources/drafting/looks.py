"""An unknown table looked at: a type and a role for every column, and what tells rows apart."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import duckdb

from core.sources.drafting.columns import guess
from core.sources.drafting.keys import key_of, with_plain_ids
from core.sources.drafting.loading import LoadedTable, column_names
from core.sources.drafting.profiles import Profile, profile
from core.sources.drafting.tables import Draft
from core.sql import quoted


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
    table = with_plain_ids(Draft(loaded, columns))
    return replace(table, key=key_of(connection, table))


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
