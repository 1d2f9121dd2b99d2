"""Whether a feature's distribution has moved between two snapshots: the stability index."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from scipy.stats import chi2

from core.change import Drift
from core.errors import UsageError

BINS = 10
_EMPTY = 0.5  # customers counted for a bin without any, so that the logarithm exists
_CONFIDENCE = 0.95


def numeric_drift(old: NDArray[np.floating], new: NDArray[np.floating]) -> Drift:
    """Return the drift of a number; bins are tenths of the old values, and one for the missing.

    Equal values are never torn apart: where many customers share a value there are fewer bins.

    Parameters
    ----------
    old : (m,) values, NaN where missing
    new : (n,) values, NaN where missing

    Examples
    --------
    >>> old = np.arange(1000.0)
    >>> numeric_drift(old, old).psi
    0.0
    >>> numeric_drift(old, old + 300).says
    'large change'
    """
    known = old[~np.isnan(old)]
    edges: NDArray[np.floating] = np.zeros(0)
    if known.size:
        edges = np.unique(np.quantile(known, np.arange(1, BINS) / BINS))
    return drift(_binned(old, edges), _binned(new, edges))


def category_drift(old: NDArray[np.object_], new: NDArray[np.object_]) -> Drift:
    """Return the drift of a category: one bin per level that either snapshot has.

    Examples
    --------
    >>> old = np.array(["a", "b"] * 50, dtype=object)
    >>> category_drift(old, np.array(["a"] * 100, dtype=object)).says
    'large change'
    """
    levels, codes = np.unique(np.concatenate([old, new]).astype(str), return_inverse=True)
    count = len(levels)
    return drift(
        np.bincount(codes[: len(old)], minlength=count),
        np.bincount(codes[len(old) :], minlength=count),
    )


def drift(old: NDArray[np.integer], new: NDArray[np.integer]) -> Drift:
    """Return the population stability index of counts over the same bins (Siddiqi 2006).

    The sum over bins of (q - p) ln(q / p), with p and q the shares of old and new. Under no change
    the index times mn / (m + n) is about chi-squared with one degree of freedom less than there
    are bins (Yurdakul 2018), which gives ``by_chance``; the usual thresholds .1 and .25 know
    nothing of the sample's size.

    Raises
    ------
    UsageError
        One of the snapshots has no customers.

    Examples
    --------
    >>> found = drift(np.array([50, 50]), np.array([60, 40]))
    >>> round(found.psi, 4), round(found.by_chance, 4)
    (0.0405, 0.0768)
    """
    m, n = int(old.sum()), int(new.sum())
    if not m or not n:
        raise UsageError("A distribution without customers has not moved: compare two snapshots.")
    used = (old > 0) | (new > 0)
    p = np.maximum(old[used], _EMPTY) / m
    q = np.maximum(new[used], _EMPTY) / n
    index = float(((q - p) * np.log(q / p)).sum())
    freedom = max(int(used.sum()) - 1, 0)
    limit = float(chi2.ppf(_CONFIDENCE, freedom)) * (1 / m + 1 / n) if freedom else 0.0
    return Drift(index, limit)


def _binned(values: NDArray[np.floating], edges: NDArray[np.floating]) -> NDArray[np.int64]:
    """Return counts: below and between the edges (an edge belongs below), and the missing last."""
    missing = np.isnan(values)
    places = np.searchsorted(edges, values[~missing], side="left")
    counts = np.bincount(places, minlength=len(edges) + 1)
    return np.append(counts, int(missing.sum())).astype(np.int64)
