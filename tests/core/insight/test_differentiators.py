from __future__ import annotations

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from scipy import stats

from core.features.base import Kind
from core.insight.differentiators import differentiators
from core.insight.ranking import speakable
from core.readmodels import Differentiator
from tests.core.insight.builders import (
    AGE,
    BUYS,
    DEBT,
    MARITAL,
    SPEND,
    customers,
    difference,
    feature,
    frame_of,
    numbered,
)
from tests.core.insight.test_profiles import column


def of(found, segment, name, level=""):
    return next(d for d in found if (d.segment, d.feature, d.level) == (segment, name, level))


def test_a_difference_is_medians_in_raw_units_with_cliffs_delta():
    frame = frame_of({"card_debt": [100.0, 300.0, 900.0, 0.0, 50.0, 200.0]})
    found = differentiators(frame, [DEBT], numbered(0, 0, 0, 1, 1, 1))
    # Of the 9 pairs, a member has more in 8 and less in 1.
    assert found[0] == Differentiator(
        0, "card_debt", "", 300.0, 50.0, 250.0, pytest.approx(7 / 9), 1, "median", ""
    )


@given(customers)
def test_effects_agree_with_scipys_mann_whitney_test(rows):
    frame, segments = column(rows), numbered(*(segment for _, segment in rows))
    values = frame["card_debt"].to_numpy()
    for found in differentiators(frame, [DEBT], segments):
        here = values[(segments == found.segment) & ~np.isnan(values)]
        others = values[(segments != found.segment) & ~np.isnan(values)]
        u = stats.mannwhitneyu(here, others, method="asymptotic").statistic
        assert found.effect == pytest.approx(2 * u / (len(here) * len(others)) - 1, abs=1e-9)


@given(customers)
def test_effect_and_difference_never_point_in_opposite_directions(rows):
    for found in differentiators(column(rows), [DEBT], numbered(*(s for _, s in rows))):
        assert np.sign(found.effect) == np.sign(found.difference)
        assert found.difference == found.here - found.elsewhere
        assert -1 <= found.effect <= 1


@given(customers, st.randoms(use_true_random=False))
def test_the_order_of_rows_changes_nothing(rows, random):
    shuffled = list(rows)
    random.shuffle(shuffled)
    found = [
        differentiators(column(order), [DEBT], numbered(*(s for _, s in order)))
        for order in (rows, shuffled)
    ]
    assert found[0] == found[1]


@given(customers)
def test_doubling_every_customer_changes_no_effect(rows):
    segments = [segment for _, segment in rows]
    assume(len(set(segments)) > 1)
    once = differentiators(column(rows), [DEBT], numbered(*segments))
    twice = differentiators(column(rows + rows), [DEBT], numbered(*segments, *segments))
    effects = {d.segment: d.effect for d in twice}
    for found in once:
        if found.measure == "median" and found.segment in effects:
            assert effects[found.segment] == pytest.approx(found.effect, abs=1e-9)


def test_one_huge_amount_does_not_make_an_effect():
    typical = [1.0, 2.0, 3.0, 4.0, 5.0] * 10
    frame = frame_of({"card_debt": [*typical, *typical[:-1], 1e9]})
    found = of(differentiators(frame, [DEBT], numbered(*[0] * 50, *[1] * 50)), 1, "card_debt")
    assert abs(found.effect) < 0.05


def test_where_most_have_none_the_means_are_compared():
    frame = frame_of({"card_debt": [0.0] * 7 + [50.0] * 3 + [0.0] * 9 + [50.0]})
    found = of(differentiators(frame, [DEBT], numbered(*[0] * 10, *[1] * 10)), 0, "card_debt")
    assert (found.measure, found.here, found.elsewhere) == ("mean", 15.0, 5.0)


