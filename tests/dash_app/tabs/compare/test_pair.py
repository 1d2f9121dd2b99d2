"""Which two views are compared."""

from __future__ import annotations

from core.readmodels import BakeOff, Comparison, ComparisonCell
from dash_app.tabs.compare.pair import compared, pair_in_view, pairs, turned_round
from tests.dash_app.profiles.builders import BEHAVIOURAL, DEMOGRAPHIC, lens

RFM = lens("rfm", "behavioural")
LENSES = (BEHAVIOURAL, RFM, DEMOGRAPHIC)
MADE = Comparison(
    lens_a="demographic",
    lens_b="behavioural",
    ami=0.05,
    ami_chance_low=-0.01,
    ami_chance_high=0.01,
    ari=0.04,
    cramers_v=0.2,
    predict_b_from_a=0.33,
    predict_b_chance=0.2,
    cells=(
        ComparisonCell(0, 0, 30, 20.0, 1.5, 3.0),
        ComparisonCell(0, 1, 10, 20.0, 0.5, -3.0),
        ComparisonCell(1, 0, 12, 20.0, 0.6, -2.5),
        ComparisonCell(1, 1, 28, 20.0, 1.4, 2.5),
    ),
    bake_off=(BakeOff("fees", 0.06, 0.51, 0.52),),
    answer="Hardly.",
    sentence="Knowing who a customer is tells you almost nothing.",
    predict_a_from_b=0.31,
    predict_a_chance=0.2,
)


def test_who_they_are_comes_before_how_they_bank() -> None:
    assert pair_in_view(LENSES, None, None) == (DEMOGRAPHIC, BEHAVIOURAL)


def test_the_url_names_both() -> None:
    assert pair_in_view(LENSES, "rfm", "behavioural") == (RFM, BEHAVIOURAL)


def test_what_the_url_leaves_out_is_chosen_from_the_others() -> None:
    assert pair_in_view(LENSES, "behavioural", None) == (BEHAVIOURAL, RFM)
    assert pair_in_view(LENSES, None, "demographic") == (BEHAVIOURAL, DEMOGRAPHIC)


def test_unknown_and_equal_lenses_are_replaced() -> None:
    assert pair_in_view(LENSES, "nonsense", "gone") == (DEMOGRAPHIC, BEHAVIOURAL)
    assert pair_in_view(LENSES, "rfm", "rfm") == (RFM, BEHAVIOURAL)


def test_one_lens_has_nothing_to_be_compared_with() -> None:
    assert pair_in_view((DEMOGRAPHIC,), None, None) is None


def test_every_two_lenses_are_offered_once_and_different_sides_first() -> None:
    assert pairs(LENSES) == ((DEMOGRAPHIC, BEHAVIOURAL), (DEMOGRAPHIC, RFM), (BEHAVIOURAL, RFM))


def test_a_comparison_is_found_from_either_side() -> None:
    assert compared((MADE,), "demographic", "behavioural") == MADE
    assert compared((MADE,), "behavioural", "demographic") == turned_round(MADE)
    assert compared((MADE,), "behavioural", "rfm") is None


def test_turning_round_exchanges_rows_columns_and_what_each_side_explains() -> None:
    turned = turned_round(MADE)
    assert (turned.lens_a, turned.lens_b) == ("behavioural", "demographic")
    assert [(c.a, c.b, c.n) for c in turned.cells] == [
        (0, 0, 30),
        (0, 1, 12),
        (1, 0, 10),
        (1, 1, 28),
    ]
    assert turned.bake_off == (BakeOff("fees", 0.51, 0.06, 0.52),)
    assert (turned.predict_b_from_a, turned.predict_a_from_b) == (0.31, 0.33)


def test_turning_round_twice_changes_nothing() -> None:
    assert turned_round(turned_round(MADE)) == MADE
