"""Distances: right, and the same bits whatever else is measured with them."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from sklearn.metrics import pairwise_distances

from core.segmentation.distances import (
    CHUNK_ROWS,
    PRODUCT_ROWS,
    centroids_of,
    inertia_of,
    nearest,
    nearest_with_slack,
    squared_distances,
)

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


few_numbers = st.sampled_from([0.0, 1.0, -1.0, 1.5, 1e-3, 1e6])  # rows repeat, lie equally near


@given(
    both=st.integers(1, 6).flatmap(
        lambda d: st.tuples(
            arrays(np.float32, st.tuples(st.integers(1, 40), st.just(d)), elements=few_numbers),
            arrays(np.float64, st.tuples(st.integers(1, 7), st.just(d)), elements=few_numbers),
        )
    )
)
def test_the_nearest_by_a_product_is_the_least_of_the_distances(
    both: tuple[np.ndarray, np.ndarray],
) -> None:
    rows, centroids = both
    squared = squared_distances(rows, centroids)
    expected = squared.argmin(axis=1)
    labels, slack = nearest_with_slack(rows, centroids)
    assert nearest(rows, centroids).tolist() == labels.tolist() == expected.tolist()
    if len(centroids) > 1:
        first, second = np.sqrt(np.sort(squared, axis=1)[:, :2]).T
        assert (slack <= (second - first) * (1 + 1e-12) + 1e-12).all()
        assert (slack >= 0).all()


def test_the_nearest_is_found_across_blocks_and_far_from_the_origin() -> None:
    rng = np.random.default_rng(2)
    rows = rng.normal(size=(PRODUCT_ROWS + 3, 4)).astype(np.float32)
    for far in (0.0, 1e3, 1e7):
        moved, centroids = rows + np.float32(far), rows[:6].astype(np.float64) * 0.9 + far
        expected = squared_distances(moved, centroids).argmin(axis=1)
        assert nearest(moved, centroids).tolist() == expected.tolist()
        labels, slack = nearest_with_slack(moved, centroids)
        assert labels.tolist() == expected.tolist()
        assert (slack > 0).any() == (far < 1e7)  # so far away, no lead is sure


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
