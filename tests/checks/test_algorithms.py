"""What every clustering algorithm promises, checked for all that are registered."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import numpy as np
import pytest
from sklearn.metrics import adjusted_mutual_info_score

from core.errors import DataError, UsageError
from core.scoring import score
from core.segmentation.base import Algorithm, Matrix
from core.segmentation.build import build_model
from core.segmentation.distances import inertia_of, nearest
from core.segmentation.fit import segment_lens
from core.segmentation.model import SegmentationModel
from core.segmentation.registry import ALGORITHMS, algorithm_named
from tests.core.segmentation.builders import columns_of, groups, mixed_customers, mixed_lens

pytestmark = pytest.mark.parametrize("algorithm", ALGORITHMS, ids=lambda a: a.name)

PLANTED = groups(11, 7.0, n=300, k=3)
MATRIX = np.ascontiguousarray(PLANTED.frame, dtype=np.float32)


def test_the_same_seed_gives_the_same_bits(algorithm: Algorithm) -> None:
    first, second = (algorithm.fit(MATRIX, 4, seed=5, restarts=3) for _ in range(2))
    assert first.labels.tolist() == second.labels.tolist()
    assert first.centroids.tolist() == second.centroids.tolist()
    assert first.inertia == second.inertia


def test_every_row_gets_the_label_of_its_nearest_centroid(algorithm: Algorithm) -> None:
    found = algorithm.fit(MATRIX, 4, seed=5, restarts=3)
    assert found.labels.dtype == np.int64
    assert found.centroids.dtype == np.float64
    assert found.centroids.shape == (4, MATRIX.shape[1])
    np.testing.assert_array_equal(found.labels, nearest(MATRIX, found.centroids))
    assert found.inertia == pytest.approx(inertia_of(MATRIX, found.labels, found.centroids))


def test_no_label_is_unused_and_the_largest_comes_first(algorithm: Algorithm) -> None:
    sizes = algorithm.fit(MATRIX, 4, seed=5, restarts=3).sizes
    assert sizes.min() > 0
    assert (np.diff(sizes) <= 0).all()
    assert sizes.sum() == len(MATRIX)


def test_separated_groups_are_recovered(algorithm: Algorithm) -> None:
    found = algorithm.fit(MATRIX, 3, seed=5, restarts=10)
    assert adjusted_mutual_info_score(PLANTED.truth, found.labels) > 0.95


def test_the_order_of_rows_does_not_matter_where_groups_are_separated(algorithm: Algorithm) -> None:
    order = np.random.default_rng(1).permutation(len(MATRIX))
    first = algorithm.fit(MATRIX, 3, seed=5, restarts=10)
    second = algorithm.fit(np.ascontiguousarray(MATRIX[order]), 3, seed=5, restarts=10)
    np.testing.assert_array_equal(second.labels, first.labels[order])


def test_the_matrix_is_left_as_it_is(algorithm: Algorithm) -> None:
    matrix: Matrix = MATRIX.copy()
    matrix.flags.writeable = False
    algorithm.fit(matrix, 3, seed=5, restarts=2)


def test_fewer_different_rows_than_clusters_are_refused_in_words(algorithm: Algorithm) -> None:
    with pytest.raises(DataError, match="only 2 different customers to cluster, fewer than the 3"):
        algorithm.fit(np.repeat(MATRIX[:2], 30, axis=0), 3, seed=5, restarts=2)


def test_a_model_read_back_from_json_predicts_identically(algorithm: Algorithm) -> None:
    frame, features = mixed_customers(n=250)
    lens = mixed_lens(k=(4, 4), algorithm=algorithm.name)
    fit = segment_lens(frame, features, lens, seed=2)
    model = build_model(fit, (1, 2, 3), 0, as_of=date(1995, 12, 31))
    again = SegmentationModel.from_json(model.to_json(), model.sha256)
    assert score(again, columns_of(frame)).segment.tolist() == (fit.cluster + 1).tolist()


def test_it_is_found_by_its_name_and_has_words_for_people(algorithm: Algorithm) -> None:
    assert algorithm_named(algorithm.name) is algorithm
    assert algorithm.label
    with pytest.raises(UsageError, match=rf"Choose one of: .*{algorithm.name}"):
        algorithm_named("kmean")


def test_the_guide_to_algorithms_mentions_it(algorithm: Algorithm) -> None:
    guide = Path(__file__).parents[2] / "docs" / "add-an-algorithm.md"
    assert f"`{algorithm.name}`" in guide.read_text(encoding="utf-8")
