"""Groups by rule: features scored by their cut points, every combination of scores a group."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from core.cells import Values, as_numbers

LEVELS = 5
TRIPLES = LEVELS**3
FIFTHS = (0.2, 0.4, 0.6, 0.8)


@dataclass(frozen=True, slots=True)
class RuleGroups:
    """What the groups of a model are: the cut points of each feature, a group per combination.

    ``features``: recency, frequency, monetary value, or the one value of tiers; ``cuts``: per
    feature its cut points, ascending; ``low_is_good``: whether less is better, as of days since the
    last order; ``cells``: the group of each combination of scores, the last score changing fastest,
    as `triples` are ordered.
    """

    features: tuple[str, ...]
    cuts: tuple[tuple[float, ...], ...]
    low_is_good: tuple[bool, ...]
    cells: tuple[int, ...]


def triples() -> tuple[tuple[int, int, int], ...]:
    """Return all 125 triples of scores, the last changing fastest.

    >>> triples()[:2], triples()[-1]
    (((1, 1, 1), (1, 1, 2)), (5, 5, 5))
    """
    levels = range(1, LEVELS + 1)
    return tuple((r, f, m) for r in levels for f in levels for m in levels)


def level_scores(
    values: NDArray[np.float64], cuts: tuple[float, ...], *, low_is_good: bool
) -> NDArray[np.int64]:
    """Return the score of each value, from 1: one more than the cut points below it.

    The same value has the same score, whatever else is there: where most customers share a value,
    the scores between are not given. A missing value has the lowest score.

    Parameters
    ----------
    values : (n,) NaN where missing
    cuts : cut points, ascending (`cut_points`); n of them give the scores 1 to n + 1
    low_is_good : the least values have the highest score

    Examples
    --------
    >>> level_scores(np.array([1.0, 2, 3, 9]), (1.0, 1.0, 2.0, 3.0), low_is_good=False).tolist()
    [1, 3, 4, 5]
    >>> level_scores(np.array([1.0, np.nan]), (1.0, 2.0, 3.0, 4.0), low_is_good=True).tolist()
    [5, 1]
    """
    below = np.searchsorted(np.asarray(cuts, dtype=np.float64), values, side="left")
    scores = len(cuts) + 1 - below if low_is_good else 1 + below
    return np.asarray(np.where(np.isnan(values), 1, scores), dtype=np.int64)


def cut_points(
    values: NDArray[np.float64], shares: tuple[float, ...] = FIFTHS
) -> tuple[float, ...]:
    """Return the values up to which the stated shares of the known values reach.

    Each is a value that a customer has (the inverted distribution function, Hyndman and Fan 1996,
    type 1), so that cut points of whole numbers are whole.

    >>> cut_points(np.array([5.0, 4, 3, 2, 1, np.nan]))
    (1.0, 2.0, 3.0, 4.0)
    """
    known = values[~np.isnan(values)]
    found = np.quantile(known, shares, method="inverted_cdf")
    return tuple(float(cut) for cut in found)


def groups_of(groups: RuleGroups, columns: Mapping[str, Values]) -> NDArray[np.int64]:
    """Return the group of every customer, (n,).

    Examples
    --------
    >>> rule = RuleGroups(
    ...     ("r", "f", "m"), ((1, 2, 3, 4),) * 3, (True, False, False), tuple(range(125))
    ... )
    >>> groups_of(rule, {"r": [0], "f": [9], "m": [9]}).tolist()  # 5, 5, 5: the last triple
    [124]
    """
    position = np.zeros(1, dtype=np.int64)
    for feature, cuts, low in zip(groups.features, groups.cuts, groups.low_is_good, strict=True):
        values = as_numbers(feature, columns[feature])
        scores = level_scores(values, cuts, low_is_good=low)
        position = position * (len(cuts) + 1) + scores - 1
    return np.array(groups.cells, dtype=np.int64)[position]
