"""Are customers told apart better than the same procedure tells apart data without groups?"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from core.errors import DataError
from core.sampling import sample_rows
from core.segmentation.base import Algorithm, Matrix
from core.segmentation.null_reference import fit_copula, permuted
from core.segmentation.separation import silhouettes

DRAWS = 10
STARTS = 5
NULL_ROWS = 5_000
SILHOUETTE_ROWS = 1_500
NEEDED_Z = 3.0


@dataclass(frozen=True, slots=True)
class NullComparison:
    """One null reference: the smaller z of two statistics, and draws that both of them exceed.

    ``silhouette`` is the customers', ``null_silhouette`` the mean over the draws, whose own are in
    ``null_silhouettes``. ``null_ranked``: per rank, the mean silhouette of each draw's cluster that
    is told apart best, second best and so on.
    """

    z: float
    exceeded: int
    draws: int
    silhouette: float
    null_silhouette: float
    null_silhouettes: tuple[float, ...] = ()
    null_ranked: tuple[tuple[float, ...], ...] = ()

    @property
    def passed(self) -> bool:
        """Whether the customers are told apart clearly better than every draw."""
        return self.z >= NEEDED_Z and self.exceeded == self.draws


@dataclass(frozen=True, slots=True)
class NullComparisons:
    """Against unrelated inputs, and against one cloud with the same marginals and correlations."""

    permuted: NullComparison
    copula: NullComparison


def compare_with_nulls(
    matrix: Matrix,
    blocks: Sequence[slice],
    k: int,
    algorithm: Algorithm,
    *,
    seed: int,
    report: Callable[[float], None],
) -> NullComparisons:
    """Cluster the customers and draws of both null references by the same procedure and compare.

    Two statistics must both be better: compactness, -log(inertia) as in the gap statistic
    (Tibshirani, Walther and Hastie 2001), and the mean silhouette. Compactness alone is fooled by
    a few outliers of a heavy tail, the silhouette alone by tails that are heavy together.

    Clusters of a draw are not those of the customers. So that each can be seen against the draws
    all the same, their silhouettes are put in order: the best told apart of the customers' clusters
    stands against the best of each draw, the next against the next, as parallel analysis does with
    eigenvalues (Horn 1965).

    Parameters
    ----------
    matrix : (n, d) prepared customers
    blocks : columns per original feature
    k : number of clusters
    report : told the fraction done, 0..1

    Examples
    --------
    >>> from core.segmentation.kmeans import KMeans
    >>> normal = np.random.default_rng(0).normal(size=(200, 2))
    >>> groups = (normal + 8 * (np.arange(200) % 2)[:, None]).astype(np.float32)
    >>> blocks = (slice(0, 1), slice(1, 2))
    >>> found = compare_with_nulls(groups, blocks, 2, KMeans(), seed=1, report=lambda done: None)
    >>> found.permuted.passed, found.copula.passed
    (True, True)
    """
    some = matrix[sample_rows(len(matrix), NULL_ROWS, seed)]
    rng = np.random.default_rng([seed, k])
    copula = fit_copula(some, blocks, rng)
    observed = _statistics(some, k, algorithm, seed)
    found: list[list[NDArray[np.float64]]] = [[], []]
    for draw in range(DRAWS):
        report(draw / DRAWS)
        for kind, rows in enumerate((permuted(some, blocks, rng), copula.draw(rng))):
            found[kind].append(_statistics(rows, k, algorithm, seed + draw + 1))
    return NullComparisons(
        permuted=_compare(observed, np.array(found[0])),
        copula=_compare(observed, np.array(found[1])),
    )


def _statistics(matrix: Matrix, k: int, algorithm: Algorithm, seed: int) -> NDArray[np.float64]:
    """Return compactness, mean silhouette, and the clusters' own mean silhouettes, best first.

    NaN where there is no clustering, and last for clusters that nobody of the sample is in.
    """
    try:
        found = algorithm.fit(np.ascontiguousarray(matrix), k, seed=seed, restarts=STARTS)
    except DataError:
        return np.full(2 + k, np.nan)  # this draw has fewer different rows than clusters
    some = sample_rows(len(matrix), SILHOUETTE_ROWS, seed)
    labels = found.labels[some]
    widths = silhouettes(found.place(matrix[some]), [labels])[0]
    sizes = np.bincount(labels, minlength=k)
    means = np.full(k, np.nan)
    np.divide(np.bincount(labels, weights=widths, minlength=k), sizes, out=means, where=sizes > 0)
    compactness = -np.log(max(found.inertia, 1e-12))
    return np.concatenate([[compactness, widths.mean()], -np.sort(-means)])


def _compare(observed: NDArray[np.float64], drawn: NDArray[np.float64]) -> NullComparison:
    observed, drawn, ranked = observed[:2], drawn[:, :2], drawn[:, 2:]
    is_found = ~np.isnan(drawn).any(axis=1)
    drawn, ranked = drawn[is_found], ranked[is_found]
    if len(drawn) < 2 or np.isnan(observed).any():
        return NullComparison(0.0, 0, len(drawn), float(observed[1]), float("nan"))
    spread = np.maximum(drawn.std(axis=0, ddof=1), 1e-9)
    z = (observed - drawn.mean(axis=0)) / spread
    # Equal up to rounding is not better: with one feature both references are the customers.
    better = (observed > drawn + 1e-9).all(axis=1)
    return NullComparison(
        z=float(z.min()),
        exceeded=int(better.sum()),
        draws=len(drawn),
        silhouette=float(observed[1]),
        null_silhouette=float(drawn[:, 1].mean()),
        null_silhouettes=tuple(drawn[:, 1].tolist()),
        null_ranked=tuple(tuple(of[~np.isnan(of)].tolist()) for of in ranked.T),
    )
