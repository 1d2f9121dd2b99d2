"""What must not matter to segments: order, copies, units, the names of clusters."""

from __future__ import annotations

import numpy as np
import pandas as pd
from hypothesis import given, settings
from hypothesis import strategies as st
from sklearn.metrics import adjusted_rand_score

from core.lens import LensFeature
from core.preparation import fit_preparation
from core.segmentation.base import Clustering, Matrix
from core.segmentation.components import OnComponents
from core.segmentation.kmeans import KMeans
from core.segmentation.separation import calinski_harabasz, davies_bouldin, silhouettes
from core.segmentation.stability import best_jaccards
from tests.core.segmentation.builders import feature, groups, lens

PLANTED = groups(8, 6.0, k=3, n=90, d=3)
MATRIX = np.ascontiguousarray(PLANTED.frame, dtype=np.float32)
FOUND = KMeans().fit(MATRIX, 3, seed=1, restarts=5)
NAMES = [one.name for one in PLANTED.features]


def prepared(frame: pd.DataFrame) -> Matrix:
    uses = [LensFeature(name=name, cap=None) for name in NAMES]
    return fit_preparation(frame, [feature(name) for name in NAMES], lens(*uses)).transform(frame)


@settings(max_examples=10, deadline=None)
@given(
    scale=st.lists(st.floats(1e-3, 1e3), min_size=3, max_size=3),
    shift=st.lists(st.floats(-1e3, 1e3), min_size=3, max_size=3),
)
def test_the_units_of_inputs_do_not_matter_once_they_are_standardised(
    scale: list[float], shift: list[float]
) -> None:
    moved = PLANTED.frame * scale + shift
    first, second = (
        KMeans().fit(prepared(frame), 3, seed=1, restarts=5) for frame in (PLANTED.frame, moved)
    )
    assert first.labels.tolist() == second.labels.tolist()


@settings(max_examples=10, deadline=None)
@given(order=st.permutations(range(90)))
def test_the_order_of_customers_does_not_matter_on_components_either(order: list[int]) -> None:
    algorithm = OnComponents(KMeans(), 2)
    whole = algorithm.fit(MATRIX, 3, seed=1, restarts=5)
    shuffled = algorithm.fit(np.ascontiguousarray(MATRIX[order]), 3, seed=1, restarts=5)
    assert shuffled.labels.tolist() == whole.labels[order].tolist()


@settings(max_examples=5, deadline=None)
@given(copies=st.integers(2, 5))
def test_customers_counted_several_times_alike_leave_the_centroids_where_they_are(
    copies: int,
) -> None:
    doubled = np.ascontiguousarray(np.tile(MATRIX, (copies, 1)))
    found = KMeans().fit(doubled, 3, seed=1, restarts=5)
    order = np.lexsort(found.centroids.T)
    expected = FOUND.centroids[np.lexsort(FOUND.centroids.T)]
    np.testing.assert_allclose(found.centroids[order], expected, atol=1e-6)
    np.testing.assert_allclose(found.inertia, copies * FOUND.inertia, rtol=1e-6)


@given(names=st.permutations(range(3)))
def test_the_numbers_of_clusters_do_not_matter_to_any_score(names: list[int]) -> None:
    renamed = np.array(names)[FOUND.labels]
    back = np.argsort(names)
    other = Clustering(renamed, FOUND.centroids[back], FOUND.inertia)
    first, second = silhouettes(MATRIX, [FOUND.labels, renamed])
    np.testing.assert_allclose(first, second, atol=1e-12)
    for score in (calinski_harabasz, davies_bouldin):
        np.testing.assert_allclose(score(MATRIX, other), score(MATRIX, FOUND), rtol=1e-12)
    assert best_jaccards(FOUND.labels, renamed).tolist() == [1.0] * 3
    assert adjusted_rand_score(FOUND.labels, renamed) == 1.0
