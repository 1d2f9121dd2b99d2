"""How numbers, money, dates and shares are written, everywhere in the app."""

from __future__ import annotations

import math
from datetime import date, datetime

from core.features.base import Kind

NO_DATA = "no data"
SPACE = "\N{NO-BREAK SPACE}"  # between a number and its unit
MINUS = "\N{MINUS SIGN}"

_SYMBOLS = {
    "BRL": "R$",
    "CHF": f"CHF{SPACE}",
    "CNY": "CN¥",
    "CZK": f"CZK{SPACE}",
    "EUR": "€",
    "GBP": "£",
    "INR": "₹",
    "JPY": "¥",
    "USD": "$",
}
_FIRST_SCALED = 1e4  # smaller numbers are short enough as they are
_SCALES = ((1e3, "k"), (1e6, "M"), (1e9, "B"), (1e12, "T"))
_MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]


def count(number: float | None) -> str:
    """Return a whole number with separators.

    >>> count(12345), count(None)
    ('12,345', 'no data')
    """
    return NO_DATA if _missing(number) else _signed(f"{number:,.0f}")


def number(value: float | None, *, compact: bool = False) -> str:
    r"""Return a number with as many decimals as it takes to tell values of its size apart.

    >>> number(1234.5), number(12.34), number(0.1234), number(7), number(1_520_000, compact=True)
    ('1,234', '12.3', '0.12', '7', '1.52\xa0M')
    """
    if value is None or _missing(value):
        return NO_DATA
    if compact and (scaled := _scaled(value)):
        return scaled
    digits = 0 if float(value).is_integer() or abs(value) >= 100 else 1 if abs(value) >= 1 else 2
    return _signed(f"{value:,.{digits}f}")


def money(value: float | None, currency: str, *, compact: bool = False, exact: bool = False) -> str:
    r"""Return an amount; ``compact`` for cards, ``exact`` (two decimals) for tooltips.

    >>> (
    ...     money(1_520_345.5, "USD", compact=True),
    ...     money(-1146.2, "EUR"),
    ...     money(7.5, "SEK", exact=True),
    ... )
    ('$1.52\xa0M', '−€1,146', 'SEK\xa07.50')
    """
    if value is None or _missing(value):
        return NO_DATA
    symbol = _SYMBOLS.get(currency, f"{currency}{SPACE}")
    size = abs(value)
    if compact and (scaled := _scaled(size)):
        text = scaled
    else:
        cents = exact or (size < 100 and not float(size).is_integer())
        text = f"{size:,.{2 if cents else 0}f}"
    is_negative = value < 0 and any(digit in text for digit in "123456789")
    return f"{MINUS if is_negative else ''}{symbol}{text}"


def currency_symbol(currency: str) -> str:
    """Return what stands beside a field for an amount.

    >>> currency_symbol("EUR"), currency_symbol("SEK")
    ('€', 'SEK')
    """
    return _SYMBOLS.get(currency, currency).strip()


def percent(share: float | None, digits: int = 1) -> str:
    """Return a share of 0..1 in percent.

    >>> percent(0.5274), percent(1.0, 0)
    ('52.7%', '100%')
    """
    return NO_DATA if share is None or _missing(share) else _signed(f"{100 * share:.{digits}f}%")


def whole_percent(share: float | None) -> str:
    """Return a share of 0..1 in percent where there is no room for decimals.

    >>> whole_percent(0.527)
    '53%'
    """
    return percent(share, 0)


def percent_with_n(share: float | None, n: int) -> str:
    """Return a share with the number of customers it stands for.

    >>> percent_with_n(0.5274, 394)
    '52.7% (394)'
    """
    return f"{percent(share)} ({count(n)})"


def points(difference: float | None) -> str:
    r"""Return a difference of two shares in percentage points, with its sign.

    >>> points(-0.031)
    '−3.1\xa0pp'
    """
    if difference is None or _missing(difference):
        return NO_DATA
    return _signed(f"{100 * difference:+.1f}") + f"{SPACE}pp"


