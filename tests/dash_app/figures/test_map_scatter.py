"""The map."""

from __future__ import annotations

import json
from base64 import b64decode
from dataclasses import replace

import numpy as np
import plotly.graph_objects as go
import pytest

from core.errors import UsageError
from dash_app.figures.map_scatter import PointValues, map_scatter, sample_rows
from dash_app.theme import LIGHT
from tests.dash_app.figures.samples import world

BANK = world(4)


def test_ten_thousand_points_weigh_less_than_seventy_kilobytes() -> None:
    bank = world(6, customers=10_000)
    chart = map_scatter(bank.sample, bank.axes, bank.segments, theme=LIGHT)
    assert len(json.dumps(chart.figure)) < 70_000


def test_the_rows_of_a_trace_are_those_of_the_sample() -> None:
    chart = map_scatter(BANK.sample, BANK.axes, BANK.segments, theme=LIGHT)
    for trace, rows in zip(
        chart.figure["data"], sample_rows(BANK.sample, BANK.segments), strict=False
    ):
        x = np.frombuffer(b64decode(trace["x"]["bdata"]), "<i2")
        assert len(x) == len(rows)
        assert np.corrcoef(x, BANK.sample.xyz[rows, 0])[0, 1] > 0.999999


def test_axis_titles_say_how_much_they_carry() -> None:
    layout = map_scatter(BANK.sample, BANK.axes, BANK.segments, theme=LIGHT).figure["layout"]
    assert layout["xaxis"]["title"]["text"] == "Component 1, 54% of variance"
    assert layout["yaxis"]["title"]["text"] == "Component 2, 19% of variance"


def test_a_map_that_carries_little_warns() -> None:
    weak = replace(BANK.axes, explained_variance=(0.2, 0.1, 0.1))
    assert "Take care" in map_scatter(BANK.sample, weak, BANK.segments, theme=LIGHT).subtitle
    assert (
        "Take care" not in map_scatter(BANK.sample, BANK.axes, BANK.segments, theme=LIGHT).subtitle
    )


def test_a_sample_says_that_it_is_one() -> None:
    part = replace(BANK.sample, sampled_from=12_345)
    subtitle = map_scatter(part, BANK.axes, BANK.segments, theme=LIGHT).subtitle
    assert subtitle.startswith("A sample of 747 of 12,345 customers")


def test_in_space_the_points_have_a_third_coordinate() -> None:
    chart = map_scatter(BANK.sample, BANK.axes, BANK.segments, theme=LIGHT, dimensions=3)
    assert {trace["type"] for trace in chart.figure["data"]} == {"scatter3d"}
    assert chart.subtitle.endswith("which carry 84% of the differences")
    go.Figure(chart.figure)


def test_the_margin_colours_one_trace() -> None:
    chart = map_scatter(BANK.sample, BANK.axes, BANK.segments, theme=LIGHT, colour_by="margin")
    points = chart.figure["data"][0]
    assert len(b64decode(points["marker"]["color"]["bdata"])) == len(BANK.sample.segment)
    assert points["marker"]["colorbar"]["title"]["text"] == "Margin to the runner-up"
    go.Figure(chart.figure)


def test_any_number_colours_the_map_and_unknown_is_lowest() -> None:
    values = np.linspace(0, 100, len(BANK.sample.segment))
    values[0] = np.nan
    chart = map_scatter(
        BANK.sample, BANK.axes, BANK.segments, theme=LIGHT, values=PointValues("Age, years", values)
    )
    shades = b64decode(chart.figure["data"][0]["marker"]["color"]["bdata"])
    assert (shades[0], shades[-1]) == (0, 255)


def test_one_customer_is_ringed_and_loadings_are_named() -> None:
    chart = map_scatter(
        BANK.sample,
        BANK.axes,
        BANK.segments,
        theme=LIGHT,
        customer=(1.0, 2.0, 0.0),
        loadings=True,
        labels={"card_debt": "Card debt"},
    )
    assert chart.figure["data"][-1]["hovertext"] == ["This customer."]
    assert "Card debt" in [note["text"] for note in chart.figure["layout"]["annotations"]]


def test_a_customer_far_outside_widens_the_plane() -> None:
    chart = map_scatter(
        BANK.sample, BANK.axes, BANK.segments, theme=LIGHT, customer=(90.0, 0.0, 0.0)
    )
    ring = chart.figure["data"][-1]
    low, high = chart.figure["layout"]["xaxis"]["range"]
    assert low < ring["x"][0] < high


@pytest.mark.parametrize("options", [{"colour_by": "age"}, {"dimensions": 4}])
def test_unknown_options_name_the_known_ones(options: dict[str, object]) -> None:
    with pytest.raises(UsageError, match="Choose one of"):
        map_scatter(BANK.sample, BANK.axes, BANK.segments, theme=LIGHT, **options)


def test_segments_are_named_on_the_map_or_all_of_them_in_a_legend() -> None:
    named = map_scatter(BANK.sample, BANK.axes, BANK.segments, theme=LIGHT).figure["layout"]
    assert (named["showlegend"], len(named["annotations"])) == (False, 4)
    twenty = world(20)
    listed = map_scatter(twenty.sample, twenty.axes, twenty.segments, theme=LIGHT).figure
    assert (listed["layout"]["showlegend"], listed["layout"]["annotations"]) == (True, [])
    assert sum(trace["showlegend"] for trace in listed["data"]) == 8


def test_a_segments_name_makes_room_for_the_one_customer() -> None:
    bank = world(2)
    bare = map_scatter(bank.sample, bank.axes, bank.segments, theme=LIGHT, loadings=False)
    first = bare.figure["layout"]["annotations"][0]
    aside = {"left": 0.5, "right": -0.5}[first["xanchor"]]
    x, y, _ = bank.axes.centroids[0]
    asked = map_scatter(
        bank.sample,
        bank.axes,
        bank.segments,
        theme=LIGHT,
        loadings=False,
        customer=(x + aside, y, 0.0),
    )
    moved = asked.figure["layout"]["annotations"][0]
    assert (moved["text"], moved["yanchor"]) == (first["text"], "top")
