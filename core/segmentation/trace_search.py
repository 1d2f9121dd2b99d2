"""A start from which k-means takes a long way and ends in the segments that were published."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from core.errors import UsageError
from core.sampling import sample_rows
from core.segmentation.base import Clustering
from core.segmentation.distances import centroids_of, nearest, squared_distances
from core.segmentation.kmeans import MOST_ROUNDS
from core.segmentation.trace import MOST_ITERATIONS, Frame, Step, Trace, trace

TRIED = 24  # starts, on a sample of the rows
SAMPLE_ROWS = 4_000
FULL_RUNS = 6  # of the most promising ones, on all rows
NEARLY = 0.98  # share of the sample that has to end as published for a start to promise anything
DRAWN_IN = (0.9, 0.75, 0.5, 0.25, 0.1)  # how far the published centroids are drawn to the middle


def trace_to(
    matrix: NDArray[np.floating],
    found: Clustering,
    watched: NDArray[np.integer],
    *,
    seed: int,
) -> Trace | None:
    """Return a run of k-means that ends in the clusters found, by a long way where there is one.

    Starts are drawn in three ways: rows at random (Forgy 1965), k-means++ (Arthur and Vassilvitskii
    2007), and deliberately poor ones: rows that lie close together. They are tried on a
    sample; those with the longest way are run on all rows until one ends in exactly the clusters
    found. If none does, the run starts from the centroids found, drawn towards the middle of all
    rows as far as they still find back. Among very many customers without clear groups none of
    them does: then the run is the one that found the clusters, from its own start on all rows.

    Parameters
    ----------
    matrix : (n, m) rows, as distances between them are measured (`Clustering.place`)
    found : k clusters of them
    watched : numbers of the rows whose labels are kept
    seed : everything random comes from it

    Returns
    -------
    Trace or None
        Clusters have the numbers of ``found``; None where the clusters are no fixed point of
        k-means (another algorithm found them).

    Examples
    --------
    >>> rows = np.array([[0.0], [1.0], [10.0], [11.0]], dtype=np.float32)
    >>> found = Clustering(np.array([0, 0, 1, 1]), np.array([[0.5], [10.5]]), 1.0)
    >>> run = trace_to(rows, found, np.arange(4), seed=1)
    >>> run.labels.tolist(), run.centroids.tolist()
    ([0, 0, 1, 1], [[0.5], [10.5]])
    """
    for start, iterations in _starts(matrix, found, seed):
        run = _run(matrix, start, watched, iterations)
        if run is not None and (same := _as_numbered(run, found)) is not None:
            return same
    return _at_rest(matrix, found, watched)


def _starts(
    matrix: NDArray[np.floating], found: Clustering, seed: int
) -> Iterator[tuple[NDArray[np.float64], int]]:
    """Yield the starts worth a run on all rows, and how long: the longest ways first, sure last."""
    rows = sample_rows(len(matrix), SAMPLE_ROWS, seed)
    sample, published = matrix[rows].astype(np.float64), found.labels[rows]
    promising = []
    for position in range(TRIED):
        start = _start(sample, found.k, position, np.random.default_rng([seed, position]))
        run = _run(sample, start, np.zeros(0, dtype=np.int64))
        if run is not None and _agreement(run, found, published) >= NEARLY:
            promising.append((-run.iterations, position, start))
    for _, _, start in sorted(promising, key=lambda one: one[:2])[:FULL_RUNS]:
        yield start, MOST_ITERATIONS
    middle = found.places.mean(axis=0)
    for share in DRAWN_IN:
        yield found.places + share * (middle - found.places), MOST_ITERATIONS
    if found.start is not None:
        yield found.start, MOST_ROUNDS


def _at_rest(
    matrix: NDArray[np.floating], found: Clustering, watched: NDArray[np.integer]
) -> Trace | None:
    """Return the run that starts where the clusters lie already; None if they would not stay."""
    means = centroids_of(matrix, found.labels, found.k)
    for places in (found.places, means):
        if not np.array_equal(nearest(matrix, places), found.labels):
            return None
    kept, inertia = found.labels[watched].astype(np.int16), found.inertia
    frames = (
        Frame(Step.START, 0, found.places, np.full_like(kept, -1), inertia, 0),
        Frame(Step.ASSIGN, 1, found.places, kept, inertia, len(matrix)),
        Frame(Step.UPDATE, 1, means, kept, inertia, 0),
        Frame(Step.ASSIGN, 2, means, kept, inertia, 0),
    )
    return Trace(frames, found.labels)


def _start(
    rows: NDArray[np.float64], k: int, position: int, random: np.random.Generator
) -> NDArray[np.float64]:
    """Return k starting centroids; the way of drawing them takes turns."""
    if position % 3 == 0:
        return np.asarray(rows[random.choice(len(rows), size=k, replace=False)])
    first = np.asarray(rows[random.integers(len(rows))])[None]
    if position % 3 == 1:  # poor: close together
        near = np.argsort(squared_distances(rows, first)[:, 0], kind="stable")
        drawn = random.choice(near[: max(k, len(rows) // 10)], size=k, replace=False)
        return np.asarray(rows[drawn])
    centroids = first
    while len(centroids) < k:
        weights = squared_distances(rows, centroids).min(axis=1)
        total = weights.sum()  # 0: the sample has fewer different rows, so no start to run from
        another = rows[random.choice(len(rows), p=weights / total if total > 0 else None)]
        centroids = np.vstack([centroids, another])
    return np.asarray(centroids)


def _run(
    matrix: NDArray[np.floating],
    start: NDArray[np.float64],
    watched: NDArray[np.integer],
    iterations: int = MOST_ITERATIONS,
) -> Trace | None:
    """Return the run; None for a start that leaves a centroid without rows."""
    try:
        return trace(matrix, start, watched, iterations=iterations)
    except UsageError:
        return None


def _numbers(run: Trace, found: Clustering) -> NDArray[np.int64]:
    """Return which cluster found each centroid of the run ended nearest to."""
    return np.asarray(squared_distances(run.centroids, found.places).argmin(axis=1), dtype=np.int64)


def _agreement(run: Trace, found: Clustering, published: NDArray[np.int64]) -> float:
    return float((_numbers(run, found)[run.labels] == published).mean())


def _as_numbered(run: Trace, found: Clustering) -> Trace | None:
    """Return the run with the clusters' numbers; None if it ended elsewhere."""
    numbers = _numbers(run, found)
    labels = numbers[run.labels]
    if not np.array_equal(labels, found.labels):
        return None
    order = np.argsort(numbers, kind="stable")
    return Trace(tuple(_numbered(frame, numbers, order) for frame in run.frames), labels)


def _numbered(frame: Frame, numbers: NDArray[np.int64], order: NDArray[np.int64]) -> Frame:
    labels = np.where(frame.labels < 0, -1, numbers[frame.labels]).astype(np.int16)
    return replace(frame, centroids=frame.centroids[order], labels=labels)
