from __future__ import annotations

import numpy as np
import pytest

from core.features.base import Kind
from core.insight.actions import top_actions
from core.pipeline.results import ActionRow
from tests.core.insight.builders import DEBT, SAVINGS, feature, frame_of, numbered

RECENCY = feature("recency_days", Kind.DAYS, unit="days")
INTERVAL = feature("days_between_mean", Kind.DAYS, unit="days")
TREND = feature("spend_trend", Kind.SHARE)
FEATURES = [SAVINGS, DEBT, RECENCY, INTERVAL, TREND]


def calm(n=20):
    """Customers of rising value to whom nothing happens."""
    return (
        {
            "savings": [100.0 * (row + 1) for row in range(n)],
            "card_debt": [50.0] * n,
            "recency_days": [1.0] * n,
            "days_between_mean": [3.0] * n,
            "spend_trend": [0.5] * n,
        },
        np.full(n, 0.5),
        np.full(n, 50.0),
    )


def actions(columns, margin, typicality, **options):
    n = len(margin)
    return top_actions(
        "behavioural",
        frame_of(columns),
        FEATURES,
        numbered(*[0] * n),
        margin,
        typicality,
        "savings",
        currency="USD",
        inputs=["savings", "card_debt"],
        **options,
    )


def test_nobody_is_listed_without_a_reason():
    assert actions(*calm()) == ()


@pytest.mark.parametrize(
    ("column", "value", "reason"),
    [
        ("recency_days", 41.0, "No transaction for 41 days; usually every 3 days"),
        (
            "spend_trend",
            0.25,
            "Spent 67% less in the last three months than in the three before",
        ),
        (
            "spend_trend",
            0.0,
            "Spent nothing in the last three months, but did in the three before",
        ),
    ],
)
def test_a_change_in_behaviour_is_told_with_its_numbers(column, value, reason):
    columns, margin, typicality = calm()
    columns[column][18] = value
    assert (
        actions(columns, margin, typicality) == (ActionRow("behavioural", 18, 0, 1900.0, reason),)
        or actions(columns, margin, typicality)[0].reason == reason
    )


def test_a_customer_unlike_any_other_is_told_by_what_lies_furthest_out():
    columns, margin, typicality = calm()
    columns["card_debt"] = [float(10 * row) for row in range(20)]
    columns["card_debt"][19] = 5000.0
    typicality[19] = 99.6
    assert actions(columns, margin, typicality)[0].reason == (
        "Unlike any known customer: card debt $5,000, in this segment usually $9.50 to $421"
    )


def test_a_usual_range_of_one_amount_is_said_once():
    columns, margin, typicality = calm()
    columns["card_debt"] = [0.0] * 19 + [0.05]  # the end is $0.0025, which reads $0
    typicality[19] = 99.6
    assert actions(columns, margin, typicality)[0].reason.endswith("in this segment usually $0")


def test_a_customer_between_two_segments_is_told_the_other_by_name():
    columns, margin, typicality = calm()
    margin[19] = 0.04
    runner_up = np.full(20, 2, dtype=np.int16)
    named = actions(columns, margin, typicality, runner_up=runner_up, names={2: "Careful savers"})
    unnamed = actions(columns, margin, typicality)
    assert [named[0].reason, unnamed[0].reason] == [
        "Almost as close to “Careful savers”",
        "Between two segments: almost as close to the next one",
    ]


def two_segments():
    """Calm customers: the upper half of value in segment 1, the others in segment 0."""
    columns, margin, typicality = calm(40)
    return columns, margin, typicality, numbered(*[0] * 20, *[1] * 20)


def of_two(columns, margin, typicality, segments, **options):
    return top_actions(
        "behavioural",
        frame_of(columns),
        FEATURES,
        segments,
        margin,
        typicality,
        "savings",
        currency="USD",
        names={0: "Small", 1: "Large"},
        runner_up=(1 - segments).astype(np.int16),
        inputs=["savings", "card_debt"],
        **options,
    )


