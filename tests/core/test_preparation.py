"""Preparation: imputing, capping, encoding, scaling and weighing, and what a lens must not use."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sklearn.base import clone
from sklearn.utils.validation import check_is_fitted

from core.errors import DataError, UsageError
from core.features.base import Kind, Sensitivity, Side
from core.lens import LensFeature, Scaler
from core.preparation import fit_preparation
from core.segmentation.model import CategoryColumn, MissingFlag, NumericColumn, OrdinalColumn
from tests.core.segmentation.builders import feature, lens, mixed_customers, mixed_lens

INCOME = feature("income", Kind.MONEY)
TOWN = feature("town", Kind.CATEGORY)


def prepare(values: dict[str, list[object]], *uses: LensFeature | str, **options: object):
    frame = pd.DataFrame(values)
    kinds = {name: Kind.NUMBER if frame[name].dtype != "str" else Kind.CATEGORY for name in frame}
    features = [feature(name, kind) for name, kind in kinds.items()]
    return fit_preparation(frame, features, lens(*uses, **options))  # type: ignore[arg-type]


def test_a_missing_number_is_imputed_with_the_median_and_flagged_if_many_are_missing() -> None:
    prepared = prepare({"income": [1.0, 2.0, 9.0, None]}, "income")
    number, flag = prepared.columns
    assert isinstance(number, NumericColumn)
    assert isinstance(flag, MissingFlag)
    assert (number.impute, flag.centre) == (2.0, 0.25)
    assert prepared.column_features == ("income", "income")
    assert prepared.column_labels == ("Income", "Income: missing")
    matrix = prepared.transform(pd.DataFrame({"income": [2.0, None]}))
    assert matrix[0, 0] == matrix[1, 0]
    assert matrix[0, 1] < matrix[1, 1]


def test_up_to_one_percent_missing_needs_no_flag() -> None:
    values = [float(i) for i in range(198)]
    assert len(prepare({"income": [*values, None, None]}, "income").columns) == 1
    assert len(prepare({"income": [*values, None, None, None]}, "income").columns) == 2


def test_a_number_and_its_missing_flag_count_as_one_variable() -> None:
    frame = pd.DataFrame({"income": [1.0, 2.0, 9.0, None, 4.0, None]})
    prepared = fit_preparation(frame, [INCOME], lens("income"))
    assert prepared.transform(frame).var(axis=0).sum() == pytest.approx(1, abs=1e-5)


@pytest.mark.parametrize("towns", [["A", "B"], ["A", "B", "C", "D", "E", "F", "G", "H"]])
def test_a_category_counts_as_one_variable_however_many_levels_it_has(towns: list[str]) -> None:
    frame = pd.DataFrame({"town": towns * 20})
    prepared = fit_preparation(frame, [TOWN], lens("town"))
    assert prepared.transform(frame).var(axis=0).sum() == pytest.approx(1, abs=1e-5)


@pytest.mark.parametrize("scaler", list(Scaler))
def test_under_every_scaler_a_category_varies_as_much_as_the_average_number(scaler: Scaler) -> None:
    rng = np.random.default_rng(1)
    frame = pd.DataFrame(
        {"a": rng.normal(5, 2, 300), "b": rng.gamma(2, 9, 300), "town": ["X", "Y", "Z"] * 100}
    )
    features = [feature("a"), feature("b"), TOWN]
    variances = (
        fit_preparation(frame, features, lens("a", "b", "town", scaler=scaler))
        .transform(frame)
        .var(axis=0)
    )
    assert variances[2:].sum() == pytest.approx(variances[:2].mean(), rel=1e-4)


def test_a_weight_multiplies_distances_along_a_feature() -> None:
    frame = pd.DataFrame({"a": [1.0, 2.0, 4.0], "town": ["X", "Y", "Y"]})
    features = [feature("a"), TOWN]
    uses = [LensFeature(name="a", cap=None, weight=2), LensFeature(name="town", weight=0.5)]
    heavy = fit_preparation(frame, features, lens(*uses)).transform(frame)
    plain = fit_preparation(frame, features, lens("a", "town")).transform(frame)
    np.testing.assert_allclose(heavy, plain * [2, 0.5, 0.5], rtol=1e-6)


def test_a_rare_flag_does_not_send_its_few_customers_far_away() -> None:
    frame = pd.DataFrame({"vip": [1] + [0] * 999})
    prepared = fit_preparation(frame, [feature("vip", Kind.FLAG)], lens("vip"))
    low, high = sorted(set(prepared.transform(frame)[:, 0].tolist()))
    assert high - low == pytest.approx(1 / np.sqrt(0.05 * 0.95), rel=1e-5)  # not 31.6


def test_values_beyond_the_cap_count_as_the_cap_on_both_sides() -> None:
    frame = pd.DataFrame({"income": np.arange(101.0)})
    use = LensFeature(name="income", cap=0.9)
    (column,) = fit_preparation(frame, [INCOME], lens(use)).columns
    assert isinstance(column, NumericColumn)
    assert (column.cap_low, column.cap_high) == (pytest.approx(10), pytest.approx(90))
    matrix = fit_preparation(frame, [INCOME], lens(use)).transform(frame)[:, 0]
    assert (matrix[:11] == matrix[10]).all()
    assert (matrix[90:] == matrix[90]).all()


def test_the_logarithm_keeps_the_sign() -> None:
    frame = pd.DataFrame({"income": [-99.0, 0.0, 99.0]})
    use = LensFeature(name="income", log=True, cap=None)
    low, middle, high = fit_preparation(frame, [INCOME], lens(use)).transform(frame)[:, 0]
    assert middle == 0
    assert low == -high < 0


def test_missing_categories_are_unknown_and_rare_ones_pooled() -> None:
    towns = ["Aachen"] * 90 + [None] * 8 + ["Rheine", "Soest"]
    (column,) = prepare({"town": towns}, "town").columns
    assert isinstance(column, CategoryColumn)
    assert column.levels == ("Aachen", "Other", "Unknown")
    assert column.pooled == ("Rheine", "Soest")


def test_ordered_levels_keep_their_order_and_missing_ones_become_the_median_level() -> None:
    size = feature("size", Kind.ORDINAL, levels=("small", "medium", "large"))
    frame = pd.DataFrame({"size": ["large", "small", "medium", "medium", None, "Unknown"]})
    prepared = fit_preparation(frame, [size], lens("size"))
    (column,) = prepared.columns
    assert isinstance(column, OrdinalColumn)
    assert column.impute == "medium"
    large, small, *others = prepared.transform(frame)[:, 0]
    assert small < others[0] < large
    assert set(others) == {others[0]}


def test_a_level_that_is_not_among_the_ordered_ones_is_refused() -> None:
    size = feature("size", Kind.ORDINAL, levels=("small", "large"))
    with pytest.raises(DataError, match=r"size has the level 'huge'.*\(small, large\)"):
        fit_preparation(pd.DataFrame({"size": ["small", "huge"]}), [size], lens("size"))


def test_what_is_the_same_for_everyone_is_left_out_and_says_so() -> None:
    values = {
        "income": [1.0, 2.0, 3.0] * 100,
        "branch": [7.0] * 300,
        "bonus": [0.0] * 299 + [5.0],
        "nothing": [None] * 300,
    }
    frame = pd.DataFrame(values).astype({"nothing": float})
    uses = ("income", "branch", LensFeature(name="bonus", cap=0.99), "nothing")
    prepared = fit_preparation(frame, [feature(name) for name in values], lens(*uses))
    assert prepared.column_features == ("income",)
    assert prepared.notes == (
        "Branch was left out: it is the same for every customer.",
        (
            "Bonus was left out: it is the same for 99.7% of customers, and what is left of it "
            "after capping or pooling does not vary."
        ),
        "Nothing was left out: it is missing for every customer.",
    )


def test_a_lens_in_which_nothing_varies_is_refused() -> None:
    with pytest.raises(DataError, match="No feature of the lens 'behavioural' tells customers"):
        prepare({"income": [3.0, 3.0]}, "income")


def test_a_lens_without_customers_is_refused() -> None:
    with pytest.raises(DataError, match="has no customers to look at"):
        prepare({"income": []}, "income")


def test_infinite_values_are_refused_with_the_column() -> None:
    with pytest.raises(DataError, match=r"Income \(income\) has 1 infinite values"):
        prepare({"income": [1.0, np.inf]}, "income")


def test_text_where_numbers_belong_is_refused_with_the_column() -> None:
    with pytest.raises(DataError, match=r"Income \(income\) should hold numbers but holds str"):
        fit_preparation(pd.DataFrame({"income": ["1", "2"]}), [INCOME], lens("income"))


def test_an_unknown_feature_is_refused_with_those_there_are() -> None:
    with pytest.raises(UsageError, match=r"does not have: wealth\. It has: income"):
        fit_preparation(pd.DataFrame({"income": [1.0]}), [INCOME], lens("wealth"))


@pytest.mark.parametrize("side", list(Side))
def test_no_lens_may_use_a_direct_identifier(side: Side) -> None:
    name = feature("name", Kind.CATEGORY, sensitivity=Sensitivity.DIRECT)
    with pytest.raises(UsageError, match=r"must not use Name \(name\): it identifies a person"):
        fit_preparation(pd.DataFrame({"name": ["A", "B"]}), [name], lens("name", side=side))


@pytest.mark.parametrize(
    ("sensitivity", "what"),
    [
        (Sensitivity.SENSITIVE, "it is a sensitive attribute"),
        (Sensitivity.PROXY, "it is a stand-in for a sensitive attribute"),
    ],
)
def test_only_a_demographic_lens_may_use_sensitive_attributes_and_proxies(
    sensitivity: Sensitivity, what: str
) -> None:
    age = feature("age", sensitivity=sensitivity)
    frame = pd.DataFrame({"age": [20.0, 60.0]})
    with pytest.raises(UsageError, match=what):
        fit_preparation(frame, [age], lens("age"))
    fit_preparation(frame, [age], lens("age", side=Side.DEMOGRAPHIC))


def test_the_matrix_is_float32_in_c_order() -> None:
    frame, features = mixed_customers()
    matrix = fit_preparation(frame, features, mixed_lens()).transform(frame)
    assert matrix.dtype == np.float32
    assert matrix.flags.c_contiguous
    assert np.isfinite(matrix).all()


@pytest.mark.parametrize("scaler", list(Scaler))
def test_the_json_columns_transform_as_the_scikit_learn_pipeline_does(scaler: Scaler) -> None:
    frame, features = mixed_customers()
    new, _ = mixed_customers(seed=9)
    new.loc[new.index[:5], "channel"] = "pigeon"
    new.loc[new.index[5:9], ["savings", "has_card"]] = np.nan
    prepared = fit_preparation(frame, features, mixed_lens(scaler=scaler))
    check_is_fitted(prepared.pipeline)
    for some in (frame, new):
        expected = prepared.pipeline.transform(some).astype(np.float32)
        np.testing.assert_allclose(prepared.transform(some), expected, rtol=1e-5, atol=1e-6)


def test_the_pipeline_can_be_cloned_and_fitted_again_as_estimators_can() -> None:
    frame, features = mixed_customers()
    prepared = fit_preparation(frame, features, mixed_lens())
    again = clone(prepared.pipeline).fit(frame)
    np.testing.assert_array_equal(again.transform(frame), prepared.pipeline.transform(frame))


@settings(max_examples=15)
@given(order=st.permutations(range(60)))
def test_the_order_of_customers_changes_no_one_s_row(order: list[int]) -> None:
    frame, features = mixed_customers(n=60)
    whole = fit_preparation(frame, features, mixed_lens()).transform(frame)
    shuffled = frame.iloc[order]
    again = fit_preparation(shuffled, features, mixed_lens()).transform(shuffled)
    np.testing.assert_allclose(again, whole[order], rtol=1e-5, atol=1e-6)


def test_preparing_changes_nothing_in_the_frame() -> None:
    frame, features = mixed_customers()
    before = frame.copy(deep=True)
    fit_preparation(frame, features, mixed_lens()).transform(frame)
    pd.testing.assert_frame_equal(frame, before)
