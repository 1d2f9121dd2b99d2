"""The algorithms that a lens may name: a new one is a line here."""

from __future__ import annotations

from core.errors import UsageError, one_of
from core.segmentation.base import Algorithm
from core.segmentation.gmm import GaussianMixture
from core.segmentation.kmeans import KMeans
from core.segmentation.ward import Ward

ALGORITHMS: tuple[Algorithm, ...] = (KMeans(), GaussianMixture(), Ward())


def algorithm_named(name: str) -> Algorithm:
    """Return the algorithm of that name.

    Examples
    --------
    >>> algorithm_named("kmeans").label
    'k-means'
    """
    for algorithm in ALGORITHMS:
        if algorithm.name == name:
            return algorithm
    raise UsageError(one_of("algorithm", name, [algorithm.name for algorithm in ALGORITHMS]))
