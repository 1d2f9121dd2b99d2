"""Starts of k-means: rows of the data, spread out, as good as scikit-learn's."""

from __future__ import annotations

import numpy as np
from sklearn.cluster import kmeans_plusplus

from core.segmentation.distances import inertia_of, nearest
from core.segmentation.starts import spread_rows
from tests.core.segmentation.builders import groups

MATRIX = np.ascontiguousarray(groups(1, 3.0, n=800, k=5).frame, dtype=np.float32)
TRIES = 60


def inertia_from(starts: np.ndarray) -> float:
    centroids = starts.astype(np.float64)
    return inertia_of(MATRIX, nearest(MATRIX, centroids), centroids)


def test_they_leave_as_little_inertia_as_scikit_learn_s_on_average() -> None:
    ours = [
        inertia_from(spread_rows(MATRIX, 5, np.random.RandomState(seed))) for seed in range(TRIES)
    ]
    theirs = [
        inertia_from(kmeans_plusplus(MATRIX, 5, random_state=seed)[0]) for seed in range(TRIES)
    ]
    np.testing.assert_allclose(np.mean(ours), np.mean(theirs), rtol=0.05)


def test_they_are_different_rows_of_the_data_and_of_its_type() -> None:
    starts = spread_rows(MATRIX, 5, np.random.RandomState(1))
    assert starts.dtype == np.float32
    rows = {tuple(row) for row in MATRIX.tolist()}
    assert len({tuple(start) for start in starts.tolist()} & rows) == 5


def test_every_one_of_as_many_different_rows_is_found_however_often_they_occur() -> None:
    rows = np.repeat(np.array([[1e3], [1e3 + 1], [-5.0]], dtype=np.float32), [90, 1, 900], axis=0)
    for seed in range(20):
        starts = spread_rows(rows, 3, np.random.RandomState(seed))
        assert sorted(starts.ravel().tolist()) == [-5.0, 1000.0, 1001.0]


def test_the_same_random_state_gives_the_same_starts_and_rows_alike_are_no_error() -> None:
    first, second = (spread_rows(MATRIX, 4, np.random.RandomState(3)) for _ in range(2))
    np.testing.assert_array_equal(first, second)
    assert spread_rows(np.ones((4, 2)), 3, np.random.RandomState(1)).tolist() == [[1.0, 1.0]] * 3
