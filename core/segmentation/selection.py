"""How many segments: every candidate scored, one chosen, and the reason in a sentence."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

import numpy as np
from numpy.typing import NDArray
from threadpoolctl import threadpool_limits

from core.pipeline.ports import Progress, silent
from core.readmodels import KScore
from core.sampling import stratified_rows
from core.segmentation.base import Algorithm, Clustering, Matrix
from core.segmentation.distances import inertia_of
from core.segmentation.elbow import elbow
from core.segmentation.separation import (
    calinski_harabasz,
    davies_bouldin,
    macro_mean,
    silhouettes,
)
from core.segmentation.stability import STABLE, bootstrap_jaccards
from core.segmentation.verdict import LARGE_SHARE, SMALL_SHARE

SWEEP_RESTARTS = 20
SILHOUETTE_ROWS = 10_000
STABILITY_ROWS = 5_000
STABILITY_DRAWS = 50  # with 20, the k chosen for a real bank hung on the seed
STABILITY_STARTS = 3
TINY_SEGMENT = 2  # members of every cluster in a sample, or it could not be told apart there

NEAR_BEST = 0.8


@dataclass(frozen=True, slots=True)
class Sweep:
    """Scores of every candidate, the chosen one and the reason as a sentence.

    ``labelings``: per score the cluster of every row, (n,).
    """

    scores: tuple[KScore, ...]
    k: int
    reason: str
    labelings: tuple[NDArray[np.int64], ...] = field(default=(), compare=False, repr=False)

    def decided(self, k: int) -> Sweep:
        """Return the same scores with another number chosen."""
        scores = tuple(replace(score, chosen=score.k == k) for score in self.scores)
        return replace(self, scores=scores, k=k)


def sweep(
    matrix: Matrix,
    k_min: int,
    k_max: int,
    *,
    seed: int,
    algorithm: Algorithm,
    also: int | None = None,
    progress: Progress = silent,
) -> Sweep:
    """Score k_min..k_max clusters and choose.

    The choice: the largest k whose segments are all stable, whose macro silhouette is within 20 %
    of the best and which has no tiny or all-embracing segment; if there is none, the k whose least
    stable segment is the most stable. Metric-only rules go wrong: the silhouette alone likes two
    clusters of which one holds nearly everyone, Calinski–Harabasz the smallest k. The elbow of
    inertia is marked and decides nothing: a smooth cloud has one too.

    Parameters
    ----------
    matrix : (n, d) prepared customers
    k_min, k_max : candidates; where they are equal, there is nothing to choose
    seed : everything random comes from it
    algorithm : one of the registry
    also : another number to score, which the rule does not choose from
    progress : told the fraction done

    Raises
    ------
    DataError
        If there are fewer than k_max different rows.

    Examples
    --------
    >>> from core.segmentation.kmeans import KMeans
    >>> rng = np.random.default_rng(7)
    >>> middles = np.array([[0, 0, 3, 6], [6, 0, 0, 3], [0, 6, 6, 0]])
    >>> apart = np.repeat(middles, 120, axis=0) + rng.normal(0, 0.5, (360, 4))
    >>> matrix = apart.astype(np.float32)
    >>> found = sweep(matrix, 2, 4, seed=1, algorithm=KMeans())
    >>> found.k, [round(score.silhouette_macro, 2) for score in found.scores]
    (3, [0.71, 0.84, 0.52])

    References
    ----------
    Hennig (2007), Cluster-wise assessment of cluster stability; Rousseeuw (1987), Silhouettes;
    Caliński and Harabasz (1974); Davies and Bouldin (1979); Satopää et al. (2011), Kneedle.
    """
    choices = range(k_min, k_max + 1)
    candidates = sorted({*choices, *([] if also is None else [also])})
    found: list[Clustering] = []
    jaccards: list[NDArray[np.float64]] = []
    with threadpool_limits(limits=1):
        for done, k in enumerate(candidates):
            progress(done / len(candidates), f"Trying {k} segments")
            found.append(
                algorithm.fit(matrix, k, seed=seed, restarts=SWEEP_RESTARTS, settled=False)
            )
            some = stratified_rows(found[-1].labels, STABILITY_ROWS, seed, TINY_SEGMENT)
            draws = bootstrap_jaccards(
                matrix[some],
                restrict(found[-1], some, matrix),
                algorithm,
                draws=STABILITY_DRAWS,
                starts=STABILITY_STARTS,
                seed=seed,
            )
            jaccards.append(draws.mean(axis=0))
        scores = _scores(matrix, found, jaccards, seed)
    chosen, reason = choose(tuple(score for score in scores if score.k in choices))
    bend = elbow(candidates, [score.inertia for score in scores])
    return Sweep(
        scores=tuple(
            replace(score, chosen=score.k == chosen, elbow=score.k == bend) for score in scores
        ),
        k=chosen,
        reason=reason,
        labelings=tuple(clustering.labels for clustering in found),
    )


def choose(scores: tuple[KScore, ...]) -> tuple[int, str]:
    """Return the chosen k and the reason as a sentence; `sweep` states the rule.

    >>> score = KScore(3, 9.0, 0.5, 0.5, 90.0, 0.7, 0.9, 0.95, 0.2, 0.4, chosen=False)
    >>> choose((score, replace(score, k=4, jaccard_min=0.6)))[0]
    3
    """
    if len(scores) == 1:
        k = scores[0].k
        return k, f"No other number than {k} was tried."
    best = max(score.silhouette_macro for score in scores)
    good = [score for score in scores if _is_stable(score) and _is_near(score, best)]
    good = [score for score in good if not is_degenerate(score)]
    tried = f"{scores[0].k} to {scores[-1].k}"
    if good:
        chosen = max(good, key=lambda score: score.k)
        return chosen.k, (
            f"Of {tried} segments, {chosen.k} is the largest number at which every segment is "
            "found again when customers are drawn anew (lowest agreement "
            f"{chosen.jaccard_min:.2f}, at least {STABLE} is wanted), the segments are told apart "
            f"about as well as at best (silhouette {chosen.silhouette_macro:.2f}, best {best:.2f}) "
            "and none is tiny or holds nearly everyone."
        )
    chosen = max(scores, key=lambda score: (score.jaccard_min, -score.k))
    return chosen.k, (
        f"No number from {tried} gives segments that are all found again, well told apart and of "
        f"sensible size. With {chosen.k} the least certain segment is found again best (agreement "
        f"{chosen.jaccard_min:.2f}, at least {STABLE} is wanted)."
    )


def is_degenerate(score: KScore) -> bool:
    """Whether one segment is tiny or holds nearly everyone."""
    return score.smallest_share < SMALL_SHARE or score.largest_share > LARGE_SHARE


def restrict(clustering: Clustering, rows: NDArray[np.int64], matrix: Matrix) -> Clustering:
    """Return the clustering over some of the rows; the centroids stay."""
    if len(rows) == len(matrix):
        return clustering
    labels = clustering.labels[rows]
    inertia = inertia_of(clustering.place(matrix[rows]), labels, clustering.places)
    return Clustering(labels, clustering.centroids, inertia, clustering.subspace)


def _scores(
    matrix: Matrix, found: list[Clustering], jaccards: list[NDArray[np.float64]], seed: int
) -> tuple[KScore, ...]:
    rows = stratified_rows(found[-1].labels, SILHOUETTE_ROWS, seed, TINY_SEGMENT)
    placed = found[-1].place(matrix[rows])  # all candidates measure distances alike
    widths = silhouettes(placed, [clustering.labels[rows] for clustering in found])
    return tuple(
        KScore(
            k=clustering.k,
            inertia=clustering.inertia,
            silhouette=float(width.mean()),
            silhouette_macro=macro_mean(width, clustering.labels[rows]),
            calinski_harabasz=calinski_harabasz(matrix, clustering),
            davies_bouldin=davies_bouldin(matrix, clustering),
            jaccard_min=float(jaccard.min()),
            jaccard_mean=float(jaccard.mean()),
            smallest_share=float(clustering.sizes.min() / len(matrix)),
            largest_share=float(clustering.sizes.max() / len(matrix)),
            chosen=False,
        )
        for clustering, width, jaccard in zip(found, widths, jaccards, strict=True)
    )


def _is_stable(score: KScore) -> bool:
    return score.jaccard_min >= STABLE


def _is_near(score: KScore, best: float) -> bool:
    return score.silhouette_macro >= NEAR_BEST * best
