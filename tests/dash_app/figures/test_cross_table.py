"""The cross table and the flows."""

from __future__ import annotations

from dataclasses import replace

import pytest

from core.errors import UsageError
from core.readmodels import ComparisonCell
from dash_app.figures.canvas import ABOVE_FLOW, BEYOND_FLOW, LINE
from dash_app.figures.cross_table import cross_table
from dash_app.figures.sankey import sankey
from dash_app.theme import LIGHT
from tests.dash_app.figures.samples import world

SEGMENTS = world(2).segments
CELLS = [
    ComparisonCell(0, 0, 30, 20.0, 1.5, 4.0),
    ComparisonCell(0, 1, 10, 20.0, 0.5, -4.0),
    ComparisonCell(1, 0, 20, 30.0, 2 / 3, -4.0),
    ComparisonCell(1, 1, 40, 30.0, 4 / 3, 4.0),
]


def cells_of(mode: str, **options: int) -> tuple[list[list[float | None]], list[list[str]]]:
    chart = cross_table(CELLS, SEGMENTS, SEGMENTS, "Who", "How", theme=LIGHT, mode=mode, **options)
    (heat,) = chart.figure["data"]
    return heat["z"], heat["text"]


def test_lift_is_coloured_by_its_logarithm_around_one() -> None:
    z, text = cells_of("lift")
    assert z[0] == pytest.approx([0.585, -1.0], abs=1e-3)
    assert text[0] == ["<b>1.50</b><br>30", "<b>0.50</b><br>10"]


@pytest.mark.parametrize(
    ("mode", "first_row"),
    [("count", [30, 10]), ("row", [0.75, 0.25]), ("column", [0.6, 0.2]), ("residual", [4.0, -4.0])],
)
def test_every_mode_shows_its_own_number(mode: str, first_row: list[float]) -> None:
    z, _ = cells_of(mode)
    assert z[0] == first_row


def test_the_table_has_every_number_of_every_cell() -> None:
    chart = cross_table(CELLS, SEGMENTS, SEGMENTS, "Who", "How", theme=LIGHT)
    assert chart.table.rows[0] == (
        "Card-led everyday", "Card-led everyday", 30, 20.0, 1.5, 0.75, 0.6, 4.0,
    )  # fmt: skip
    assert len(chart.table.rows) == 4


def test_small_cells_are_hidden_in_drawing_and_table_with_those_that_give_them_away() -> None:
    _, text = cells_of("count", suppress_below=15)
    assert text == [["hidden"] * 2] * 2
    three = world(3).segments
    cells = [*CELLS, *(ComparisonCell(a, 2, 80, 60.0, 4 / 3, 1.0) for a in (0, 1))]
    chart = cross_table(cells, three, three, "Who", "How", theme=LIGHT, suppress_below=15)
    assert {row[:2] for row in chart.table.rows if row[2] is None} >= {
        (three[a].name, three[b].name) for a in (0, 1) for b in (0, 1)
    }
    assert [row[2] for row in chart.table.rows if row[1] == three[2].name][:2] == [80, 80]
    assert chart.subtitle.endswith(
        "hidden: under 15 customers, or what would give so small a number away"
    )


def test_a_lift_of_too_few_expected_has_no_colour_and_makes_no_title() -> None:
    thin = [ComparisonCell(0, 0, 4, 1.0, 4.0, 3.1), *CELLS[1:]]
    chart = cross_table(thin, SEGMENTS, SEGMENTS, "Who", "How", theme=LIGHT)
    assert chart.figure["data"][0]["z"][0][0] == 0.0
    assert chart.subtitle.endswith("no colour where fewer than 5 are expected")
    assert chart.title == "Careful savers × Careful savers: 1.3 times as many as expected"


def test_an_unknown_mode_names_the_known_ones() -> None:
    with pytest.raises(UsageError, match="Choose one of: column, count, lift, residual, row"):
        cells_of("percent")


def test_flows_are_as_wide_as_their_customers_and_coloured_by_source() -> None:
    chart = sankey(CELLS, SEGMENTS, SEGMENTS, "Who", "How", theme=LIGHT)
    link = chart.figure["data"][0]["link"]
    assert (link["source"], link["target"]) == ([0, 0, 1, 1], [2, 3, 2, 3])
    assert link["value"] == [30, 10, 20, 40]
    assert link["color"][0] == "rgba(0,114,178,0.32)"
    assert [row[2] for row in chart.table.rows] == link["value"]


def test_the_heads_of_a_flow_are_clear_of_the_name_of_the_thinnest_segment() -> None:
    layout = sankey(CELLS, SEGMENTS, SEGMENTS, "Who", "How", theme=LIGHT).figure["layout"]
    for head in layout["annotations"]:
        lower, upper = head["yshift"] - LINE / 2, head["yshift"] + LINE / 2
        assert lower >= 2 * LINE / 2, "a name of two lines reaches so far above its middle"
        assert upper <= layout["margin"]["t"]


def test_small_flows_are_left_out_and_counted() -> None:
    three = world(3).segments
    cells = [*CELLS, *(ComparisonCell(a, 2, 80, 60.0, 4 / 3, 1.0) for a in (0, 1))]
    chart = sankey(cells, three, three, "Who", "How", theme=LIGHT, suppress_below=15)
    assert [row[2] for row in chart.table.rows] == [80, 80]
    assert "4 flows with 100 customers left out: under 15 customers" in chart.subtitle


def test_segments_stand_in_their_order_on_both_sides_of_the_flows_and_none_on_another() -> None:
    crossing = [ComparisonCell(a, 2 - a, 10 * (a + 1), 5.0, 2.0, 3.0) for a in range(3)]
    three = [replace(SEGMENTS[0], number=n, name=f"Segment {n}") for n in range(3)]
    chart = sankey(crossing, three, three, "Who", "How", theme=LIGHT)
    node = chart.figure["data"][0]["node"]
    pixels = chart.height - ABOVE_FLOW - BEYOND_FLOW
    customer = (pixels - 2 * 16) / 60
    for side, through in ((node["y"][:3], (10, 20, 30)), (node["y"][3:], (30, 20, 10))):
        halves = [n * customer / 2 for n in through]
        for place in (0, 1):
            apart = (side[place + 1] - side[place]) * pixels
            assert apart == pytest.approx(halves[place] + 16 + halves[place + 1], abs=0.1)
    assert node["label"] == ["Segment 0", "Segment 1", "Segment 2"] * 2
