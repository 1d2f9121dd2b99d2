"""Distances: right, and the same bits whatever else is measured with them."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from sklearn.metrics import pairwise_distances

from core.segmentation.distances import CHUNK_ROWS, centroids_of, inertia_of, squared_distances

numbers = st.floats(-1e6, 1e6, width=32)


@given(
    rows=st.integers(1, 40).flatmap(
        lambda d: arrays(np.float32, st.tuples(st.integers(1, 9), st.just(d)), elements=numbers)
    )
)
def test_a_row_alone_has_the_bits_it_has_in_a_batch(rows: np.ndarray) -> None:
    centroids = rows[:3].astype(np.float64) * 0.7 + 0.1
    together = squared_distances(rows, centroids)
    alone = np.vstack([squared_distances(rows[i : i + 1], centroids) for i in range(len(rows))])
    many = squared_distances(np.tile(rows, (9, 1)), centroids)[: len(rows)]
    assert together.tolist() == alone.tolist() == many.tolist()


def test_they_are_euclidean_across_blocks_of_rows() -> None:
    rng = np.random.default_rng(1)
    rows, centroids = rng.normal(size=(CHUNK_ROWS + 7, 5)), rng.normal(size=(3, 5))
    expected = pairwise_distances(rows, centroids) ** 2
    np.testing.assert_allclose(squared_distances(rows, centroids), expected, rtol=1e-10, atol=1e-12)
    labels = expected.argmin(axis=1)
    inertia = inertia_of(rows, labels, centroids)
    np.testing.assert_allclose(inertia, expected.min(axis=1).sum(), rtol=1e-12)


def test_centroids_are_means_and_nan_for_a_label_nobody_has() -> None:
    rows = np.array([[1.0, 2.0], [3.0, 4.0], [5.0, 0.0]], dtype=np.float32)
    found = centroids_of(rows, np.array([0, 0, 2]), 3)
    np.testing.assert_array_equal(found, [[2, 3], [np.nan, np.nan], [5, 0]])
