"""Shares of customers beside shares of value."""

from __future__ import annotations

from dataclasses import replace

from dash_app.figures.segment_shares import segment_shares
from dash_app.theme import LIGHT
from tests.dash_app.figures.samples import world

SAVERS, SPENDERS = (
    replace(segment, name=name, share=share, value_share=value, size=size, value_total=total)
    for segment, (name, share, value, size, total) in zip(
        world(2).segments,
        (("Savers", 0.25, 0.75, 50, 7500.0), ("Spenders", 0.75, 0.25, 150, 2500.0)),
        strict=True,
    )
)
BALANCES = replace(world(2).feature, name="balances", label="Balances")


def test_bars_and_table_hold_the_same_shares() -> None:
    chart = segment_shares([SAVERS, SPENDERS], theme=LIGHT)
    customers, value = chart.figure["data"]
    assert (customers["x"], value["x"]) == ([0.25, 0.75], [0.75, 0.25])
    assert [row[:5] for row in chart.table.rows] == [
        ("Savers", 50, 0.25, 7500.0, 0.75),
        ("Spenders", 150, 0.75, 2500.0, 0.25),
    ]


def test_the_title_names_the_segment_whose_value_departs_most_from_its_size() -> None:
    chart = segment_shares([SAVERS, SPENDERS], theme=LIGHT, value=BALANCES)
    assert chart.title == "Savers: a quarter of customers and three quarters of balances"


def test_customers_have_the_segments_colour_and_value_a_lighter_one() -> None:
    customers, value = segment_shares([SAVERS, SPENDERS], theme=LIGHT).figure["data"]
    assert customers["marker"]["color"] == list(LIGHT.segments[:2])
    assert value["marker"]["color"] == ["#80B8D8", "#EAAE80"]


def test_a_lens_without_value_shows_customers_only() -> None:
    plain = [replace(s, value_share=None, value_total=None) for s in (SAVERS, SPENDERS)]
    chart = segment_shares(plain, theme=LIGHT)
    assert len(chart.figure["data"]) == 1
    assert chart.title == "Spenders is the largest segment, three quarters of customers"
    assert chart.subtitle == "Share of customers"


def test_negative_value_is_drawn_to_the_left_of_zero() -> None:
    owing = replace(SPENDERS, value_share=-0.2)
    low, _ = segment_shares([SAVERS, owing], theme=LIGHT).figure["layout"]["xaxis"]["range"]
    assert low < -0.2


def test_the_currency_is_the_data_sets() -> None:
    assert "€7,500" in segment_shares([SAVERS], theme=LIGHT, currency="EUR").summary


def test_a_long_name_of_the_value_leaves_room_for_the_bars() -> None:
    long = replace(BALANCES, label="Funds under management of all accounts")
    chart = segment_shares([SAVERS, SPENDERS], theme=LIGHT, value=long)
    assert chart.figure["data"][1]["text"] == ["75% of value", "25% of value"]
    assert "funds under management of all accounts" in chart.subtitle
    assert chart.figure["layout"]["margin"]["r"] < 130
