"""From the text of a cell to a typed value, as SQL expressions: explicit, with a reason if not."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from core.sources.columns import ColumnSpec, ColumnType, Role
from core.sources.problems import listed
from core.sql import literal

_SQL_TYPES = {
    ColumnType.TEXT: "VARCHAR",
    ColumnType.CODE: "VARCHAR",
    ColumnType.INTEGER: "BIGINT",
    ColumnType.DATE: "DATE",
    ColumnType.TIME: "TIME",
    ColumnType.TIMESTAMP: "TIMESTAMP",
    ColumnType.FLAG: "BOOLEAN",
}
BLANKS = " \t\n\r\xa0"  # around a cell they are no part of it
LACKING = "is missing, but every row needs it"
_YEAR = r"(?:[1-9]\d{3}|0[1-9]\d{2}|00[1-9]\d|000[1-9])"  # 0000 would be before the year 1
_DATE_PATTERNS = {  # the form of the whole cell, and DuckDB's name for it
    "yyyy-mm-dd": (rf"{_YEAR}-\d{{2}}-\d{{2}}", "%Y-%m-%d"),
    "yyyy/mm/dd": (rf"{_YEAR}/\d{{2}}/\d{{2}}", "%Y/%m/%d"),
    "yyyymmdd": (rf"{_YEAR}\d{{4}}", "%Y%m%d"),
    "yymmdd": (r"\d{6}", "%y%m%d"),  # 69..99 are 1969..1999
    "d.m.yyyy": (rf"\d{{1,2}}\.\d{{1,2}}\.{_YEAR}", "%d.%m.%Y"),
    "d/m/yyyy": (rf"\d{{1,2}}/\d{{1,2}}/{_YEAR}", "%d/%m/%Y"),
    "d-m-yyyy": (rf"\d{{1,2}}-\d{{1,2}}-{_YEAR}", "%d-%m-%Y"),
    "m/d/yyyy": (rf"\d{{1,2}}/\d{{1,2}}/{_YEAR}", "%m/%d/%Y"),
}
_TIME_PATTERNS = {
    "hh:mm:ss": (r"\d{2}:\d{2}:\d{2}", "%H:%M:%S"),
    "hh:mm": (r"\d{2}:\d{2}", "%H:%M"),
    "hmmss": (r"\d{6}", "%H%M%S"),  # once padded with zeros
}


# DuckDB would take what branches of CASE and COALESCE have in common out of them, and compute it
# for every row.
LAZILY = "SET disabled_optimizers = 'common_subexpressions'"


@dataclass(frozen=True, slots=True)
class Conversion:
    """SQL of one column: its text, its typed value, and why a cell is refused.

    ``text`` has no blanks around it, and is empty or missing (NULL) for a missing cell. ``value``
    is written over it under the name ``cell``, and is NULL where it cannot be read. ``reason`` is
    written over both, and is NULL where the cell is accepted. What is costly is done only for the
    cells that need it, which holds as `LAZILY` says.
    """

    text: str
    value: str
    reason: str


def sql_type(column: ColumnSpec) -> str:
    """Return the SQL type of the column's values.

    >>> sql_type(ColumnSpec(type="decimal", role="measure"))
    'DECIMAL(18, 2)'
    """
    if column.type is ColumnType.DECIMAL:
        return f"DECIMAL(18, {column.places})"
    return _SQL_TYPES[column.type]


def conversion(
    column: ColumnSpec,
    raw: str,
    names: tuple[str, str],
    null_tokens: Sequence[str],
    *,
    may_be_missing: bool,
) -> Conversion:
    """Return how a cell becomes the column's value.

    Parameters
    ----------
    column
        What the specification says.
    raw
        SQL of the cell as it stands in the file, of type VARCHAR.
    names
        Under which names (SQL identifiers) the clean text and the value will be found.
    null_tokens
        Whole cells that mean "missing" beside blank ones, as `meant_as_missing` says.
    may_be_missing
        Whether a row may lack the value.
    """
    tokens = meant_as_missing(column, null_tokens)
    cell, typed = names
    excluded = ", ".join(map(literal, ["", *tokens]))
    value, refused = _CONVERSIONS[column.type](column, cell)
    ready = _round_trip(column, cell, tokens)
    lacking = "NULL" if may_be_missing else literal(LACKING)
    return Conversion(
        _stripped(raw),
        f"coalesce({ready}, CASE WHEN {cell} NOT IN ({excluded}) THEN {value} END)"
        f"::{sql_type(column)}",
        f"CASE WHEN {typed} IS NOT NULL THEN NULL "
        f"WHEN {cell} IS NULL OR {cell} IN ({excluded}) THEN {lacking} {refused} END",
    )


def meant_as_missing(column: ColumnSpec, null_tokens: Sequence[str]) -> Sequence[str]:
    """Return the whole cells that mean "missing" in a column, beside blank ones.

    A text column that is no id knows only its own tokens, so that a person called Null keeps their
    name.

    >>> meant_as_missing(ColumnSpec(type="text", role="direct_identifier"), ("NULL",))
    ()
    """
    if column.null_tokens is not None:
        return column.null_tokens
    is_wording = column.type is ColumnType.TEXT and column.role is not Role.ID
    return () if is_wording else null_tokens


def _stripped(raw: str) -> str:
    """Return the cell without the blanks around it; looked for only where an end is not plain."""
    ends = (f"({raw})[{end}] BETWEEN '!' AND '~'" for end in (1, -1))
    return f"CASE WHEN {' AND '.join(ends)} THEN {raw} ELSE trim({raw}, {literal(BLANKS)}) END"


def _round_trip(column: ColumnSpec, cell: str, tokens: Sequence[str]) -> str:
    """Return the value of a cell that is written just as SQL writes it: the commonest form.

    What comes back the same is certainly of the strict form, so no pattern need be matched.
    """
    plain = {
        ColumnType.INTEGER: True,
        ColumnType.DECIMAL: column.decimal_mark == ".",
        ColumnType.DATE: column.format[:1] == ("yyyy-mm-dd",),
    }
    if not plain.get(column.type) or any(map(str.isdigit, "".join(tokens))):
        return "NULL"
    value = f"TRY_CAST({cell} AS {sql_type(column)})"
    short = f" AND length({cell}) = 10" if column.type is ColumnType.DATE else ""
    return f"CASE WHEN {value}::VARCHAR = {cell}{short} THEN {value} END"


_Parts = tuple[str, str]  # the value's SQL, and what follows in CASE where it is NULL


def _text(_column: ColumnSpec, cell: str) -> _Parts:
    return cell, ""


def _code(column: ColumnSpec, cell: str) -> _Parts:
    if not column.domain:
        return cell, ""
    meant = " ".join(f"WHEN {literal(c)} THEN {literal(w)}" for c, w in column.domain.items())
    if column.unknown == "keep":
        return f"CASE {cell} {meant} ELSE {cell} END", ""
    reason = literal(f"is not one of the codes {listed(list(column.domain), 40)}")
    return f"CASE {cell} {meant} END", f"ELSE {reason}"


def _integer(column: ColumnSpec, cell: str) -> _Parts:
    whole, number = _whole(column, cell)
    fits = _fits(cell, f"[+-]?{whole}")
    value = f"CASE WHEN {fits} THEN TRY_CAST({number} AS BIGINT) END"
    return value, f"WHEN {fits} THEN 'is too large a number' ELSE 'is not a whole number'"


def _decimal(column: ColumnSpec, cell: str) -> _Parts:
    mark = re.escape(column.decimal_mark)
    whole, number = _whole(column, cell)
    number = f"replace({number}, ',', '.')" if column.decimal_mark == "," else number
    places = f"[0-9]{{0,{column.places}}}0*"
    behind = f"[0-9]{{1,{column.places}}}0*" if column.places else "0+"  # as in .5
    number_at_all = _fits(cell, f"[+-]?({whole}({mark}[0-9]*)?|{mark}[0-9]+)")
    fits = _fits(cell, f"[+-]?({whole}({mark}{places})?|{mark}{behind})")
    if column.rounded:
        fits = number_at_all
    return f"CASE WHEN {fits} THEN TRY_CAST({number} AS {sql_type(column)}) END", (
        f"WHEN NOT {number_at_all} THEN 'is not a number' "
        f"WHEN NOT {fits} THEN 'has more than {column.places} decimal places' "
        f"ELSE 'is too large a number'"
    )


def _whole(column: ColumnSpec, cell: str) -> tuple[str, str]:
    """Return the form of a number's digits before the mark, and the cell without separators.

    No group of thousands begins a number with a zero: 0.125 is another mark's decimals.
    """
    mark = column.thousands_mark
    if not mark:
        return "[0-9]+", cell
    grouped = f"[1-9][0-9]{{0,2}}({re.escape(mark)}[0-9]{{3}})+"
    return f"([0-9]+|{grouped})", f"replace({cell}, {literal(mark)}, '')"


def _fits(cell: str, pattern: str) -> str:
    return f"regexp_full_match({cell}, {literal(pattern)})"


def _date(column: ColumnSpec, text: str) -> _Parts:
    value = _first([_date_value(name, text) for name in column.format])
    return value, f"ELSE {_unreadable('date', column)}"


def _time(column: ColumnSpec, text: str) -> _Parts:
    value = _first([_time_value(name, text) for name in column.format])
    return value, f"ELSE {_unreadable('time', column)}"


def _timestamp(column: ColumnSpec, text: str) -> _Parts:
    values = []
    for name in column.format:
        mark = "T" if "T" in name else " "
        day, clock = name.split(mark)
        at = f"instr({text}, {literal(mark)})"  # all behind it is the time: "8:00 PM" is not 8:00
        parts = [f"split_part({text}, {literal(mark)}, 1)", f"substr({text}, {at} + 1)"]
        values.append(f"({_date_value(day, parts[0])} + {_time_value(clock, parts[1])})")
    value = _first(values)
    return value, f"ELSE {_unreadable('time', column)}"


def _flag(column: ColumnSpec, text: str) -> _Parts:
    yes, no = (
        ", ".join(literal(token.upper()) for token in tokens)
        for tokens in (column.true, column.false)
    )
    value = (
        f"CASE WHEN upper({text}) IN ({yes}) THEN true WHEN upper({text}) IN ({no}) THEN false END"
    )
    allowed = listed([*column.true, *column.false], 40)
    return value, f"ELSE {literal(f'is none of {allowed}')}"


def _date_value(name: str, text: str) -> str:
    return f"CAST({_parsed(*_DATE_PATTERNS[name], text)} AS DATE)"


def _time_value(name: str, text: str) -> str:
    if name == "hmmss":
        text = f"CASE WHEN length({text}) < 6 THEN lpad({text}, 6, '0') ELSE {text} END"
    return f"CAST({_parsed(*_TIME_PATTERNS[name], text)} AS TIME)"


def _parsed(pattern: str, form: str, text: str) -> str:
    fits = f"regexp_full_match({text}, '{pattern}')"
    return f"CASE WHEN {fits} THEN try_strptime({text}, '{form}') END"


def _first(values: list[str]) -> str:
    return f"coalesce({', '.join(values)})" if len(values) > 1 else values[0]


def _unreadable(what: str, column: ColumnSpec) -> str:
    return literal(f"is not a {what} of the form {' or '.join(column.format)}")


_CONVERSIONS: dict[ColumnType, Callable[[ColumnSpec, str], _Parts]] = {
    ColumnType.TEXT: _text,
    ColumnType.CODE: _code,
    ColumnType.INTEGER: _integer,
    ColumnType.DECIMAL: _decimal,
    ColumnType.DATE: _date,
    ColumnType.TIME: _time,
    ColumnType.TIMESTAMP: _timestamp,
    ColumnType.FLAG: _flag,
}
