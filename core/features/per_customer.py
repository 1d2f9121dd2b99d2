"""From groups of rows to exactly one row for every customer."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from core.features.base import NUMERIC_KINDS, UNKNOWN, Feature, Kind

if TYPE_CHECKING:
    import ibis.expr.types as ir

    from core.sources.canonical import CanonicalTables

_WHOLE_KINDS = frozenset({Kind.COUNT, Kind.FLAG})


def storage_type(feature: Feature) -> str:
    """Return how a feature is stored: "int64", "float64" or "string".

    Counts and flags that every customer has are whole numbers; all other numbers are floats,
    because only a float can be missing.

    >>> from core.features.base import Side
    >>> storage_type(Feature("a", "A", "A.", "f", Side.BEHAVIOURAL, Kind.COUNT))
    'int64'
    >>> storage_type(Feature("a", "A", "A.", "f", Side.BEHAVIOURAL, Kind.MONEY))
    'float64'
    """
    if feature.kind not in NUMERIC_KINDS:
        return "string"
    if feature.kind in _WHOLE_KINDS and not feature.missing_allowed:
        return "int64"
    return "float64"


def one_row_each(
    tables: CanonicalTables, grouped: ir.Table, features: Sequence[Feature]
) -> ir.Table:
    """Return `customer_id` and one column per feature, one row for every customer.

    Parameters
    ----------
    tables
        Whose customers get a row.
    grouped
        One row per customer who has anything to count: `customer_id` and every feature.
    features
        The columns to keep, in order. A customer without a row in ``grouped`` did nothing:
        their amounts and counts are 0, their categories "Unknown", and what only exists for
        active customers (``missing_allowed``) stays missing.
    """
    keys = tables.customers.select("customer_id")
    joined = keys.left_join(grouped, "customer_id")
    return joined.select("customer_id", **{f.name: _or_zero(joined[f.name], f) for f in features})


def as_stored(value: ir.Value, feature: Feature) -> ir.Value:
    """Return the value in the type it is stored in; a missing category is "Unknown"."""
    typed = value.cast(storage_type(feature))
    return typed if feature.kind in NUMERIC_KINDS else typed.fill_null(UNKNOWN)


def _or_zero(value: ir.Value, feature: Feature) -> ir.Value:
    """Return the value as it is stored, or what a customer without activity has."""
    stored = as_stored(value, feature)
    counts_as_zero = feature.kind in NUMERIC_KINDS and not feature.missing_allowed
    return stored.fill_null(0) if counts_as_zero else stored
