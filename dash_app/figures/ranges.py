"""Ranges of a histogram on an axis: to scale where they are even, one step each where not."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from core.readmodels import FeatureInfo
from dash_app.figures.amounts import exact, short

_EVEN = 1.5  # ratio of widths up to which ranges are even


@dataclass(frozen=True, slots=True)
class Scale:
    """Edges of the ranges and the places on the axis where they are drawn."""

    edges: tuple[float, ...]
    places: tuple[float, ...]
    is_to_scale: bool
    remark: str  # what a subtitle adds about it, "" for nothing

    @property
    def is_whole(self) -> bool:
        """Whether every range is one whole number."""
        return all(is_one_number(low, high) for low, high in pairwise(self.edges))

    def place(self, value: float) -> float:
        """Return where a value is drawn; beyond the ends it is at the end.

        >>> scale_of((0.0, 1.0, 10.0, 1000.0)).place(5.5)
        1.5
        """
        ranges = zip(pairwise(self.edges), pairwise(self.places), strict=True)
        for (low, high), (start, end) in ranges:
            if low <= value <= high and high > low:
                return round(start + (value - low) / (high - low) * (end - start), 5)
        return self.places[0] if value < self.edges[0] else self.places[-1]


def scale_of(edges: Sequence[float]) -> Scale:
    """Return the places: the edges themselves, with the outermost ranges cut, or 0, 1, 2, …

    >>> scale_of((18.0, 20.0, 25.0, 30.0, 92.0)).places
    (18.0, 20.0, 25.0, 30.0, 35.0)
    >>> scale_of((0.0, 1.0, 10.0, 1000.0)).places
    (0.0, 1.0, 2.0, 3.0)
    """
    given = tuple(edges)
    widths = [high - low for low, high in pairwise(given)]
    if _is_even(widths):
        return Scale(given, given, is_to_scale=True, remark="")
    inner = widths[1:-1]
    if len(inner) > 1 and _is_even(inner):
        step = max(inner)
        ends = max(given[0], given[1] - step), min(given[-1], given[-2] + step)
        remark = "; the outermost columns hold everyone beyond"
        return Scale(given, (ends[0], *given[1:-1], ends[1]), is_to_scale=True, remark=remark)
    steps = tuple(float(index) for index in range(len(given)))
    return Scale(given, steps, is_to_scale=False, remark="; ranges of unequal width")


def range_words(
    low: float, high: float, feature: FeatureInfo, currency: str, *, brief: bool = False
) -> str:
    """Return a range as a reader says it: "2 children", "from $10 to $20"."""
    written = short if brief else exact
    if is_one_number(low, high):
        return written(round((low + high) / 2), feature, currency)
    words = f"{written(low, feature, currency)} to {written(high, feature, currency)}"
    return words if brief else f"from {words}"


def is_one_number(low: float, high: float) -> bool:
    """Whether a range holds a single whole number."""
    return high - low == 1 and low % 1 == 0.5


def _is_even(widths: Sequence[float]) -> bool:
    return max(widths) <= _EVEN * min(widths)
