"""Customers without groups: the same inputs with their connections cut, or kept but made smooth."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from core.segmentation.base import Matrix

ADJUSTMENTS = 6  # rounds in which the copula learns which latent correlations give the wanted ones


def feature_blocks(column_features: Sequence[str]) -> tuple[slice, ...]:
    """Return the columns of each original feature, in order.

    >>> feature_blocks(["age", "gender", "gender"])
    (slice(0, 1, None), slice(1, 3, None))
    """
    starts = [
        i for i, name in enumerate(column_features) if i == 0 or name != column_features[i - 1]
    ]
    return tuple(
        slice(a, b) for a, b in zip(starts, [*starts[1:], len(column_features)], strict=True)
    )


def permuted(matrix: Matrix, blocks: Sequence[slice], rng: np.random.Generator) -> Matrix:
    """Return the matrix with the rows of each original feature shuffled independently.

    Every feature keeps its distribution; all connections between features are gone. The columns of
    one categorical feature move together, so no customer gets two levels (Tibshirani, Walther and
    Hastie 2001 draw each feature over its range; its own values keep its shape).

    Examples
    --------
    >>> rows = np.array([[1, 1, 0], [2, 0, 1], [3, 1, 0]], dtype=np.float32)
    >>> permuted(rows, (slice(0, 1), slice(1, 3)), np.random.default_rng(2)).tolist()
    [[3.0, 1.0, 0.0], [1.0, 0.0, 1.0], [2.0, 1.0, 0.0]]
    """
    shuffled = np.empty_like(matrix)
    for block in blocks:
        shuffled[:, block] = matrix[rng.permutation(len(matrix)), block]
    return shuffled


@dataclass(frozen=True, slots=True, eq=False)
class GaussianCopula:
    """One cloud with the customers' marginals and correlations: a continuum without groups.

    ``order``: per feature the rows sorted by its value; ``root``: (f, f), a square root of the
    latent correlations.
    """

    matrix: Matrix
    blocks: tuple[slice, ...]
    order: tuple[NDArray[np.int64], ...]
    root: NDArray[np.float64]

    def draw(self, rng: np.random.Generator) -> Matrix:
        """Return as many new customers as there are rows."""
        latent = rng.standard_normal((len(self.matrix), len(self.blocks))) @ self.root.T
        return self.rows_at(latent)

    def rows_at(self, latent: NDArray[np.float64]) -> Matrix:
        """Return the customers at the ranks of the latent normal values, (n, f)."""
        drawn = np.empty_like(self.matrix)
        for i, (block, order) in enumerate(zip(self.blocks, self.order, strict=True)):
            ranks = np.argsort(np.argsort(latent[:, i], kind="stable"), kind="stable")
            drawn[:, block] = self.matrix[order[ranks], block]
        return drawn


def fit_copula(matrix: Matrix, blocks: Sequence[slice], rng: np.random.Generator) -> GaussianCopula:
    """Fit the copula so that draws have the customers' marginals exactly and correlations nearly.

    The latent correlations are adjusted until draws show the wanted ones (Cario and Nelson 1997,
    "NORTA"), because capping, zeros and categories weaken them. Levels of a category are ordered by
    how they lie along the first principal component.

    Parameters
    ----------
    matrix : (n, d), prepared
    blocks : columns per original feature
    rng : source of randomness

    Examples
    --------
    >>> first = np.random.default_rng(0).normal(size=(1000, 2))
    >>> rows = np.column_stack([first[:, 0], first.sum(axis=1)]).astype(np.float32)
    >>> cloud = fit_copula(rows, (slice(0, 1), slice(1, 2)), np.random.default_rng(1))
    >>> drawn = cloud.draw(np.random.default_rng(2))
    >>> bool((np.sort(drawn, axis=0) == np.sort(rows, axis=0)).all())  # the same values
    True
    >>> bool(abs(np.corrcoef(drawn.T)[0, 1] - np.corrcoef(rows.T)[0, 1]) < 0.05)
    True
    """
    keys = _sorting_keys(matrix, blocks)
    shuffled = rng.permutation(len(matrix))  # equal values in random order
    order = tuple(
        shuffled[np.argsort(keys[shuffled, i], kind="stable")] for i in range(len(blocks))
    )
    wanted = np.corrcoef(keys, rowvar=False).reshape(len(blocks), len(blocks))
    noise = rng.standard_normal((len(matrix), len(blocks)))
    sorted_keys = np.column_stack([keys[rows, i] for i, rows in enumerate(order)])
    latent = wanted.copy()
    for _ in range(ADJUSTMENTS):
        drawn = noise @ _square_root(latent).T
        ranks = np.argsort(np.argsort(drawn, axis=0, kind="stable"), axis=0, kind="stable")
        found = np.corrcoef(np.take_along_axis(sorted_keys, ranks, axis=0), rowvar=False)
        latent = np.clip(latent + (wanted - found.reshape(wanted.shape)), -0.999, 0.999)
        np.fill_diagonal(latent, 1.0)
    return GaussianCopula(matrix, tuple(blocks), order, _square_root(latent))


def _sorting_keys(matrix: Matrix, blocks: Sequence[slice]) -> NDArray[np.float64]:
    """Return one number per row and feature by which its rows are ordered, (n, f)."""
    centred = matrix.astype(np.float64) - matrix.mean(axis=0, dtype=np.float64)
    _, axes = np.linalg.eigh(centred.T @ centred)
    along = centred @ axes[:, -1]
    keys = np.empty((len(matrix), len(blocks)))
    for i, block in enumerate(blocks):
        if block.stop - block.start == 1:
            keys[:, i] = centred[:, block.start]
            continue
        levels, level = np.unique(matrix[:, block], axis=0, return_inverse=True)
        level = level.reshape(-1)
        if len(levels) > MOST_LEVELS:  # a number with its missing flag
            keys[:, i] = centred[:, block.start]
            continue
        means = np.bincount(level, weights=along) / np.bincount(level)
        keys[:, i] = means[level]
    return keys


MOST_LEVELS = 60


def _square_root(correlations: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return R with R Rᵀ the nearest correlation matrix that is one: negative eigenvalues cut."""
    values, vectors = np.linalg.eigh((correlations + correlations.T) / 2)
    root = vectors * np.sqrt(np.clip(values, 0.0, None))
    lengths = np.linalg.norm(root, axis=1, keepdims=True)
    return np.asarray(root / norm_or_one(lengths), dtype=np.float64)


def norm_or_one(lengths: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return lengths with zeros replaced by one."""
    return np.where(lengths > 0, lengths, 1.0)
