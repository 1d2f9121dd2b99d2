"""Numbers in sentences: money with its symbol, counts with commas, "about 1 in 4"."""

from __future__ import annotations

import math
from collections.abc import Sequence
from fractions import Fraction

from core.features.base import Feature, Kind

_SYMBOLS = {
    "USD": "$",
    "EUR": "€",
    "GBP": "£",
    "INR": "₹",
    "JPY": "¥",
    "BRL": "R$",
    "CAD": "C$",
    "AUD": "A$",
}
_MINUS = "−"
_COMPACT = ((1e9, "B"), (1e6, "M"))
_SAID_AS = tuple(
    sorted(
        {Fraction(1, n) for n in (*range(2, 11), 12, 15, 20, 25, 30, 40, 50, 100)}
        | {Fraction(*pair) for pair in ((2, 3), (3, 4), (2, 5), (3, 5), (4, 5), (9, 10))}
    )
)
_SUPERFLUOUS = ("number of ", "has a ", "has an ", "has ", "share of ")


def currency_symbol(currency: str) -> str:
    """Return what is printed before an amount; codes without a symbol keep theirs and a blank.

    >>> currency_symbol("USD"), currency_symbol("CHF"), currency_symbol("$")
    ('$', 'CHF ', '$')
    """
    code = currency.strip()
    if code in _SYMBOLS:
        return _SYMBOLS[code]
    return f"{code} " if code.isalpha() else code


def number(value: float, digits: int | None = None) -> str:
    """Return a number with thousands separators and as many decimals as its size deserves.

    >>> number(1234567), number(84.26), number(3.456), number(0.0456), number(-12)
    ('1,234,567', '84.3', '3.46', '0.05', '−12')
    """
    if digits is None:
        digits = _decimals(value)
    text = f"{abs(value):,.{digits}f}"
    is_zero = not text.strip("0.,")
    return text if value >= 0 or is_zero else f"{_MINUS}{text}"


def money(value: float, currency: str) -> str:
    """Return an amount in words of the currency; whole units from 10 up, millions shortened.

    >>> money(1190.4, "USD"), money(0.5, "USD"), money(-15, "EUR"), money(1_523_000, "USD")
    ('$1,190', '$0.50', '−€15', '$1.52 M')
    """
    size = abs(value)
    sign = _MINUS if value < 0 and round(size, 2) > 0 else ""
    symbol = currency_symbol(currency)
    for unit, letter in _COMPACT:
        if size >= unit:
            return f"{sign}{symbol}{size / unit:,.2f} {letter}"
    is_whole = math.isclose(size, round(size), abs_tol=0.005)
    return f"{sign}{symbol}{number(size, 0 if size >= 10 or is_whole else 2)}"


def percent(share: float) -> str:
    """Return a share of 0..1 in whole percent; a part of the first or last percent is said so.

    >>> percent(0.531), percent(0.002), percent(0.999), percent(1.0), percent(-0.07)
    ('53%', 'under 1%', 'over 99%', '100%', '−7%')
    """
    if 0 < share < 0.005:
        return "under 1%"
    if 0.995 <= share < 1:
        return "over 99%"
    return f"{number(100 * share, 0)}%"


def quantity(value: float, feature: Feature, currency: str) -> str:
    """Return a feature's value with its unit, as a sentence says it.

    >>> from core.features.base import Side
    >>> days = Feature("gap_days", "Gap", "", "recency", Side.BEHAVIOURAL, Kind.DAYS, unit="days")
    >>> quantity(191, days, "USD"), quantity(1, days, "USD")
    ('191 days', '1 day')
    """
    if feature.kind is Kind.MONEY:
        return money(value, currency)
    if feature.kind in (Kind.SHARE, Kind.FLAG):
        return percent(value)
    unit = feature.unit or (feature.kind.value if feature.kind in (Kind.DAYS, Kind.YEARS) else "")
    said = number(value)
    if not unit:
        return said
    if said == "1" and feature.kind in (Kind.DAYS, Kind.YEARS):
        unit = unit.removesuffix("s")
    return f"{said} {unit}"


