"""The silhouette plot: how well each customer of a segment lies in it, thinned to quantiles."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from core.sampling import stratified_rows
from core.segmentation.base import Clustering, Matrix
from core.segmentation.selection import TINY_SEGMENT
from core.segmentation.separation import silhouettes

ROWS = 5_000
QUANTILES = 200


@dataclass(frozen=True, slots=True)
class ClusterSilhouette:
    """Silhouettes of one cluster: number sampled, mean, share below 0, and the falling curve."""

    sampled: int
    mean: float
    below_zero: float
    widths: tuple[float, ...]


def cluster_silhouettes(
    matrix: Matrix, clustering: Clustering, *, seed: int
) -> tuple[ClusterSilhouette, ...]:
    """Return the silhouette plot (Rousseeuw 1987) of a stratified sample of at most 5,000 rows.

    Parameters
    ----------
    matrix : (n, d) prepared customers
    clustering : labels over the same rows
    seed : of the sample

    Returns
    -------
    one per cluster
        Silhouettes are exact within the sample; a cluster's are thinned to 200 quantiles.

    Examples
    --------
    >>> matrix = np.array([[0.0], [1.0], [10.0], [11.0]], dtype=np.float32)
    >>> found = Clustering(np.array([0, 0, 1, 1]), np.array([[0.5], [10.5]]), 1.0)
    >>> [(one.sampled, round(one.mean, 3)) for one in cluster_silhouettes(matrix, found, seed=1)]
    [(2, 0.9), (2, 0.9)]
    """
    rows = stratified_rows(clustering.labels, ROWS, seed, TINY_SEGMENT)
    labels = clustering.labels[rows]
    widths = silhouettes(clustering.place(matrix[rows]), [labels])[0]
    return tuple(_of_cluster(widths[labels == cluster]) for cluster in range(clustering.k))


def thinned(widths: NDArray[np.float64], most: int = QUANTILES) -> tuple[float, ...]:
    """Return values as a falling curve of at most ``most`` quantiles, both ends among them.

    >>> thinned(np.array([0.1, 0.5, 0.3]))
    (0.5, 0.3, 0.1)
    >>> thinned(np.arange(1001) / 1000, most=3)
    (1.0, 0.5, 0.0)
    """
    falling: Sequence[float] = np.sort(widths)[::-1].tolist()
    if len(falling) > most:
        falling = np.quantile(widths, np.linspace(1.0, 0.0, most)).tolist()
    return tuple(round(value, 4) for value in falling)


def _of_cluster(widths: NDArray[np.float64]) -> ClusterSilhouette:
    if not len(widths):  # a group by rule may be empty
        return ClusterSilhouette(0, 0.0, 0.0, ())
    return ClusterSilhouette(
        sampled=len(widths),
        mean=float(widths.mean()),
        below_zero=float((widths < 0).mean()),
        widths=thinned(widths),
    )
