"""The silhouette plot agrees with scikit-learn, and thinning keeps a curve's shape."""

from __future__ import annotations

import numpy as np
import pytest
from sklearn.metrics import silhouette_samples

from core.segmentation.base import Clustering
from core.segmentation.distances import centroids_of
from core.segmentation.pieces import MOST, pieces_of
from core.segmentation.silhouettes import QUANTILES, cluster_silhouettes, thinned


def clustering(n: int = 400, k: int = 3, *, empty: bool = False) -> tuple[np.ndarray, Clustering]:
    rng = np.random.default_rng(5)
    labels = np.sort(rng.integers(0, k, n))
    matrix = (rng.normal(size=(n, 4)) + 2.0 * labels[:, None]).astype(np.float32)
    middles = centroids_of(matrix, labels, k)
    if empty:
        middles = np.vstack([middles, middles.mean(axis=0)])
    return matrix, Clustering(labels, middles, 1.0)


def test_means_and_shares_are_those_of_scikit_learn() -> None:
    matrix, found = clustering()
    expected = silhouette_samples(matrix.astype(np.float64), found.labels)
    for cluster, one in enumerate(cluster_silhouettes(matrix, found, seed=1)):
        mine = expected[found.labels == cluster]
        assert one.sampled == len(mine)
        assert one.mean == pytest.approx(mine.mean())
        assert one.below_zero == pytest.approx((mine < 0).mean())
        assert one.widths == pytest.approx(np.sort(mine)[::-1], abs=1e-4)


def test_a_group_by_rule_without_anybody_has_no_curve() -> None:
    found = cluster_silhouettes(*clustering(empty=True), seed=1)
    assert (found[-1].sampled, found[-1].widths) == (0, ())


def test_a_long_curve_keeps_its_ends_and_quantiles() -> None:
    values = np.random.default_rng(1).normal(size=5_001)
    curve = thinned(values)
    assert len(curve) == QUANTILES
    assert list(curve) == sorted(curve, reverse=True)
    assert (curve[0], curve[-1]) == pytest.approx((values.max(), values.min()), abs=1e-4)
    assert np.median(curve) == pytest.approx(np.median(values), abs=0.01)


def test_pieces_are_parts_of_their_cluster_that_keep_its_size_and_middle() -> None:
    matrix, found = clustering()
    pieces = pieces_of(matrix, found, seed=1)
    for cluster in range(found.k):
        mine = pieces.cluster == cluster
        assert 2 <= mine.sum() <= MOST
        assert pieces.sizes[mine].sum() == found.sizes[cluster]
        middle = np.average(pieces.centroids[mine], axis=0, weights=pieces.sizes[mine])
        assert middle == pytest.approx(found.centroids[cluster], abs=1e-5)


def test_a_cluster_of_customers_who_are_all_the_same_is_one_piece() -> None:
    matrix = np.repeat(np.array([[0.0], [5.0]], dtype=np.float32), 40, axis=0)
    pieces = pieces_of(
        matrix, Clustering(np.repeat([0, 1], 40), np.array([[0.0], [5.0]]), 0.0), seed=1
    )
    assert pieces.sizes.tolist() == [40.0, 40.0]
    assert pieces.centroids.tolist() == [[0.0], [5.0]]
