"""Which way money moved: told by the balances before and after, by known words, or by the sign."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import duckdb

from core.sources.drafting import names
from core.sources.drafting.columns import Guess
from core.sources.drafting.owners import balance_column
from core.sources.drafting.shape import Facts
from core.sources.drafting.sql import loaded_number
from core.sources.drafting.tables import Draft
from core.sql import literal, quoted

_IN = names.word_set("""
    in credit cr c deposit income prijem haben h eingang dp receipt inflow +
""")
_OUT = names.word_set("""
    out debit dr d withdrawal expense vydaj soll s ausgang wd payment outflow vyber - purchase
""")
_CODED = names.word_set("type direction operation indicator kind code dc sign typ art")
_AGREED = 0.9  # so often the balance must have moved the way that is told


@dataclass(frozen=True, slots=True)
class Direction:
    """SQL of the direction over the alias of the table of events, and what speaks for it.

    ``column`` holds the codes that tell it, ``unknown`` those of which nothing is known;
    ``is_told`` says that anything tells it at all.
    """

    sql: str
    evidence: str
    column: str = ""
    unknown: tuple[str, ...] = ()
    is_told: bool = True


def direction(
    connection: duckdb.DuckDBPyConnection,
    tables: Mapping[str, Draft],
    facts: Facts,
    cell: Callable[[str], str],
    *,
    with_accounts: bool,
) -> Direction:
    """Return how the direction of a row is told."""
    table = tables[facts.table]
    amount = table.columns[facts.amount]
    size = amount.number.format(cell=cell(amount.name)) if amount.number else cell(amount.name)
    signed = (amount.profile.low or 0.0) < 0
    if signed:
        below, above, told = (
            ("out", "in", "go out") if with_accounts else ("in", "out", "come back")
        )
        return Direction(
            f"CASE WHEN {size} < 0 THEN '{below}' ELSE '{above}' END",
            f"negative amounts {told}: by the sign",
        )
    coded = [
        one
        for one in table.columns.values()
        if 2 <= len(one.domain) <= 8 and set(names.words(one.name)) & _CODED
    ]
    for one in coded:
        found = _by_balance(connection, table, facts, one) or _by_words(one)
        if found is not None:
            incoming, evidence, unknown = found
            codes = ", ".join(map(literal, incoming))
            sql = f"CASE WHEN {cell(one.name)} IN ({codes}) THEN 'in' ELSE 'out' END"
            return Direction(sql, evidence, one.name, unknown)
    told = "nothing tells money in from money out: taken as spending"
    return Direction("'out'", told, is_told=False)


def _by_balance(
    connection: duckdb.DuckDBPyConnection, table: Draft, facts: Facts, coded: Guess
) -> tuple[list[str], str, tuple[str, ...]] | None:
    """Return the codes after which the balance is higher by the amount."""
    balance = balance_column(table)
    account = next((r.column for r in table.references), "")
    if balance is None or not account or balance.name == facts.amount:
        return None
    day = quoted(facts.day[1])
    key = ", ".join(f"TRY_CAST({quoted(k)} AS BIGINT), {quoted(k)}" for k in table.key)
    order = f"{day}, {key}" if key and facts.day[0] == table.name else "1"
    was, moved = loaded_number(table.columns[facts.amount]), loaded_number(balance)
    rows = connection.execute(
        f"SELECT code, count(*) FILTER (WHERE abs(moved - amount) < 0.011), "  # noqa: S608
        f"count(*) FILTER (WHERE abs(moved + amount) < 0.011) FROM ("
        f"SELECT {quoted(coded.name)} AS code, {was} AS amount, {moved} - lag({moved}) "
        f"OVER (PARTITION BY {quoted(account)} ORDER BY {order}) AS moved "
        f"FROM loaded.{quoted(table.name)}) WHERE amount > 0 AND code IS NOT NULL "
        "GROUP BY code ORDER BY code"
    ).fetchall()
    told = [(str(code), up, down) for code, up, down in rows if up + down]
    clear = all(max(up, down) >= _AGREED * (up + down) for _, up, down in told)
    incoming = [code for code, up, down in told if up > down]
    if not told or not clear or not 0 < len(incoming) < len(told):
        return None
    steps = sum(up + down for _, up, down in told)
    unknown = tuple(sorted(set(coded.domain) - {code for code, _, _ in told}))
    return incoming, f"told by {coded.name}: the balance moved so in {steps:,} steps", unknown


def _by_words(coded: Guess) -> tuple[list[str], str, tuple[str, ...]] | None:
    incoming = [code for code in coded.domain if code.casefold() in _IN]
    outgoing = [code for code in coded.domain if code.casefold() in _OUT]
    if not incoming or not outgoing:
        return None
    unknown = tuple(code for code in coded.domain if code not in (*incoming, *outgoing))
    others = "; the others are taken for money out" if unknown else ""
    return incoming, f"told by the words of {coded.name}{others}", unknown
