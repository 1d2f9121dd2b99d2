"""Our own k-means, which keeps every iteration: how the segments were found, step by step."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

import numpy as np
from numpy.typing import NDArray

from core.errors import UsageError
from core.segmentation.distances import inertia_of
from core.segmentation.lloyd import State, lloyd_steps

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
    *,
    iterations: int = MOST_ITERATIONS,
) -> Trace:
    """Run plain k-means (Lloyd 1982) from stated centroids, keeping every step.

    It ends when an assignment changes nothing. Of equally near centroids the first one counts.

    Parameters
    ----------
    matrix : (n, d) rows
    start : (k, d) centroids to begin with
    watched : (m,) numbers of the rows whose labels are kept in every frame; all rows by default
    iterations : how often all rows are assigned at most

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
    begun = np.asarray(start, dtype=np.float64)
    middle = matrix.mean(axis=0, dtype=np.float64)
    spread = inertia_of(matrix, np.zeros(len(matrix), dtype=np.int64), middle[None])
    frames: list[Frame] = []
    kept = np.full(len(rows), -1, dtype=np.int16)
    for position, state in enumerate(lloyd_steps(matrix, begun)):
        reached = max(0.0, spread - _gain(state, middle))
        if not position:
            frames.append(Frame(Step.START, 0, begun, kept, reached, 0))
        step = Step.UPDATE if position % 2 else Step.ASSIGN
        iteration = position // 2 + 1
        if step is Step.ASSIGN:
            kept = state.labels[rows].astype(np.int16)
        if not state.counts.all():
            raise UsageError(
                f"In iteration {iteration} a centroid was left without rows. "
                "Start from other centroids."
            )
        frames.append(Frame(step, iteration, state.centroids, kept, reached, state.changed))
        if step is Step.ASSIGN and (not state.changed or iteration >= iterations):
            break
    return Trace(tuple(frames), state.labels)


def _gain(state: State, middle: NDArray[np.float64]) -> float:
    """Return by how much the inertia is less than if the middle were every row's centroid.

    For n rows whose sum is s, all seen from the middle, a centroid c saves 2 cs - n|c|².
    """
    ways, sums = state.centroids - middle, state.totals - state.counts[:, None] * middle
    return float(2 * (ways * sums).sum() - state.counts @ (ways**2).sum(axis=1))
