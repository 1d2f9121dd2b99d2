"""Which columns tell the rows of an unknown table apart."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace
from itertools import combinations

import duckdb

from core.sources.columns import ColumnType, Role
from core.sources.drafting import names
from core.sources.drafting.columns import Guess
from core.sources.drafting.tables import Draft
from core.sql import quoted

_WIDEST_KEY = 3
_LONGEST = 40  # characters of an id
_DENSE = 2  # whole numbers that number rows reach at most so far, by the rows there are
_CODED = 6  # digits of a number that is an id by itself, all of one length
_MOST = 0.8  # so many cells must look alike to tell what they are
_SEQUENCE = names.word_set("""
    seq sequence sequential line item position counter lfd month period
""")


def with_plain_ids(table: Draft) -> Draft:
    """Return the table with unique columns taken for ids though their names do not say so.

    Short texts are; where there is no other id, so are whole numbers that number the rows, or that
    stand first and are all of one length.
    """
    texts = [one for one in table.columns.values() if _is_plain_text(one)]
    table = table.guessed(_as_id(one, "unique and without blanks") for one in texts)
    if any(one.profile.is_unique for one in table.with_role(Role.ID)):
        return table
    for position, one in enumerate(table.columns.values()):
        if _numbers_rows(one, is_first=position == 0):
            return table.guessed([_as_id(one, "unique whole numbers in every row")])
    return table


def identifying(table: Draft) -> list[Guess]:
    """Return direct identifiers that could as well be keys: numbers that no two rows share.

    An account's or a card's number is such a one. Names of people and addresses are not.
    """
    direct = table.with_role(Role.DIRECT_IDENTIFIER)
    return [one for one in direct if one.profile.is_unique and could_be_key(one)]


def could_be_key(one: Guess) -> bool:
    """Return whether a direct identifier is a number, a code or an e-mail address, and no name."""
    told = max(one.profile.share("coded"), one.profile.share("email"))
    lines = one.profile.share("lines")
    return told >= _MOST and not lines and not one.coded_birth and one.profile.longest <= _LONGEST


def key_of(
    connection: duckdb.DuckDBPyConnection, table: Draft, linking: Collection[str] = ()
) -> tuple[str, ...]:
    """Return the unique id column that suits the table's name best, or the smallest unique set.

    Columns in ``linking`` count as ids: they refer to other tables.
    """
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
        and (one.role is Role.ID or one.name in linking or set(names.words(one.name)) & _SEQUENCE)
    ][:8]
    for width in range(2, _WIDEST_KEY + 1):
        for chosen in combinations(whole, width):
            if _tell_apart(connection, table, chosen):
                return chosen
    return ()


def _is_plain_text(one: Guess) -> bool:
    return (
        one.role is Role.MEASURE
        and one.type is ColumnType.TEXT
        and not one.number
        and one.profile.is_unique
        and one.profile.longest <= _LONGEST
        and not one.profile.share("person")
        and not one.profile.share("lines")
    )


def _numbers_rows(one: Guess, *, is_first: bool) -> bool:
    told = names.names_money(one.name) or names.names_count(one.name) or names.names_age(one.name)
    plain = one.role is Role.MEASURE and one.type is ColumnType.INTEGER and not one.thousands_mark
    if told or not plain or not one.profile.is_unique or one.profile.low is None:
        return False
    low, high = one.profile.low, one.profile.high or 0.0
    dense = low >= 0 and high - low < _DENSE * one.profile.rows
    return dense or (is_first and one.profile.shortest == one.profile.longest >= _CODED)


def _as_id(one: Guess, why: str) -> Guess:
    return replace(one, role=Role.ID, type=ColumnType.TEXT, evidence=(*one.evidence, why))


def _tell_apart(
    connection: duckdb.DuckDBPyConnection, table: Draft, columns: Sequence[str]
) -> bool:
    named = ", ".join(map(quoted, columns))
    row = connection.execute(
        f"SELECT 1 FROM loaded.{quoted(table.name)} "  # noqa: S608
        f"GROUP BY {named} HAVING count(*) > 1 LIMIT 1"
    ).fetchone()
    return row is None
