"""What segments tell of people, checked by hand and with scikit-learn; what is shuffled."""

from __future__ import annotations

import hashlib

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.stats import chi2_contingency

from core.fairness import PermutationCheck, ProxyMeter, Role, sensitivity_register
from core.features.base import Feature, Kind, Sensitivity, Side
from core.insight.fairness import (
    assignments_sha256,
    attribute_groups,
    columns_not_used,
    proxy_meters,
    shuffled,
)
from core.lens import InactiveRule
from tests.builders import features, frame, lens_spec

GENDER = Feature(
    "gender", "Gender", "", "", Side.DEMOGRAPHIC, Kind.CATEGORY, sensitivity=Sensitivity.SENSITIVE
)
AGE = Feature(
    "age_years", "Age", "", "", Side.DEMOGRAPHIC, Kind.YEARS, sensitivity=Sensitivity.SENSITIVE
)


def people(n: int = 600, seed: int = 3) -> tuple[pd.DataFrame, np.ndarray]:
    """People whose segment tells their gender in four of five cases, and says nothing of age."""
    generator = np.random.default_rng(seed)
    segment = generator.integers(0, 2, n).astype(np.int16)
    is_told = generator.random(n) < 0.8
    gender = np.where(is_told == (segment == 1), "female", "male")
    age = generator.uniform(18, 90, n)
    return pd.DataFrame({"gender": gender, "age_years": age}), segment


def test_the_meter_is_the_bias_corrected_v_and_the_share_guessed_right_of_each_group() -> None:
    frame, segment = people()
    gender, age = proxy_meters(frame, [GENDER, AGE], lens_spec("behavioural"), segment, seed=0)
    table = pd.crosstab(segment, frame["gender"]).to_numpy()
    n = table.sum()
    phi2 = max(0.0, chi2_contingency(table, correction=False)[0] / n - 1 / (n - 1))
    assert gender.cramers_v == pytest.approx(np.sqrt(phi2 / (2 - 1 / (n - 1) - 1)))
    of_women, of_men = table[:, 0].sum(), table[:, 1].sum()
    found = (table[1, 0] / of_women + table[0, 1] / of_men) / 2
    assert gender.accuracy == pytest.approx(found)
    assert (gender.groups, gender.chance) == (2, 0.5)
    assert (gender.is_binned, gender.is_input) == (False, False)
    assert gender.says == "largely"
    assert (age.groups, age.chance, age.is_binned) == (5, 0.2, True)
    assert age.cramers_v < 0.1
    assert abs(age.over_chance or 0) < 0.06


@given(st.permutations(range(60)))
@settings(max_examples=10, deadline=None)
def test_the_association_does_not_depend_on_the_order_of_customers(order: list[int]) -> None:
    frame, segment = people(60)
    (as_is,) = proxy_meters(frame, [GENDER], lens_spec("behavioural"), segment, seed=0)
    other = proxy_meters(
        frame.iloc[order], [GENDER], lens_spec("behavioural"), segment[order], seed=0
    )
    assert other[0].cramers_v == pytest.approx(as_is.cramers_v)


def test_an_attribute_that_everybody_shares_tells_nothing_and_is_not_guessed() -> None:
    everyone = pd.DataFrame({"gender": ["female"] * 40})
    segment = np.array([0, 1] * 20, dtype=np.int16)
    (meter,) = proxy_meters(everyone, [GENDER], lens_spec(), segment, seed=0)
    assert (meter.cramers_v, meter.accuracy, meter.over_chance, meter.says) == (
        0.0, None, None, "hardly",
    )  # fmt: skip


def test_few_different_numbers_are_groups_and_many_are_cut_into_fifths() -> None:
    groups, is_binned = attribute_groups(pd.Series([3, 1, 2, 1, None]), AGE)
    assert (groups.tolist(), is_binned) == ([2, 0, 1, 0, 3], False)
    groups, is_binned = attribute_groups(pd.Series([1.0] * 50 + list(range(2, 52))), AGE)
    assert is_binned
    assert len(set(groups[:50])) == 1  # equal values are never torn apart


@pytest.mark.parametrize(
    ("v", "words"), [(0.09, "hardly"), (0.1, "a little"), (0.3, "clearly"), (0.5, "largely")]
)
def test_an_association_is_said_in_words(v: float, words: str) -> None:
    assert ProxyMeter("age", 5, True, False, v, None, None).says == words


def test_a_behavioural_lens_uses_nothing_marked_and_a_demographic_one_only_its_inputs() -> None:
    assert columns_not_used(features(), lens_spec("behavioural")) == ("age_years", "marital_status")
    assert columns_not_used(features(), lens_spec("demographic")) == ()


def test_shuffling_keeps_values_and_types_and_every_other_column() -> None:
    original = frame()
    other = shuffled(original, ["age_years", "marital_status"], seed=5)
    assert other.dtypes.equals(original.dtypes)
    assert other.index.equals(original.index)
    for name in original:
        values = [sorted(str(value) for value in one[name]) for one in (other, original)]
        assert values[0] == values[1]
    same = [name for name in original if other[name].equals(original[name])]
    assert same == ["balance_total", "recency_days", "loyalty"]


def test_the_fingerprint_is_that_of_ids_segments_runners_up_and_distances() -> None:
    segment = np.array([1, -1, 0], dtype=np.int16)
    second = np.array([0, -1, -1], dtype=np.int16)
    distance = np.array([0.5, np.nan, np.nan])
    bytes_by_hand = b"a\nc" + b"\x01\x00\x00\x00" + b"\x00\x00\xff\xff"
    bytes_by_hand += np.array([0.5, -1.0], dtype="<f8").tobytes()
    found = assignments_sha256(["a", "b", "c"], segment, second, distance)
    assert found == hashlib.sha256(bytes_by_hand).hexdigest()


def test_the_register_says_everything_that_a_lens_does_with_an_attribute() -> None:
    behavioural = lens_spec("behavioural").model_copy(
        update={"inactive": InactiveRule(description="None.", zero=("age_years",))}
    )
    register = sensitivity_register(features(), [lens_spec("demographic"), behavioural])
    assert [one.feature for one in register] == ["age_years", "marital_status"]
    assert [(use.lens, use.role) for use in register[0].uses] == [
        ("demographic", Role.INPUT),
        ("behavioural", Role.RULE),
        ("behavioural", Role.OUTCOME),
    ]
    assert [use.role for use in register[0].decides] == [Role.INPUT, Role.RULE]


def test_a_check_holds_only_where_both_fingerprints_are_one() -> None:
    assert PermutationCheck(("age",), 0, True, "a" * 64, "a" * 64).is_identical
    assert not PermutationCheck(("age",), 0, True, "a" * 64, "b" * 64).is_identical
