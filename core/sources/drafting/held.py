"""Columns that a file or database holds with a type of their own: what they can be read as."""

from __future__ import annotations

from dataclasses import replace

from core.sources.columns import ColumnType, Role
from core.sources.drafting.cell_types import decimal
from core.sources.drafting.columns import Guess
from core.sources.drafting.tables import Draft
from core.sources.opened import Native

_NUMBERS = (ColumnType.INTEGER, ColumnType.DECIMAL)
_KEPT = {  # what each may be read as, the first where it was taken for something else
    Native.FLAG: (ColumnType.FLAG,),
    Native.DATE: (ColumnType.DATE, ColumnType.TIMESTAMP),
    Native.TIMESTAMP: (ColumnType.TIMESTAMP, ColumnType.DATE),
    Native.TIME: (ColumnType.TIME,),
}
_ISO = {
    ColumnType.DATE: "yyyy-mm-dd",
    ColumnType.TIME: "hh:mm:ss",
    ColumnType.TIMESTAMP: "yyyy-mm-dd hh:mm:ss",
}


def as_held(table: Draft) -> Draft:
    """Return the table with columns of types that what is held can be read as.

    A file of text may have lost no leading zero; numbers have, and can be nothing else any more.
    """
    return table.guessed(
        _as(one, table.loaded.held[one.name])
        for one in table.columns.values()
        if one.name in table.loaded.held and one.role is not Role.IGNORE
    )


def _as(one: Guess, native: Native) -> Guess:
    if native in (Native.ZONED, Native.OTHER):
        return _retyped(one, ColumnType.TEXT, f"{native} are held, which are not read", Role.IGNORE)
    if native is Native.INTEGER:
        return one if _suits_whole(one) else _retyped(one, ColumnType.INTEGER, _WHOLE)
    if native is Native.NUMBER:
        is_plain = one.type in _NUMBERS and not one.number and not one.is_ambiguous
        return one if is_plain else _number(one)
    allowed = _KEPT[native]
    return one if one.type in allowed else _retyped(one, allowed[0], f"{native} are held")


_WHOLE = "held as whole numbers"


def _suits_whole(one: Guess) -> bool:
    if one.type is ColumnType.TEXT or one.format == ("yymmdd",):
        return False
    return one.type is not ColumnType.CODE or all(code.isdigit() for code in one.domain)


def _number(one: Guess) -> Guess:
    """Return a column held as numbers that have decimals, or had room for them."""
    cells = one.profile.filled - sum(one.profile.likely.values())
    if one.profile.integers == cells:
        return _retyped(one, ColumnType.INTEGER, _WHOLE)
    typed = decimal(one.profile, one.profile.points, cells, one.profile.point_places)
    made = _retyped(one, ColumnType.DECIMAL, typed.why)
    return replace(made, places=typed.places, rounded=typed.rounded)


def _retyped(one: Guess, kind: ColumnType, why: str, role: Role | None = None) -> Guess:
    return replace(
        one,
        type=kind,
        role=role or one.role,
        domain=(),
        format=(_ISO[kind],) if kind in _ISO else (),
        number="",
        decimal_mark=".",
        thousands_mark="",
        coded_birth=False,
        null_tokens=tuple(sorted({*one.profile.tokens, *one.profile.likely}))
        if kind in _NUMBERS
        else (),
        evidence=(why, *one.evidence[1:]),
    )
