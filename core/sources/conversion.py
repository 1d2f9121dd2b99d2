"""From the text of a cell to a typed value, as SQL expressions: explicit, with a reason if not."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from core.sources.columns import ColumnSpec, ColumnType, Role
from core.sources.problems import listed

_SQL_TYPES = {
    ColumnType.TEXT: "VARCHAR",
    ColumnType.CODE: "VARCHAR",
    ColumnType.INTEGER: "BIGINT",
    ColumnType.DATE: "DATE",
    ColumnType.TIME: "TIME",
    ColumnType.TIMESTAMP: "TIMESTAMP",
    ColumnType.FLAG: "BOOLEAN",
}
_DATE_PATTERNS = {  # the form of the whole cell, and DuckDB's name for it
    "yyyy-mm-dd": (r"\d{4}-\d{2}-\d{2}", "%Y-%m-%d"),
    "yyyy/mm/dd": (r"\d{4}/\d{2}/\d{2}", "%Y/%m/%d"),
    "yyyymmdd": (r"\d{8}", "%Y%m%d"),
    "yymmdd": (r"\d{6}", "%y%m%d"),  # 69..99 are 1969..1999
    "d.m.yyyy": (r"\d{1,2}\.\d{1,2}\.\d{4}", "%d.%m.%Y"),
    "d/m/yyyy": (r"\d{1,2}/\d{1,2}/\d{4}", "%d/%m/%Y"),
    "d-m-yyyy": (r"\d{1,2}-\d{1,2}-\d{4}", "%d-%m-%Y"),
    "m/d/yyyy": (r"\d{1,2}/\d{1,2}/\d{4}", "%m/%d/%Y"),
}
_TIME_PATTERNS = {
    "hh:mm:ss": (r"\d{2}:\d{2}:\d{2}", "%H:%M:%S"),
    "hh:mm": (r"\d{2}:\d{2}", "%H:%M"),
    "hmmss": (r"\d{6}", "%H%M%S"),  # once padded with zeros
}


@dataclass(frozen=True, slots=True)
class Conversion:
    """SQL of a column's typed value, and of the reason why a cell is refused (NULL: it is not)."""

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
    column: ColumnSpec, cell: str, null_tokens: Sequence[str], *, may_be_missing: bool
) -> Conversion:
    """Return how the SQL expression ``cell`` (text) becomes the column's value.

    Parameters
    ----------
    column
        What the specification says.
    cell
        A SQL expression of type VARCHAR, e.g. a quoted column name.
    null_tokens
        Whole cells that mean "missing" beside blank ones. A text column that is no id knows only
        its own tokens, so that a person called Null keeps their name.
    may_be_missing
        Whether a row may lack the value.
    """
    text = f"trim({cell}, ' ' || chr(9) || chr(10) || chr(13) || chr(160))"
    if column.null_tokens is not None:
        tokens: Sequence[str] = column.null_tokens
    else:
        is_wording = column.type is ColumnType.TEXT and column.role is not Role.ID
        tokens = () if is_wording else null_tokens
    missing = f"coalesce({text} IN ({', '.join(map(literal, ['', *tokens]))}), true)"
    value, refused = _CONVERSIONS[column.type](column, text)
    typed = f"CASE WHEN {missing} THEN NULL ELSE {value} END::{sql_type(column)}"
    lacking = "NULL" if may_be_missing else literal("is missing, but every row needs it")
    return Conversion(typed, f"CASE WHEN {missing} THEN {lacking} {refused} END")


def literal(text: str) -> str:
    """Return a text as a SQL literal.

    >>> literal("it's")
    "'it''s'"
    """
    return "'" + text.replace("'", "''") + "'"


_Parts = tuple[str, str]  # the value's SQL, and WHEN clauses that give the reason


def _text(_column: ColumnSpec, text: str) -> _Parts:
    return text, ""


def _code(column: ColumnSpec, text: str) -> _Parts:
    if not column.domain:
        return text, ""
    meant = " ".join(f"WHEN {literal(c)} THEN {literal(w)}" for c, w in column.domain.items())
    if column.unknown == "keep":
        return f"CASE {text} {meant} ELSE {text} END", ""
    codes = ", ".join(map(literal, column.domain))
    reason = literal(f"is not one of the codes {listed(list(column.domain), 40)}")
    return f"CASE {text} {meant} END", f"WHEN {text} NOT IN ({codes}) THEN {reason}"


def _integer(_column: ColumnSpec, text: str) -> _Parts:
    value = f"TRY_CAST({text} AS BIGINT)"
    return value, (
        f"WHEN NOT regexp_full_match({text}, '[+-]?[0-9]+') THEN 'is not a whole number' "
        f"WHEN {value} IS NULL THEN 'is too large a number'"
    )


def _decimal(column: ColumnSpec, text: str) -> _Parts:
    if column.decimal_mark == ",":
        pattern, number = r"[+-]?([0-9]+(,[0-9]*)?|,[0-9]+)", f"replace({text}, ',', '.')"
    else:
        pattern, number = r"[+-]?([0-9]+(\.[0-9]*)?|\.[0-9]+)", text
    value = f"TRY_CAST({number} AS {sql_type(column)})"
    finer = f"[^.]*(\\.[0-9]{{0,{column.places}}}0*)?"
    return value, (
        f"WHEN NOT regexp_full_match({text}, {literal(pattern)}) THEN 'is not a number' "
        f"WHEN NOT regexp_full_match({number}, {literal(finer)}) "
        f"THEN 'has more than {column.places} decimal places' "
        f"WHEN {value} IS NULL THEN 'is too large a number'"
    )


def _date(column: ColumnSpec, text: str) -> _Parts:
    value = _first([_date_value(name, text) for name in column.format])
    return value, f"WHEN {value} IS NULL THEN {_unreadable('date', column)}"


def _time(column: ColumnSpec, text: str) -> _Parts:
    value = _first([_time_value(name, text) for name in column.format])
    return value, f"WHEN {value} IS NULL THEN {_unreadable('time', column)}"


def _timestamp(column: ColumnSpec, text: str) -> _Parts:
    values = []
    for name in column.format:
        mark = "T" if "T" in name else " "
        day, clock = name.split(mark)
        parts = [f"split_part({text}, {literal(mark)}, {n})" for n in (1, 2)]
        values.append(f"({_date_value(day, parts[0])} + {_time_value(clock, parts[1])})")
    value = _first(values)
    return value, f"WHEN {value} IS NULL THEN {_unreadable('time', column)}"


def _flag(column: ColumnSpec, text: str) -> _Parts:
    yes, no = (
        ", ".join(literal(token.upper()) for token in tokens)
        for tokens in (column.true, column.false)
    )
    value = (
        f"CASE WHEN upper({text}) IN ({yes}) THEN true WHEN upper({text}) IN ({no}) THEN false END"
    )
    allowed = listed([*column.true, *column.false], 40)
    return value, f"WHEN {value} IS NULL THEN {literal(f'is none of {allowed}')}"


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
