"""k-means: as good as scikit-learn's best of many starts, and the same bits every time."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from sklearn.cluster import KMeans as SklearnKMeans
from sklearn.metrics import adjusted_mutual_info_score
from threadpoolctl import threadpool_limits

from core.errors import DataError
from core.segmentation.base import Matrix, canonical_order
from core.segmentation.distances import centroids_of, nearest
from core.segmentation.kmeans import KMeans, settle
from tests.core.segmentation.builders import groups, isotropic_noise


def matrix_of(seed: int = 0, **options: int) -> Matrix:
    return np.ascontiguousarray(groups(seed, 3.0, **options).frame, dtype=np.float32)


@pytest.mark.parametrize("seed", [1, 2])
def test_inertia_is_at_most_half_a_percent_above_scikit_learn_s_best(seed: int) -> None:
    noise = np.ascontiguousarray(isotropic_noise(seed).frame, dtype=np.float32)
    for matrix in (matrix_of(seed), noise):
        with threadpool_limits(limits=1):
            best = SklearnKMeans(5, n_init=50, random_state=seed).fit(matrix).inertia_
        assert KMeans().fit(matrix, 5, seed=seed, restarts=50).inertia <= best * 1.005


def test_starting_from_a_sample_costs_at_most_half_a_percent_of_inertia() -> None:
    matrix = matrix_of(3, n=4000)
    whole = KMeans().fit(matrix, 4, seed=1, restarts=20)
    sampled = KMeans(sample_rows=500).fit(matrix, 4, seed=1, restarts=20)
    assert sampled.inertia <= whole.inertia * 1.005


def test_planted_groups_are_found() -> None:
    planted = groups(5, 6.0)
    matrix = np.ascontiguousarray(planted.frame, dtype=np.float32)
    found = KMeans().fit(matrix, 4, seed=1, restarts=10)
    assert adjusted_mutual_info_score(planted.truth, found.labels) > 0.95


def test_the_result_is_a_fixed_point_in_float64() -> None:
    matrix = matrix_of(2)
    found = KMeans().fit(matrix, 4, seed=1, restarts=5)
    np.testing.assert_array_equal(found.labels, nearest(matrix, found.centroids))
    np.testing.assert_array_equal(found.centroids, centroids_of(matrix, found.labels, 4))


def test_very_many_rows_are_settled_too_unless_nearly_is_enough() -> None:
    noise = isotropic_noise(3, n=60_000).frame.to_numpy(dtype=np.float32)
    start = KMeans(sample_rows=1_000)
    settled = start.fit(noise, 5, seed=1, restarts=3)
    np.testing.assert_array_equal(settled.centroids, centroids_of(noise, settled.labels, 5))
    nearly = start.fit(noise, 5, seed=1, restarts=3, settled=False)
    assert (nearly.centroids != centroids_of(noise, nearly.labels, 5)).any()
    assert settled.inertia < nearly.inertia < settled.inertia * 1.001


def test_threads_change_no_bit() -> None:
    matrix = matrix_of(4, n=3000)
    with threadpool_limits(limits=1):
        one = KMeans(sample_rows=1000).fit(matrix, 4, seed=1, restarts=5)
    with threadpool_limits(limits=4):
        four = KMeans(sample_rows=1000).fit(matrix, 4, seed=1, restarts=5)
    assert one.labels.tolist() == four.labels.tolist()
    assert one.centroids.tolist() == four.centroids.tolist()


def test_settling_from_anywhere_is_lloyd_s_algorithm() -> None:
    matrix = matrix_of(6, n=500)
    start = matrix[:4].astype(np.float64)
    centroids = start
    for _ in range(300):
        centroids = centroids_of(matrix, nearest(matrix, centroids), 4)
    order = canonical_order(np.bincount(nearest(matrix, centroids)), centroids)
    settled = settle(matrix, start)
    np.testing.assert_allclose(settled.centroids, centroids[order], rtol=1e-12, atol=1e-12)


def test_largest_clusters_come_first() -> None:
    planted = groups(1, 8.0, k=3, shares=(0.2, 0.5, 0.3))
    matrix = np.ascontiguousarray(planted.frame, dtype=np.float32)
    sizes = KMeans().fit(matrix, 3, seed=1, restarts=5).sizes.tolist()
    assert sizes == sorted(sizes, reverse=True)


def test_fewer_different_customers_than_segments_are_refused() -> None:
    matrix = np.repeat(np.array([[0.0], [1.0]], dtype=np.float32), 50, axis=0)
    with pytest.raises(DataError, match="only 2 different customers to cluster, fewer than the 3"):
        KMeans().fit(matrix, 3, seed=1, restarts=5)
    found = KMeans().fit(matrix, 2, seed=1, restarts=5)
    assert (found.inertia, found.sizes.tolist()) == (0.0, [50, 50])


@given(
    rows=st.lists(st.tuples(st.integers(-50, 50), st.integers(-50, 50)), min_size=3, max_size=60),
    k=st.integers(2, 3),
)
def test_any_rows_are_clustered_or_refused_in_words(rows: list[tuple[int, int]], k: int) -> None:
    matrix = np.array(rows, dtype=np.float32)
    if len(set(rows)) < k:
        with pytest.raises(DataError):
            KMeans().fit(matrix, k, seed=1, restarts=3)
        return
    found = KMeans().fit(matrix, k, seed=1, restarts=3)
    assert found.k == k
    assert found.sizes.min() > 0
    assert found.inertia >= 0
