"""What makes a segment different, in raw units and words."""

from __future__ import annotations

import pytest

from dash_app.profiles.differences import (
    difference_words,
    differences_card,
    rule_of_thumb,
    strongest,
)
from tests.dash_app.profiles.builders import (
    difference,
    facts,
    feature,
    parts_of,
    segment,
    text_of,
)

DEBT = feature("card_debt", label="Card debt")


def test_the_strongest_come_first_and_echoes_are_left_out() -> None:
    rows = [
        difference(0, "b", rank=2),
        difference(0, "a", rank=1),
        difference(0, "c", rank=3, echoes="a"),
        difference(1, "a", rank=1),
    ]
    known = {name: feature(name) for name in "abc"}
    assert [row.feature for row in strongest(segment(0), rows, known)] == ["a", "b"]


def test_weak_differences_are_left_out_beyond_the_first_four() -> None:
    rows = [difference(0, "a", rank=rank, effect=0.1) for rank in range(1, 7)]
    assert len(strongest(segment(0), rows, {"a": feature("a")})) == 4


@pytest.mark.parametrize(
    ("row", "kind", "words"),
    [
        (difference(0, "card_debt", difference=1_190.0), "money", "+$1,190"),
        (difference(0, "card_debt", difference=-1_190.0), "money", "−$1,190"),
        (difference(0, "card_debt", difference=60.0), "count", "+60"),
        (difference(0, "card_debt", difference=-0.172, level="Married"), "category", "−17.2\xa0pp"),
        (difference(0, "card_debt", difference=0.05), "share", "+5.0\xa0pp"),
        (difference(0, "card_debt", difference=0.0), "money", "$0"),
    ],
)
def test_a_difference_has_a_sign_and_its_unit(row: object, kind: str, words: str) -> None:
    assert difference_words(row, feature("card_debt", kind), "USD") == words  # type: ignore[arg-type]


def test_the_rule_says_what_it_finds_and_how_often_it_is_right() -> None:
    assert rule_of_thumb(segment(0)) == (
        "Rule of thumb: **savings ≥ $500** → finds 96% of this segment, and 97% of those it finds "
        "belong to it."
    )
    assert rule_of_thumb(segment(0, rule="")) == ""
    assert rule_of_thumb(segment(0, rule_recall=None)) == "Rule of thumb: **savings ≥ $500**."


def test_the_card_shows_raw_values_before_strength() -> None:
    drawn = differences_card(segment(0), facts().differentiators, (DEBT,), "USD")
    assert "Card debt $1,190 $0 +$1,190 strong" in text_of(drawn)
    bars = [p.style for p in parts_of(drawn) if getattr(p, "className", "") == "effect-fill"]
    assert bars == [{"width": "60%"}]


def test_the_card_says_so_where_nothing_differs() -> None:
    assert "Nothing sets this segment clearly apart" in text_of(
        differences_card(segment(5), facts().differentiators, (DEBT,), "USD")
    )
