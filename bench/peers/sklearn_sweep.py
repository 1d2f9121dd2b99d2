"""scikit-learn as it comes: every k fitted, scored and drawn again, one after the other."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from sklearn.cluster import KMeans
from sklearn.metrics import calinski_harabasz_score, davies_bouldin_score, silhouette_samples

_DRAWN = 97  # added to the seed of the bootstrap draws


@dataclass(frozen=True, slots=True)
class Effort:
    """How much is tried and looked at: the same on both sides."""

    restarts: int
    silhouette_rows: int
    stability_rows: int
    draws: int
    draw_restarts: int


@dataclass(frozen=True, slots=True)
class Scored:
    """What was found out about one k; the fields of the product's `KScore`."""

    k: int
    inertia: float
    silhouette: float
    silhouette_macro: float
    calinski_harabasz: float
    davies_bouldin: float
    jaccard_min: float
    jaccard_mean: float
    smallest_share: float
    largest_share: float


def sweep(
    matrix: NDArray[np.float32], candidates: Sequence[int], effort: Effort, seed: int
) -> tuple[Scored, ...]:
    """Return the scores of every candidate."""
    return tuple(_scored(matrix, k, effort, seed) for k in candidates)


def _scored(matrix: NDArray[np.float32], k: int, effort: Effort, seed: int) -> Scored:
    random = np.random.default_rng(seed)
    fitted = KMeans(k, n_init=effort.restarts, random_state=seed).fit(matrix)
    labels = fitted.labels_
    looked_at = _some(len(matrix), effort.silhouette_rows, random)
    widths = silhouette_samples(matrix[looked_at], labels[looked_at])
    counts = np.bincount(labels[looked_at], minlength=k)
    macro = np.bincount(labels[looked_at], weights=widths, minlength=k)[counts > 0]
    jaccards = _jaccards(matrix, labels, k, effort, seed, random)
    shares = np.bincount(labels, minlength=k) / len(matrix)
    return Scored(
        k=k,
        inertia=float(fitted.inertia_),
        silhouette=float(widths.mean()),
        silhouette_macro=float((macro / counts[counts > 0]).mean()),
        calinski_harabasz=float(calinski_harabasz_score(matrix, labels)),
        davies_bouldin=float(davies_bouldin_score(matrix, labels)),
        jaccard_min=float(jaccards.min()),
        jaccard_mean=float(jaccards.mean()),
        smallest_share=float(shares.min()),
        largest_share=float(shares.max()),
    )


def _jaccards(
    matrix: NDArray[np.float32],
    labels: NDArray[np.int32],
    k: int,
    effort: Effort,
    seed: int,
    random: np.random.Generator,
) -> NDArray[np.float64]:
    """Return each cluster's mean Jaccard similarity over bootstrap draws (Hennig 2007)."""
    some = _some(len(matrix), effort.stability_rows, random)
    rows, own = matrix[some], labels[some]
    found = np.zeros((effort.draws, k))
    for draw in range(effort.draws):
        drawn = rows[random.integers(0, len(rows), len(rows))]
        again = KMeans(k, n_init=effort.draw_restarts, random_state=seed + _DRAWN + draw).fit(drawn)
        other = again.predict(rows)
        both = np.bincount(own * k + other, minlength=k * k).reshape(k, k)
        either = both.sum(axis=1, keepdims=True) + both.sum(axis=0, keepdims=True) - both
        found[draw] = (both / np.maximum(either, 1)).max(axis=1)
    return np.asarray(found.mean(axis=0), dtype=np.float64)


def _some(rows: int, limit: int, random: np.random.Generator) -> NDArray[np.int64]:
    return random.choice(rows, size=min(rows, limit), replace=False)