def test_who_is_nearest_to_a_border_is_told_what_the_other_segment_is_worth():
    columns, margin, typicality, segments = two_segments()
    margin[39], margin[38] = 0.3, 0.02
    found = of_two(columns, margin, typicality, segments)
    less = "to “Small”, worth less: median savings $1,050, $3,050 here"
    assert [(action.row, action.reason) for action in found] == [
        (39, f"Closer than most {less}"),
        (38, f"Almost as close {less}"),
    ]


def test_segments_worth_about_the_same_are_not_compared():
    columns, margin, typicality, segments = two_segments()
    columns["savings"] = [1000.0 + row for row in range(40)]
    margin[39] = 0.3
    (found,) = of_two(columns, margin, typicality, segments)
    assert found.reason == "Closer than most to “Small”"


def test_nobody_is_near_a_border_where_the_nearest_are_far_from_it():
    columns, margin, typicality, segments = two_segments()
    margin[:] = 0.8
    margin[39] = 0.7
    assert of_two(columns, margin, typicality, segments) == ()


def test_who_just_came_from_a_segment_worth_more_comes_before_who_is_near_one():
    columns, margin, typicality, segments = two_segments()
    margin[39] = 0.01
    came_from = numbered(*[-1] * 40)
    segments[35], came_from[35] = 0, 1
    found = of_two(columns, margin, typicality, segments, came_from=came_from)
    assert [(action.row, action.reason.split(":")[0]) for action in found] == [
        (35, "Just came from “Large”, worth more"),
        (39, "Almost as close to “Small”, worth less"),
    ]


def test_who_is_merely_unlike_anyone_comes_last_and_gets_a_fifth_of_the_list():
    columns, margin, typicality = calm(80)
    typicality[:] = 99.5
    columns["recency_days"][61:64] = [60.0] * 3
    found = actions(columns, margin, typicality, limit=10)
    assert [action.row for action in found] == [63, 62, 61, 79, 78]
    assert found[-1].reason.startswith("Unlike any known customer")


def test_only_the_upper_quarter_of_value_is_listed_most_valuable_first():
    columns, margin, typicality = calm()
    columns["recency_days"] = [60.0] * 20
    found = actions(columns, margin, typicality)
    assert [action.row for action in found] == [19, 18, 17, 16, 15]


def test_one_reason_fills_at_most_half_of_the_list_while_there_are_others():
    columns, margin, typicality = calm(80)
    columns["recency_days"] = [60.0] * 80
    for row in (60, 61, 62):
        columns["recency_days"][row] = 1.0
        margin[row] = 0.01
    found = actions(columns, margin, typicality, limit=4)
    assert [action.row for action in found] == [79, 78, 62, 61]


def test_a_list_of_one_reason_is_filled_all_the_same():
    columns, margin, typicality = calm(80)
    columns["recency_days"] = [60.0] * 80
    assert len(actions(columns, margin, typicality, limit=10)) == 10


def test_customers_by_rule_and_with_unknown_numbers_have_no_reason():
    columns, margin, typicality = calm()
    columns["recency_days"] = [np.nan] * 20
    margin[:], typicality[:] = np.nan, np.nan
    assert actions(columns, margin, typicality) == ()


def test_a_few_quiet_days_are_nothing():
    columns, margin, typicality = calm()
    columns["days_between_mean"] = [1.0] * 20
    columns["recency_days"] = [13.0] * 20
    assert actions(columns, margin, typicality) == ()


def test_without_a_value_or_the_features_of_a_reason_there_is_no_list():
    columns, margin, typicality = calm()
    frame, segments = frame_of(columns), numbered(*[0] * 20)
    margin[:] = 0.0
    arguments = ("x", frame, FEATURES, segments, margin, typicality)
    assert top_actions(*arguments, None, currency="USD") == ()
    bare = top_actions(
        "x", frame, [SAVINGS], segments, margin, typicality, "savings", currency="USD"
    )
    assert {action.reason for action in bare} == {
        "Between two segments: almost as close to the next one"
    }
