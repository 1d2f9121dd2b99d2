"""Which customers a selection on the map means."""

from __future__ import annotations

from typing import Any

import pytest

from core.errors import UsageError
from dash_app.tabs.map.drawing import map_chart, rows_chosen
from dash_app.theme import LIGHT
from tests.dash_app.profiles.builders import DEMOGRAPHIC
from tests.dash_app.tabs.map.builders import mapped


def lasso(*points: tuple[int, int]) -> dict[str, Any]:
    return {
        "points": [{"curveNumber": curve, "pointNumber": point} for curve, point in points],
        "lassoPoints": {"x": [0, 1, 1], "y": [0, 0, 1]},
    }


def chosen(selected: dict[str, Any] | None, **parts: Any) -> list[int] | None:
    rows = rows_chosen(selected, mapped(**parts))
    return None if rows is None else rows.tolist()


def test_points_are_found_by_segment_and_position() -> None:
    assert chosen(lasso((0, 1), (1, 0), (2, 0))) == [0, 3, 4]


def test_coloured_by_margin_all_points_are_one_trace() -> None:
    assert chosen(lasso((0, 3), (0, 1)), by_margin=True) == [1, 3]


def test_what_lies_over_the_points_is_no_customer() -> None:
    assert chosen(lasso((3, 0), (0, 0))) == [1]


def test_an_empty_lasso_chooses_nobody_and_no_lasso_is_no_selection() -> None:
    assert chosen(lasso()) == []
    assert chosen(None) is None
    assert chosen({}) is None
    assert chosen({"points": []}) is None


@pytest.mark.parametrize(
    "selected",
    [
        {"points": "all"},
        {"points": [3]},
        {"points": [{"curveNumber": 0}]},
        {"points": [{"curveNumber": True, "pointNumber": 0}]},
        {"points": [{"curveNumber": -1, "pointNumber": 0}]},
        {"points": [{"curveNumber": 0, "pointNumber": 2}]},
    ],
)
def test_a_selection_that_the_page_could_not_send_is_refused(selected: dict[str, Any]) -> None:
    with pytest.raises(UsageError):
        chosen(selected)


def test_another_views_colours_are_said_in_the_title() -> None:
    drawn = map_chart(mapped(coloured=DEMOGRAPHIC), "Behavioural", LIGHT, "USD", 2)
    assert drawn.title == "Demographic segments on the behavioural map"
    assert "sit between two segments" in map_chart(mapped(), "Behavioural", LIGHT, "USD", 2).title
