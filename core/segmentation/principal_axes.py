"""Principal components with fixed signs: the plane on which customers are drawn."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from threadpoolctl import threadpool_limits

from core.segmentation.base import Matrix
from core.segmentation.distances import CHUNK_ROWS


@dataclass(frozen=True, slots=True, eq=False)
class PrincipalAxes:
    """``mean``: (d,); ``components``: (d, d), a row each, most important first;
    ``explained_variance``: (d,), the share of variance along each, adding up to 1.
    """

    mean: NDArray[np.float64]
    components: NDArray[np.float64]
    explained_variance: NDArray[np.float64]


def principal_axes(matrix: Matrix) -> PrincipalAxes:
    """Return all principal components of the prepared customers (Pearson 1901).

    The sign of a component is such that its largest loading is positive.

    Parameters
    ----------
    matrix : (n, d)

    Examples
    --------
    >>> axes = principal_axes(np.array([[0, 0], [1, 2], [2, 4]], dtype=np.float32))
    >>> axes.components[0].round(3).tolist(), axes.explained_variance.round(3).tolist()
    ([0.447, 0.894], [1.0, 0.0])
    """
    mean = matrix.mean(axis=0, dtype=np.float64)
    d = matrix.shape[1]
    scatter = np.zeros((d, d))
    with threadpool_limits(limits=1):
        for start in range(0, len(matrix), CHUNK_ROWS):
            centred = matrix[start : start + CHUNK_ROWS] - mean
            scatter += centred.T @ centred
        values, vectors = np.linalg.eigh(scatter)
    order = np.argsort(-values, kind="stable")
    components = vectors.T[order]
    largest = np.abs(components).argmax(axis=1)
    signs = np.sign(components[np.arange(d), largest])
    shares = np.clip(values[order], 0.0, None)
    return PrincipalAxes(mean, components * signs[:, None], shares / max(shares.sum(), 1e-300))
