"""Numbers in a drawing's words: in full with their unit, or short enough for a label."""

from __future__ import annotations

from core.features.base import Kind
from core.readmodels import FeatureInfo
from dash_app.formats import format_value
from dash_app.formats import percent as percent_in_full
from dash_app.formats import points as points_in_full

_CENTS_BELOW = 10  # amounts from which a label has no room for decimals


def exact(value: float | None, feature: FeatureInfo, currency: str) -> str:
    """Return a feature's value with its unit, as hover texts say it."""
    return amount(value, Kind(feature.kind), unit=feature.unit, currency=currency)


def short(value: float | None, feature: FeatureInfo, currency: str) -> str:
    """Return a feature's value as briefly as a label on the drawing needs it."""
    return amount(value, Kind(feature.kind), currency=currency, compact=True)


def percent(share: float | None, digits: int = 0) -> str:
    """Return a share of 0..1 in percent; a label has no room for decimals."""
    return percent_in_full(share, digits)


def points(difference: float) -> str:
    """Return a difference of shares in percentage points, with its sign."""
    return points_in_full(difference)


def signed(value: float, digits: int = 2) -> str:
    """Return a plain number with its sign.

    >>> signed(-0.42), signed(2.44, 1)
    ('−0.42', '+2.4')
    """
    return f"{value:+.{digits}f}".replace("-", "−")


def amount(
    value: float | None,
    kind: Kind,
    *,
    unit: str = "",
    currency: str = "USD",
    compact: bool = False,
) -> str:
    """Return a value of any kind; "no data" for None.

    >>> amount(92.81, Kind.MONEY), amount(92.81, Kind.MONEY, compact=True)
    ('$92.81', '$93')
    """
    if compact and value is not None:
        if kind in (Kind.SHARE, Kind.FLAG):
            return percent(value)
        rounded = round(value) if abs(value) >= _CENTS_BELOW else value
        kept = kind if kind is Kind.MONEY else Kind.NUMBER
        return format_value(rounded, kept, "", currency, compact=True)
    return format_value(value, kind, unit, currency)
