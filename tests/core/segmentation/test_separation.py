"""Separation scores: those of scikit-learn, without its n² memory."""

from __future__ import annotations

import numpy as np
import pytest
from sklearn.metrics import calinski_harabasz_score, davies_bouldin_score, silhouette_samples

from core.segmentation.base import Clustering
from core.segmentation.kmeans import KMeans
from core.segmentation.separation import (
    calinski_harabasz,
    davies_bouldin,
    macro_mean,
    silhouettes,
)
from tests.core.segmentation.builders import groups

MATRIX = np.ascontiguousarray(groups(1, 2.5, n=1300).frame, dtype=np.float32)


@pytest.fixture(scope="module", params=[2, 5])
def clustering(request: pytest.FixtureRequest) -> Clustering:
    return KMeans().fit(MATRIX, request.param, seed=1, restarts=3)


def test_silhouettes_are_exact_for_every_labeling(clustering: Clustering) -> None:
    other = np.arange(len(MATRIX)) % 3
    found = silhouettes(MATRIX, [clustering.labels, other])
    for labels, widths in zip((clustering.labels, other), found, strict=True):
        expected = silhouette_samples(MATRIX.astype(np.float64), labels)
        np.testing.assert_allclose(widths, expected, atol=1e-6)


def test_a_customer_alone_in_a_cluster_has_silhouette_zero() -> None:
    rows = np.array([[0.0], [1.0], [50.0]])
    assert silhouettes(rows, [np.array([0, 0, 1])])[0][2] == 0


def test_a_label_without_rows_in_the_sample_is_nobody_s_neighbour() -> None:
    rows = np.array([[0.0], [1.0], [10.0], [11.0]])
    with_gap = silhouettes(rows, [np.array([0, 0, 2, 2])])[0]
    np.testing.assert_array_equal(with_gap, silhouettes(rows, [np.array([0, 0, 1, 1])])[0])


def test_identical_customers_have_silhouette_zero() -> None:
    assert silhouettes(np.zeros((4, 2)), [np.array([0, 0, 1, 1])])[0].tolist() == [0] * 4


def test_equal_customers_far_from_the_rest_are_not_told_apart_by_rounding() -> None:
    rows = np.repeat(np.array([[100.0, 0.1], [101.0, 0.1], [-100.0, 0.1]]), 20, axis=0)
    labels = np.repeat([0, 1, 2], 20)
    np.testing.assert_allclose(silhouettes(rows, [labels])[0], np.ones(60), atol=1e-5)


def test_calinski_harabasz_and_davies_bouldin_are_scikit_learn_s(clustering: Clustering) -> None:
    expected = calinski_harabasz_score(MATRIX, clustering.labels)
    assert calinski_harabasz(MATRIX, clustering) == pytest.approx(expected, rel=1e-5)
    expected = davies_bouldin_score(MATRIX, clustering.labels)
    assert davies_bouldin(MATRIX, clustering) == pytest.approx(expected, rel=1e-5)


def test_perfectly_tight_clusters_have_finite_scores() -> None:
    rows = np.repeat(np.array([[0.0], [1.0]], dtype=np.float32), 5, axis=0)
    tight = KMeans().fit(rows, 2, seed=1, restarts=2)
    assert (calinski_harabasz(rows, tight), davies_bouldin(rows, tight)) == (1.0, 0.0)


def test_the_macro_mean_counts_small_clusters_as_much_as_large_ones() -> None:
    assert macro_mean(np.array([1.0] * 9 + [0.0]), np.array([0] * 9 + [3])) == 0.5
