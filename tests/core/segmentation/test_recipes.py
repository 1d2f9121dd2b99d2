"""Other scalers and algorithms, compared with a segmentation that was found."""

from __future__ import annotations

from functools import cache

import numpy as np
import pytest
from sklearn.cluster import KMeans
from sklearn.metrics import adjusted_mutual_info_score, silhouette_score
from sklearn.preprocessing import MinMaxScaler

from core.lens import LensFeature, LensSpec, Scaler
from core.readmodels import RecipeScore
from core.segmentation.recipes import compare_recipes
from core.segmentation.registry import ALGORITHMS
from tests.core.segmentation.builders import Planted, groups, lens, numbers


@cache
def compared() -> tuple[Planted, tuple[RecipeScore, ...]]:
    planted = groups(5, 6.0, k=3, n=240, d=3)
    assert planted.truth is not None
    live = (planted.truth == 0).astype(np.int16)
    return planted, compare_recipes(
        planted.frame, planted.features, uncapped(planted), planted.truth, live, seed=2
    )


def uncapped(planted: Planted, **options: object) -> LensSpec:
    uses = [LensFeature(name=feature.name, cap=None) for feature in planted.features]
    return lens(*uses, **options)  # type: ignore[arg-type]


def one(scaler: Scaler, algorithm: str) -> RecipeScore:
    return next(r for r in compared()[1] if (r.scaler, r.algorithm) == (scaler, algorithm))


def test_every_scaler_is_tried_with_every_algorithm_and_one_is_the_run_s_own() -> None:
    _, found = compared()
    assert {(r.scaler, r.algorithm) for r in found} == {
        (scaler.value, algorithm.name) for scaler in Scaler for algorithm in ALGORITHMS
    }
    assert [(r.scaler, r.algorithm) for r in found if r.is_own] == [("standard", "kmeans")]


def test_the_figures_are_those_of_scikit_learn() -> None:
    planted, _ = compared()
    rows = MinMaxScaler().fit_transform(planted.frame)
    theirs = KMeans(3, n_init=20, random_state=0).fit(rows)
    found = one(Scaler.MINMAX, "kmeans")
    ami = adjusted_mutual_info_score(planted.truth, theirs.labels_)
    live = adjusted_mutual_info_score(planted.truth == 0, theirs.labels_)
    assert found.ami_own == pytest.approx(ami, abs=1e-6)
    assert found.ami_live == pytest.approx(live, abs=1e-6)
    assert found.silhouette == pytest.approx(silhouette_score(rows, theirs.labels_), abs=1e-4)
    shares = sorted((np.bincount(theirs.labels_) / len(rows)).tolist(), reverse=True)
    assert found.sizes == pytest.approx(shares)


def test_separated_groups_are_found_again_in_other_draws() -> None:
    assert one(Scaler.STANDARD, "kmeans").jaccard_min == pytest.approx(1, abs=0.05)


def test_the_same_seed_gives_the_same_figures_and_without_a_live_run_there_is_no_agreement() -> (
    None
):
    planted = groups(5, 6.0, k=2, n=90, d=2)
    assert planted.truth is not None
    first, second = (
        compare_recipes(planted.frame, planted.features, uncapped(planted), planted.truth, seed=2)
        for _ in range(2)
    )
    assert first == second
    assert {recipe.ami_live for recipe in first} == {None}


def test_a_recipe_that_finds_too_few_segments_says_so() -> None:
    planted = numbers(np.array([[0.0, 1.0], [1.0, 0.0]] * 20))
    own = np.arange(40) % 3
    found = compare_recipes(planted.frame, planted.features, uncapped(planted), own, seed=1)
    assert {recipe.silhouette for recipe in found} == {None}
    assert all(recipe.message.startswith("There are only 2 different") for recipe in found)