def noun(feature: Feature) -> str:
    """Return a feature's label as it stands inside a sentence.

    >>> from core.features.base import Side
    >>> def labelled(label):
    ...     return noun(Feature("x", label, "", "f", Side.BEHAVIOURAL, Kind.MONEY))
    >>> labelled("Card debt"), labelled("ATM withdrawals"), labelled("Number of fees")
    ('card debt', 'ATM withdrawals', 'fees')
    """
    label = uncapitalised(feature.label)
    for words in _SUPERFLUOUS[: None if feature.kind is Kind.FLAG else 1]:
        if label.startswith(words):
            return label.removeprefix(words)
    return label


def named_quantity(value: float, feature: Feature, currency: str) -> str:
    """Return a feature and its value; a unit that the name contains is not said twice.

    >>> from core.features.base import Side
    >>> def years(label):
    ...     return Feature("x", label, "", "f", Side.DEMOGRAPHIC, Kind.YEARS, unit="years")
    >>> named_quantity(37, years("Age"), "USD"), named_quantity(5, years("Years here"), "USD")
    ('age 37 years', 'years here 5')
    """
    return f"{noun(feature)} {own_quantity(value, feature, currency)}"


def own_quantity(value: float, feature: Feature, currency: str) -> str:
    """Return a value as it stands after its feature's name, which may contain the unit."""
    return number(value) if names_its_unit(feature) else quantity(value, feature, currency)


def names_its_unit(feature: Feature) -> bool:
    """Return whether the feature's label contains its unit ("Years with the bank")."""
    return bool(feature.unit) and feature.unit.casefold() in feature.label.casefold()


def about_one_in(n: int, total: int) -> str:
    """Return a share as people say it, "about" unless it is exact.

    Parameters
    ----------
    n, total : how many of how many; ``total`` at least 1.

    >>> about_one_in(394, 747), about_one_in(190, 747), about_one_in(5, 10), about_one_in(747, 747)
    ('about 1 in 2', 'about 1 in 4', '1 in 2', 'all')
    >>> about_one_in(990, 1000), about_one_in(1, 1000), about_one_in(0, 10)
    ('nearly all', 'fewer than 1 in 100', 'none')
    """
    if n in (0, total):
        return "none" if n == 0 else "all"
    share = n / total
    if share > 0.95:
        return "nearly all"
    if share < 0.009:
        return "fewer than 1 in 100"
    said = min(_SAID_AS, key=lambda fraction: abs(math.log(float(fraction) / share)))
    words = f"{said.numerator} in {said.denominator}"
    return words if said == Fraction(n, total) else f"about {words}"


def joined(parts: Sequence[str]) -> str:
    """Return parts as a list inside a sentence.

    >>> joined(["a"]), joined(["a", "b"]), joined(["a", "b", "c"])
    ('a', 'a and b', 'a, b and c')
    """
    if len(parts) < 2:
        return "".join(parts)
    return f"{', '.join(parts[:-1])} and {parts[-1]}"


def capitalised(text: str) -> str:
    """Return the text with a capital first letter and the rest as it is.

    >>> capitalised("carries card debt · uses ATMs")
    'Carries card debt · uses ATMs'
    """
    return text[:1].upper() + text[1:]


def uncapitalised(text: str) -> str:
    """Return the text with a small first letter, unless its first word is an abbreviation.

    >>> uncapitalised("Card debt"), uncapitalised("ATM use"), uncapitalised("RFM")
    ('card debt', 'ATM use', 'RFM')
    """
    first = text.split(" ", 1)[0]
    return text if any(letter.isupper() for letter in first[1:]) else text[:1].lower() + text[1:]


def _decimals(value: float) -> int:
    size = abs(value)
    if size >= 100 or math.isclose(size, round(size), abs_tol=0.005):
        return 0
    return 1 if size >= 10 else 2
