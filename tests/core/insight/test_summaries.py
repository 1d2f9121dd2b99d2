from __future__ import annotations

from collections import Counter

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.errors import UsageError
from core.insight.identity import Identity
from core.insight.rules import Rules, SegmentRule
from core.insight.summaries import order_segments, stability_band, summarise
from core.readmodels import SegmentSummary, Stability
from tests.core.insight.builders import numbered

IDENTITIES = (
    Identity("key-a", "Savers", "High savings", 2, is_new=True),
    Identity("by-rule", "Not yet active", "Without any transaction", 7, is_new=True),
)
RULES = Rules(
    (
        SegmentRule(0, (), "savings ≥ $500", 0.9, 0.8),
        SegmentRule(1, (), "without any transaction", 1.0, 1.0),
    ),
    0.9,
)


def test_a_summary_holds_everything_about_a_segment():
    found = summarise(
        numbered(0, 0, 0, 1),
        IDENTITIES,
        RULES,
        [0.8, 0.99],
        np.array([10.0, 20.0, np.nan, 0.0]),
        rule_number=1,
    )
    assert found == (
        SegmentSummary(
            number=0,
            key="key-a",
            name="Savers",
            sentence="High savings",
            colour=2,
            is_rule=False,
            size=3,
            share=0.75,
            value_total=30.0,
            value_share=1.0,
            value_median=15.0,
            jaccard=0.8,
            stability=Stability.STABLE,
            rule="savings ≥ $500",
            rule_precision=0.9,
            rule_recall=0.8,
        ),
        SegmentSummary(
            number=1,
            key="by-rule",
            name="Not yet active",
            sentence="Without any transaction",
            colour=7,
            is_rule=True,
            size=1,
            share=0.25,
            value_total=0.0,
            value_share=0.0,
            value_median=0.0,
            jaccard=None,
            stability=Stability.BY_RULE,
            rule="without any transaction",
            rule_precision=1.0,
            rule_recall=1.0,
        ),
    )


def test_shares_of_a_value_that_some_segments_owe_are_not_shown():
    found = summarise(
        numbered(0, 1), IDENTITIES, RULES, [0.8, None], np.array([10.0, -4.0]), rule_number=1
    )
    assert [(s.value_total, s.value_share) for s in found] == [(10.0, None), (-4.0, None)]


def test_without_a_value_there_are_no_values():
    found = summarise(numbered(0, 1), IDENTITIES, RULES, [0.8, None], None, rule_number=1)
    assert {(s.value_total, s.value_share, s.value_median) for s in found} == {(None, None, None)}


def test_one_identity_rule_and_stability_per_segment_are_needed():
    with pytest.raises(UsageError, match="2 identities, 2 rules and 1 stabilities"):
        summarise(numbered(0, 1), IDENTITIES, RULES, [0.8], None)


@pytest.mark.parametrize(
    ("jaccard", "band"),
    [
        (0.85, Stability.HIGHLY_STABLE),
        (0.849, Stability.STABLE),
        (0.75, Stability.STABLE),
        (0.6, Stability.UNCERTAIN),
        (0.599, Stability.UNSTABLE),
    ],
)
def test_hennigs_bands_include_their_lower_bound(jaccard, band):
    assert stability_band(jaccard) is band


def test_a_cluster_without_a_similarity_has_no_band():
    with pytest.raises(UsageError, match="bootstrap similarity"):
        stability_band(None)


def test_segments_come_by_value_then_size_with_the_one_by_rule_last():
    labels = np.array([0, 1, 1, 2, 2, 2, 3, 3, 3, 3])
    value = np.array([9.0, 1, 1, 1, 0.5, 0.5, 99, 99, 99, 99])
    assert order_segments(labels, value, rule_label=3).tolist() == [0, 2, 1, 3]


def test_without_a_value_segments_come_by_size():
    assert order_segments(np.array([0, 1, 1]), None).tolist() == [1, 0]


def test_a_label_of_minus_one_is_the_segment_by_rule_and_can_index_the_result():
    labels = np.array([-1, -1, -1, 0, 1, 1])
    assert order_segments(labels, None)[labels].tolist() == [2, 2, 2, 1, 0, 0]


rows = st.lists(
    st.tuples(st.integers(0, 3), st.floats(0, 1e6) | st.just(float("nan"))), min_size=1, max_size=40
)


@given(rows, st.randoms(use_true_random=False))
def test_the_order_of_rows_changes_no_number(customers, random):
    shuffled = list(customers)
    random.shuffle(shuffled)
    numbers = [
        order_segments(np.array([a for a, _ in part]), np.array([v for _, v in part]))
        for part in (customers, shuffled)
    ]
    assert numbers[0].tolist() == numbers[1].tolist()


@given(rows, st.permutations(range(4)))
def test_renaming_labels_changes_no_customers_number_but_for_ties(customers, renamed):
    labels = np.array([label for label, _ in customers])
    value = np.array([v for _, v in customers])
    totals = {label: np.nansum(value[labels == label]).round(6) for label in set(labels)}
    sizes = Counter(labels.tolist())
    if len({(totals[label], sizes[label]) for label in totals}) < len(totals):
        return
    moved = np.array(renamed)[labels]
    plain = order_segments(labels, value)[labels]
    other = order_segments(moved, value)[moved]
    ranks = [np.unique(numbers, return_inverse=True)[1].tolist() for numbers in (plain, other)]
    assert ranks[0] == ranks[1]
