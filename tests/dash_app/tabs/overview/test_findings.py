"""The overview's numbers and sentences."""

from __future__ import annotations

from datetime import date

from core.readmodels import RunId, SegmentShare, Stability
from dash_app.components.chips import Tone
from dash_app.tabs.overview.findings import (
    KeyFigure,
    movement_figure,
    stable_figure,
    stressed,
    value_figure,
)
from tests.dash_app.profiles.builders import feature, segment

SPEND = feature("card_spend", label="Card spending")


def share(run: int, key: str, part: float) -> SegmentShare:
    return SegmentShare(RunId(run), date(1995, 3 * run, 28), key, key.capitalize(), part)


def test_value_is_what_all_segments_hold_together_with_the_median_customer_beside_it() -> None:
    segments = (segment(0, value_total=1_000_000.0), segment(1, value_total=520_345.0))
    assert value_figure(segments, SPEND, 1_146.4, "USD") == KeyFigure(
        "Card spending",
        "$1.52\xa0M",
        "median $1,146 per customer",
        exact="$1,520,345",
        key="feature:card_spend",
    )


def test_value_is_not_invented_where_the_lens_names_none() -> None:
    assert value_figure((segment(0),), None, None, "USD").value == "no data"
    assert value_figure((segment(0, value_total=None),), SPEND, 3.0, "USD").value == "no data"


def test_most_customers_in_stable_segments_is_good_news() -> None:
    figure = stable_figure(
        (segment(0, size=662), segment(1, size=85, stability=Stability.UNCERTAIN))
    )
    assert (figure.value, figure.note, figure.tone) == (
        "89%",
        "662 of 747; found again in other samples",
        Tone.GOOD,
    )


def test_few_customers_in_stable_segments_call_for_care() -> None:
    assert stable_figure((segment(0, stability=Stability.UNSTABLE),)).tone is Tone.CARE


def test_nobody_at_all_is_no_data() -> None:
    assert stable_figure(()).value == "no data"


def test_the_largest_movement_is_since_the_run_before() -> None:
    shares = [
        *(share(1, "savers", 0.5), share(1, "fading", 0.1)),
        *(share(2, "savers", 0.5), share(2, "fading", 0.11)),
        *(share(3, "savers", 0.469), share(3, "fading", 0.12)),
    ]
    assert movement_figure(shares) == KeyFigure(
        "Largest movement", "−3.1\xa0pp", "Savers shrank since 28 Jun 1995", Tone.CARE
    )


def test_shares_that_stand_still_did_not_move() -> None:
    figure = movement_figure([share(1, "savers", 0.5), share(2, "savers", 0.501)])
    assert figure is not None
    assert figure.value == "None"


def test_runs_on_the_same_data_are_told_apart_by_their_number() -> None:
    day = date(1995, 12, 31)
    shares = [
        SegmentShare(RunId(run), day, "savers", "Savers", part)
        for run, part in ((4, 0.5), (5, 0.4))
    ]
    figure = movement_figure(shares)
    assert figure is not None
    assert figure.note == "Savers shrank since run 4"


def test_one_run_has_no_movement() -> None:
    assert movement_figure([share(1, "savers", 0.5)]) is None


def test_a_segment_that_is_new_has_not_moved() -> None:
    figure = movement_figure([share(1, "savers", 1.0), share(2, "newcomers", 0.4)])
    assert figure is not None
    assert figure.value == "None"


def test_headlines_stress_the_subject_and_the_amounts() -> None:
    assert stressed("About 1 in 2 customers belong to “Card-led”: −$1,000, 191 days, 41%.") == (
        "**About 1 in 2** customers belong to “**Card-led**”: **−$1,000**, **191 days**, **41%**."
    )


def test_amounts_of_every_currency_are_stressed_whole() -> None:
    assert stressed("R$904 each, ₹4.55 M together, A$12 and $581\xa0k.") == (
        "**R$904** each, **₹4.55\xa0M** together, **A$12** and **$581\xa0k**."
    )
