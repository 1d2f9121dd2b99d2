"""Names on the map lie on nothing else, however wide it is shown."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import combinations

import pytest

from core.readmodels import MapAxes, MapLoading
from dash_app.figures.arrays import Grid
from dash_app.figures.base import PlotlyDict
from dash_app.figures.canvas import WIDTHS
from dash_app.figures.labels import Box, Spot, label_box
from dash_app.figures.map_arrows import arrows_to_name
from dash_app.figures.map_labels import MapLabels, Named, map_labels
from dash_app.figures.map_layers import Plane, middles_of, on_axis
from dash_app.theme import LIGHT
from tests.dash_app.figures.samples import World, world

_HEIGHT = 600.0
_LABELS = {
    "card_debt": "Card debt carried from month to month",
    "age_years": "Age",
    "transactions": "Number of transactions",
}


def placed(bank: World, axes: MapAxes, named: Named = Named.ALL) -> MapLabels:
    x, y, z = (Grid(bank.sample.xyz[:, axis]) for axis in range(3))
    middles = middles_of(bank.sample, axes, bank.segments)
    arrows = arrows_to_name(axes, _LABELS)
    return map_labels(middles, arrows, Plane(x, y, z), LIGHT, _HEIGHT, named=named)


def box_of(note: PlotlyDict, width: float) -> Box:
    spot = Spot(note["xanchor"], note["yanchor"], note["xshift"], note["yshift"])
    text = note["text"].removeprefix("<b>").removesuffix("</b>").split("<br>")
    point = on_axis(note["x"], 1.0), on_axis(note["y"], 1.0)
    return label_box(point, text, spot, (width - 56, _HEIGHT - 56))


def overprinted(notes: Sequence[PlotlyDict], width: float) -> list[tuple[str, str]]:
    boxes = [(note["text"], box_of(note, width)) for note in notes]
    return [
        (text, other_text)
        for (text, one), (other_text, other) in combinations(boxes, 2)
        if not (
            one[2] <= other[0] or other[2] <= one[0] or one[3] <= other[1] or other[3] <= one[1]
        )
    ]


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("segments", range(1, 9))
def test_no_name_is_printed_over_another(segments: int, width: float) -> None:
    bank = world(segments)
    found = placed(bank, bank.axes, Named.SOME)
    assert overprinted([*found.names, *found.inputs], width) == []


def test_an_input_without_room_has_a_letter_that_the_subtitle_explains() -> None:
    bank = world(4)
    alike = tuple(
        MapLoading(name, name, 0.8, 0.0, 0.0)
        for name in ("monthly card spending", "monthly cash spending", "yearly fees")
    )
    found = placed(bank, replace(bank.axes, loadings=alike))
    assert [note["text"] for note in found.inputs] == ["<b>A</b>"]
    assert found.keys == ("arrow A (monthly card spending, monthly cash spending and yearly fees)")
    assert overprinted(found.inputs, WIDTHS[0]) == []


def test_segments_are_all_named_on_the_map_or_none_is() -> None:
    bank = world(8)
    some = placed(bank, bank.axes, Named.SOME).names
    assert 0 < len(some) < 8
    assert placed(bank, bank.axes, Named.ALL).names == []
    assert placed(bank, bank.axes, Named.NONE).names == []
