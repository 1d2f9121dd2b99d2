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
from core.segmentation import density
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


def test_five_scalers_are_tried_with_every_algorithm_and_one_is_the_run_s_own() -> None:
    _, found = compared()
    names = [*(algorithm.name for algorithm in ALGORITHMS), density.NAME]
    assert [(r.scaler, r.algorithm) for r in found] == [
        (scaler, name)
        for scaler in ("standard", "minmax", "robust", "maxabs", "raw")
        for name in names
    ]
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


def test_without_a_scaler_segments_are_those_of_the_units_that_inputs_have() -> None:
    planted = groups(5, 6.0, k=3, n=240, d=3)
    frame = planted.frame.assign(**{planted.features[0].name: planted.frame.iloc[:, 0] * 1e4})
    lens = uncapped(planted, scaler=Scaler.RAW)
    found = next(
        r for r in compare_recipes(frame, planted.features, lens, planted.truth, seed=2) if r.is_own
    )
    theirs = KMeans(3, n_init=20, random_state=0).fit(frame)
    ami = adjusted_mutual_info_score(planted.truth, theirs.labels_)
    assert found.scaler == "raw"
    assert found.ami_own == pytest.approx(ami, abs=1e-6)


def test_a_density_method_finds_planted_groups_and_leaves_strangers_in_none() -> None:
    planted = groups(5, 9.0, k=3, n=300, d=3)
    far = np.array([[90.0, -90.0, 90.0], [-90.0, 90.0, 90.0]])
    rows = np.ascontiguousarray(np.vstack([planted.frame, far]), dtype=np.float32)
    found = density.density_groups(rows)
    assert found[-2:].tolist() == [-1, -1]
    inside = found[:-2] >= 0
    assert inside.mean() > 0.6
    assert adjusted_mutual_info_score(planted.truth[inside], found[:-2][inside]) == pytest.approx(1)
    assert density.density_words(found).startswith("3 groups by density; ")


def test_what_a_density_method_finds_stands_beside_the_others_without_a_stability() -> None:
    planted, _ = compared()
    matrix = np.asarray(planted.frame, dtype=float)
    matrix = (matrix - matrix.mean(axis=0)) / matrix.std(axis=0)
    groups_found = density.density_groups(np.ascontiguousarray(matrix, dtype=np.float32))
    found = one(Scaler.STANDARD, density.NAME)
    assert found.ami_own == pytest.approx(
        adjusted_mutual_info_score(planted.truth, groups_found), abs=1e-6
    )
    assert (found.jaccard_min, found.message) == (None, density.density_words(groups_found))


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
    asked = [recipe for recipe in found if recipe.algorithm != density.NAME]
    assert {recipe.silhouette for recipe in asked} == {None}
    assert all(recipe.message.startswith("There are only 2 different") for recipe in asked)
    dense = [recipe.message for recipe in found if recipe.algorithm == density.NAME]
    assert set(dense) == {"2 groups by density; 0% of customers in none"}
