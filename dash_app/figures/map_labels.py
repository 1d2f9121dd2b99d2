"""Names on the map: of segments beside their middles, of inputs beside their arrows."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum
from string import ascii_uppercase

from core.readmodels import SegmentSummary
from dash_app.figures.base import PlotlyDict
from dash_app.figures.canvas import WIDTHS, legend_height, note
from dash_app.figures.colour import fade
from dash_app.figures.labels import Obstacle, Size, Spot, beside
from dash_app.figures.map_arrows import Arrow
from dash_app.figures.map_layers import Plane, in_shares
from dash_app.figures.text import escape, in_sentence, joined, lines
from dash_app.theme import Theme

Place = tuple[float, float]  # across and up
Middle = tuple[SegmentSummary, Place]

_AXES = 56.0  # pixels that an axis with its title takes


class Named(Enum):
    """Which segments have their names on the map."""

    ALL = "all"  # or none, where one finds no room: then a legend names them
    SOME = "some"  # those that find room
    NONE = "none"


@dataclass(frozen=True, slots=True)
class MapLabels:
    """The names drawn on the map: of segments, and of inputs at their arrows.

    An input whose name would lie on something else has a letter; ``keys`` say what they mean.
    """

    names: list[PlotlyDict]
    inputs: list[PlotlyDict]
    keys: str


def map_labels(
    middles: Sequence[Middle],
    arrows: Sequence[Arrow],
    plane: Plane,
    theme: Theme,
    height: float,
    *,
    named: Named,
    customer: Place | None = None,
) -> MapLabels:
    """Return the names that lie on nothing else however wide the map is shown."""
    points = [in_shares(place, plane) for _, place in middles]
    points += [arrow.head_in_shares for arrow in arrows]
    obstacles = [Obstacle((x, y, x, y)) for arrow in arrows for x, y in arrow.shaft]
    kept_free: list[Obstacle] = []
    if customer is not None:
        x, y = in_shares(customer, plane)
        kept_free.append(Obstacle((x, y, x, y), around=(50, 8, 50, 28)))  # the ring and its words
    segments = [lines(segment.name, 20, most=2) for segment, _ in middles]
    inputs = [lines(arrow.label, 18, most=3) for arrow in arrows]
    sizes = _sizes(height, [0] * len(WIDTHS))
    spots = beside(points, [*segments, *inputs], sizes, obstacles, kept_free)
    if named is Named.NONE or (named is Named.ALL and None in spots[: len(middles)]):
        segments = [[] for _ in middles]
        beyond = [legend_height([s.name for s, _ in middles], width) for width in WIDTHS]
        sizes = _sizes(height, beyond)
        spots = beside(points, [*segments, *inputs], sizes, obstacles, kept_free)
    lettered = [
        place
        for place, text in enumerate(inputs)
        if spots[len(middles) + place] is None or text[-1].endswith("…")
    ]
    short = [*inputs]
    for letter, place in zip(ascii_uppercase, lettered, strict=False):
        short[place] = [letter]
    spots = beside(points, [*segments, *short], sizes, obstacles, kept_free)
    means = [
        f"{letter} ({in_sentence(arrows[place].label)})"
        for letter, place in zip(ascii_uppercase, lettered, strict=False)
    ]
    return MapLabels(
        names=[
            _note(place, text, spot, theme, bold=True)
            for (_, place), text, spot in zip(_steps(middles, plane), segments, spots, strict=False)
            if spot is not None
        ],
        inputs=[
            _note(arrow.head, text, spot, theme, bold=text != whole)
            for arrow, text, whole, spot in zip(
                arrows, short, inputs, spots[len(middles) :], strict=True
            )
            if spot is not None
        ],
        keys=f"arrow{'s' * (len(means) > 1)} {joined(means)}" if means else "",
    )


def _sizes(height: float, legends: Sequence[int]) -> list[Size]:
    """Return the pixels of the plane in every width of card that the map may stand in."""
    return [
        (width - _AXES, height - _AXES - above)
        for width, above in zip(WIDTHS, legends, strict=True)
    ]


def _steps(middles: Sequence[Middle], plane: Plane) -> list[tuple[SegmentSummary, tuple[int, int]]]:
    return [(segment, (plane.x.at(x), plane.y.at(y))) for segment, (x, y) in middles]


def _note(
    place: tuple[int, int], text: Sequence[str], spot: Spot, theme: Theme, *, bold: bool
) -> PlotlyDict:
    words = "<br>".join(escape(line) for line in text)
    return note(
        theme,
        f"<b>{words}</b>" if bold else words,
        x=place[0],
        y=place[1],
        xanchor=spot.xanchor,
        yanchor=spot.yanchor,
        xshift=spot.xshift,
        yshift=spot.yshift,
        align=spot.xanchor,
        font={"size": 12 if bold else 11, "color": theme.ink},
        bgcolor=fade(theme.surface, 0.78),
    )
