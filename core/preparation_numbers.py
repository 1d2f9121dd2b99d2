"""What is learned of a number: what stands in where it is missing, its caps and its scale."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from core.lens import Impute, Scaler

Array = NDArray[np.float64]


def stand_in(known: Array, impute: str) -> float:
    """Return what stands where a number is missing; 0 where none is known.

    >>> [stand_in(np.array([1.0, 2.0, 6.0]), impute) for impute in ("median", "mean", "zero")]
    [2.0, 3.0, 0.0]
    """
    if impute == Impute.ZERO or not len(known):
        return 0.0
    return float(known.mean() if impute == Impute.MEAN else np.median(known))


def caps(
    known: Array, quantile: float | None, deviations: float | None
) -> tuple[float | None, float | None]:
    """Return the least and greatest value a number counts as; None where there is no limit.

    >>> caps(np.array([0.0, 2.0, 4.0]), None, 1.5)
    (None, 5.0)
    """
    if not len(known):
        return None, None
    if deviations is not None:
        spread = known.std(ddof=1) if len(known) > 1 else 0.0
        return None, float(known.mean() + deviations * spread)
    if quantile is None:
        return None, None
    return float(np.quantile(known, 1 - quantile)), float(np.quantile(known, quantile))


def centre_and_scale(
    values: Array, scaler: str, scale_to: tuple[float, float] = (0.0, 1.0)
) -> tuple[float, float]:
    """Return what to subtract from a column and what to divide it by.

    ``minmax`` makes the least value the lower end of ``scale_to`` and the greatest its upper end.
    ``robust`` divides by the distance between the quartiles; where they coincide, as in a column
    of mostly zeros, by the standard deviation. ``raw`` leaves the values in their own units.

    >>> centre_and_scale(np.array([0.0, 5.0, 10.0]), "minmax")
    (0.0, 10.0)
    >>> centre_and_scale(np.array([0.0, 5.0, 10.0]), "minmax", (1.0, 3.0))
    (-5.0, 5.0)
    >>> centre_and_scale(np.array([0.0, 5.0, 10.0]), "raw")
    (0.0, 1.0)
    """
    if scaler == Scaler.RAW:
        return 0.0, 1.0
    if scaler == Scaler.MINMAX:
        low, high = scale_to
        scale = float(np.ptp(values)) / (high - low)
        centre = float(values.min()) - low * scale
    elif scaler == Scaler.MAXABS:
        centre, scale = 0.0, float(np.abs(values).max())
    elif scaler == Scaler.ROBUST:
        low, centre, high = (float(q) for q in np.quantile(values, [0.25, 0.5, 0.75]))
        scale = high - low or float(values.std())
    else:
        centre, scale = float(values.mean()), float(values.std())
    return centre, scale or 1.0
