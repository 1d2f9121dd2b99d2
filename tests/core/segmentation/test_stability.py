"""Bootstrap stability: high for groups, low for noise, per segment."""

from __future__ import annotations

import numpy as np

from core.segmentation.kmeans import KMeans
from core.segmentation.stability import best_jaccards, bootstrap_jaccards
from tests.core.segmentation.builders import Planted, groups, isotropic_noise


def jaccards(planted: Planted, k: int) -> np.ndarray:
    matrix = np.ascontiguousarray(planted.frame, dtype=np.float32)
    clustering = KMeans().fit(matrix, k, seed=1, restarts=10)
    found = bootstrap_jaccards(matrix, clustering, KMeans(), draws=10, starts=3, seed=1)
    assert found.shape == (10, k)
    return found.mean(axis=0)


def test_separated_groups_are_found_again_and_noise_is_not() -> None:
    assert jaccards(groups(1, 6.0), 4).min() > 0.95
    assert jaccards(isotropic_noise(1), 4).mean() < 0.6


def test_the_group_that_is_cut_in_two_is_the_unstable_one() -> None:
    found = jaccards(groups(2, 8.0, k=3), 4)
    assert sorted(found > 0.75) == [False, False, True, True]


def test_jaccard_compares_each_label_with_the_one_most_like_it() -> None:
    labels, others = np.array([0, 0, 0, 1, 1, 2]), np.array([2, 2, 0, 1, 1, 1])
    np.testing.assert_allclose(best_jaccards(labels, others), [2 / 3, 2 / 3, 1 / 3])


def test_draws_with_too_few_different_customers_count_as_not_found_again() -> None:
    matrix = np.array([[0.0]] * 40 + [[9.0]], dtype=np.float32)
    clustering = KMeans().fit(matrix, 2, seed=1, restarts=1)
    found = bootstrap_jaccards(matrix, clustering, KMeans(), draws=20, starts=1, seed=1)
    assert set(found.sum(axis=1)) == {0.0, 2.0}
