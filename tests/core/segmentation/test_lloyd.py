"""Lloyd's algorithm with rows left out that cannot have changed: as plain Lloyd has it."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from core.segmentation.kmeans import KMeans
from core.segmentation.lloyd import run_lloyd
from core.segmentation.trace import trace
from tests.core.segmentation.builders import groups, isotropic_noise

few_values = st.integers(-4, 4).map(float)  # so that rows repeat and lie equally near
small_matrices = arrays(np.float32, st.tuples(st.integers(4, 30), st.just(2)), elements=few_values)


def plain(rows: np.ndarray, start: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Means and labels once no label changes, every distance measured in every round."""
    centroids, labels = start, np.full(len(rows), -1)
    for _ in range(300):
        again = ((rows[:, None] - centroids) ** 2).sum(axis=2).argmin(axis=1)
        if (again == labels).all():
            break
        labels = again
        centroids = np.array([rows[labels == i].mean(axis=0) for i in range(len(start))])
    return centroids, labels


@pytest.mark.parametrize("k", [2, 3, 7])
@pytest.mark.parametrize("seed", [1, 2, 3])
def test_it_ends_where_plain_lloyd_ends(seed: int, k: int) -> None:
    for planted in (groups(seed, 2.0, n=600), isotropic_noise(seed, n=600)):
        rows = planted.frame.to_numpy()
        start = rows[:k].copy()
        centroids, labels = plain(rows, start)
        found = run_lloyd(rows, start, rounds=300)
        assert found.labels.tolist() == labels.tolist()
        np.testing.assert_allclose(found.centroids, centroids, rtol=1e-9, atol=1e-12)
        assert found.counts.tolist() == np.bincount(labels, minlength=k).tolist()


def test_it_takes_as_many_rounds_as_the_traced_algorithm() -> None:
    rows = isotropic_noise(4, n=500).frame.to_numpy()
    found = run_lloyd(rows, rows[:5], rounds=300)
    assert 300 - found.left == trace(rows, rows[:5]).iterations - 1


@given(matrix=small_matrices, counts=st.data())
def test_a_weight_is_as_many_equal_rows(matrix: np.ndarray, counts: st.DataObject) -> None:
    rows = matrix.astype(np.float64)
    weights = counts.draw(
        arrays(np.float64, len(rows), elements=st.integers(1, 3).map(float)), label="weights"
    )
    repeated = np.repeat(rows, weights.astype(int), axis=0)
    start = np.array([[-3.0, 0.25], [2.5, 1.75]])
    once, often = (
        run_lloyd(rows, start, weights, rounds=50),
        run_lloyd(repeated, start, rounds=50),
    )
    assert np.repeat(once.labels, weights.astype(int)).tolist() == often.labels.tolist()
    assert once.counts.tolist() == often.counts.tolist()


def test_a_centroid_without_rows_goes_to_the_row_furthest_from_its_own() -> None:
    rows = np.array([[0.0], [1.0], [2.0], [9.0]])
    found = run_lloyd(rows, np.array([[1.0], [500.0]]), rounds=300)
    assert found.labels.tolist() == [0, 0, 0, 1]
    assert found.centroids.tolist() == [[1.0], [9.0]]


def test_a_centroid_without_rows_stays_where_no_row_is_away_from_its_own() -> None:
    rows = np.array([[0.0], [0.0], [5.0]])
    found = run_lloyd(rows, np.array([[0.0], [5.0], [7.0]]), rounds=300)
    assert found.counts.tolist() == [2.0, 1.0, 0.0]
    assert found.centroids.tolist() == [[0.0], [5.0], [7.0]]


def test_near_enough_it_goes_on_for_a_few_rounds_only() -> None:
    rows = isotropic_noise(5, n=500).frame.to_numpy()
    stopped = run_lloyd(rows, rows[:5], rounds=300, tolerance=np.inf, afterwards=0)
    assert (stopped.left, stopped.counts.sum()) == (0, 500)
    twice = run_lloyd(rows, rows[:5], rounds=300, tolerance=np.inf, afterwards=2)
    thrice = run_lloyd(rows, rows[:5], rounds=3)
    assert twice.centroids.tolist() == thrice.centroids.tolist()


@given(matrix=small_matrices)
def test_order_and_repeats_of_rows_leave_a_fixed_point(matrix: np.ndarray) -> None:
    twice = np.ascontiguousarray(np.repeat(matrix, 2, axis=0))
    if len(np.unique(matrix, axis=0)) < 3:
        return
    found = KMeans().fit(twice, 3, seed=1, restarts=3)
    assert found.labels[::2].tolist() == found.labels[1::2].tolist()
    assert found.sizes.sum() == 2 * len(matrix)
