"""Samples of customers: any, or such that every segment is represented."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

AT_LEAST = 50  # members of each segment, as far as it has them


def sample_rows(n: int, limit: int, seed: int) -> NDArray[np.int64]:
    """Return at most ``limit`` of the row numbers 0..n-1, ascending, drawn without replacement."""
    if n <= limit:
        return np.arange(n, dtype=np.int64)
    drawn = np.random.default_rng(seed).choice(n, size=limit, replace=False)
    return np.sort(drawn).astype(np.int64)


def stratified_rows(
    segments: NDArray[np.integer], limit: int, seed: int, at_least: int = AT_LEAST
) -> NDArray[np.int64]:
    """Return at most ``limit`` row numbers, ascending, drawn segment by segment.

    Each segment is drawn from in proportion to its size, but with ``at_least`` members where it has
    as many (and the limit allows). All rows are returned where they are no more than the limit.

    Parameters
    ----------
    segments : (n,) segment number per row.
    limit : most rows wanted, at least the number of segments.
    seed : the same seed and segments give the same rows.

    Examples
    --------
    >>> rows = stratified_rows(np.repeat([0, 1], [990, 10]).astype(np.int16), 100, seed=1)
    >>> len(rows), int((rows >= 990).sum())
    (100, 10)
    """
    n = len(segments)
    if n <= limit:
        return np.arange(n, dtype=np.int64)
    present, sizes = np.unique(segments, return_counts=True)
    floor = np.minimum(sizes, min(at_least, limit // len(present)))
    wanted = _proportional(sizes, floor, limit)
    generator = np.random.default_rng(seed)
    drawn = [
        generator.choice(np.flatnonzero(segments == segment), size=count, replace=False)
        for segment, count in zip(present, wanted, strict=True)
    ]
    return np.sort(np.concatenate(drawn)).astype(np.int64)


def _proportional(
    sizes: NDArray[np.int64], floor: NDArray[np.int64], limit: int
) -> NDArray[np.int64]:
    """Return how many to draw of each: the floor, and what is left in proportion to the rest."""
    room = limit - int(floor.sum())
    rest = sizes - floor
    exact = room * rest / rest.sum()
    wanted = np.floor(exact).astype(np.int64)
    missing = room - int(wanted.sum())
    wanted[np.argsort(-(exact - wanted), kind="stable")[:missing]] += 1
    return np.asarray(floor + wanted, dtype=np.int64)
