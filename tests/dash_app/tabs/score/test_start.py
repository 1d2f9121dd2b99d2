"""The form starts from a customer as there are many, and from nobody's own row."""

from __future__ import annotations

from dataclasses import replace

from dash_app.tabs.score.start import Start, start_of
from tests.dash_app.profiles.builders import statistic
from tests.dash_app.tabs.score.builders import CATEGORIES, SEGMENTS, STATISTICS, fields

SAVERS, BORROWERS, IDLE = SEGMENTS
OF_SAVERS = (
    statistic(5, "card_debt", 1.5),
    statistic(5, "income", 70.0),
    statistic(5, "accounts", 2.5),
)
SIZES = (replace(SAVERS, size=60), replace(BORROWERS, size=40), replace(IDLE, size=90))


def start(segments=SIZES, smallest: int = 10) -> Start:
    return start_of(fields(), segments, (*STATISTICS, *OF_SAVERS), CATEGORIES, smallest)


def test_the_form_starts_from_the_middle_of_the_largest_segment_that_is_no_rule() -> None:
    found = start()
    assert found.segment == 5
    assert found.values == {
        "card_debt": 1.5,
        "limit_used": 0.25,  # not known of the segment: the middle of all
        "income": 70.0,
        "town": "Far",
        "accounts": 2.0,  # a whole number, though the median is 2.5
    }


def test_without_a_segment_large_enough_it_starts_from_the_middle_of_all() -> None:
    found = start(smallest=100)
    assert found.segment is None
    assert found.values == {field.name: field.typical for field in fields()}
