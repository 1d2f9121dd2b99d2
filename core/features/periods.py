"""Months counted back from a date, so that the month before is whole on any as-of date."""

from __future__ import annotations

from calendar import monthrange
from datetime import date


def month_ends_before(as_of: date, months: int) -> tuple[date, ...]:
    """Return the last days of the ``months`` months to ``as_of`` and of the one before, backwards.

    Month i (0 is the latest) runs from the day after element i + 1 to element i, inclusive. If
    ``as_of`` is the last day of a calendar month, so are all others; otherwise they fall on the
    same day of the month, or on the last one where a month is too short.

    >>> [str(day) for day in month_ends_before(date(1995, 12, 31), 2)]
    ['1995-12-31', '1995-11-30', '1995-10-31']
    >>> [str(day) for day in month_ends_before(date(2024, 3, 30), 2)]
    ['2024-03-30', '2024-02-29', '2024-01-30']
    """
    return tuple(_months_before(as_of, back) for back in range(months + 1))


def _months_before(as_of: date, back: int) -> date:
    year, month0 = divmod(as_of.year * 12 + as_of.month - 1 - back, 12)
    last = monthrange(year, month0 + 1)[1]
    is_month_end = as_of.day == monthrange(as_of.year, as_of.month)[1]
    return date(year, month0 + 1, last if is_month_end else min(as_of.day, last))
