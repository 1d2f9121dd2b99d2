"""What a lens may state of its preparation: stand-ins, caps, the range of min-max, components."""

from __future__ import annotations

from datetime import date
from functools import cache

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import ValidationError
from sklearn.cluster import KMeans
from sklearn.decomposition import PCA
from sklearn.metrics import silhouette_score
from sklearn.preprocessing import MinMaxScaler

from core.lens import Impute, LensFeature, LensSpec, Scaler
from core.preparation import Preparation, fit_preparation
from core.scoring import Scorer, explain, score, smallest_change
from core.scoring_one import SingleScorer
from core.segmentation.build import build_model
from core.segmentation.components import OnComponents, principal_subspace
from core.segmentation.fit import LensFit, segment_lens
from core.segmentation.kmeans import KMeans as OurKMeans
from core.segmentation.model import MissingFlag, NumericColumn, SegmentationModel
from core.segmentation.separation import davies_bouldin
from tests.core.segmentation.builders import (
    columns_of,
    correlated_cloud,
    feature,
    lens,
    mixed_customers,
    mixed_lens,
)


def prepared(values: list[float | None], use: LensFeature, **options: object) -> Preparation:
    frame = pd.DataFrame({"income": values}, dtype=float)
    return fit_preparation(frame, [feature("income")], lens(use, **options))  # type: ignore[arg-type]


def number(preparation: Preparation) -> NumericColumn:
    column = preparation.columns[0]
    assert isinstance(column, NumericColumn)
    return column


@pytest.mark.parametrize(
    ("impute", "stands_in", "flagged"),
    [(Impute.MEDIAN, 2.0, True), (Impute.MEAN, 4.0, True), (Impute.ZERO, 0.0, False)],
)
def test_a_missing_number_is_imputed_as_stated_and_zero_needs_no_flag(
    impute: Impute, stands_in: float, flagged: bool
) -> None:
    found = prepared([1.0, 2.0, 9.0, None], LensFeature(name="income", impute=impute, cap=None))
    assert number(found).impute == stands_in
    assert [isinstance(column, MissingFlag) for column in found.columns[1:]] == [True] * flagged


def test_a_customer_scored_with_a_missing_number_is_told_that_zero_stands_in() -> None:
    frame, features = mixed_customers()
    use = LensFeature(name="days_since", impute=Impute.ZERO, cap=None)
    fit = segment_lens(frame, features, lens(use, "savings", k=(2, 2)), seed=1)
    model = build_model(fit, (0, 1), as_of=date(1995, 12, 31))
    (warning,) = score(model, {"days_since": [None], "savings": [10.0]}).warnings
    assert warning.text == "days_since is missing; 0 stands in."


def test_the_upper_tail_is_capped_at_the_mean_and_so_many_sample_deviations() -> None:
    values = [-900.0, *[1.0, 2.0, 3.0] * 100, 900.0]
    column = number(prepared([*values, None], LensFeature(name="income", cap_sd=5)))
    expected = float(pd.Series(values).mean() + 5 * pd.Series(values).std())
    assert column.cap_low is None
    assert column.cap_high == pytest.approx(expected)
    assert expected < 900


def test_a_cap_in_deviations_takes_the_place_of_the_quantile() -> None:
    use = LensFeature(name="income", cap_sd=5)
    assert use.cap is None
    assert LensFeature.model_validate_json(use.model_dump_json()) == use
    with pytest.raises(ValidationError, match="cap and cap_sd exclude each other"):
        LensFeature(name="income", cap=0.99, cap_sd=5)


def test_min_max_brings_a_number_to_the_stated_range_as_scikit_learn_does() -> None:
    rng = np.random.default_rng(1)
    values = rng.gamma(2, 50, 40)
    use = LensFeature(name="income", cap=None)
    found = prepared(values.tolist(), use, scaler=Scaler.MINMAX, scale_to=(1, 10))
    expected = MinMaxScaler((1, 10)).fit_transform(values[:, None])[:, 0]
    matrix = found.transform(pd.DataFrame({"income": values}))
    np.testing.assert_allclose(matrix[:, 0], expected, rtol=1e-5)


def test_the_fitted_minima_and_maxima_scale_a_customer_who_comes_alone() -> None:
    use = LensFeature(name="income", cap=None)
    found = prepared([10.0, 20.0, 30.0], use, scaler=Scaler.MINMAX, scale_to=(0, 5))
    assert (found.references[0].quantiles[0], found.references[0].quantiles[-1]) == (10.0, 30.0)
    assert found.transform(pd.DataFrame({"income": [20.0]})).tolist() == [[2.5]]


def test_a_range_that_ends_before_it_begins_is_refused() -> None:
    with pytest.raises(ValidationError, match="scale_to goes from 5 to 0; state the lower end"):
        lens("income", scale_to=(5, 0))


def test_a_lens_stored_before_these_choices_existed_reads_as_it_was() -> None:
    old = '{"name": "income", "log": true, "cap": 0.99, "weight": 2.0}'
    assert LensFeature.model_validate_json(old) == LensFeature(
        name="income", log=True, cap=0.99, weight=2
    )


# Clustering on principal components.


CLOUD = correlated_cloud(3, n=500)
MATRIX = np.ascontiguousarray(CLOUD.frame, dtype=np.float32)


@cache
def on_components() -> tuple[pd.DataFrame, LensFit, SegmentationModel]:
    frame, features = mixed_customers()
    fit = segment_lens(frame, features, mixed_lens(components=3, k=(3, 4)), seed=3)
    numbers = range(1, fit.clustering.k + 1)
    return frame, fit, build_model(fit, tuple(numbers), 0, as_of=date(1995, 12, 31))


