"""What stands in a column of text: how many cells read as numbers, dates, flags or null tokens."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

import duckdb

from core.sources.columns import DATE_FORMATS, TIME_FORMATS, ColumnSpec, ColumnType, Role
from core.sources.conversion import conversion
from core.sql import literal, quoted

FEW = 24  # at most so many different values make a code
NULL_TOKENS = (  # whole cells that mean "missing" whatever the column holds
    "NULL", "null", "Null", r"\N", "NaN", "nan", "NaT", "<NA>", "#N/A", "N/A", "n/a", "(null)",
)  # fmt: skip
LIKELY_NULLS = (  # and those that do so only among numbers and dates
    "NA", "na", "None", "none", "-", "--", "?", ".", "Unknown", "unknown", "UNKNOWN", "missing",
    "Missing", "n.a.", "#NV", "inf", "-inf", "Infinity", "-Infinity",
)  # fmt: skip
_INTEGER = r"[+-]?[0-9]{1,18}"
_POINT = r"[+-]?([0-9]+(\.[0-9]*)?|\.[0-9]+)"
_COMMA = r"[+-]?([0-9]+(,[0-9]*)?|,[0-9]+)"
_THOUSANDS = r"[+-]?[1-9][0-9]{0,2},[0-9]{3}"  # 1,234 could be either
_THOUSANDS_POINT = r"[+-]?[1-9][0-9]{0,2}\.[0-9]{3}"
_AMERICAN = r"[+-]?([0-9]+|[1-9][0-9]{0,2}(,[0-9]{3})+)(\.[0-9]*)?"
_EUROPEAN = r"[+-]?([0-9]+|[1-9][0-9]{0,2}(\.[0-9]{3})+)(,[0-9]*)?"
_GROUPED = (
    r".*,[0-9]{3}[,.].*|.*\.[0-9]{3}[,.].*"  # both marks, or one twice: no doubt which is which
)
_LOOSE = r"\(?[+-]?[$€£₹]? ?([0-9]{1,3}|[1-9][0-9]{0,2}([,' ][0-9]{3})+)(\.[0-9]+)?( ?[$€£₹%])?\)?|[+-]?[$€£₹]? ?[0-9]+(\.[0-9]+)?([eE][+-]?[0-9]+)?( ?[$€£₹%])?"  # noqa: E501
_NUMBER = (  # of a cell; one point or comma is that of the decimals
    "TRY_CAST(CASE WHEN regexp_full_match(v, '[^,]*,[^,]*\\.[^.,]*|.*,.*,.*') "
    "THEN replace(v, ',', '') "
    "WHEN regexp_full_match(v, '[^.]*\\.[^,]*,[^,]*|.*\\..*\\..*') "
    "THEN replace(replace(v, '.', ''), ',', '.') ELSE replace(v, ',', '.') END AS DOUBLE)"
)
_CONTENT = {
    "email": r"[^@\s]+@[^@\s]+\.[A-Za-z]{2,}",
    "phone": r"(\+|00)[0-9][0-9 ()./-]{6,18}[0-9]|\(?[0-9]{3}\)?[ .-][0-9]{3}[ .-][0-9]{4}",
    "iban": r"[A-Z]{2}[0-9]{2}[A-Z0-9]{11,30}",
    "pan": r"[A-Z]{5}[0-9]{4}[A-Z]",
    "aadhaar": r"[2-9][0-9]{3}[ -][0-9]{4}[ -][0-9]{4}",
    "ssn": r"[0-9]{3}-[0-9]{2}-[0-9]{4}",
    "person": r"\p{Lu}[\p{L}'.-]+( \p{Lu}[\p{L}'.-]*){1,3}",
    "coded": r"([\p{L} ./_-]*[0-9]){4,}[\p{L} ./_-]*",  # of digits mostly, whatever parts them
    "lines": r"(?s).*(\n|, ).*[0-9].*|(?s).*[0-9].*(\n|, ).*",
    "birth": r"[0-9]{2}(0[1-9]|1[0-2]|5[1-9]|6[0-2])(0[1-9]|[12][0-9]|3[01])",
    "woman": r"[0-9]{2}(5[1-9]|6[0-2])[0-9]{2}",
    "man": r"[0-9]{2}(0[1-9]|1[0-2])[0-9]{2}",
}
_SHAPES = {
    "day": r"[0-9]{1,4}[./-][0-9]{1,2}[./-][0-9]{1,4}|[0-9]{6}|[0-9]{8}",
    "moment": r"[0-9./-]{6,10}[ T][0-9]{1,2}:[0-9:]{2,5}",
    "clock": r"[0-9]{1,2}:[0-9]{2}(:[0-9]{2})?|[0-9]{1,6}",
    "slashed": r"[0-9]{1,2}/[0-9]{1,2}/[0-9]{4}",
}


@dataclass(frozen=True, slots=True)
class Profile:
    """Counts over a column's cells; those of null tokens are not among ``filled``.

    ``dates``, ``timestamps`` and ``times`` count the cells that read so, by format; ``only`` those
    that read as d/m/yyyy and not as m/d/yyyy, and the other way round.
    """

    rows: int
    filled: int
    distinct: int
    shortest: int = 0
    longest: int = 0
    integers: int = 0
    leading_zeros: int = 0
    points: int = 0
    commas: int = 0
    american: int = 0  # numbers that may group thousands by commas, 1,234.5
    european: int = 0  # and by points, 1.234,5
    american_sure: int = 0  # those that cannot be read otherwise
    european_sure: int = 0
    american_either: int = 0  # those that may as well have a decimal comma, as 1,234
    european_either: int = 0  # or a decimal point, as 1.234
    american_places: int = 0
    european_places: int = 0
    loose: int = 0  # numbers with thousands separators, signs of currency or exponents
    comma_places: int = 0
    point_places: int = 0
    comma_not_thousands: int = 0
    low: float | None = None
    high: float | None = None
    dates: dict[str, int] = field(default_factory=dict)
    timestamps: dict[str, int] = field(default_factory=dict)
    times: dict[str, int] = field(default_factory=dict)
    only: dict[str, int] = field(default_factory=dict)
    tokens: dict[str, int] = field(default_factory=dict)  # cells that are null tokens
    likely: dict[str, int] = field(default_factory=dict)  # cells that may be ones
    content: dict[str, int] = field(default_factory=dict)
    values: tuple[str, ...] = ()  # the different ones, where they are few

    @property
    def missing(self) -> int:
        """Blank cells and null tokens."""
        return self.rows - self.filled

    @property
    def is_unique(self) -> bool:
        """Whether every row has a value of its own."""
        return self.rows > 0 and self.filled == self.rows == self.distinct

    def share(self, kind: str) -> float:
        """Return the share of filled cells with a content, 0..1."""
        return self.content.get(kind, 0) / self.filled if self.filled else 0.0


def profile(connection: duckdb.DuckDBPyConnection, table: str, column: str) -> Profile:
    """Return the counts of one column of ``loaded.<table>``."""
    cell, source = quoted(column), f"loaded.{quoted(table)}"
    tokens = _found(connection, source, cell, NULL_TOKENS)
    likely = _found(connection, source, cell, LIKELY_NULLS)
    null = ", ".join(map(literal, tokens)) or "''"
    odd = ", ".join(map(literal, (*tokens, *likely))) or "''"
    basic = _row(
        connection,
        f"SELECT count(*), count(v), count(DISTINCT v), min(length(v)), max(length(v)) "  # noqa: S608
        f"FROM (SELECT CASE WHEN {cell} IN ({null}) THEN NULL ELSE {cell} END AS v FROM {source})",
    )
    rows, filled, distinct, shortest, longest = (int(n or 0) for n in basic)
    if not filled:
        return Profile(rows, 0, 0, tokens=tokens, likely=likely)
    source = (
        f"(SELECT {cell} AS v, count(*) AS n FROM {source} "  # noqa: S608
        f"WHERE {cell} NOT IN ({odd}) GROUP BY 1)"
    )
    found = _answers(connection, source, _questions())
    found |= _answers(connection, source, _questions_of_time(found))

    def counts(group: str) -> dict[str, int]:
        prefix = f"{group}:"
        return {
            name.removeprefix(prefix): int(number)
            for name, number in found.items()
            if name.startswith(prefix) and number
        }

    numbers = {
        k: int(v or 0) for k, v in found.items() if ":" not in k and k not in ("low", "high")
    }
    return Profile(
        rows,
        filled,
        distinct,
        shortest,
        longest,
        **numbers,
        low=found["low"],
        high=found["high"],
        dates=counts("dates"),
        timestamps=counts("timestamps"),
        times=counts("times"),
        only=counts("only"),
        tokens=tokens,
        likely=likely,
        content=counts("content"),
        values=_values(connection, f"loaded.{quoted(table)}", cell, null)
        if distinct <= FEW
        else (),
    )


def _questions() -> dict[str, str]:
    """Return the SQL of every count, over different values ``v`` that stand ``n`` times."""

    def form(pattern: str) -> str:
        return f"regexp_full_match(v, {literal(pattern)})"

    asked = {
        "integers": _times(form(_INTEGER)),
        "leading_zeros": _times(form("0[0-9]+")),
        "points": _times(form(_POINT)),
        "commas": _times(form(_COMMA)),
        "american": _times(form(_AMERICAN)),
        "european": _times(form(_EUROPEAN)),
        "american_sure": _times(f"{form(_AMERICAN)} AND {form(_GROUPED)}"),
        "european_sure": _times(f"{form(_EUROPEAN)} AND {form(_GROUPED)}"),
        "american_either": _times(form(_THOUSANDS)),
        "european_either": _times(form(_THOUSANDS_POINT)),
        "american_places": _places(".", _AMERICAN),
        "european_places": _places(",", _EUROPEAN),
        "loose": _times(form(_LOOSE)),
        "point_places": _places(".", _POINT),
        "comma_places": _places(",", _COMMA),
        "comma_not_thousands": _times(
            f"{form(_COMMA)} AND contains(v, ',') AND NOT {form(_THOUSANDS)}"
        ),
        "low": f"min({_NUMBER})",
        "high": f"max({_NUMBER})",
    }
    asked |= {f"shape:{name}": _times(form(pattern)) for name, pattern in _SHAPES.items()}
    return asked | {f"content:{name}": _times(form(p)) for name, p in _CONTENT.items()}


def _questions_of_time(found: Mapping[str, float | None]) -> dict[str, str]:
    """Return the SQL of every count of dates and times that the shape of the cells allows."""
    asked: dict[str, str] = {}
    if found["shape:day"]:
        for name in DATE_FORMATS:
            day = _read_as(ColumnType.DATE, name)
            asked[f"dates:{name}"] = _times(f"year({day}) BETWEEN 1880 AND 2120")
    if found["shape:moment"]:
        for name in DATE_FORMATS:
            for mark, clock in ((m, c) for m in (" ", "T") for c in TIME_FORMATS[:2]):
                both = f"{name}{mark}{clock}"
                asked[f"timestamps:{both}"] = _times(
                    f"{_read_as(ColumnType.TIMESTAMP, both)} IS NOT NULL"
                )
    if found["shape:clock"]:
        for name in TIME_FORMATS:
            asked[f"times:{name}"] = _times(f"{_read_as(ColumnType.TIME, name)} IS NOT NULL")
    if found["shape:slashed"]:
        first, second = (_read_as(ColumnType.DATE, n) for n in ("d/m/yyyy", "m/d/yyyy"))
        asked["only:d/m/yyyy"] = _times(f"{first} IS NOT NULL AND {second} IS NULL")
        asked["only:m/d/yyyy"] = _times(f"{second} IS NOT NULL AND {first} IS NULL")
    return asked


def _places(mark: str, pattern: str) -> str:
    return f"max(length(rtrim(split_part(v, '{mark}', 2), '0'))) FILTER ({_where(pattern)})"


def _times(condition: str) -> str:
    return f"coalesce(sum(n) FILTER (WHERE {condition}), 0)"


def _answers(
    connection: duckdb.DuckDBPyConnection, source: str, asked: Mapping[str, str]
) -> dict[str, float | None]:
    if not asked:
        return {}
    answers = _row(connection, f"SELECT {', '.join(asked.values())} FROM {source}")  # noqa: S608
    return dict(zip(asked, answers, strict=True))


def _where(pattern: str) -> str:
    return f"WHERE regexp_full_match(v, {literal(pattern)})"


def _read_as(kind: ColumnType, form: str) -> str:
    """Return the SQL of a value as the reader itself will convert it; NULL where it cannot."""
    column = ColumnSpec(type=kind, role=Role.MEASURE, format=(form,))
    return conversion(column, "v", ("v", "v"), (), may_be_missing=True).value


def _found(
    connection: duckdb.DuckDBPyConnection, source: str, cell: str, tokens: tuple[str, ...]
) -> dict[str, int]:
    listed = ", ".join(map(literal, tokens))
    rows = connection.execute(
        f"SELECT {cell}, count(*) FROM {source} WHERE {cell} IN ({listed}) GROUP BY 1 ORDER BY 1"  # noqa: S608
    ).fetchall()
    return {str(token): int(number) for token, number in rows}


def _values(
    connection: duckdb.DuckDBPyConnection, source: str, cell: str, null: str
) -> tuple[str, ...]:
    rows = connection.execute(
        f"SELECT DISTINCT {cell} FROM {source} WHERE {cell} NOT IN ({null}) ORDER BY 1"  # noqa: S608
    ).fetchall()
    return tuple(str(row[0]) for row in rows)


def _row(connection: duckdb.DuckDBPyConnection, query: str) -> tuple[float | None, ...]:
    return connection.execute(query).fetchone() or ()