def test_where_rare_huge_amounts_turn_the_mean_a_quartile_is_compared():
    frame = frame_of({"card_debt": [0.0] * 6 + [50.0] * 4 + [0.0] * 9 + [9000.0]})
    found = of(differentiators(frame, [DEBT], numbered(*[0] * 10, *[1] * 10)), 0, "card_debt")
    assert (found.measure, found.here, found.elsewhere) == ("p75", 50.0, 0.0)
    assert found.effect > 0


def test_flags_and_levels_are_compared_by_share():
    has_card = feature("has_card", Kind.FLAG)
    frame = frame_of(
        {
            "has_card": [1, 1, 1, 0, 0, 0, 0, 1],
            "marital_status": ["Single", "Single", "Single", "Married"] + ["Married"] * 4,
        }
    )
    found = differentiators(frame, [has_card, MARITAL], numbered(0, 0, 0, 0, 1, 1, 1, 1))
    assert of(found, 0, "has_card") == Differentiator(
        0, "has_card", "", 0.75, 0.25, 0.5, 0.5, 2, "share", ""
    )
    single = of(found, 0, "marital_status", "Single")
    assert (single.here, single.elsewhere, single.effect, single.rank) == (0.75, 0.0, 0.75, 1)


def test_of_two_mirrored_levels_the_one_that_is_more_frequent_leads():
    frame = frame_of({"marital_status": ["Single"] * 3 + ["Married"] * 3})
    found = differentiators(frame, [MARITAL], numbered(0, 0, 0, 1, 1, 1))
    assert [(d.segment, d.level, d.rank, d.echoes) for d in found] == [
        (0, "Single", 1, ""),
        (0, "Married", 2, "marital_status"),
        (1, "Married", 1, ""),
        (1, "Single", 2, "marital_status"),
    ]


def spending_frame():
    generator = np.random.default_rng(1)
    spend = np.r_[generator.uniform(0, 60, 100), generator.uniform(50, 120, 100)]
    age = np.r_[generator.uniform(20, 60, 100), generator.uniform(40, 80, 100)]
    return frame_of(
        {"card_spend": spend, "card_purchases": np.round(spend), "age_years": age}
    ), numbered(*[1] * 100, *[0] * 100)


def test_what_says_the_same_as_a_stronger_difference_comes_last_and_names_it():
    frame, segments = spending_frame()
    found = differentiators(frame, [SPEND, BUYS, AGE], segments)
    assert [(d.feature, d.rank, d.echoes) for d in found if d.segment == 0] == [
        ("card_spend", 1, ""),
        ("age_years", 2, ""),
        ("card_purchases", 3, "card_spend"),
    ]


def test_of_two_that_say_the_same_the_preferred_one_stays():
    frame, segments = spending_frame()
    found = differentiators(frame, [SPEND, BUYS, AGE], segments, preferred=["card_purchases"])
    assert [(d.feature, d.echoes) for d in found if d.segment == 0] == [
        ("card_purchases", ""),
        ("age_years", ""),
        ("card_spend", "card_purchases"),
    ]


def test_what_most_members_lack_says_nothing_about_them():
    frame = frame_of({"card_debt": [np.nan, np.nan, 5.0, 1.0, 2.0, 3.0]})
    found = differentiators(frame, [DEBT], numbered(0, 0, 0, 1, 1, 1))
    assert [d.segment for d in found] == [1]


def test_a_single_segment_differs_from_nobody():
    assert differentiators(frame_of({"card_debt": [1.0, 2.0]}), [DEBT], numbered(0, 0)) == ()


def test_only_echoes_of_what_may_be_spoken_of_are_left_out():
    found = [
        difference(0, "a", 0.9, rank=1),
        difference(0, "b", 0.5, rank=2),
        difference(0, "c", 0.8, rank=3, echoes="a"),
        difference(1, "b", 0.9, rank=1),
    ]
    assert [d.feature for d in speakable(found, 0, ["b", "c"])] == ["c", "b"]
    assert [d.feature for d in speakable(found, 0, ["a", "b", "c"])] == ["a", "b"]