def customer(frame: pd.DataFrame, row: int) -> dict[str, float | str | None]:
    cells = {str(name): frame[name].iloc[row] for name in frame}
    return {
        name: None if pd.isna(cell) else cell.item() if isinstance(cell, np.generic) else cell
        for name, cell in cells.items()
    }


def segment_of(model: SegmentationModel, values: dict[str, float | str | None]) -> int:
    return int(score(model, {name: [value] for name, value in values.items()}).segment[0])


@pytest.mark.parametrize("components", [1, 2, 6])
def test_segments_on_components_are_those_of_scikit_learn(components: int) -> None:
    found = OnComponents(OurKMeans(), components).fit(MATRIX, 3, seed=1, restarts=20)
    scores = PCA(components).fit_transform(MATRIX.astype(float))
    theirs = KMeans(3, n_init=20, random_state=1, tol=0).fit(scores)
    assert found.inertia == pytest.approx(theirs.inertia_, rel=1e-6)
    sizes = sorted(np.bincount(theirs.labels_).tolist(), reverse=True)
    assert found.sizes.tolist() == sizes


def test_the_subspace_is_that_of_scikit_learn_s_components() -> None:
    found = principal_subspace(MATRIX, 2)
    theirs = PCA(2).fit(MATRIX.astype(float))
    np.testing.assert_allclose(np.abs(found.components), np.abs(theirs.components_), atol=1e-6)
    np.testing.assert_allclose(found.components @ found.components.T, np.eye(2), atol=1e-15)


def test_directions_in_which_nobody_differs_are_not_counted_as_components() -> None:
    doubled = np.ascontiguousarray(np.hstack([MATRIX[:, :2]] * 2))
    assert principal_subspace(doubled, 4).components.shape == (2, 4)


def test_all_components_make_the_same_segments_as_none() -> None:
    plain = OurKMeans().fit(MATRIX, 3, seed=1, restarts=20)
    rotated = OnComponents(OurKMeans(), 6).fit(MATRIX, 3, seed=1, restarts=20)
    assert rotated.labels.tolist() == plain.labels.tolist()
    assert davies_bouldin(MATRIX, rotated) == pytest.approx(davies_bouldin(MATRIX, plain), rel=1e-5)


def test_the_evidence_is_measured_on_the_components() -> None:
    _, fit, _ = on_components()
    placed = fit.clustering.place(fit.matrix)
    assert placed.shape[1] == 3
    chosen = next(found for found in fit.sweep.scores if found.chosen)
    expected = silhouette_score(placed, fit.clustering.labels)
    assert chosen.silhouette == pytest.approx(expected, abs=0.02)  # the sweep has fewer starts
    inertia = ((placed - fit.clustering.places[fit.clustering.labels]) ** 2).sum()
    assert fit.clustering.inertia == pytest.approx(inertia)


def test_the_stored_model_gives_everyone_the_segment_and_distance_of_the_fit() -> None:
    frame, fit, model = on_components()
    again = SegmentationModel.from_json(model.to_json(), model.sha256)
    assert again == model
    scores = score(again, columns_of(frame))
    assert (scores.segment == np.where(fit.active, fit.cluster + 1, 0)).all()
    places = fit.clustering.places[fit.clustering.labels]
    distance = np.sqrt(((fit.clustering.place(fit.matrix) - places) ** 2).sum(axis=1))
    np.testing.assert_allclose(scores.distance[fit.active], distance, rtol=1e-5)
    assert scores.typicality[fit.active].min() >= 0
    assert np.median(scores.typicality[fit.active]) == pytest.approx(50, abs=2)


def test_one_customer_is_scored_as_in_the_batch_bit_for_bit() -> None:
    frame, _, model = on_components()
    batch = score(model, columns_of(frame))
    single = SingleScorer(Scorer(model))
    for row in range(60):
        found = single.score(customer(frame, row))
        assert found.segment == batch.segment[row]
        if found.distance is not None:
            assert found.distance == batch.distance[row]
            assert found.typicality == batch.typicality[row]


@settings(max_examples=30, deadline=None)
@given(row=st.integers(0, 399))
def test_contributions_of_original_features_add_up_to_the_difference_of_distances(row: int) -> None:
    frame, _, model = on_components()
    values = customer(frame, row)
    found = explain(model, values)
    if found.total is None:
        return
    compiled = Scorer(model)
    matrix = compiled.encode({name: [value] for name, value in values.items()}).matrix
    squared = ((compiled.place(matrix) - compiled.places) ** 2).sum(axis=1)
    nearest, other = np.sort(squared)[:2]
    assert found.total == pytest.approx(other - nearest, abs=1e-9)
    assert sum(part.value for part in found.contributions) == pytest.approx(found.total, abs=1e-9)
    assert {part.feature for part in found.contributions} == set(mixed_lens().feature_names)


def test_the_smallest_change_moves_a_customer_on_components_too() -> None:
    frame, _, model = on_components()
    checked = 0
    for row in range(40):
        values = customer(frame, row)
        before = segment_of(model, values)
        for change in smallest_change(model, values, {"savings", "transactions", "days_since"}):
            after = segment_of(model, {**values, change.feature: change.after})
            assert after == change.segment != before
            checked += 1
    assert checked > 10


def test_a_model_on_all_columns_keeps_the_document_it_always_had() -> None:
    frame, features = mixed_customers(n=120)
    plain: LensSpec = mixed_lens(k=(2, 2))
    fit = segment_lens(frame, features, plain, seed=3)
    numbers = tuple(range(fit.clustering.k))
    rule = fit.clustering.k if fit.has_rule_segment else None
    text = build_model(fit, numbers, rule, as_of=date(1995, 12, 31)).to_json()
    assert '"components"' not in text
    assert SegmentationModel.from_json(text).to_json() == text
