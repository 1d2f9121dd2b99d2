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


Box = tuple[float, float, float, float]  # left, lower, right, upper
Size = tuple[float, float]  # pixels across and up


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


@dataclass(frozen=True, slots=True)
class Obstacle:
    """What labels had better not cover: a box in shares of the drawing, and pixels around it."""

    box: Box
    around: Box = (1.0, 1.0, 1.0, 1.0)

    def on(self, size: Size) -> Box:
        """Return the box in pixels of a drawing of that size."""
        left, lower, right, upper = self.box
        return (
            left * size[0] - self.around[0],
            lower * size[1] - self.around[1],
            right * size[0] + self.around[2],
            upper * size[1] + self.around[3],
        )


def beside(
    points: Sequence[tuple[float, float]],
    texts: Sequence[Sequence[str]],
    sizes: Sequence[Size],
    obstacles: Sequence[Obstacle] = (),
    kept_free: Sequence[Obstacle] = (),
) -> list[Spot | None]:
    """Return a spot beside each point that is free at every size of the drawing, else None.

    A figure is built without knowing how wide it will be shown: ``points`` are shares of the
    drawing from its lower left, ``sizes`` the pixels it may take. ``texts`` are lines; a point
    without any asks for no label. Earlier points choose first. Points, other labels and what is
    ``kept_free`` are never covered, the obstacles only where that leaves no spot at all.
    """
    taken = [
        [*(_around(point, size) for point in points), *(one.on(size) for one in kept_free)]
        for size in sizes
    ]
    hard = [[obstacle.on(size) for obstacle in obstacles] for size in sizes]
    chosen: list[Spot | None] = []
    for point, text in zip(points, texts, strict=True):
        free = []
        for spot in _SPOTS if text else ():
            boxes = [label_box(point, text, spot, size) for size in sizes]
            if all(map(_is_free, boxes, sizes, taken)):
                crossed = sum(
                    _overlap(box, other)
                    for box, here in zip(boxes, hard, strict=True)
                    for other in here
                )
                free.append((crossed, spot, boxes))
        best = min(free, key=lambda entry: entry[0], default=None)
        chosen.append(best[1] if best else None)
        if best:
            for here, box in zip(taken, best[2], strict=True):
                here.append(box)
    return chosen


def label_box(point: tuple[float, float], text: Sequence[str], spot: Spot, size: Size) -> Box:
    """Return the pixels that a label of these lines takes at its spot, from the lower left."""
    wide = 1.08 * CHARACTER * max(len(line) for line in text)
    tall = LINE * len(text)
    left = {"left": 0.0, "center": wide / 2, "right": wide}[spot.xanchor]
    below = {"bottom": 0.0, "middle": tall / 2, "top": tall}[spot.yanchor]
    x0 = point[0] * size[0] + spot.xshift - left
    y0 = point[1] * size[1] + spot.yshift - below
    return x0, y0, x0 + wide, y0 + tall


def _around(point: tuple[float, float], size: Size) -> Box:
    x, y = point[0] * size[0], point[1] * size[1]
    return x - 6, y - 6, x + 6, y + 6


def _is_free(box: Box, size: Size, taken: Sequence[Box]) -> bool:
    inside = box[0] >= 0 and box[1] >= 0 and box[2] <= size[0] and box[3] <= size[1]
    return inside and not any(_overlap(box, other) for other in taken)


def _overlap(one: Box, other: Box) -> bool:
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
