"""Small groups of like customers, joined to one tree: does it grow back into the segments?"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from core.quality import Dendrogram, Join, Leaf


def weighted_ward(centroids: NDArray[np.float64], weights: NDArray[np.float64]) -> tuple[Join, ...]:
    """Return the joins of Ward's method (1963) over groups that stand for several customers.

    At each step those two are joined whose union raises the variance within groups least. The
    height is sqrt(2 w_a w_b / (w_a + w_b)) times the distance of their centroids: with weights of 1
    the same as ``scipy.cluster.hierarchy.linkage(..., "ward")``, and for weighted groups the same
    as if every customer stood at the centroid of the group.

    Parameters
    ----------
    centroids : (m, d)
    weights : (m,) customers per group, all positive

    Examples
    --------
    >>> joins = weighted_ward(np.array([[0.0], [1.0], [9.0]]), np.array([1.0, 1.0, 2.0]))
    >>> [(join.left, join.right, round(join.height, 3)) for join in joins]
    [(0, 1, 1.0), (2, 3, 12.021)]
    """
    places, masses = [*centroids.astype(np.float64)], [float(weight) for weight in weights]
    alive = list(range(len(places)))
    joins = []
    while len(alive) > 1:
        points, mass = np.array([places[i] for i in alive]), np.array([masses[i] for i in alive])
        apart = ((points[:, None] - points[None]) ** 2).sum(axis=2)
        rise = 2 * mass[:, None] * mass / (mass[:, None] + mass) * apart
        rise[np.tril_indices(len(alive))] = np.inf
        a, b = divmod(int(rise.argmin()), len(alive))
        left, right = alive[a], alive[b]
        joins.append(Join(left, right, float(np.sqrt(rise[a, b]))))
        both = masses[left] + masses[right]
        places.append((masses[left] * places[left] + masses[right] * places[right]) / both)
        masses.append(both)
        alive = [i for i in alive if i not in (left, right)] + [len(places) - 1]
    return tuple(joins)


def dendrogram(
    centroids: NDArray[np.float64], weights: NDArray[np.float64], segments: Sequence[int]
) -> Dendrogram:
    """Return the tree over small groups, each of one segment, by `weighted_ward`.

    Parameters
    ----------
    centroids : (m, d) of the small groups
    weights : (m,) customers per small group
    segments : the segment of each small group

    Examples
    --------
    >>> tree = dendrogram(np.array([[0.0], [9.0], [1.0]]), np.array([1.0, 2.0, 1.0]), [0, 1, 0])
    >>> tree.order, tree.agreement
    ((1, 0, 2), 1.0)
    """
    joins = weighted_ward(centroids, weights)
    total = float(weights.sum())
    count = len(set(segments))
    return Dendrogram(
        leaves=tuple(
            Leaf(int(segment), float(weight) / total)
            for segment, weight in zip(segments, weights, strict=True)
        ),
        joins=joins,
        order=tuple(_leaves_below(joins, len(weights), len(weights) + len(joins) - 1)),
        agreement=_agreement(cut(joins, len(weights), count), weights, np.asarray(segments)),
    )


def cut(joins: Sequence[Join], leaves: int, branches: int) -> NDArray[np.int64]:
    """Return the branch of each leaf when the tree is cut into that many, numbered from 0.

    >>> cut([Join(0, 1, 1.0), Join(2, 3, 12.0)], 3, 2).tolist()
    [0, 0, 1]
    """
    made = joins[: leaves - branches]
    joined = {branch for join in made for branch in (join.left, join.right)}
    tops = [branch for branch in range(leaves + len(made)) if branch not in joined]
    below = [_leaves_below(joins, leaves, top) for top in tops]
    result = np.zeros(leaves, dtype=np.int64)
    for number, members in enumerate(sorted(below, key=min)):
        result[members] = number
    return result


def _leaves_below(joins: Sequence[Join], leaves: int, branch: int) -> list[int]:
    """Return the leaves of a branch from end to end, the left of two branches first."""
    found, waiting = [], [branch]
    while waiting:
        current = waiting.pop()
        if current < leaves:
            found.append(current)
        else:
            join = joins[current - leaves]
            waiting += [join.right, join.left]
    return found


def _agreement(
    branch: NDArray[np.int64], weights: NDArray[np.float64], segments: NDArray[np.int64]
) -> float:
    kept = 0.0
    for segment in np.unique(segments):
        mine = segments == segment
        kept += float(np.bincount(branch[mine], weights=weights[mine]).max())
    return kept / float(weights.sum())
