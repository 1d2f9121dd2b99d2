from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.features.base import Kind
from core.insight.rule_words import Condition, in_words
from core.insight.rules import MAX_CONDITIONS, find_rules
from tests.core.insight.builders import (
    AGE,
    BUYS,
    DEBT,
    INACTIVE,
    MARITAL,
    SAVINGS,
    feature,
    frame_of,
    numbered,
)


def planted(n=600, seed=3):
    """Customers in debt who buy by card, savers, and the others."""
    generator = np.random.default_rng(seed)
    segments = np.repeat([0, 1, 2], n // 3).astype(np.int16)
    debtors, savers = segments == 0, segments == 1
    frame = frame_of(
        {
            "card_debt": np.where(debtors, generator.uniform(250, 3000, n), 0.0).round(2),
            "savings": np.where(savers, generator.uniform(1000, 9000, n), 40.0).round(2),
            "card_purchases": generator.integers(2, 20, n),
            "marital_status": generator.choice(["Single", "Married"], n),
        }
    )
    return frame, segments


def test_planted_groups_get_their_short_rules():
    frame, segments = planted()
    found = find_rules(frame, [DEBT, SAVINGS, BUYS, MARITAL], segments, currency="USD")
    assert [rule.words for rule in found.rules] == [
        "any card debt",
        "savings ≥ $1,000",
        "no card debt and savings under $1,000",
    ]
    assert [(rule.precision, rule.recall) for rule in found.rules] == [(1.0, 1.0)] * 3
    assert found.fidelity == 1.0


@given(st.integers(0, 10_000), st.integers(2, 4))
@settings(max_examples=15)
def test_precision_and_recall_are_those_of_the_rule_as_it_is_written(seed, m):
    generator = np.random.default_rng(seed)
    debt = generator.lognormal(4, 2, 200).round(2)
    buys = generator.poisson(6, 200).astype(float)
    buys[:10] = np.nan
    status = generator.choice(["Single", "Married", "Widowed"], 200)
    segments = generator.integers(0, m, 200).astype(np.int16)
    segments[(debt > 100) & (buys > 6)] = 0
    frame = frame_of({"card_debt": debt, "card_purchases": buys, "marital_status": status})
    found = find_rules(frame, [DEBT, BUYS, MARITAL], segments, currency="USD", seed=seed)
    assigned = np.full(200, -1)
    best = np.zeros(200)
    for rule in found.rules:
        assert len(rule.conditions) <= MAX_CONDITIONS
        if not rule.conditions:
            continue
        met = np.ones(200, dtype=bool)
        for condition in rule.conditions:
            met &= by_hand(condition, frame)
        inside = segments == rule.segment
        assert rule.precision == pytest.approx((met & inside).sum() / met.sum())
        assert rule.recall == pytest.approx((met & inside).sum() / inside.sum())
        better = met & (rule.precision > best)
        assigned[better], best[better] = rule.segment, rule.precision
    assert found.fidelity == pytest.approx((assigned == segments).mean(), abs=0.02)


def by_hand(condition, frame):
    values = frame[condition.feature.name]
    if condition.level:
        return (values == condition.level).to_numpy()
    if condition.excluded:
        return (~values.isin(condition.excluded)).to_numpy()
    low = -np.inf if condition.at_least is None else condition.at_least
    high = np.inf if condition.below is None else condition.below
    return ((values >= low) & (values < high)).to_numpy()


def test_doubling_every_customer_keeps_rules_that_separate():
    frame, segments = planted(90)
    features = [DEBT, SAVINGS]
    once = find_rules(frame, features, segments, currency="USD")
    twice = find_rules(
        pd.concat([frame, frame]), features, np.r_[segments, segments], currency="USD"
    )
    assert [rule.words for rule in once.rules] == [rule.words for rule in twice.rules]
    assert once.fidelity == twice.fidelity == 1.0


def test_the_same_seed_gives_the_same_rules():
    frame, segments = planted()
    first, again = (
        find_rules(frame, [BUYS, MARITAL], segments, currency="USD", seed=7) for _ in range(2)
    )
    assert first == again


def test_a_segment_by_rule_is_described_by_its_rule():
    frame, segments = planted()
    found = find_rules(
        frame, [DEBT], segments, currency="USD", inactive=INACTIVE, inactive_number=2
    )
    rule = found.rules[2]
    assert (rule.words, rule.precision, rule.recall) == ("without any transaction", 1.0, 1.0)


def test_segments_without_members_keep_their_place():
    frame = frame_of({"card_debt": [0.0] * 6 + [9.0] * 6})
    found = find_rules(
        frame,
        [DEBT],
        numbered(*[0] * 6, *[1] * 6),
        currency="USD",
        inactive=INACTIVE,
        inactive_number=3,
        count=4,
    )
    assert [rule.words for rule in found.rules] == [
        "no card debt",
        "any card debt",
        "",
        "without any transaction",
    ]


def test_one_segment_alone_needs_no_rule():
    found = find_rules(frame_of({"card_debt": [1.0, 2.0]}), [DEBT], numbered(0, 0), currency="USD")
    assert [(rule.words, rule.precision) for rule in found.rules] == [("", None)]


def test_a_level_can_be_a_rule():
    frame = frame_of({"marital_status": ["Single"] * 10 + ["Married"] * 6 + ["Widowed"] * 4})
    found = find_rules(frame, [MARITAL], numbered(*[0] * 10, *[1] * 10), currency="USD")
    assert [rule.words for rule in found.rules] == [
        "marital status: Single",
        "marital status: not Single",
    ]


@pytest.mark.parametrize(
    ("condition", "words"),
    [
        (Condition(DEBT, at_least=212.0), "card debt ≥ $212"),
        (Condition(DEBT, below=38.5), "card debt under $38.5"),
        (Condition(DEBT, at_least=1000.0, below=2500.0), "card debt $1,000 to $2,500"),
        (Condition(DEBT, at_least=0.5, from_any=True), "any card debt"),
        (Condition(DEBT, below=0.5, to_none=True), "no card debt"),
        (
            Condition(DEBT, at_least=0.5, below=90.0, from_any=True),
            "some card debt, under $90",
        ),
        (Condition(DEBT, at_least=-20.0), "card debt ≥ −$20"),
        (Condition(BUYS, at_least=8.5), "at least 9 card purchases"),
        (Condition(BUYS, below=9.0), "fewer than 9 card purchases"),
        (Condition(BUYS, at_least=2.0, below=5.0), "2 to 4 card purchases"),
        (Condition(BUYS, at_least=2.0, below=3.0), "card purchases: 2"),
        (Condition(AGE, at_least=45.0), "age ≥ 45 years"),
        (Condition(AGE, at_least=45.0, below=60.0), "age 45 to 60 years"),
        (Condition(feature("rate", Kind.SHARE), at_least=0.35), "rate ≥ 35%"),
        (
            Condition(feature("card", Kind.FLAG, label="Has a credit card"), below=1.0),
            "no credit card",
        ),
        (
            Condition(feature("card", Kind.FLAG, high="with credit card"), at_least=1.0),
            "with credit card",
        ),
        (
            Condition(MARITAL, excluded=("Single", "Widowed")),
            "marital status: not Single or Widowed",
        ),
    ],
)
def test_conditions_read_like_sentences(condition, words):
    assert in_words([condition], "USD") == words


def test_a_missing_number_meets_no_bound():
    frame = frame_of({"card_debt": [np.nan, 5.0]})
    met = [Condition(DEBT, at_least=1.0), Condition(DEBT, below=9.0)]
    assert [condition.holds(frame).tolist() for condition in met] == [[False, True]] * 2
