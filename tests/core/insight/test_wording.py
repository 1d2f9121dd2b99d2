from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.features.base import Kind
from core.insight.round_numbers import roundest
from core.insight.wording import (
    about_one_in,
    money,
    named_quantity,
    noun,
    number,
    percent,
    quantity,
)
from tests.core.insight.builders import AGE, BUYS, DEBT, feature


@pytest.mark.parametrize(
    ("n", "total", "said"),
    [
        (394, 747, "about 1 in 2"),
        (160, 747, "about 1 in 5"),
        (500, 747, "about 2 in 3"),
        (600, 800, "3 in 4"),
        (1, 7, "1 in 7"),
        (1, 60, "about 1 in 50"),
    ],
)
def test_shares_are_said_as_people_say_them(n, total, said):
    assert about_one_in(n, total) == said


@given(st.integers(1, 10_000), st.integers(1, 10_000))
def test_a_share_is_never_said_far_from_what_it_is(n, total):
    said = about_one_in(min(n, total), total)
    if " in " in said and not said.startswith("fewer"):
        part, whole = said.removeprefix("about ").split(" in ")
        ratio = float(Fraction(int(part), int(whole))) / (min(n, total) / total)
        assert 0.7 < ratio < 1.45


def test_money_has_its_symbol_its_sign_before_it_and_no_false_precision():
    said = [money(value, "EUR") for value in (0, 0.555, 12.4, -4321.5, 2_000_000)]
    assert said == ["€0", "€0.56", "€12", "−€4,322", "€2.00 M"]


def test_a_tiny_negative_amount_is_nothing_rather_than_minus_nothing():
    assert (money(-0.001, "USD"), number(-0.001), percent(-0.0001)) == ("$0", "0", "0%")


def test_an_unknown_currency_is_written_out():
    assert money(100, "SEK") == "SEK 100"


def test_values_carry_their_unit():
    gap = feature("gap", Kind.DAYS)
    share = feature("share", Kind.SHARE)
    assert [quantity(v, f, "USD") for v, f in ((3, BUYS), (1, gap), (0.25, share))] == [
        "3 purchases",
        "1 day",
        "25%",
    ]


def test_a_unit_that_the_name_contains_is_not_said_twice():
    assert named_quantity(9, BUYS, "USD") == "card purchases 9"
    assert named_quantity(41, AGE, "USD") == "age 41 years"


def test_a_flag_is_named_without_its_verb():
    assert noun(feature("has_savings", Kind.FLAG, label="Has a savings account")) == (
        "savings account"
    )


@given(st.floats(-1e6, 1e6), st.floats(1e-3, 1e5), st.floats(0, 1))
def test_the_roundest_number_lies_within_the_interval(low, width, position):
    high = low + width
    found = roundest(low, high, low + position * width)
    assert low < found <= high


def test_round_numbers_beat_exact_ones_but_only_within_the_interval():
    assert [roundest(*interval) for interval in ((190, 240, 212), (210, 214, 212), (0, 7, 2))] == [
        200,
        212,
        2,
    ]


def test_an_empty_interval_is_refused():
    with pytest.raises(ValueError, match="no number above 3"):
        roundest(3, 3, 3)


def test_labels_keep_abbreviations():
    assert noun(feature("x", label="ATM withdrawals")) == "ATM withdrawals"
    assert noun(DEBT) == "card debt"
