"""Strips of columns."""

from __future__ import annotations

from dataclasses import replace

from core.readmodels import Histogram
from dash_app.figures.distributions import distributions
from dash_app.theme import LIGHT
from tests.dash_app.figures.samples import AGE, DEBT, info, world

SEGMENTS = world(1).segments
EVEN = (20.0, 30.0, 40.0, 50.0)


def test_columns_are_shares_of_the_segment() -> None:
    data = [
        Histogram(None, "age_years", EVEN, (5, 3, 2)),
        Histogram(0, "age_years", EVEN, (0, 1, 1)),
    ]
    chart = distributions(data, SEGMENTS, AGE, theme=LIGHT)
    assert chart.table.rows == (
        ("All customers", 10, 0.5, 0.3, 0.2),
        ("Card-led everyday", 2, 0.0, 0.5, 0.5),
    )
    everyone, mine = (trace for trace in chart.figure["data"] if trace["type"] == "bar")
    assert everyone["y"] == [0.82, 0.492, 0.328]
    assert (mine["base"], mine["x"]) == (0.0, [25.0, 35.0, 45.0])


def test_ranges_of_unequal_width_are_drawn_equally_wide_and_say_so() -> None:
    edges = (0.0, 1.0, 10.0, 1000.0)
    data = [
        Histogram(None, "card_debt", edges, (1, 1, 1)),
        Histogram(0, "card_debt", edges, (1, 0, 0)),
    ]
    chart = distributions(data, SEGMENTS, DEBT, theme=LIGHT)
    assert chart.figure["data"][0]["width"] == [1.0, 1.0, 1.0]
    assert chart.subtitle.endswith("ranges of unequal width")


def test_the_middle_is_found_within_its_range() -> None:
    data = [
        Histogram(None, "age_years", EVEN, (1, 2, 1)),
        Histogram(0, "age_years", EVEN, (0, 0, 4)),
    ]
    chart = distributions(data, SEGMENTS, AGE, theme=LIGHT)
    assert chart.figure["data"][-1]["x"] == [35.0, 45.0]


def test_a_segment_without_values_is_left_out() -> None:
    data = [
        Histogram(None, "age_years", EVEN, (1, 2, 1)),
        Histogram(0, "age_years", EVEN, (0, 0, 0)),
    ]
    assert len(distributions(data, SEGMENTS, AGE, theme=LIGHT).table.rows) == 1


def test_the_outermost_ranges_are_cut_where_the_others_are_even() -> None:
    edges = (18.0, 20.0, 25.0, 30.0, 92.0)
    data = [Histogram(number, "age_years", edges, (1, 2, 2, 1)) for number in (None, 0)]
    chart = distributions(data, SEGMENTS, AGE, theme=LIGHT)
    assert chart.figure["layout"]["xaxis"]["range"] == [18.0, 35.0]
    assert "outermost columns hold everyone beyond" in chart.subtitle
    assert chart.table.columns[-1].label == "30 to 92"
    assert chart.figure["data"][0]["hovertext"][-1].endswith("from 30\xa0years to 92\xa0years.")


def test_whole_numbers_are_named_by_themselves() -> None:
    edges = (-0.5, 0.5, 1.5, 2.5)
    children = info("children", "Children", "count", "children")
    data = [Histogram(number, "children", edges, (3, 2, 1)) for number in (None, 0)]
    chart = distributions(data, SEGMENTS, children, theme=LIGHT)
    assert [column.label for column in chart.table.columns[2:]] == ["0", "1", "2"]
    assert chart.figure["layout"]["xaxis"]["dtick"] == 1


def test_a_known_median_goes_before_one_that_is_guessed_from_the_ranges() -> None:
    data = [
        Histogram(None, "age_years", EVEN, (5, 3, 2)),
        Histogram(0, "age_years", EVEN, (0, 1, 1)),
    ]
    statistics = [row for row in world(1).statistics if row.feature == "age_years"]
    exact = [replace(row, median=21.0 if row.segment is None else 48.0) for row in statistics]
    chart = distributions(data, SEGMENTS, AGE, theme=LIGHT, statistics=exact)
    assert chart.figure["data"][-1]["x"] == [21.0, 48.0]
    assert "48" in chart.summary


def test_a_segment_by_rule_is_not_the_finding() -> None:
    one, two, rule = (
        replace(SEGMENTS[0], number=number, name=name, is_rule=name == "Rule")
        for number, name in enumerate(("One", "Two", "Rule"))
    )
    data = [
        Histogram(number, "age_years", EVEN, counts)
        for number, counts in ((None, (9, 9, 9)), (0, (0, 9, 0)), (1, (0, 9, 3)), (2, (0, 0, 9)))
    ]
    chart = distributions(data, (one, two, rule), AGE, theme=LIGHT)
    assert "Rule" not in chart.title
