"""Readable edges for histograms: whole numbers, round steps, or 1–2–5 steps for skewed amounts."""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import NDArray

from core.features.base import Kind
from core.insight.columns import ascending_quantile

MAX_BINS = 24
_STEPS = (1.0, 2.0, 2.5, 5.0)
_SKEWED = 8.0  # ratio of the upper to the lower half's spread above which steps grow
_SKEW_KINDS = frozenset({Kind.MONEY, Kind.COUNT, Kind.NUMBER, Kind.DAYS})


def bin_edges(values: NDArray[np.float64], kind: Kind) -> tuple[float, ...]:
    """Return 2 to 25 strictly ascending edges that cover all values.

    Few whole numbers get a bin each, around the number. Otherwise the edges between the 1st and
    the 99th percentile are round numbers; the outermost ones are the smallest and largest value,
    so that one extreme customer does not stretch the axis. Amounts and counts whose upper tail is
    far longer than the lower get steps of 1, 2, 5, 10, 20, 50, …, mirrored below zero.

    Parameters
    ----------
    values : (n,) ascending, none missing, n >= 1.
    kind : how the values are to be read.

    Examples
    --------
    >>> bin_edges(np.array([0.0, 1.0, 3.0]), Kind.COUNT)
    (-0.5, 0.5, 1.5, 2.5, 3.5)
    >>> bin_edges(np.array([0.0, 0.5, 1.0]), Kind.SHARE)[:3]
    (0.0, 0.05, 0.1)
    """
    low, high = float(values[0]), float(values[-1])
    if low == high:
        return (low - 0.5, high + 0.5)
    if _is_whole(values) and high - low < MAX_BINS:
        return tuple(float(edge) for edge in np.arange(low - 0.5, high + 1))
    if kind is Kind.SHARE and low >= 0 and high <= 1:
        return tuple(round(0.05 * step, 2) for step in range(21))
    if kind in _SKEW_KINDS and _is_skewed(values):
        inner = _growing(values)
    else:
        inner = _even(ascending_quantile(values, 0.01), ascending_quantile(values, 0.99))
    return (low, *(edge for edge in inner if low < edge < high), high)


def _is_whole(values: NDArray[np.float64]) -> bool:
    return bool((values == np.rint(values)).all())


def _is_skewed(values: NDArray[np.float64]) -> bool:
    """Return whether the upper tail is much longer than the body (amounts with zeros included)."""
    positive = np.abs(values[values != 0])
    positive.sort()
    middle, top = ascending_quantile(positive, 0.5), ascending_quantile(positive, 0.99)
    return top > _SKEWED * middle or ascending_quantile(positive, 0.05) * _SKEWED**2 < top


def _growing(values: NDArray[np.float64]) -> list[float]:
    """Return 1–2–5 edges (tens only where they would be too many) on each side of zero."""
    inner: list[float] = [0.0] if values[0] < 0 else []
    sides = [side for side in (-values[values < 0][::-1], values[values > 0]) if len(side)]
    room = (MAX_BINS - 2) // len(sides)
    for sign, side in ((-1.0, -values[values < 0][::-1]), (1.0, values[values > 0])):
        if len(side):
            first, last = ascending_quantile(side, 0.05), ascending_quantile(side, 0.995)
            inner += [sign * edge for edge in _one_two_five(first, last, room)]
    return sorted(inner)


def _one_two_five(first: float, last: float, room: int) -> list[float]:
    """Return at most ``room`` edges from about ``first`` to about ``last``."""
    low, high = math.floor(math.log10(first)), math.ceil(math.log10(last))
    for factors in ((1, 2, 5), (1, 3), (1,)):
        edges = [
            float(f"{factor}e{exponent}") for exponent in range(low, high + 1) for factor in factors
        ]
        edges = [edge for edge in edges if first / 2 < edge <= last]
        if len(edges) <= room:
            return edges
    return edges[-room:]


def _even(low: float, high: float) -> list[float]:
    """Return round edges from at least ``low`` to at most ``high``, in equal steps."""
    if low == high:
        return [low]
    rough = (high - low) / (MAX_BINS - 4)
    power = 10.0 ** math.floor(math.log10(rough))
    step = next((s * power for s in _STEPS if s * power >= rough), 10 * power)
    first, last = math.ceil(low / step - 1e-9), math.floor(high / step + 1e-9)
    return [float(f"{position * step:.12g}") for position in range(first, last + 1)]
