"""The day a snapshot speaks of: the last one in the data, unless it stands far beyond the rest.

Whether a day is too late is told by the other days of the same columns, never by a clock.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

import duckdb

from core.readmodels import IntegrityFinding
from core.sources.problems import SourceError, listed
from core.sources.spec import SourceSpec
from core.sql import quoted

_ENOUGH = 20  # rows; of fewer no day can be said to stand apart
_FEW = 0.05  # share of rows: what more rows say is no mistake of a few
_GAP = 31  # days without any row, at least
_TIMES = 5  # as long as the longest gap before it
CHECK_LATER = "nothing after the as-of date"
CHECK_APART = "the last days are near the others"


@dataclass(frozen=True, slots=True)
class DayRows:
    """How many rows there are of one day."""

    day: date
    rows: int


@dataclass(frozen=True, slots=True)
class Apart:
    """Last days that stand far beyond the rest, which ends ``before``."""

    before: date
    first: date
    last: date
    rows: int

    @property
    def days_between(self) -> int:
        """Days without any row."""
        return (self.first - self.before).days - 1


def days_apart(days: Sequence[DayRows]) -> Apart | None:
    """Return the last days that stand far beyond the rest, None where none do.

    They are few rows (at most 5 %), after more than a month without any, and that gap is more than
    five times as long as the longest one before it. Only gaps in the later half of the rows count,
    since many histories begin thinly.

    Parameters
    ----------
    days : every day once, in order

    Examples
    --------
    >>> daily = [DayRows(date(1995, 12, day), 100) for day in range(1, 32)]
    >>> days_apart(daily) is None
    True
    >>> days_apart([*daily, DayRows(date(2095, 12, 31), 1)])
    Apart(before=datetime.date(1995, 12, 31), first=datetime.date(2095, 12, 31), \
last=datetime.date(2095, 12, 31), rows=1)
    """
    total = sum(one.rows for one in days)
    if total < _ENOUGH:
        return None
    seen, longest, in_later_half = 0, 0, False
    for earlier, later in pairwise(days):
        seen += earlier.rows
        gap = (later.day - earlier.day).days
        few = total - seen <= _FEW * total or total - seen == 1
        if few and gap > max(_GAP, _TIMES * longest):
            return Apart(earlier.day, later.day, days[-1].day, total - seen)
        in_later_half = in_later_half or 2 * seen >= total
        longest = max(longest, gap) if in_later_half else longest
    return None


def snapshot_day(
    connection: duckdb.DuckDBPyConnection, spec: SourceSpec, stated: date | None
) -> tuple[date, list[IntegrityFinding]]:
    """Return the day that is stated, else the last one in the data, and what is odd about the days.

    Raises
    ------
    SourceError
        No day is stated and the data hold none; or their last one stands so far beyond the rest
        that a few mistyped cells would decide how long ago everything was.
    """
    columns = spec.as_of.latest_of
    held = {reference: _days(connection, reference) for reference in columns}
    if not any(held.values()):
        return _without_days(spec, stated), []
    united: dict[date, int] = {}
    for days in held.values():
        for one in days:
            united[one.day] = united.get(one.day, 0) + one.rows
    known = [DayRows(day, united[day]) for day in sorted(united) if not stated or day <= stated]
    apart = days_apart(known)
    if stated is None and apart is not None:
        raise SourceError([_refusal(apart, _where(held, apart.first))])
    day = stated or known[-1].day
    findings = [_later(reference, held[reference], day) for reference in columns if held[reference]]
    return day, [*findings, _near(spec, held, apart)]


def odd_days(findings: Iterable[IntegrityFinding]) -> tuple[str, ...]:
    """Return what is odd about the days, in words, of all that was found in a source."""
    of_days = (CHECK_LATER, CHECK_APART)
    return tuple(f.sentence for f in findings if not f.passed and f.check.startswith(of_days))


def _days(connection: duckdb.DuckDBPyConnection, reference: str) -> list[DayRows]:
    table, _, column = reference.partition(".")
    rows = connection.execute(
        f"SELECT CAST({quoted(column)} AS DATE) AS day, count(*) FROM {quoted(table)} "  # noqa: S608
        f"WHERE {quoted(column)} IS NOT NULL GROUP BY day ORDER BY day"
    ).fetchall()
    return [DayRows(day, int(count)) for day, count in rows]


def _without_days(spec: SourceSpec, stated: date | None) -> date:
    day = stated or (None if spec.as_of.latest_of else spec.as_of.day)
    if day is None:
        where = listed(spec.as_of.latest_of) or "the specification (as_of.latest_of)"
        raise SourceError(
            [f"No date is found in {where}; say which day the files speak of with --as-of."]
        )
    return day


def _where(held: dict[str, list[DayRows]], first: date) -> list[str]:
    """Return the columns that hold days from the first one on."""
    return [reference for reference, days in held.items() if days and days[-1].day >= first]


def _refusal(apart: Apart, columns: list[str]) -> str:
    return (
        f"{_told(apart, columns)} Mend the rows, or say which day the files speak of: "
        f"--as-of {apart.before} (later days are left out and reported), or --as-of {apart.last} "
        "if they are right."
    )


def _told(apart: Apart, columns: list[str]) -> str:
    rows = "1 row lies" if apart.rows == 1 else f"{apart.rows:,} rows lie"
    return (
        f"The last day in {listed(columns)} is {apart.last}, far beyond the rest: {rows} after "
        f"{apart.days_between:,} days without any, and the day before that is {apart.before}."
    )


def _later(reference: str, days: list[DayRows], as_of: date) -> IntegrityFinding:
    table = reference.partition(".")[0]
    count = sum(one.rows for one in days if one.day > as_of)
    told = f"No day in {reference} is after the as-of date."
    if count:
        rows = "1 row has a day" if count == 1 else f"{count:,} rows have days"
        told = (
            f"{rows} in {reference} after the as-of date {as_of}, the last of them "
            f"{days[-1].day}: mistyped, or of a later time. Give a later --as-of if they count."
        )
    return IntegrityFinding(f"{CHECK_LATER} ({reference})", table, not count, count, told)


def _near(
    spec: SourceSpec, held: dict[str, list[DayRows]], apart: Apart | None
) -> IntegrityFinding:
    if apart is None:
        table = spec.as_of.latest_of[0].partition(".")[0]
        told = f"The last days in {listed(spec.as_of.latest_of)} are near the others."
        return IntegrityFinding(CHECK_APART, table, True, 0, told)
    columns = _where(held, apart.first)
    told = f"{_told(apart, columns)} Give --as-of {apart.before} if that is a mistake."
    return IntegrityFinding(CHECK_APART, columns[0].partition(".")[0], False, apart.rows, told)
