"""The shortest number in an interval: thresholds that people can say."""

from __future__ import annotations

import math


def roundest(low: float, high: float, target: float) -> float:
    """Return the number in (low, high] that is shortest to say, the nearest to ``target`` of those.

    Multiples of powers of ten are tried, from large powers to small.

    >>> roundest(8, 9, 8.5), roundest(203.1, 214.9, 211.8), roundest(0, 0.4, 0.2)
    (9.0, 210.0, 0.2)

    Raises
    ------
    ValueError
        If the interval is empty.
    """
    if not low < high:
        raise ValueError(f"There is no number above {low} and up to {high}.")
    largest = math.ceil(math.log10(max(abs(low), abs(high)))) + 1
    for exponent in range(largest, -12, -1):
        step = 10.0**exponent
        candidate = _snapped(target, step)
        candidates = [candidate, _snapped(low, step) + step, _snapped(high, step)]
        fitting = [round(c, 15) for c in candidates if low < round(c, 15) <= high]
        if fitting:
            return min(fitting, key=lambda c: (abs(c - target), c))
    return high


def _snapped(value: float, step: float) -> float:
    return round(value / step) * step
