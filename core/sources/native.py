"""Values that a file or a database holds with a type: which columns they suit, and how they read.

The value is always what the same content would be as text: a table gives the same rows, and the
same fingerprint, from CSV, from Parquet and from a database.
"""

from __future__ import annotations

from collections.abc import Sequence

from core.sources.columns import ColumnSpec, ColumnType
from core.sources.conversion import LACKING, Conversion, conversion, sql_type
from core.sources.opened import Cell, Native
from core.sql import literal

_AS_NUMBER = {
    ColumnType.DATE: "yyyymmdd",
    ColumnType.TIME: "hmmss",
}  # lose no leading zero that counts
_SUITS: dict[ColumnType, tuple[Native, ...]] = {
    ColumnType.TEXT: (Native.TEXT,),
    ColumnType.CODE: (Native.TEXT, Native.INTEGER),
    ColumnType.INTEGER: (Native.TEXT, Native.INTEGER, Native.NUMBER),
    ColumnType.DECIMAL: (Native.TEXT, Native.INTEGER, Native.NUMBER),
    ColumnType.DATE: (Native.TEXT, Native.DATE, Native.TIMESTAMP, Native.INTEGER),
    ColumnType.TIME: (Native.TEXT, Native.TIME, Native.INTEGER),
    ColumnType.TIMESTAMP: (Native.TEXT, Native.TIMESTAMP),
    ColumnType.FLAG: (Native.TEXT, Native.FLAG, Native.INTEGER),
}
_NUMBERS = (Native.INTEGER, Native.NUMBER)


def misfit(where: str, name: str, column: ColumnSpec, native: Native) -> str | None:
    """Return the sentence that a column cannot be read from such values, or None if it can.

    >>> column = ColumnSpec(type="text", role="id")
    >>> misfit("a.parquet", "id", column, Native.INTEGER)
    "a.parquet: id is text, but whole numbers are held: leading zeros are gone. Hand it over as text, or state type = 'integer' if it never has any."
    """  # noqa: E501  (the sentence is shown as it is)
    told = f"{where}: {name} is {_article(column.type)}, but {native} are held"
    if native is Native.TEXT:
        return None
    if native in _NUMBERS and column.type in (ColumnType.TEXT, ColumnType.CODE):
        if native is Native.INTEGER and column.domain and all(map(_is_plain, column.domain)):
            return None
        advice = "Hand it over as text, or state type = 'integer' if it never has any."
        return f"{told}: leading zeros are gone. {advice}"
    if native is Native.INTEGER and column.type in _AS_NUMBER:
        needed = _AS_NUMBER[column.type]
        if column.format == (needed,):
            return None
        return f"{told}; such a number can only be read with format = {needed!r}."
    if native is Native.ZONED:
        return f"{told}; which day it is depends on the zone. Hand it over without one."
    if native not in _SUITS[column.type]:
        return f"{told}; it can be read from {' or '.join(_SUITS[column.type])}."
    return None


def native_conversion(
    column: ColumnSpec,
    cell: Cell,
    names: tuple[str, str],
    null_tokens: Sequence[str],
    *,
    may_be_missing: bool,
) -> Conversion:
    """Return how a cell that suits its column becomes the column's value.

    As `core.sources.conversion.conversion`; texts and numbers go through it as text.
    """

    def from_text(raw: str, spec: ColumnSpec) -> Conversion:
        return conversion(spec, raw, names, null_tokens, may_be_missing=may_be_missing)

    if cell.native is Native.TEXT:
        return from_text(cell.sql, column)
    if cell.native in _NUMBERS:
        text = f"({cell.sql})::VARCHAR"
        if cell.native is Native.NUMBER:
            text = plainly(cell.sql)
        if cell.native is Native.NUMBER and column.type is ColumnType.INTEGER:
            text = without_zeros(text)
        plain_marks = {"decimal_mark": ".", "thousands_mark": ""}
        return from_text(text, column.model_copy(update=plain_marks))
    return _typed(column, cell, names, null_tokens, may_be_missing=may_be_missing)


def plainly(sql: str) -> str:
    """Return the SQL of a number's digits as text: not 1e-05, which no text may be."""
    text = f"({sql})::VARCHAR"
    return f"CASE WHEN contains({text}, 'e') THEN printf('%.20f', ({sql})::DOUBLE) ELSE {text} END"


def without_zeros(text: str) -> str:
    """Return the SQL of a whole number's text without decimals: columns with gaps hold 41.0."""
    return f"regexp_replace({text}, '\\.0+$', '')"


def _typed(
    column: ColumnSpec,
    cell: Cell,
    names: tuple[str, str],
    null_tokens: Sequence[str],
    *,
    may_be_missing: bool,
) -> Conversion:
    held, typed = names
    tokens = null_tokens if column.null_tokens is None else column.null_tokens
    text = f"({cell.sql})"
    for token in tokens:  # a token such as 31.12.9999 means the same here
        meant = conversion(
            column, literal(token), (literal(token), "NULL"), (), may_be_missing=True
        )
        text = f"nullif({text}, {meant.value})"
    value, refused = held, "NULL"
    if cell.native in (Native.DATE, Native.TIMESTAMP):
        within = f"{held}::DATE BETWEEN DATE '0001-01-01' AND DATE '9999-12-31'"
        value = f"CASE WHEN {within} THEN {held} END"
        refused = literal("has a time of day where a date alone is wanted")
        if column.type is ColumnType.DATE and cell.native is Native.TIMESTAMP:
            value = f"CASE WHEN {within} AND {held} = date_trunc('day', {held}) THEN {held} END"
        refused = (
            f"CASE WHEN NOT isfinite({held}) THEN 'is infinite' "
            f"WHEN NOT {within} THEN 'lies outside the years 1 to 9999' ELSE {refused} END"
        )
    lacking = "NULL" if may_be_missing else literal(LACKING)
    return Conversion(
        text,
        f"({value})::{sql_type(column)}",
        f"CASE WHEN {typed} IS NOT NULL THEN NULL WHEN {held} IS NULL THEN {lacking} "
        f"ELSE {refused} END",
    )


def _article(kind: ColumnType) -> str:
    if kind is ColumnType.TEXT:
        return "text"
    return f"an {kind}" if kind is ColumnType.INTEGER else f"a {kind}"


def _is_plain(code: str) -> bool:
    return code.isascii() and code.isdigit() and code == str(int(code))
