"""How numbers stand in a document: one way each, so that they can be read back and compared."""

from __future__ import annotations

import math
from datetime import date, datetime

from core.insight.wording import money as in_currency
from core.insight.wording import number

NONE = "–"


def whole(value: int | None) -> str:
    """Return a count.

    >>> whole(12345), whole(None)
    ('12,345', '–')
    """
    return NONE if value is None else number(value, 0)


def decimal(value: float | None, digits: int = 2) -> str:
    """Return a measure; a dash where it is not known.

    >>> decimal(0.456), decimal(-1.5, 1), decimal(float("nan"))
    ('0.46', '−1.5', '–')
    """
    return NONE if value is None or math.isnan(value) else number(value, digits)


def measure(value: float | None) -> str:
    """Return a value in its own unit with as many decimals as its size deserves.

    >>> measure(1234.56), measure(0.0456)
    ('1,235', '0.05')
    """
    return NONE if value is None or math.isnan(value) else number(value)


def percent(share: float | None, digits: int = 1) -> str:
    """Return a share of 0..1.

    >>> percent(0.1234), percent(None)
    ('12.3%', '–')
    """
    return NONE if share is None or math.isnan(share) else f"{number(100 * share, digits)}%"


def money(value: float | None, currency: str) -> str:
    """Return an amount.

    >>> money(1190.4, "USD")
    '$1,190'
    """
    return NONE if value is None or math.isnan(value) else in_currency(value, currency)


def day(value: date) -> str:
    """Return a day.

    >>> day(date(1995, 12, 31))
    '31 December 1995'
    """
    return f"{value.day} {value:%B %Y}"


def moment(value: datetime | None) -> str:
    """Return a moment in UTC, to the minute.

    >>> moment(datetime(2026, 1, 2, 3, 4, 5))
    '2 January 2026, 03:04 UTC'
    """
    return NONE if value is None else f"{day(value)}, {value:%H:%M} UTC"


def plural(count: int, noun: str) -> str:
    """Return a count with its noun.

    >>> plural(1, "customer"), plural(2, "customer")
    ('1 customer', '2 customers')
    """
    return f"{whole(count)} {noun}" if count == 1 else f"{whole(count)} {noun}s"
