"""Where labels go so that they do not lie on one another."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from dash_app.figures.canvas import CHARACTER, LINE


def spread(
    wished: Sequence[float], heights: Sequence[float], low: float, high: float
) -> list[float]:
    """Return centres near the wished ones, in the same order, that keep their heights apart.

    Labels that touch move as one block to the mean of their wishes (pool adjacent violators), so
    that none drifts further than it must. They stay within low and high while there is room.

    >>> spread([10, 12, 40], [10, 10, 10], 0, 50)
    [6.0, 16.0, 40.0]
    """
    order = sorted(range(len(wished)), key=lambda i: (wished[i], i))
    blocks: list[list[int]] = []
    for index in order:
        blocks.append([index])
        while len(blocks) > 1 and _starts(blocks[-1], wished, heights, low, high) < _ends(
            blocks[-2], wished, heights, low, high
        ):
            last = blocks.pop()
            blocks[-1] = blocks[-1] + last
    placed = [0.0] * len(wished)
    for block in blocks:
        edge = _starts(block, wished, heights, low, high)
        for index in block:
            placed[index] = edge + heights[index] / 2
            edge += heights[index]
    return placed


@dataclass(frozen=True, slots=True)
class Spot:
    """Where a label is tied to its point: Plotly's anchors and the shift in pixels."""

    xanchor: str
    yanchor: str
    xshift: int
    yshift: int


_SPOTS = (
    Spot("left", "middle", 10, 0),
    Spot("right", "middle", -10, 0),
    Spot("center", "bottom", 0, 9),
    Spot("center", "top", 0, -9),
    Spot("left", "bottom", 6, 8),
    Spot("left", "top", 6, -8),
    Spot("right", "bottom", -6, 8),
    Spot("right", "top", -6, -8),
)


def beside(
    points: Sequence[tuple[float, float]],
    texts: Sequence[Sequence[str]],
    width: float,
    height: float,
    obstacles: Sequence[tuple[float, float, float, float]] = (),
) -> list[Spot | None]:
    """Return a free spot beside each point (pixels from the lower left), or None where none is.

    ``texts`` are lines; earlier points choose first. Points and other labels are kept free, and the
    obstacles (left, lower, right, upper) as long as that leaves a spot at all.
    """
    taken = [(x - 6, y - 6, x + 6, y + 6) for x, y in points]
    chosen: list[Spot | None] = []
    for (x, y), text in zip(points, texts, strict=True):
        boxes = [(spot, _box(x, y, text, spot)) for spot in _SPOTS]
        free = [
            (spot, box)
            for spot, box in boxes
            if box[0] >= 0 and box[1] >= 0 and box[2] <= width and box[3] <= height
            if not any(_overlap(box, other) for other in taken)
        ]
        free.sort(key=lambda entry: sum(_overlap(entry[1], other) for other in obstacles))
        chosen.append(free[0][0] if free else None)
        taken += [box for _, box in free[:1]]
    return chosen


_Box = tuple[float, float, float, float]


def _box(x: float, y: float, text: Sequence[str], spot: Spot) -> _Box:
    wide = 1.08 * CHARACTER * max(len(line) for line in text)
    tall = LINE * len(text)
    left = {"left": 0.0, "center": wide / 2, "right": wide}[spot.xanchor]
    below = {"bottom": 0.0, "middle": tall / 2, "top": tall}[spot.yanchor]
    x0, y0 = x + spot.xshift - left, y + spot.yshift - below
    return x0, y0, x0 + wide, y0 + tall


def _overlap(one: _Box, other: _Box) -> bool:
    apart = one[2] <= other[0] or other[2] <= one[0] or one[3] <= other[1] or other[3] <= one[1]
    return not apart


def _starts(
    block: Sequence[int],
    wished: Sequence[float],
    heights: Sequence[float],
    low: float,
    high: float,
) -> float:
    """Return the lower edge of a block that sits as near to its wishes as it can."""
    edges, offset = [], 0.0
    for index in block:
        edges.append(wished[index] - heights[index] / 2 - offset)
        offset += heights[index]
    return max(low, min(sum(edges) / len(edges), high - offset))


def _ends(
    block: Sequence[int],
    wished: Sequence[float],
    heights: Sequence[float],
    low: float,
    high: float,
) -> float:
    return _starts(block, wished, heights, low, high) + sum(heights[i] for i in block)
