"""The stability index against its formula, and against chance."""

from __future__ import annotations

import math

import numpy as np
import pytest

from core.errors import UsageError
from core.insight.drift import category_drift, drift, numeric_drift


def test_the_index_is_the_sum_of_its_formula() -> None:
    old, new = np.array([30, 50, 20]), np.array([20, 20, 10])
    shares = [(0.3, 0.4), (0.5, 0.4), (0.2, 0.2)]
    by_hand = sum((q - p) * math.log(q / p) for p, q in shares)
    assert drift(old, new).psi == pytest.approx(by_hand, rel=1e-12)


def test_it_is_symmetric_and_zero_only_without_change() -> None:
    one, other = np.array([10, 20, 70]), np.array([15, 25, 60])
    assert drift(one, other).psi == pytest.approx(drift(other, one).psi)
    assert drift(one, one * 3).psi == pytest.approx(0, abs=1e-12)
    assert drift(one, other).psi > 0


def test_two_samples_of_one_distribution_stay_under_chance_95_times_in_100() -> None:
    random = np.random.default_rng(4)
    under = 0
    for _ in range(400):
        found = numeric_drift(random.exponential(size=900), random.exponential(size=600))
        under += found.psi <= found.by_chance
    assert 0.91 <= under / 400 <= 0.985


def test_small_samples_are_not_alarming_where_the_rule_of_thumb_would_be() -> None:
    random = np.random.default_rng(1)
    found = numeric_drift(random.normal(size=60), random.normal(size=60))
    assert found.psi > 0.1
    assert found.says == "no change"


def test_ties_are_never_torn_apart_and_the_missing_count() -> None:
    old = np.array([0.0] * 80 + [1.0] * 20)
    assert numeric_drift(old, old).psi == 0
    lost = np.where(np.arange(100) < 30, np.nan, old)
    assert numeric_drift(old, lost).says == "large change"
    assert numeric_drift(np.full(50, np.nan), np.full(70, np.nan)).psi == 0


def test_a_new_level_is_a_change() -> None:
    old = np.array(["a"] * 500 + ["b"] * 500, dtype=object)
    new = np.array(["a"] * 500 + ["c"] * 500, dtype=object)
    assert category_drift(old, new).says == "large change"
    assert category_drift(old, old[::-1]).psi == 0


def test_nothing_cannot_have_moved() -> None:
    with pytest.raises(UsageError, match="compare two snapshots"):
        drift(np.array([0, 0]), np.array([1, 1]))
