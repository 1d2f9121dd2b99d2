"""Labels stay apart and near what they name."""

from __future__ import annotations

from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dash_app.figures.labels import beside, spread

places = st.lists(st.floats(0, 300), min_size=1, max_size=8)


@given(places)
def test_spread_labels_never_overlap_and_stay_inside(wished: list[float]) -> None:
    heights = [30.0] * len(wished)
    placed = spread(wished, heights, 0, 300)
    for one, other in combinations(sorted(placed), 2):
        assert other - one >= 30 - 1e-6
    assert min(placed) >= 15 - 1e-6
    assert max(placed) <= 285 + 1e-6


@given(places)
def test_spread_keeps_the_order_of_the_lines(wished: list[float]) -> None:
    placed = spread(wished, [20.0] * len(wished), 0, 300)
    order = sorted(range(len(wished)), key=lambda i: (wished[i], i))
    assert sorted(range(len(wished)), key=lambda i: placed[i]) == order


def test_labels_with_room_stay_where_they_are() -> None:
    assert spread([20, 100, 200], [15, 30, 15], 0, 300) == [20, 100, 200]


def test_a_label_goes_to_the_other_side_of_a_point_at_the_edge() -> None:
    (spot,) = beside([(195, 50)], [["Savers"]], 200, 100)
    assert spot is not None
    assert spot.xanchor == "right"


def test_a_label_without_any_room_is_left_out() -> None:
    assert beside([(10, 10)], [["A name that is far too long for this"]], 40, 20) == [None]


def test_obstacles_are_crossed_only_when_nothing_else_is_free() -> None:
    east = (105.0, 49.0, 200.0, 51.0)
    (clear,) = beside([(100, 50)], [["Savers"]], 200, 100, [east])
    assert clear is not None
    assert (clear.xanchor, clear.yanchor) != ("left", "middle")
    everywhere = (0.0, 0.0, 200.0, 100.0)
    (crossed,) = beside([(100, 50)], [["Savers"]], 200, 100, [everywhere])
    assert crossed is not None


@pytest.mark.parametrize("count", [0, 1])
def test_few_points_need_no_care(count: int) -> None:
    assert len(beside([(50.0, 50.0)] * count, [["A"]] * count, 100, 100)) == count
