"""Why this segment."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dash_app.figures.waterfall import waterfall
from dash_app.theme import LIGHT
from tests.dash_app.figures.samples import world

FIRST, SECOND = world(2).segments
amounts = st.lists(st.floats(-5, 5), min_size=1, max_size=15)


@given(amounts)
def test_the_steps_lead_from_nothing_to_the_margin(values: list[float]) -> None:
    parts = [(f"Feature {i}", value, "") for i, value in enumerate(values)]
    steps, total = waterfall(parts, FIRST, SECOND, theme=LIGHT).figure["data"]
    ends = [base + change for base, change in zip(steps["base"], steps["x"], strict=True)]
    assert steps["base"][0] == 0
    assert steps["base"][1:] == pytest.approx(ends[:-1])
    assert ends[-1] == pytest.approx(sum(values))
    assert total["x"] == pytest.approx([sum(values)])
    assert len(ends) <= 8


def test_what_speaks_for_the_segment_comes_first_in_its_colour() -> None:
    parts = [("Savings", -2.0, "$5"), ("Debt", 1.0, "$980"), ("Spend", 3.0, "$2,100")]
    chart = waterfall(parts, FIRST, SECOND, theme=LIGHT)
    steps = chart.figure["data"][0]
    assert steps["x"] == [3.0, 1.0, -2.0]
    assert steps["marker"]["color"] == [LIGHT.segments[0], LIGHT.segments[0], LIGHT.segments[1]]
    assert chart.title == "Why Card-led everyday and not Careful savers: spend and debt"
    assert chart.table.rows[-1] == ("Lead over the next", "", 2.0)


def test_many_small_features_are_one_step_but_stay_in_the_table() -> None:
    parts = [(f"Feature {i}", 1.0 / (i + 1), "") for i in range(12)]
    chart = waterfall(parts, FIRST, SECOND, theme=LIGHT)
    assert chart.figure["layout"]["yaxis"]["ticktext"][7] == "5 other features"
    assert len(chart.table.rows) == 13


def test_a_value_stands_below_its_feature_however_long_the_name() -> None:
    chart = waterfall([("Instalment purchases", 1.0, "$344")], FIRST, SECOND, theme=LIGHT)
    label = chart.figure["layout"]["yaxis"]["ticktext"][0]
    assert label.startswith("Instalment purchases<br>")
    assert "&#36;344" in label
