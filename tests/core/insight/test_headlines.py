from __future__ import annotations

from core.features.base import Kind
from core.insight.headlines import headlines
from tests.core.insight.builders import (
    AGE,
    BUYS,
    DEBT,
    MARITAL,
    SAVINGS,
    difference,
    feature,
    summary,
)

MONEY_OUT = feature("spend_total", label="Money out")
FEATURES = [DEBT, SAVINGS, BUYS, AGE, MARITAL, MONEY_OUT]


def test_three_sentences_about_three_segments():
    segments = [
        summary(0, "Everyday", size=394, share=0.53, value_share=0.4),
        summary(1, "Savers", size=160, share=0.21, value_share=0.6, value_median=560.0),
        summary(2, "Fading", size=107, share=0.14),
        summary(3, "Not yet active", size=86, share=0.12, is_rule=True, rule="no transaction"),
    ]
    differences = [
        difference(0, "card_debt", 0.9, here=1190, elsewhere=0),
        difference(2, "card_purchases", -0.8, rank=1, here=2, elsewhere=60),
        difference(2, "age_years", 0.4, rank=2, here=61, elsewhere=44),
    ]
    assert headlines(segments, (), differences, FEATURES, "USD", value_feature="spend_total") == (
        (
            "About 1 in 2 customers (394 of 747) belongs to “Everyday”: "
            "median card debt $1,190, against $0 for everyone else."
        ),
        (
            "“Savers” (160) accounts for 60% of all money out with 21% of customers; "
            "$560 each at the median."
        ),
        (
            "“Fading” (107 customers): median card purchases 2, against 60; "
            "median age 61 years, against 44 years for everyone else."
        ),
    )


def test_the_largest_segment_tells_its_share_of_value_itself():
    segments = [
        summary(0, "Everyday", size=75, share=0.75, value_share=0.9),
        summary(1, "Others", size=25, share=0.25, value_share=0.1),
    ]
    assert headlines(segments, (), (), FEATURES, "USD", value_feature="spend_total") == (
        "3 in 4 customers (75 of 100) belong to “Everyday”, with 90% of all money out.",
        "“Others” (25 customers) differs little from other customers.",
    )


def test_the_segment_by_rule_comes_last_and_tells_its_rule():
    segments = [
        summary(0, "Not yet active", size=90, is_rule=True, rule="without any transaction"),
        summary(1, "Active", size=10),
    ]
    assert headlines(segments, (), (), FEATURES, "USD") == (
        "1 in 10 customers (10 of 100) belongs to “Active”.",
        "“Not yet active” (90 customers): without any transaction.",
    )


def test_shares_of_flags_and_levels_are_told_as_shares():
    card = feature("has_card", Kind.FLAG, label="Has a credit card")
    differences = [
        difference(0, "has_card", 0.6, rank=1, here=0.9, elsewhere=0.3, measure="share"),
        difference(
            1,
            "marital_status",
            0.5,
            rank=1,
            here=0.7,
            elsewhere=0.2,
            level="Single",
            measure="share",
        ),
    ]
    found = headlines(
        [summary(0, "A", size=60), summary(1, "B", size=40)],
        (),
        differences,
        [card, MARITAL],
        "USD",
    )
    assert found == (
        (
            "3 in 5 customers (60 of 100) belong to “A”: "
            "90% have a credit card, against 30% for everyone else."
        ),
        "“B” (40 customers): marital status is Single for 70%, against 20% for everyone else.",
    )


def test_means_are_called_averages_and_echoes_are_left_out():
    differences = [
        difference(0, "card_debt", 0.9, here=80, elsewhere=5, measure="mean"),
        difference(0, "savings", 0.8, rank=2, echoes="card_debt"),
    ]
    found = headlines([summary(0, "A", size=3)], (), differences, FEATURES, "EUR")
    assert found == (
        (
            "All customers (3 of 3) belong to “A”: card debt €80 on average, against €5 "
            "for everyone else."
        ),
    )


def test_sentences_speak_only_of_the_inputs_given():
    differences = [difference(0, "card_debt", 0.9, here=80, elsewhere=5)]
    found = headlines(
        [summary(0, "A", size=3)], (), differences, FEATURES, "EUR", inputs=["savings"]
    )
    assert found == ("All customers (3 of 3) belong to “A”.",)


def test_without_customers_there_is_nothing_to_say():
    assert headlines([summary(0, size=0)], (), (), FEATURES, "USD") == ()
