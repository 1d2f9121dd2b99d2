"""A few directions of the prepared customers in which alone distances are measured."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from core.segmentation.distances import CHUNK_ROWS


@dataclass(frozen=True, slots=True, eq=False)
class Subspace:
    """``origin``: (d,), where the coordinates are 0; ``components``: (m, d), orthonormal rows.

    Centroids that lie in the subspace are as far apart within it as in all d columns, and a
    customer is equally far from it whichever centroid is looked at (Pythagoras). So the nearest
    centroid, and how much nearer it is, can be read off the original columns too.
    """

    origin: NDArray[np.float64]
    components: NDArray[np.float64]

    def coordinates(self, rows: NDArray[np.floating]) -> NDArray[np.float64]:
        """Return where rows (n, d) lie, (n, m): the same bits for one row as for a million.

        >>> diagonal = Subspace(np.zeros(2), np.array([[0.6, 0.8]]))
        >>> diagonal.coordinates(np.array([[3.0, 4.0], [6.0, 8.0]])).round(9).tolist()
        [[5.0], [10.0]]
        """
        found = np.empty((len(rows), len(self.components)), dtype=np.float64)
        for start in range(0, len(rows), CHUNK_ROWS):
            centred = rows[start : start + CHUNK_ROWS] - self.origin
            for i, component in enumerate(self.components):
                found[start : start + CHUNK_ROWS, i] = (centred * component).sum(axis=1)
        return found

    def lifted(self, coordinates: NDArray[np.float64]) -> NDArray[np.float64]:
        """Return the points (k, d) of the subspace that have the coordinates (k, m)."""
        along = (coordinates[:, :, None] * self.components).sum(axis=1)
        return np.asarray(self.origin + along, dtype=np.float64)


def orthonormal(rows: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return nearly orthonormal rows made exactly so (Gram and Schmidt, modified).

    No matrix product is used: the same rows give the same bits whatever library multiplies.
    """
    result = rows.copy()
    for i in range(len(result)):
        for j in range(i):
            result[i] -= (result[i] * result[j]).sum() * result[j]
        result[i] /= np.sqrt((result[i] ** 2).sum())
    return result
