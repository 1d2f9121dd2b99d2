"""What else speaks for or against a segmentation: borders, single drivers, doubled inputs."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from sklearn.tree import DecisionTreeClassifier

from core.segmentation.base import Clustering, Matrix
from core.segmentation.distances import nearest, squared_distances

SAME_LABELS = 0.90
REDUNDANT = 0.90
REDUNDANT_WITHIN = 0.70
BORDER_ZONE = 0.2  # of the way from one centroid to the other, around its middle


def border_share(matrix: Matrix, clustering: Clustering) -> float:
    """Return the share of customers in the border zone between their segment and the next.

    A customer's position is taken along the line from the own centroid (0) to the runner-up's (1);
    the border lies at 0.5 and the zone from 0.4 on. Separated groups leave the zone empty. A
    relative of shadow values (Leisch 2010), which compare the two distances themselves.

    Examples
    --------
    >>> rows = np.array([[0.0], [4.5], [10.0]], dtype=np.float32)
    >>> found = Clustering(np.array([0, 0, 1]), np.array([[0.0], [10.0]]), 0.0)
    >>> round(border_share(rows, found), 3)
    0.333
    """
    squared = squared_distances(matrix, clustering.centroids)
    rows = np.arange(len(matrix))
    own = squared[rows, clustering.labels].copy()
    squared[rows, clustering.labels] = np.inf
    other = squared.argmin(axis=1)
    apart = ((clustering.centroids[clustering.labels] - clustering.centroids[other]) ** 2).sum(
        axis=1
    )
    position = (own - squared[rows, other] + apart) / (2 * apart)
    return float((position > 0.5 - BORDER_ZONE / 2).mean())


def single_driver(
    matrix: Matrix, clustering: Clustering, blocks: Sequence[slice]
) -> tuple[int, float] | None:
    """Return the feature that alone reproduces at least 90 % of labels, and how many it does.

    None if there is none, or if the other features together reproduce as many without it: then
    the segments are not just bands of one feature. A small decision tree (Breiman et al. 1984)
    reproduces them.

    Examples
    --------
    >>> rows = np.array([[0, 5], [1, 4], [0, 4], [9, 5], [8, 4], [9, 4]] * 10, dtype=np.float32)
    >>> found = Clustering(np.array([0, 0, 0, 1, 1, 1] * 10), np.array([[0.3, 4.3], [8.7, 4.3]]), 0)
    >>> single_driver(rows, found, (slice(0, 1), slice(1, 2)))
    (0, 1.0)
    """
    best: tuple[int, float] | None = None
    tree = DecisionTreeClassifier(
        max_leaf_nodes=3 * clustering.k,
        min_samples_leaf=max(5, len(matrix) // 200),
        random_state=0,
    )
    for i, block in enumerate(blocks):
        alone = matrix[:, block]
        share = float(tree.fit(alone, clustering.labels).score(alone, clustering.labels))
        if share >= SAME_LABELS and (best is None or share > best[1]):
            best = (i, share)
    if best is None or len(blocks) == 1:
        return best
    rest = np.ones(matrix.shape[1], dtype=bool)
    rest[blocks[best[0]]] = False
    without = nearest(matrix[:, rest], clustering.centroids[:, rest])
    return None if float((without == clustering.labels).mean()) >= SAME_LABELS else best


def redundant_pairs(
    matrix: Matrix, clustering: Clustering, blocks: Sequence[slice]
) -> list[tuple[int, int, float]]:
    """Return pairs of single-column features that say the same, with their correlation.

    They correlate above 0.9 over all customers and above 0.7 within segments, where Dormann et al.
    (2013) begin to warn: groups that are far apart make any two features correlate overall.

    Examples
    --------
    >>> rows = np.array([[1, 2], [2, 4], [3, 6], [4, 8]], dtype=np.float32)
    >>> found = Clustering(np.array([0, 0, 1, 1]), np.array([[1.5, 3.0], [3.5, 7.0]]), 0.0)
    >>> pairs = redundant_pairs(rows, found, (slice(0, 1), slice(1, 2)))
    >>> [(a, b, round(rho, 3)) for a, b, rho in pairs]
    [(0, 1, 1.0)]
    """
    numeric = [i for i, block in enumerate(blocks) if block.stop - block.start == 1]
    if len(numeric) < 2:
        return []
    values = matrix[:, [blocks[i].start for i in numeric]].astype(np.float64)
    centres = clustering.centroids[:, [blocks[i].start for i in numeric]]
    within = values - centres[clustering.labels]
    with np.errstate(invalid="ignore", divide="ignore"):
        overall = np.asarray(np.nan_to_num(np.corrcoef(values, rowvar=False)))
        inside = np.asarray(np.nan_to_num(np.corrcoef(within, rowvar=False)))
    return [
        (numeric[a], numeric[b], float(overall[a, b]))
        for a in range(len(numeric))
        for b in range(a + 1, len(numeric))
        if abs(overall[a, b]) > REDUNDANT and abs(inside[a, b]) > REDUNDANT_WITHIN
    ]
