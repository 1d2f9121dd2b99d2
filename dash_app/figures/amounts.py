"""Numbers in a drawing's words: in full with their unit, or short enough for a label."""

from __future__ import annotations

from core.features.base import Kind
from core.readmodels import FeatureInfo

_SYMBOLS = {"USD": "$", "EUR": "€", "GBP": "£", "BRL": "R$"}


def exact(value: float | None, feature: FeatureInfo, currency: str) -> str:
    """Return a feature's value with its unit, as hover texts say it."""
    return amount(value, Kind(feature.kind), unit=feature.unit, currency=currency)


def short(value: float | None, feature: FeatureInfo, currency: str) -> str:
    """Return a feature's value as briefly as a label on the drawing needs it."""
    return amount(value, Kind(feature.kind), currency=currency, compact=True)


def percent(share: float | None, digits: int = 0) -> str:
    """Return a share of 0..1 in percent."""
    return "no data" if share is None else f"{100 * share:.{digits}f}%"


def points(difference: float) -> str:
    """Return a difference of shares in percentage points, with its sign."""
    return f"{100 * difference:+.1f} pp".replace("-", "−")


def signed(value: float, digits: int = 2) -> str:
    """Return a plain number with its sign."""
    return f"{value:+.{digits}f}".replace("-", "−")


def amount(
    value: float | None,
    kind: Kind,
    *,
    unit: str = "",
    currency: str = "USD",
    compact: bool = False,
) -> str:
    """Return a value of any kind; "no data" for None."""
    if value is None:
        return "no data"
    if kind in (Kind.SHARE, Kind.FLAG):
        return percent(value, 0 if compact else 1)
    number = _compact(value) if compact else _full(value)
    if kind is Kind.MONEY:
        sign, digits = ("−", number[1:]) if number.startswith("−") else ("", number)
        return f"{sign}{_SYMBOLS.get(currency, f'{currency} ')}{digits}"
    return f"{number} {unit}" if unit else number


def _full(value: float) -> str:
    digits = 0 if abs(value) >= 100 or float(value).is_integer() else 1 if abs(value) >= 1 else 2
    return f"{value:,.{digits}f}".replace("-", "−")


def _compact(value: float) -> str:
    for size, letter in ((1e9, "B"), (1e6, "M"), (1e4, "k")):
        if abs(value) >= size:
            scaled = value / (1e3 if letter == "k" else size)
            return f"{scaled:,.{1 if abs(scaled) < 100 else 0}f}{letter}".replace("-", "−")
    return _full(value)
