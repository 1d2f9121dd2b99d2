from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats
from sklearn.metrics import adjusted_mutual_info_score, adjusted_rand_score

from core.insight.association import (
    MutualInformation,
    adjusted_rand,
    adjusted_residuals,
    contingency,
    cramers_v,
    eta_squared,
)

pairs = st.lists(st.tuples(st.integers(0, 3), st.integers(0, 4)), min_size=2, max_size=80)


def split(labels):
    return np.array([a for a, _ in labels]), np.array([b for _, b in labels])


@given(pairs)
def test_agreement_is_what_scikit_learn_says(labels):
    a, b = split(labels)
    table = contingency(a, b)
    assert MutualInformation(table).adjusted() == pytest.approx(
        adjusted_mutual_info_score(a, b), abs=1e-6
    )
    assert adjusted_rand(table) == pytest.approx(adjusted_rand_score(a, b), abs=1e-9)


@given(pairs, st.permutations(range(4)))
def test_renaming_groups_changes_no_agreement(labels, renamed):
    a, b = split(labels)
    renamed_a = np.array(renamed)[a]
    for measure in (adjusted_rand, cramers_v, lambda table: MutualInformation(table).adjusted()):
        assert measure(contingency(renamed_a, b)) == pytest.approx(
            measure(contingency(a, b)), abs=1e-6
        )


@given(pairs)
def test_agreement_goes_both_ways(labels):
    a, b = split(labels)
    for measure in (adjusted_rand, cramers_v, lambda table: MutualInformation(table).adjusted()):
        assert measure(contingency(a, b)) == pytest.approx(measure(contingency(b, a)), abs=1e-6)


def test_residuals_by_hand_after_haberman():
    table = np.array([[20, 30], [40, 10]])
    expected = 50 * 60 / 100
    error = np.sqrt(expected * (1 - 50 / 100) * (1 - 60 / 100))
    assert adjusted_residuals(table)[0, 0] == pytest.approx((20 - expected) / error)


@given(st.lists(st.integers(1, 50), min_size=4, max_size=4))
def test_squared_residuals_of_a_two_by_two_table_are_its_chi_squared(cells):
    table = np.array(cells).reshape(2, 2)
    chi2 = stats.chi2_contingency(table, correction=False).statistic
    assert adjusted_residuals(table) ** 2 == pytest.approx(np.full((2, 2), chi2), abs=1e-9)


def test_an_empty_group_has_no_residual():
    assert np.isnan(adjusted_residuals(np.array([[3, 0], [2, 0]]))).all()


def test_cramers_v_by_hand_after_bergsma():
    table = np.array([[30, 10, 5], [5, 20, 30]])
    n = table.sum()
    phi2 = max(0, stats.chi2_contingency(table, correction=False).statistic / n - 2 / (n - 1))
    rows, columns = 2 - 1 / (n - 1), 3 - 4 / (n - 1)
    assert cramers_v(table) == pytest.approx(np.sqrt(phi2 / (min(rows, columns) - 1)))


def test_association_of_independent_groups_is_nearly_none_and_of_identical_ones_full():
    generator = np.random.default_rng(5)
    a, b = generator.integers(0, 5, 500), generator.integers(0, 5, 500)
    assert cramers_v(contingency(a, b)) < 0.1
    assert cramers_v(contingency(a, a)) == pytest.approx(1.0)


def test_a_single_group_is_associated_with_nothing():
    table = contingency(np.zeros(9, dtype=int), np.arange(9) % 3)
    assert (cramers_v(table), MutualInformation(table).adjusted()) == (0.0, 0.0)
    assert MutualInformation(table).chance_band(10, 0) == (0.0, 0.0)


def test_the_band_is_that_of_permuted_customers():
    generator = np.random.default_rng(2)
    a, b = generator.integers(0, 3, 120), generator.integers(0, 4, 120)
    permuted = [adjusted_mutual_info_score(generator.permutation(a), b) for _ in range(600)]
    expected = np.quantile(permuted, (0.025, 0.975))
    found = MutualInformation(contingency(a, b)).chance_band(2000, seed=1)
    assert found == pytest.approx(tuple(expected), abs=0.008)


def test_shares_of_variance_by_hand():
    values = np.array([1.0, 3.0, 5.0, 7.0, np.nan])
    groups = np.array([0, 0, 1, 1, 0])
    assert eta_squared(values, groups) == pytest.approx(16 / 20)


@given(pairs)
def test_shares_of_variance_are_those_of_the_analysis_of_variance(labels):
    a, b = split(labels)
    values = b.astype(float)
    found = eta_squared(values, a)
    means = {group: values[a == group].mean() for group in set(a)}
    between = sum((means[group] - values.mean()) ** 2 for group in a)
    total = ((values - values.mean()) ** 2).sum()
    assert found == pytest.approx(between / total if total else 0.0, abs=1e-9)


def test_nothing_known_explains_nothing():
    assert eta_squared(np.array([np.nan]), np.array([0])) == 0.0
