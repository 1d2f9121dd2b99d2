"""What drives the segments: how much each input differs between them, and how much it decides."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np
from numpy.typing import NDArray

from core.quality import FeatureInfluence

DEALS = 3  # how often each input is dealt out anew

Relabel = Callable[[int, NDArray[np.int64]], NDArray[np.int64]]


def influences(
    names: Sequence[str],
    blocks: Sequence[slice],
    matrix: NDArray[np.floating],
    labels: NDArray[np.int64],
    relabel: Relabel,
    *,
    seed: int,
) -> tuple[FeatureInfluence, ...]:
    """Return the inputs, the one that decides most first.

    Two measures with different blind spots. Eta squared (Fisher 1925) says how much of an input's
    variance lies between segments; it is also high for an input that merely follows another. The
    share of labels that change when one input's values are dealt out anew among the customers, all
    others kept (permutation misclassification: Pfaffel 2021, R package FeatureImpCluster; the idea
    is Breiman's, 2001), says how much the input itself decides.

    Parameters
    ----------
    names : one per input
    blocks : columns of each input in the matrix
    matrix : (n, d), prepared
    labels : (n,), found from the matrix
    relabel : (position of an input, order) -> labels (n,) with that input's values in that order
    seed : of the orders; each input is dealt out three times

    Examples
    --------
    >>> matrix = np.array([[0.0, 5.0], [0.0, 6.0], [9.0, 5.0], [9.0, 6.0]])
    >>> split = lambda i, order: ((matrix[order] if i == 0 else matrix)[:, 0] > 4).astype(int)
    >>> found = influences(
    ...     ["a", "b"], [slice(0, 1), slice(1, 2)], matrix, split(1, np.arange(4)), split, seed=1
    ... )
    >>> [(one.feature, one.eta_squared, one.changed > 0) for one in found]
    [('a', 1.0, True), ('b', 0.0, False)]
    """
    rng = np.random.default_rng([seed, len(labels)])
    orders = [rng.permutation(len(labels)) for _ in range(DEALS)]
    found = [
        FeatureInfluence(
            name,
            shared_variance(matrix[:, block], labels),
            float(np.mean([(relabel(i, order) != labels).mean() for order in orders])),
        )
        for i, (name, block) in enumerate(zip(names, blocks, strict=True))
    ]
    return tuple(sorted(found, key=lambda one: (-one.changed, -one.eta_squared, one.feature)))


def shared_variance(columns: NDArray[np.floating], labels: NDArray[np.int64]) -> float:
    """Return the share of the columns' total variance between labels, 0..1 (Fisher 1925).

    With one column it is eta squared; the columns of a categorical input count together.

    >>> shared_variance(np.array([[1.0, 0.0], [1.0, 0.0], [0.0, 1.0]]), np.array([0, 0, 1]))
    1.0
    """
    centred = columns.astype(np.float64) - columns.mean(axis=0, dtype=np.float64)
    total = float((centred**2).sum())
    if total == 0:
        return 0.0
    sizes = np.bincount(labels)
    sums = np.column_stack([np.bincount(labels, weights=column) for column in centred.T])
    between = ((sums**2).sum(axis=1)[sizes > 0] / sizes[sizes > 0]).sum()
    return float(min(1.0, between / total))
