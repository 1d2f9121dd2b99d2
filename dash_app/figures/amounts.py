"""A feature's values in a drawing's words: in full with their unit, or short enough for a label."""

from __future__ import annotations

from core.features.base import Kind
from core.readmodels import FeatureInfo
from dash_app.figures.base import TableColumn
from dash_app.formats import format_value, whole_percent

_CENTS_BELOW = 10  # amounts from which a label has no room for decimals


def exact(value: float | None, feature: FeatureInfo, currency: str) -> str:
    """Return a feature's value with its unit, as hover texts say it."""
    return format_value(value, feature.kind, feature.unit, currency)


def typically(value: float | None, feature: FeatureInfo, currency: str) -> str:
    """Return a segment's typical value as hover texts say it: "$12 at the median", "34% yes"."""
    if value is not None and Kind(feature.kind) is Kind.FLAG:
        return f"{whole_percent(value)} yes"
    return f"{exact(value, feature, currency)} at the median"


def typical_column(feature: FeatureInfo) -> TableColumn:
    """Return the table's column of typical values of a feature, said by what they are."""
    if Kind(feature.kind) is Kind.FLAG:
        return TableColumn(f"{feature.label}, share of yes", Kind.SHARE)
    return TableColumn(f"{feature.label}, median", Kind(feature.kind), feature.unit)


def short(value: float | None, feature: FeatureInfo, currency: str) -> str:
    """Return a feature's value as briefly as a label on the drawing needs it."""
    kind = Kind(feature.kind)
    if kind in (Kind.SHARE, Kind.FLAG):
        return whole_percent(value)
    if value is not None and abs(value) >= _CENTS_BELOW:
        value = round(value)
    kept = kind if kind is Kind.MONEY else Kind.NUMBER
    return format_value(value, kept, "", currency, compact=True)
