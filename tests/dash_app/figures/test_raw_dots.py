"""Dots in raw units."""

from __future__ import annotations

from dataclasses import replace

from core.readmodels import FeatureStatistic
from dash_app.figures.raw_dots import raw_dots
from dash_app.figures.tracks import Track
from dash_app.theme import LIGHT
from tests.dash_app.figures.samples import AGE, DEBT, TRANSACTIONS, world

BANK = world(2)
BLANK = replace(BANK.statistics[0], p25=None, p75=None)


def statistic(segment: int | None, feature: str, median: float | None) -> FeatureStatistic:
    return replace(BLANK, segment=segment, feature=feature, median=median)


STATISTICS = [
    statistic(None, "card_debt", 100.0),
    statistic(0, "card_debt", 400.0),
    statistic(1, "card_debt", 0.0),
    statistic(None, "transactions", 50.0),
    statistic(0, "transactions", 80.0),
    statistic(1, "transactions", 20.0),
]


def test_every_feature_has_its_own_scale_from_zero() -> None:
    chart = raw_dots(STATISTICS, BANK.segments, (DEBT, TRANSACTIONS), theme=LIGHT)
    dots = {trace["name"]: trace["x"] for trace in chart.figure["data"] if "name" in trace}
    assert dots == {
        "All customers": [0.25, 0.625],
        "Card-led everyday": [1.0, 1.0],
        "Careful savers": [0.0, 0.25],
    }


def test_the_table_has_raw_medians_with_their_kinds() -> None:
    chart = raw_dots(STATISTICS, BANK.segments, (DEBT, TRANSACTIONS), theme=LIGHT)
    assert chart.table.rows == (
        ("All customers", 100.0, 50.0),
        ("Card-led everyday", 400.0, 80.0),
        ("Careful savers", 0.0, 20.0),
    )
    assert [column.kind for column in chart.table.columns] == ["category", "money", "count"]


def test_a_scale_is_logarithmic_only_where_money_spans_magnitudes() -> None:
    wide = [statistic(None, "card_debt", 10.0), statistic(0, "card_debt", 5_000.0)]
    chart = raw_dots(wide, BANK.segments[:1], (DEBT,), theme=LIGHT)
    assert "log" in chart.subtitle
    assert "log" not in raw_dots(STATISTICS, BANK.segments, (DEBT,), theme=LIGHT).subtitle


def test_yes_and_no_are_shown_by_their_share() -> None:
    flag = replace(DEBT, label="Has a card", kind="flag")
    halves = [
        replace(statistic(number, "card_debt", 1.0), mean=share)
        for number, share in ((None, 0.6), (0, 0.9), (1, 0.25))
    ]
    chart = raw_dots(halves, BANK.segments, (flag,), theme=LIGHT)
    assert chart.title == "Has a card: 90% for Card-led everyday, 25% for Careful savers"
    assert chart.table.columns[1].label == "Has a card, share of yes"
    dots = {trace["name"]: trace["x"] for trace in chart.figure["data"] if "name" in trace}
    assert dots["Careful savers"] == [0.25]


def test_a_feature_nobody_has_is_left_out() -> None:
    chart = raw_dots(STATISTICS, BANK.segments, (AGE, DEBT), theme=LIGHT)
    assert [column.label for column in chart.table.columns] == ["Segment", "Card debt, median"]


def test_ages_do_not_start_at_zero_but_balances_do() -> None:
    ages = [statistic(None, "age_years", 40.0), statistic(0, "age_years", 50.0)]
    chart = raw_dots(ages, BANK.segments[:1], (AGE,), theme=LIGHT)
    notes = [note["text"] for note in chart.figure["layout"]["annotations"]]
    assert notes == ["Age", "40", "50"]


def test_equal_medians_lie_in_the_middle() -> None:
    assert Track(AGE, 40.0, 40.0, is_log=False).at(40.0) == 0.5


def test_beyond_eight_segments_the_smallest_are_grey() -> None:
    bank = world(20)
    chart = raw_dots(bank.statistics, bank.segments, bank.features, theme=LIGHT)
    coloured = {t["marker"]["color"] for t in chart.figure["data"] if t.get("showlegend", True)}
    assert coloured <= {LIGHT.surface, *LIGHT.segments}
    assert "12 smallest segments in grey" in chart.subtitle
    assert len(chart.table.rows) == 21
