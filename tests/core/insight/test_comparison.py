from __future__ import annotations

import numpy as np
import pytest

from core.errors import UsageError
from core.features.base import Kind, Side
from core.insight.comparison import compare
from core.insight.predictability import predict_segments
from core.readmodels import BakeOff, ComparisonCell
from tests.core.insight.builders import (
    AGE,
    DEBT,
    MARITAL,
    SAVINGS,
    feature,
    frame_of,
    lens,
    numbered,
)

WHO = lens("demographic", ["age_years"], side=Side.DEMOGRAPHIC, outcomes=("savings",))
HOW = lens("behavioural", ["card_debt"], outcomes=("savings", "age_years"))
FEATURES = [AGE, DEBT, SAVINGS, MARITAL]


def bank(n=600, seed=0):
    """Customers whose debt has nothing to do with their age."""
    generator = np.random.default_rng(seed)
    old, owing = generator.integers(0, 2, n), generator.integers(0, 3, n)
    frame = frame_of(
        {
            "age_years": 30.0 + 30 * old + generator.integers(0, 10, n),
            "card_debt": 1000.0 * owing + generator.integers(0, 99, n),
            "savings": 50.0 * owing + generator.uniform(0, 1, n),
            "marital_status": np.where(old, "Married", "Single"),
        }
    )
    return frame, old.astype(np.int16), owing.astype(np.int16)


def test_independent_segmentations_lie_inside_the_chance_band():
    frame, old, owing = bank()
    found = compare(WHO, HOW, old, owing, frame, FEATURES, seed=1)
    assert found.ami_chance_low <= found.ami <= found.ami_chance_high
    assert found.answer == "Hardly."
    assert found.sentence.startswith(
        "Knowing a customer’s segment in the demographic view tells you almost nothing about their "
        "segment in the behavioural view: agreement (AMI) is 0.00, where chance gives 0.00 ± 0.01 "
        "and identical views give 1. Under 0.20 they hardly agree, from 0.80 largely. "
    )
    assert found.sentence.endswith("Use behaviour to choose offers, demographics to choose words.")
    assert found.predict_b_from_a == pytest.approx(1 / 3, abs=0.06)
    assert (found.predict_b_chance, found.predict_a_chance) == (1 / 3, 1 / 2)


def test_identical_segmentations_agree_fully():
    frame, _, owing = bank()
    found = compare(WHO, HOW, owing, owing, frame, FEATURES, seed=1)
    assert (found.ami, found.ari) == (pytest.approx(1.0), pytest.approx(1.0))
    assert found.cramers_v == pytest.approx(1.0)
    assert found.answer == "Largely."
    assert found.predict_a_from_b == pytest.approx(1.0)


def test_segmentations_that_agree_for_some_agree_partly():
    frame, _, owing = bank()
    mixed = np.where(np.arange(len(owing)) % 3 == 0, owing[::-1], owing).astype(np.int16)
    found = compare(WHO, HOW, mixed, owing, frame, FEATURES, seed=1)
    assert found.answer == "Partly."
    assert 0.2 <= found.ami < 0.8


def test_cells_by_hand():
    frame = frame_of({"age_years": [1.0, 2, 3, 4], "card_debt": [1.0, 2, 3, 4]})
    found = compare(
        lens("a", ["age_years"]),
        lens("b", ["card_debt"]),
        numbered(0, 0, 0, 1),
        numbered(0, 0, 1, 1),
        frame,
        [AGE, DEBT],
        seed=0,
    )
    residual = pytest.approx(0.5 / np.sqrt(1.5 * 0.25 * 0.5))
    negative = pytest.approx(-0.5 / np.sqrt(1.5 * 0.25 * 0.5))
    assert found.cells == (
        ComparisonCell(0, 0, 2, 1.5, 2 / 1.5, residual),
        ComparisonCell(0, 1, 1, 1.5, 1 / 1.5, negative),
        ComparisonCell(1, 0, 0, 0.5, 0.0, negative),
        ComparisonCell(1, 1, 1, 0.5, 2.0, residual),
    )
    assert (found.predict_b_from_a, found.predict_b_chance) == (None, None)


def test_outcomes_are_those_used_in_neither_lens():
    frame, old, owing = bank()
    found = compare(WHO, HOW, old, owing, frame, FEATURES, seed=1)
    assert [outcome.outcome for outcome in found.bake_off] == ["savings"]
    explained = found.bake_off[0]
    assert explained == BakeOff(
        "savings", pytest.approx(0, abs=0.02), explained.b, explained.crossed
    )
    assert explained.b > 0.99
    assert explained.crossed >= explained.b


def test_a_category_can_be_an_outcome():
    frame, old, owing = bank()
    found = compare(
        WHO, HOW, old, owing, frame, FEATURES, seed=1, outcomes=["marital_status", "age_years"]
    )
    assert [outcome.outcome for outcome in found.bake_off] == ["marital_status"]
    assert found.bake_off[0].a == pytest.approx(1.0)
    assert found.bake_off[0].b == pytest.approx(0.0, abs=0.02)


def test_an_unknown_outcome_is_refused_with_the_known_ones():
    frame, old, owing = bank(20)
    with pytest.raises(UsageError, match="Unknown outcome 'fees'"):
        compare(WHO, HOW, old, owing, frame, FEATURES, seed=1, outcomes=["fees"])


def test_two_lenses_of_one_side_are_compared_by_their_labels():
    frame, _old, owing = bank()
    other = lens("rfm", ["savings"])
    found = compare(HOW, other, owing, owing, frame, FEATURES, seed=1)
    assert found.sentence.startswith(
        "Knowing a customer’s segment in the behavioural view tells you most of their segment in "
        "the rfm view: agreement"
    )
    assert found.sentence.endswith("One of the two is enough for most purposes.")


def test_the_reverse_question_is_asked_in_its_own_words():
    frame, old, owing = bank()
    found = compare(HOW, WHO, owing, old, frame, FEATURES, seed=1)
    assert found.sentence.startswith(
        "Knowing a customer’s segment in the behavioural view tells you almost nothing about their "
        "segment in the demographic view"
    )


def test_the_same_seed_gives_the_same_comparison():
    frame, old, owing = bank()
    first, again = (compare(WHO, HOW, old, owing, frame, FEATURES, seed=3) for _ in range(2))
    assert first == again


def test_prediction_needs_two_segments_of_five_and_a_feature_that_varies():
    frame = frame_of({"age_years": [1.0, 2, 3, 4, 5, 6, 7], "x": [1.0] * 7})
    few = numbered(0, 0, 0, 0, 0, 1, 1)
    assert predict_segments(frame, [AGE], few, seed=0) is None
    enough = frame_of({"x": [1.0] * 10})
    halves = numbered(*[0] * 5, *[1] * 5)
    assert predict_segments(enough, [feature("x", Kind.NUMBER)], halves, seed=0) is None


def test_a_small_segment_that_is_never_found_costs_its_share():
    generator = np.random.default_rng(0)
    frame = frame_of({"age_years": np.r_[np.zeros(95), np.zeros(5) + generator.uniform(0, 1, 5)]})
    found = predict_segments(frame, [AGE], numbered(*[0] * 95, *[1] * 5), seed=0)
    assert found is not None
    assert found.chance == 0.5
    assert found.accuracy > 0.5
