"""Starts of k-means: the rows that scikit-learn's k-means++ takes."""

from __future__ import annotations

import numpy as np
import pytest
from sklearn.cluster import kmeans_plusplus

from core.segmentation.starts import spread_rows
from tests.core.segmentation.builders import groups, heavy_tails


@pytest.mark.parametrize("seed", range(4))
@pytest.mark.parametrize("k", [2, 5, 12])
def test_scikit_learn_takes_the_same_rows(k: int, seed: int) -> None:
    for planted in (groups(seed, 2.0), heavy_tails(seed)):
        rows = planted.frame.to_numpy(dtype=np.float32)
        rows = rows - rows.mean(axis=0)
        _, theirs = kmeans_plusplus(rows, k, random_state=seed)
        points = rows.astype(np.float64)
        squares = np.einsum("ij,ij->i", points, points)
        ones = np.ones(len(rows), dtype=np.float32)
        ours = spread_rows(points, squares, ones, k, np.random.RandomState(seed))
        assert ours.tolist() == theirs.tolist()


def test_a_row_is_drawn_as_often_as_it_counts() -> None:
    points = np.array([[-1.0], [0.0], [1.0]])
    weights = np.array([0.0, 1.0, 1.0], dtype=np.float32)
    for seed in range(20):
        random = np.random.RandomState(seed)
        found = spread_rows(points, points[:, 0] ** 2, weights, 2, random)
        assert sorted(found.tolist()) == [1, 2]
