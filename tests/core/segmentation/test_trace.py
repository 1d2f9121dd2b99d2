"""Our own k-means: every step kept, scikit-learn's end from the same start, a long way found."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray
from sklearn.cluster import KMeans as SklearnKMeans

from core.errors import UsageError
from core.segmentation.base import Clustering
from core.segmentation.distances import inertia_of
from core.segmentation.film import LEAST_FRAMES, MOST_FRAMES, filled, film
from core.segmentation.gmm import GaussianMixture
from core.segmentation.kmeans import KMeans
from core.segmentation.trace import Step, trace
from core.segmentation.trace_search import trace_to
from tests.core.segmentation.builders import isotropic_noise


def groups(seed: int, *, spread: float = 1.0, n: int = 600) -> NDArray[np.float32]:
    """Return four groups in three dimensions."""
    random = np.random.default_rng(seed)
    centres = random.normal(scale=4, size=(4, 3))
    return (centres[random.integers(4, size=n)] + random.normal(scale=spread, size=(n, 3))).astype(
        np.float32
    )


@given(seed=st.integers(0, 10_000), k=st.integers(2, 5))
def test_it_ends_where_scikit_learn_ends_from_the_same_start(seed: int, k: int) -> None:
    rows = groups(seed, spread=2.0, n=120).astype(np.float64)
    start = rows[np.random.default_rng(seed).choice(len(rows), size=k, replace=False)]
    try:
        ours = trace(rows, start)
    except UsageError:  # a centroid without rows: scikit-learn moves it elsewhere
        return
    theirs = SklearnKMeans(k, init=start, n_init=1, max_iter=300, tol=0, algorithm="lloyd")
    theirs.fit(rows)
    np.testing.assert_array_equal(ours.labels, theirs.labels_)
    np.testing.assert_allclose(ours.centroids, theirs.cluster_centers_, rtol=1e-9, atol=1e-9)


def test_inertia_never_grows_and_every_iteration_is_kept() -> None:
    rows = groups(1, spread=3.0)
    run = trace(rows, rows[:4])
    inertias = [frame.inertia for frame in run.frames]
    assert all(later <= earlier + 1e-6 for earlier, later in pairwise(inertias))
    steps = [frame.step for frame in run.frames]
    assert steps[0] is Step.START
    assert steps[1:] == [Step.ASSIGN, Step.UPDATE] * (run.iterations - 1) + [Step.ASSIGN]
    assert (run.frames[0].labels == -1).all()
    assert run.frames[1].changed == len(rows)
    assert run.frames[-1].changed == 0


def test_only_the_watched_rows_are_kept_but_all_are_counted() -> None:
    rows = groups(2)
    whole, watched = trace(rows, rows[:3]), trace(rows, rows[:3], np.array([5, 7]))
    for all_rows, two in zip(whole.frames, watched.frames, strict=True):
        assert two.labels.tolist() == all_rows.labels[[5, 7]].tolist()
        assert (two.inertia, two.changed) == (all_rows.inertia, all_rows.changed)


def test_parts_of_an_update_are_marked_and_have_the_inertia_of_their_place() -> None:
    rows = np.array([[0.0], [1.0], [9.0], [10.0]])
    run = trace(rows, np.array([[0.0], [1.0]]))
    frames = filled(run.frames)
    assert len(frames) >= LEAST_FRAMES
    assert [frame for frame in frames if frame.step is not Step.PART] == list(run.frames)
    for frame in frames:
        if frame.step is Step.PART:
            there = inertia_of(rows, frame.labels, frame.centroids)
            assert frame.inertia == pytest.approx(there, rel=1e-12)


@pytest.mark.parametrize("seed", range(4))
def test_a_long_way_ends_in_the_published_partition(seed: int) -> None:
    rows = groups(seed, spread=2.0)
    found = KMeans().fit(rows, 4, seed=seed, restarts=10)
    run = trace_to(rows, found, np.arange(50), seed=seed)
    assert run is not None
    np.testing.assert_array_equal(run.labels, found.labels)
    np.testing.assert_allclose(run.centroids, found.centroids, rtol=1e-9)
    assert run.frames[-1].labels.tolist() == found.labels[:50].tolist()
    assert len(run.frames) >= LEAST_FRAMES
    again = trace_to(rows, found, np.arange(50), seed=seed)
    assert again is not None
    assert [frame.inertia for frame in again.frames] == [frame.inertia for frame in run.frames]


@st.composite
def odd_customers(draw: st.DrawFn) -> tuple[NDArray[np.float32], int, int]:
    """Few customers, in groups far apart or in one crowd, some of them the same; k; a seed."""
    seed, k = draw(st.integers(0, 10_000)), draw(st.integers(2, 5))
    n, d = draw(st.integers(k, 60)), draw(st.integers(1, 4))
    random = np.random.default_rng(seed)
    far = draw(st.sampled_from([0.0, 3.0, 1000.0]))
    rows = random.normal(size=(n, d)) + far * random.integers(k, size=(n, 1))
    return np.repeat(rows, draw(st.integers(1, 3)), axis=0).astype(np.float32), k, seed


@settings(max_examples=30, deadline=None)
@given(customers=odd_customers())
def test_few_or_odd_customers_have_a_player_that_ends_as_published(
    customers: tuple[NDArray[np.float32], int, int],
) -> None:
    rows, k, seed = customers
    found = KMeans().fit(rows, k, seed=seed, restarts=3)
    run = trace_to(rows, found, np.arange(len(rows)), seed=seed)
    assert run is not None
    frames = filled(run.frames)
    assert len(frames) >= LEAST_FRAMES
    assert (frames[0].step, frames[-1].step) == (Step.START, Step.ASSIGN)
    assert frames[-1].labels.tolist() == run.labels.tolist() == found.labels.tolist()
    assert frames[-1].changed == 0
    np.testing.assert_allclose(run.centroids, found.centroids, rtol=1e-9, atol=1e-9)
    theirs = SklearnKMeans(k, init=frames[0].centroids, n_init=1, max_iter=300, tol=0)
    np.testing.assert_array_equal(theirs.fit(rows.astype(np.float64)).labels_, run.labels)


def test_customers_too_rare_for_the_sample_have_a_player_all_the_same() -> None:
    rows = np.repeat(np.array([[0.0, 0.0], [1.0, 1.0]], dtype=np.float32), 5_000, axis=0)
    rows[7] = (9.0, 9.0)
    found = KMeans().fit(rows, 3, seed=0, restarts=3)
    run = trace_to(rows, found, np.arange(10), seed=0)
    assert run is not None
    assert run.labels.tolist() == found.labels.tolist()
    assert len(filled(run.frames)) >= LEAST_FRAMES


@pytest.mark.parametrize("k", [3, 6])
def test_very_many_customers_without_groups_have_a_player_that_ends_as_published(k: int) -> None:
    """Many places are at rest there: hardly any start leads to just the one that was published."""
    rows = isotropic_noise(1, n=20_000).frame.to_numpy(dtype=np.float32)
    found = KMeans(sample_rows=500).fit(rows, k, seed=1, restarts=3)
    run = trace_to(rows, found, np.arange(100), seed=1)
    assert run is not None
    assert run.labels.tolist() == found.labels.tolist()
    frames = film(run.frames)
    assert LEAST_FRAMES <= len(frames) <= MOST_FRAMES
    assert (frames[0].step, frames[-1].changed) == (Step.START, 0)
    assert frames[-1].labels.tolist() == found.labels[:100].tolist()
    assert frames[-1].inertia == pytest.approx(found.inertia, rel=1e-9)


def test_rows_as_near_to_one_centroid_as_to_another_have_a_player_all_the_same() -> None:
    rows = np.array([[0.0], [6.0], [8.0], [10.0]])  # 6 lies in the middle of 3 and 9
    found = Clustering(np.array([0, 0, 1, 1]), np.array([[3.0], [9.0]]), 20.0)
    run = trace_to(rows, found, np.arange(4), seed=0)
    assert run is not None
    assert run.labels.tolist() == [0, 0, 1, 1]
    assert len(film(run.frames)) >= LEAST_FRAMES


def test_clusters_at_rest_have_a_player_even_if_no_way_to_them_is_known() -> None:
    random = np.random.default_rng(1)
    rows = random.normal(size=(3_000, 8)).astype(np.float32)
    found = KMeans(sample_rows=100).fit(rows, 7, seed=1, restarts=1)
    lost = Clustering(found.labels, found.centroids, found.inertia)
    run = trace_to(rows, lost, np.arange(10), seed=1)
    assert run is not None
    assert run.labels.tolist() == found.labels.tolist()
    assert len(film(run.frames)) >= LEAST_FRAMES


def test_a_very_long_way_is_shown_in_part() -> None:
    rows = isotropic_noise(2, n=20_000).frame.to_numpy(dtype=np.float64)
    run = trace(rows, rows[:6], np.arange(3), iterations=1_000)
    assert len(run.frames) > MOST_FRAMES
    frames = film(run.frames)
    assert len(frames) <= MOST_FRAMES
    assert frames[:60] == run.frames[:60]
    assert frames[-1] is run.frames[-1]
    shown = [frame.iteration for frame in frames]
    assert shown == sorted(shown)


def test_clusters_that_are_no_fixed_point_of_k_means_have_no_trace() -> None:
    random = np.random.default_rng(3)
    rows = np.vstack(
        [random.normal(size=(300, 2)) * (6, 0.3), random.normal(size=(300, 2)) * (0.3, 6)]
    ).astype(np.float32)
    found = GaussianMixture().fit(rows, 3, seed=0, restarts=3)
    moved = KMeans().fit(rows, 3, seed=0, restarts=3)
    assert not np.array_equal(found.labels, moved.labels)
    assert trace_to(rows, found, np.arange(10), seed=0) is None


def test_a_start_that_does_not_fit_is_refused() -> None:
    rows = groups(0)
    with pytest.raises(UsageError, match="as many columns as the matrix"):
        trace(rows, rows[:3, :2])
    far = np.vstack([rows[:2], np.full((1, 3), 1e6)])
    with pytest.raises(UsageError, match="left without rows"):
        trace(rows, far)