def signed_number(value: float, digits: int = 2) -> str:
    """Return a plain number with its sign.

    >>> signed_number(-0.42), signed_number(2.44, 1), signed_number(-0.001)
    ('−0.42', '+2.4', '0.00')
    """
    return _signed(f"{value:+.{digits}f}")


def signed(text: str, value: float) -> str:
    """Return the text of a difference with a plus where it is positive.

    >>> signed("$1,190", 1190.0)
    '+$1,190'
    """
    return f"+{text}" if value > 0 else text


def quantity(value: float | None, unit: str, *, compact: bool = False) -> str:
    r"""Return a number with its unit; ``days`` becomes ``day`` for 1.

    >>> quantity(41, "days"), quantity(1, "days"), quantity(3.5, "")
    ('41\xa0days', '1\xa0day', '3.5')
    """
    text = number(value, compact=compact)
    if not unit or text == NO_DATA:
        return text
    singular = unit[:-1] if text == "1" and unit in ("days", "years", "months", "weeks") else unit
    return f"{text}{SPACE}{singular}"


def one_in(share: float) -> str:
    """Return a share as business users say it.

    >>> one_in(0.527), one_in(0.12), one_in(0.004), one_in(0.94)
    ('about 1 in 2', 'about 1 in 8', 'about 1 in 250', 'nearly all')
    """
    if share >= 0.9:
        return "nearly all"
    if share >= 0.6:
        best = min(((2, 3), (3, 4), (4, 5)), key=lambda pair: abs(pair[0] / pair[1] - share))
        return f"about {best[0]} in {best[1]}"
    return f"about 1 in {count(round(1 / share))}" if share > 0 else "none"


def day(value: date | None) -> str:
    """Return a date.

    >>> day(date(1995, 12, 31))
    '31 Dec 1995'
    """
    return NO_DATA if value is None else f"{value.day} {_MONTHS[value.month - 1]} {value.year}"


def moment(value: datetime | None) -> str:
    """Return a date and time of day.

    >>> moment(datetime(2026, 11, 2, 6, 10))
    '2 Nov 2026 06:10'
    """
    return NO_DATA if value is None else f"{day(value.date())} {value:%H:%M}"


def format_value(
    value: object,
    kind: Kind | str,
    unit: str = "",
    currency: str = "USD",
    *,
    compact: bool = False,
) -> str:
    r"""Return a feature's value as its kind is written: the one formatter of cards and tables.

    >>> format_value(4812.4, Kind.MONEY, currency="USD"), format_value(0.21, "share")
    ('$4,812', '21.0%')
    >>> format_value(17, Kind.DAYS, "days"), format_value("Unknown", Kind.CATEGORY)
    ('17\xa0days', 'Unknown')
    """
    if value is None:
        return NO_DATA
    if isinstance(value, str):
        return value
    if not isinstance(value, int | float):
        raise TypeError(f"A {kind} value is a number or a text, not {type(value).__name__}.")
    match Kind(kind):
        case Kind.MONEY:
            return money(value, currency, compact=compact)
        case Kind.SHARE:
            return percent(value)
        case Kind.FLAG:
            return percent(value) if 0 < value < 1 else ("no", "yes")[int(value > 0)]
        case Kind.DAYS | Kind.YEARS as measured:
            return quantity(value, unit or measured.value, compact=compact)
        case _:
            return quantity(value, unit, compact=compact)


def _missing(value: float | None) -> bool:
    return value is None or not math.isfinite(value)


def _scaled(value: float) -> str:
    """Return three significant digits and a letter for large numbers, else nothing."""
    if abs(value) < _FIRST_SCALED:
        return ""
    for scale, letter in _SCALES:
        scaled = value / scale
        digits = max(0, 3 - len(f"{abs(scaled):.0f}"))
        text = f"{scaled:,.{digits}f}"
        if len(text.lstrip("-")) < len("1,000") or letter == _SCALES[-1][1]:
            break
    return f"{_signed(text)}{SPACE}{letter}"


def _signed(text: str) -> str:
    """Return the text with a true minus, and none before zero."""
    if text.startswith("-") and not any(digit in text for digit in "123456789"):
        text = text[1:]
    return text.replace("-", MINUS)
