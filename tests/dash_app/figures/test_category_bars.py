"""Levels of a category as parts of a whole."""

from __future__ import annotations

from dataclasses import replace

from core.readmodels import CategoryCount
from dash_app.figures.category_bars import category_bars
from dash_app.theme import LIGHT
from tests.dash_app.figures.samples import info, world

HOUSING = info("housing", "Housing", "category")
SIZE = info("size", "Household", "ordinal", levels=("One", "Two", "More"))
SEGMENTS = world(1).segments


def counts(feature: str, segment: int | None, **numbers: int) -> list[CategoryCount]:
    total = sum(numbers.values())
    return [CategoryCount(segment, feature, k, n, n / total) for k, n in numbers.items()]


def test_the_most_frequent_level_comes_first() -> None:
    data = counts("housing", None, Rent=4, Own=6) + counts("housing", 0, Rent=1, Own=3)
    chart = category_bars(data, SEGMENTS, HOUSING, theme=LIGHT)
    assert [column.label for column in chart.table.columns[2:]] == ["Own", "Rent"]
    assert chart.table.rows == (
        ("All customers", 10, 0.6, 0.4),
        ("Card-led everyday", 4, 0.75, 0.25),
    )
    assert [trace["x"] for trace in chart.figure["data"]] == [[0.6, 0.75], [0.4, 0.25]]


def test_ordered_levels_keep_their_order() -> None:
    data = counts("size", None, More=9, Two=5, One=1) + counts("size", 0, More=1, Two=1, One=1)
    chart = category_bars(data, SEGMENTS, SIZE, theme=LIGHT)
    assert [trace["name"] for trace in chart.figure["data"]] == ["One", "Two", "More"]


def test_rare_levels_become_one_part_and_nothing_is_lost() -> None:
    many = {f"Level {i}": 20 - i for i in range(9)}
    data = counts("housing", None, **many) + counts("housing", 0, **many)
    chart = category_bars(data, SEGMENTS, HOUSING, theme=LIGHT)
    assert [trace["name"] for trace in chart.figure["data"]][-1] == "4 others"
    for row in chart.table.rows:
        assert abs(sum(row[2:]) - 1) < 1e-12


def test_a_segment_without_a_level_has_none_of_it() -> None:
    data = counts("housing", None, Rent=4, Own=6) + counts("housing", 0, Own=3)
    assert category_bars(data, SEGMENTS, HOUSING, theme=LIGHT).table.rows[1][3] == 0.0


def test_the_title_counts_points_against_all_customers() -> None:
    data = counts("housing", None, Rent=4, Own=6) + counts("housing", 0, Rent=1, Own=4)
    title = category_bars(data, SEGMENTS, HOUSING, theme=LIGHT).title
    assert title == "Own: +20.0\xa0pp in Card-led everyday vs all customers"


def test_other_features_counts_are_ignored() -> None:
    data = counts("size", None, One=1)
    assert category_bars(data, SEGMENTS, HOUSING, theme=LIGHT).is_empty


def test_the_title_passes_over_missing_values_and_segments_by_rule() -> None:
    data = counts("housing", None, Unknown=5, Own=5) + counts("housing", 0, Unknown=9, Own=1)
    by_rule = [replace(SEGMENTS[0], is_rule=True)]
    plain = "Housing differs little between segments"
    assert category_bars(data, by_rule, HOUSING, theme=LIGHT).title == plain
    title = category_bars(data, SEGMENTS, HOUSING, theme=LIGHT).title
    assert title == "Own: −40.0\xa0pp in Card-led everyday vs all customers"
