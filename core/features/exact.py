"""Sums, ratios and spreads that are the same whatever the order of rows and number of threads.

Floating-point addition is not associative, so a sum of floats depends on which thread saw which
row first. Money is therefore added as DECIMAL and spreads are taken from exact sums of integers
(cents, days); only the finished figure becomes a float.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import ibis.expr.types as ir

_MONEY = "decimal(18, 2)"
_INTEGER = "decimal(38, 0)"  # room for squares and their sums; an overflow is an error, not a wrap


def money_total(amount: ir.Value, where: ir.Value | None = None) -> ir.Value:
    """Return the exact sum of a money column over a group (where a condition holds), 0 if empty."""
    return amount.cast(_MONEY).sum(where=where).fill_null(0)


def cents(amount: ir.Value) -> ir.Value:
    """Return money as whole cents that may be squared and summed without loss."""
    return (amount.cast(_MONEY) * 100).cast("int64").cast(_INTEGER)


def whole(number: ir.Value) -> ir.Value:
    """Return a whole number as one that may be squared and summed without loss."""
    return number.cast("int64").cast(_INTEGER)


def standard_deviation(count: ir.Value, total: ir.Value, total_of_squares: ir.Value) -> ir.Value:
    """Return the sample standard deviation (n - 1), missing for fewer than two values.

    Parameters
    ----------
    count
        Number of values n.
    total, total_of_squares
        Exact sums of `cents` or `whole` values and of their squares. As these are integers,
        ``n * sum(x**2) - sum(x)**2`` does not suffer the cancellation that the textbook formula
        has in floating point (Chan, Golub and LeVeque 1983).
    """
    between = whole(count) * total_of_squares - total * total
    pairs = count.cast("float64") * (count - 1).cast("float64")
    return (between.cast("float64") / pairs.nullif(0)).sqrt()


def ratio(numerator: ir.Value, denominator: ir.Value) -> ir.Value:
    """Return numerator / denominator as a float, missing where the denominator is 0."""
    return numerator.cast("float64") / denominator.cast("float64").nullif(0)
