"""What a density method sees: groups where customers lie densely, and customers in no group."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from sklearn.cluster import DBSCAN
from sklearn.neighbors import NearestNeighbors

from core.segmentation.base import Matrix
from core.segmentation.labels import COMPARED_LABELS

NAME = "dbscan"
LABEL = COMPARED_LABELS[NAME]
NOWHERE = -1  # the group of those in none
LEAST_RADIUS = 1e-9  # where most customers are the same


def density_groups(matrix: Matrix) -> NDArray[np.intp]:
    """Return each customer's group by DBSCAN (Ester and others 1996), -1 for those in none.

    A customer with 2 d neighbours within a radius is the core of a group (Sander and others 1998).
    The radius is where the sorted distances to the 2 d-th neighbour bend most. How many groups
    there are is found, not asked for; see docs/decisions/0010 for why no lens is made of them.

    Parameters
    ----------
    matrix : (n, d) prepared customers, n >= 2

    Examples
    --------
    >>> near = np.arange(10, dtype=np.float32)[:, None] / 10
    >>> density_groups(np.vstack([near, near + 5, [[50]]])).tolist() == [0] * 10 + [1] * 10 + [-1]
    True
    """
    points = min(2 * matrix.shape[1], len(matrix) - 1)
    neighbours = NearestNeighbors(n_neighbors=points).fit(matrix)
    farthest = np.sort(neighbours.kneighbors()[0][:, -1])
    radius = max(float(farthest[_bend(farthest)]), LEAST_RADIUS)
    found = DBSCAN(eps=radius, min_samples=points + 1).fit(matrix)
    return np.asarray(found.labels_, dtype=np.intp)


def density_words(groups: NDArray[np.intp]) -> str:
    """Return how many groups there are, and how many customers are in none.

    >>> density_words(np.array([0, 0, 1, -1]))
    '2 groups by density; 25% of customers in none'
    """
    number = int(groups.max()) + 1
    nowhere = (groups == NOWHERE).mean()
    noun = "group" if number == 1 else "groups"
    return f"{number} {noun} by density; {nowhere:.0%} of customers in none"


def _bend(rising: NDArray[np.floating]) -> int:
    """Return where a rising curve lies farthest below the line between its ends."""
    across = np.linspace(0.0, 1.0, len(rising))
    span = (rising[-1] - rising[0]) or 1.0
    return int((across - (rising - rising[0]) / span).argmax())
