from __future__ import annotations

import json

import pytest
from dash._utils import to_json

from core.errors import UsageError
from core.scoring_ids import IdAnswer, Standing
from dash_app.tabs.score.by_id import (
    MOST_SHOWN,
    answers_table,
    answers_view,
    asked_day,
    asked_ids,
    ranges_table,
)
from tests.dash_app.profiles.builders import feature, segment, statistic
from tests.dash_app.tabs.pages import words as words_of

SEGMENTS = (segment(0, "Savers"), segment(1, "Traders"))
DEBT = feature("card_debt", label="Card debt")
ANSWERS = (
    IdAnswer("7", Standing.SCORED, "", 1, 0, 0.5, 0.75, 40.0),
    IdAnswer("12", Standing.UNKNOWN),
    IdAnswer("9", Standing.LEFT_OUT, "inactive"),
    IdAnswer("7", Standing.SCORED, "", 1, 0, 0.5, 0.75, 40.0),
)


@pytest.mark.parametrize("text", [None, "", " \n,; "])
def test_an_empty_list_is_answered_with_what_to_do(text: str | None) -> None:
    with pytest.raises(UsageError, match="one per line"):
        asked_ids(text)


def test_ids_come_in_the_order_pasted_whatever_stands_between() -> None:
    assert asked_ids("7\r\n12;9, 7\tC-AB") == ["7", "12", "9", "7", "C-AB"]


def test_a_day_is_iso_or_none_at_all() -> None:
    assert asked_day(" ") is None
    assert str(asked_day("2024-12-31")) == "2024-12-31"
    with pytest.raises(UsageError, match="YYYY-MM-DD"):
        asked_day("31.12.2024")


def test_the_file_has_every_answer_in_the_order_asked() -> None:
    rows = answers_table(ANSWERS, SEGMENTS).rows
    assert [row[:3] for row in rows] == [
        ("7", "scored", "Traders"),
        ("12", "unknown", None),
        ("9", "inactive", None),
        ("7", "scored", "Traders"),
    ]


def test_the_page_counts_the_answers_and_names_segments() -> None:
    page = answers_view(ANSWERS, SEGMENTS, ranges_table((), SEGMENTS, {}, "USD"), "USD")
    told = words_of(json.loads(to_json(page)))
    assert "4 ids: 1 inactive, 2 scored, 1 unknown." in told
    assert told.index("Traders") < told.index("inactive", told.index("Farther out than"))


def test_a_long_list_is_shown_in_part_and_told() -> None:
    many = ANSWERS[1:2] * (MOST_SHOWN + 5)
    page = answers_view(many, SEGMENTS, ranges_table((), SEGMENTS, {}, "USD"), "USD")
    assert "5 more are in the download." in words_of(json.loads(to_json(page)))


def test_ranges_are_told_per_segment_and_input() -> None:
    found = (
        statistic(None, "card_debt", 5.0, minimum=0.0, maximum=90.0),
        statistic(1, "card_debt", 50.0, minimum=10.0, maximum=90.0),
    )
    table = ranges_table(found, SEGMENTS, {"card_debt": DEBT}, "USD")
    assert table.rows == (("Traders", "Card debt", "$10", "$90"),)
