"""Rows that follow their like are counted instead of kept: a bootstrap draw repeats a third."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from core.segmentation.base import Matrix


@dataclass(frozen=True, slots=True, eq=False)
class Counted:
    """``rows`` (m, d); ``weights`` (m,) says how many each stands for, and is None if all are one.

    ``standing`` (n,): the number of the row that stands for each of the matrix, None if all do.
    """

    rows: Matrix
    weights: NDArray[np.float64] | None = None
    standing: NDArray[np.int64] | None = None

    def of_all(self, values: NDArray[np.int64]) -> NDArray[np.int64]:
        """Return what belongs to the rows (m,) for all rows of the matrix, (n,)."""
        return values if self.standing is None else values[self.standing]


def counted(matrix: Matrix) -> Counted:
    """Return the matrix without rows that are equal to the one before.

    Examples
    --------
    >>> found = counted(np.array([[1.0], [1.0], [2.0], [1.0]], dtype=np.float32))
    >>> found.rows.ravel().tolist(), found.weights.tolist(), found.standing.tolist()
    ([1.0, 2.0, 1.0], [2.0, 1.0, 1.0], [0, 0, 1, 2])
    """
    is_new = np.ones(len(matrix), dtype=bool)
    np.any(matrix[1:] != matrix[:-1], axis=1, out=is_new[1:])
    if is_new.all():
        return Counted(matrix)
    standing = np.cumsum(is_new) - 1
    weights = np.bincount(standing).astype(np.float64)
    return Counted(np.ascontiguousarray(matrix[is_new]), weights, standing)
