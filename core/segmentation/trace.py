"""Our own k-means, which keeps every iteration: how the segments were found, step by step."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from enum import StrEnum

import numpy as np
from numpy.typing import NDArray

from core.errors import UsageError
from core.segmentation.distances import centroids_of, inertia_of, nearest

LEAST_FRAMES = 20
MOST_ITERATIONS = 300


class Step(StrEnum):
    """What happened between a frame and the one before it."""

    START = "start"  # the centroids were put down; nobody belongs to a segment yet
    ASSIGN = "assign"  # every row went to its nearest centroid
    UPDATE = "update"  # every centroid went to the mean of its rows
    PART = "part"  # a part of an update's way: drawn in between, not a step of the method


@dataclass(frozen=True, slots=True, eq=False)
class Frame:
    """The state of k-means after one step.

    ``centroids`` (k, d); ``labels`` (m,) of the rows that are watched, -1 before the first
    assignment; ``inertia`` and ``changed`` (rows that went to another centroid in this step) count
    all rows.
    """

    step: Step
    iteration: int
    centroids: NDArray[np.float64]
    labels: NDArray[np.int16]
    inertia: float
    changed: int


@dataclass(frozen=True, slots=True, eq=False)
class Trace:
    """A whole run of k-means: its frames, and where all rows (n,) ended."""

    frames: tuple[Frame, ...]
    labels: NDArray[np.int64]

    @property
    def centroids(self) -> NDArray[np.float64]:
        """Where the centroids ended, (k, d)."""
        return self.frames[-1].centroids

    @property
    def iterations(self) -> int:
        """How many times all rows were assigned."""
        return self.frames[-1].iteration


def trace(
    matrix: NDArray[np.floating],
    start: NDArray[np.floating],
    watched: NDArray[np.integer] | None = None,
) -> Trace:
    """Run plain k-means (Lloyd 1982) from stated centroids, keeping every step.

    It ends when an assignment changes nothing. Of equally near centroids the first one counts.

    Parameters
    ----------
    matrix : (n, d) rows
    start : (k, d) centroids to begin with
    watched : (m,) numbers of the rows whose labels are kept in every frame; all rows by default

    Raises
    ------
    UsageError
        The start does not fit the matrix, or leaves a centroid without rows on its way.

    Examples
    --------
    >>> rows = np.array([[0.0], [1.0], [9.0], [10.0]])
    >>> found = trace(rows, np.array([[0.0], [1.0]]))
    >>> for frame in found.frames:
    ...     frame.step.value, frame.changed, round(frame.inertia, 2)
    ('start', 0, 145.0)
    ('assign', 4, 145.0)
    ('update', 0, 48.67)
    ('assign', 1, 17.56)
    ('update', 0, 1.0)
    ('assign', 0, 1.0)
    >>> found.labels.tolist(), found.centroids.tolist()
    ([0, 0, 1, 1], [[0.5], [9.5]])
    """
    if start.ndim != 2 or start.shape[1] != matrix.shape[1]:
        raise UsageError(
            f"The start has the shape {start.shape} and the rows {matrix.shape}. "
            "Give one centroid per row of the start, with as many columns as the matrix."
        )
    rows = np.arange(len(matrix)) if watched is None else watched
    centroids = np.asarray(start, dtype=np.float64)
    labels = np.full(len(matrix), -1, dtype=np.int64)
    reached = inertia_of(matrix, nearest(matrix, centroids), centroids)
    frames = [Frame(Step.START, 0, centroids, labels[rows].astype(np.int16), reached, 0)]
    for iteration in range(1, MOST_ITERATIONS + 1):
        again = nearest(matrix, centroids)
        changed = int((again != labels).sum())
        labels = again
        kept = labels[rows].astype(np.int16)
        reached = inertia_of(matrix, labels, centroids)
        frames.append(Frame(Step.ASSIGN, iteration, centroids, kept, reached, changed))
        if not changed:
            break
        centroids = centroids_of(matrix, labels, len(start))
        if np.isnan(centroids).any():
            raise UsageError(
                f"In iteration {iteration} a centroid was left without rows. "
                "Start from other centroids."
            )
        reached = inertia_of(matrix, labels, centroids)
        frames.append(Frame(Step.UPDATE, iteration, centroids, kept, reached, 0))
    return Trace(tuple(frames), labels)


def filled(frames: tuple[Frame, ...], least: int = LEAST_FRAMES) -> tuple[Frame, ...]:
    """Return at least ``least`` frames: where there are fewer, updates are shown in parts.

    A part lies on the straight way of the centroids. Its inertia follows from that of the update:
    moving the centroid of n rows away from their mean by a distance d adds n d².

    Examples
    --------
    >>> rows = np.array([[0.0], [1.0], [9.0], [10.0]])
    >>> frames = filled(trace(rows, np.array([[0.0], [1.0]])).frames, least=8)
    >>> [frame.step.value for frame in frames]
    ['start', 'assign', 'part', 'update', 'assign', 'part', 'update', 'assign']
    """
    updates = sum(frame.step is Step.UPDATE for frame in frames)
    if len(frames) >= least or not updates:
        return frames
    parts = -(-(least - len(frames)) // updates)
    return tuple(_with_parts(frames, parts))


def _with_parts(frames: tuple[Frame, ...], parts: int) -> Iterator[Frame]:
    before = frames[0]
    for frame in frames:
        if frame.step is Step.UPDATE:
            fall = before.inertia - frame.inertia
            for part in range(1, parts + 1):
                done = part / (parts + 1)
                yield replace(
                    frame,
                    step=Step.PART,
                    centroids=before.centroids + done * (frame.centroids - before.centroids),
                    inertia=frame.inertia + (1 - done) ** 2 * fall,
                )
        yield frame
        before = frame
