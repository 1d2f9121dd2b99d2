"""Borders, single drivers and doubled inputs."""

from __future__ import annotations

import numpy as np
import pytest
from sklearn.metrics import adjusted_mutual_info_score

from core.segmentation.base import Clustering, Matrix
from core.segmentation.evidence import border_share, redundant_pairs, single_driver
from core.segmentation.kmeans import KMeans
from core.segmentation.null_reference import feature_blocks
from core.segmentation.verdict import BORDER_SHARE
from tests.core.segmentation.builders import groups, isotropic_noise

RNG = np.random.default_rng(1)


def clustered(*inputs: np.ndarray, k: int) -> tuple[Matrix, Clustering, tuple[slice, ...]]:
    matrix = np.ascontiguousarray(np.column_stack(inputs), dtype=np.float32)
    blocks = feature_blocks([str(i) for i in range(matrix.shape[1])])
    return matrix, KMeans().fit(matrix, k, seed=1, restarts=10), blocks


def test_the_border_zone_is_the_middle_fifth_between_two_centroids() -> None:
    matrix = np.array([[-1.0], [1.0], [-0.19], [0.19], [0.21]], dtype=np.float32)
    clustering = Clustering(np.array([0, 1, 0, 1, 1]), np.array([[-1.0], [1.0]]), 0.0)
    assert border_share(matrix, clustering) == pytest.approx(2 / 5)


@pytest.mark.parametrize("apart", [2.5, 3.5, 4.5, 6.0])
def test_few_are_at_a_border_only_where_the_planted_groups_are_recovered(apart: float) -> None:
    for seed in (1, 2):
        planted = groups(seed, apart, n=1500)
        matrix, clustering, _ = clustered(planted.frame.to_numpy(), k=4)
        recovered = adjusted_mutual_info_score(planted.truth, clustering.labels)
        if border_share(matrix, clustering) <= BORDER_SHARE:
            assert recovered >= 0.87
        else:
            assert recovered < 0.93
            assert apart < 6


def test_noise_has_many_customers_at_borders() -> None:
    matrix, clustering, _ = clustered(isotropic_noise(1).frame.to_numpy(), k=4)
    assert border_share(matrix, clustering) > 0.15


def test_bands_of_one_feature_have_a_single_driver() -> None:
    balance = np.repeat([0.0, 50.0, 100.0], 200) + RNG.normal(size=600)
    matrix, clustering, blocks = clustered(RNG.normal(size=600), balance, k=3)
    assert single_driver(matrix, clustering, blocks) == (1, 1.0)


def test_groups_that_differ_in_everything_have_no_single_driver() -> None:
    group = np.repeat([0.0, 50.0, 100.0], 200)
    inputs = [group + RNG.normal(size=600) for _ in range(3)]
    assert single_driver(*clustered(*inputs, k=3)) is None


def test_a_lens_with_one_feature_is_driven_by_it() -> None:
    assert single_driver(*clustered(RNG.normal(size=600), k=3)) == (0, pytest.approx(1.0, abs=0.03))


def test_nearly_equal_features_are_redundant() -> None:
    income = RNG.normal(size=600)
    matrix, clustering, blocks = clustered(
        income, RNG.normal(size=600), -income + 0.1 * RNG.normal(size=600), k=3
    )
    ((first, second, rho),) = redundant_pairs(matrix, clustering, blocks)
    assert (first, second, round(rho, 1)) == (0, 2, -1.0)


def test_groups_far_apart_do_not_make_their_features_redundant() -> None:
    group = np.repeat([0.0, 50.0, 100.0], 200)
    matrix, clustering, blocks = clustered(
        group + RNG.normal(size=600), group + RNG.normal(size=600), k=3
    )
    assert np.corrcoef(matrix, rowvar=False)[0, 1] > 0.99
    assert redundant_pairs(matrix, clustering, blocks) == []


def test_a_constant_feature_is_redundant_with_none() -> None:
    matrix, clustering, blocks = clustered(RNG.normal(size=99), np.ones(99), k=2)
    assert redundant_pairs(matrix, clustering, blocks) == []
