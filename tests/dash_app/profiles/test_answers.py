"""Answers to the three questions about banking."""

from __future__ import annotations

from dash_app.profiles.answers import holding_answer, indexed, payments_answer
from tests.dash_app.profiles.builders import feature, segment, statistic

SAVERS, BORROWERS = segment(0, "Savers"), segment(1, "Borrowers")
SAVED = feature("saved")
TIMES, AMOUNTS = feature("times", "count"), feature("amounts")


def test_the_answer_says_how_many_hold_something_and_who_holds_most() -> None:
    found = indexed(
        [
            statistic(None, "saved", 9.71, nonzero_share=0.497),
            statistic(0, "saved", 560.4),
            statistic(1, "saved", 0.0),
        ]
    )
    assert holding_answer(SAVED, (SAVERS, BORROWERS), found, "USD") == (
        "50% do",
        "Most in Savers: $560 at the median",
    )


def test_nobody_holds_most_where_all_medians_are_zero() -> None:
    found = indexed([statistic(n, "saved", 0.0, nonzero_share=0.2) for n in (None, 0, 1)])
    assert holding_answer(SAVED, (SAVERS, BORROWERS), found, "USD") == ("20% do", "")


def test_the_answer_admits_that_there_is_no_data() -> None:
    assert holding_answer(SAVED, (SAVERS, BORROWERS), {}, "USD") == ("No data", "")


def test_payments_name_who_pays_most_often_and_who_most_at_a_time() -> None:
    found = indexed(
        [
            statistic(0, "times", 24.0),
            statistic(1, "times", 138.0),
            statistic(0, "amounts", 170.2),
            statistic(1, "amounts", 136.0),
        ]
    )
    assert payments_answer(TIMES, AMOUNTS, (SAVERS, BORROWERS), found, "USD") == (
        "Most often Borrowers (138), most at a time Savers ($170)"
    )


def test_one_segment_may_be_both() -> None:
    found = indexed([statistic(0, "times", 24.0), statistic(0, "amounts", 170.0)])
    assert payments_answer(TIMES, AMOUNTS, (SAVERS,), found, "USD") == (
        "Savers: most often (24) and most at a time ($170)"
    )


def test_payments_have_no_answer_without_payments() -> None:
    assert payments_answer(TIMES, AMOUNTS, (SAVERS,), {}, "USD") == ""
