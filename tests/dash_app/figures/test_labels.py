"""Labels stay apart and near what they name."""

from __future__ import annotations

from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dash_app.figures.labels import Obstacle, beside, label_box, spread

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
    (spot,) = beside([(0.975, 0.5)], [["Savers"]], [(200, 100)])
    assert spot is not None
    assert spot.xanchor == "right"


def test_a_label_without_any_room_is_left_out() -> None:
    name = [["A name that is far too long for this"]]
    assert beside([(0.25, 0.5)], name, [(40, 20)]) == [None]
    assert beside([(0.25, 0.5)], name, [(900, 200)]) != [None]
    assert beside([(0.25, 0.5)], name, [(900, 200), (40, 20)]) == [None]


def test_obstacles_are_crossed_only_when_nothing_else_is_free() -> None:
    east = Obstacle((0.525, 0.5, 1, 0.5))
    (clear,) = beside([(0.5, 0.5)], [["Savers"]], [(200, 100)], [east])
    assert clear is not None
    assert (clear.xanchor, clear.yanchor) != ("left", "middle")
    everywhere = Obstacle((0, 0, 1, 1))
    (crossed,) = beside([(0.5, 0.5)], [["Savers"]], [(200, 100)], [everywhere])
    assert crossed is not None


def test_what_is_kept_free_is_never_covered() -> None:
    everywhere = Obstacle((0, 0, 1, 1))
    spots = beside([(0.5, 0.5)], [["Savers"]], [(200, 100)], kept_free=[everywhere])
    assert spots == [None]


shares = st.tuples(st.floats(0, 1), st.floats(0, 1))


@given(st.lists(shares, max_size=7))
def test_labels_beside_points_lie_on_nothing_at_any_size(
    points: list[tuple[float, float]],
) -> None:
    sizes = [(250.0, 300.0), (800.0, 300.0)]
    texts = [["Many small", "payments"]] * len(points)
    spots = beside(points, texts, sizes)
    for size in sizes:
        boxes = [
            label_box(point, text, spot, size)
            for point, text, spot in zip(points, texts, spots, strict=True)
            if spot
        ]
        for left, lower, right, upper in boxes:
            assert left >= 0
            assert lower >= 0
            assert right <= size[0]
            assert upper <= size[1]
        for one, other in combinations(boxes, 2):
            apart_across = one[2] <= other[0] or other[2] <= one[0]
            assert apart_across or one[3] <= other[1] or other[3] <= one[1]


@pytest.mark.parametrize("count", [0, 1])
def test_few_points_need_no_care(count: int) -> None:
    assert len(beside([(0.5, 0.5)] * count, [["A"]] * count, [(100, 100)])) == count
