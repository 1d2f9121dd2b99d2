"""Where one customer belongs, how surely and why: everything the page tells, computed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from core.readmodels import LensSummary, SegmentSummary
from core.scoring import (
    NO_SEGMENT,
    Explanation,
    SmallestChange,
    encode,
    explain,
    project,
    scorer,
    smallest_change,
)
from core.segmentation.model import SegmentationModel
from dash_app.tabs.score.fields import Field, Value

Place = tuple[float, float, float]


@dataclass(frozen=True, slots=True, eq=False)
class Answer:
    """One customer in one lens.

    ``runner_up`` is None in a segment by rule. ``percentiles`` are among the customers the model
    was trained on, 0..100, None where the value is not known. ``changes`` are the smallest single
    changes that would move the customer, ``unmoved`` the inputs of which none would.
    """

    lens: LensSummary
    explanation: Explanation
    segment: SegmentSummary
    runner_up: SegmentSummary | None
    segments: tuple[SegmentSummary, ...]
    values: Mapping[str, Value]
    percentiles: Mapping[str, float | None]
    place: Place
    changes: tuple[SmallestChange, ...]
    unmoved: tuple[str, ...]

    def named(self, number: int) -> str:
        """Return the name of a segment."""
        return next(segment.name for segment in self.segments if segment.number == number)


def answer(
    lens: LensSummary,
    model: SegmentationModel,
    segments: Sequence[SegmentSummary],
    fields: Sequence[Field],
    values: Mapping[str, Value],
) -> Answer:
    """Return the answer for one customer; ``values`` has every input, None where not known."""
    known = {segment.number: segment for segment in segments}
    explained = explain(model, values)
    can_change = [field.name for field in fields if field.feature.actionable]
    changes = smallest_change(model, values, can_change)
    moved = {change.feature for change in changes}
    numeric = {column.feature for column in scorer(model).encoder.numeric}
    return Answer(
        lens=lens,
        explanation=explained,
        segment=known[explained.segment],
        runner_up=None if explained.runner_up == NO_SEGMENT else known[explained.runner_up],
        segments=tuple(segments),
        values=values,
        percentiles=percentiles(model, values),
        place=place_of(model, values),
        changes=changes,
        unmoved=tuple(
            field.name
            for field in fields
            if field.name in numeric
            and field.feature.actionable
            and field.name not in moved
            and values[field.name] is not None
        ),
    )


def is_ineligible(model: SegmentationModel, values: Mapping[str, Value]) -> bool:
    """Return whether the customer lacks what the lens requires, and so is in no segment."""
    columns = {name: [value] for name, value in values.items()}
    return bool(scorer(model).ineligible(columns)[0])


def percentiles(model: SegmentationModel, values: Mapping[str, Value]) -> dict[str, float | None]:
    """Return the percentile of each numeric input among the customers of the training."""
    return {
        reference.feature: percentile_among(reference.quantiles, values.get(reference.feature))
        for reference in model.references
    }


def percentile_among(quantiles: Sequence[float], value: Value) -> float | None:
    """Return where a value lies among equally spaced quantiles, 0 to 100; equal ones share a rank.

    >>> percentile_among((0.0, 0.0, 0.0, 1.0, 2.0), 0.0), percentile_among((0.0, 1.0, 2.0), 1.5)
    (25.0, 75.0)
    >>> percentile_among((0.0, 1.0), -3.0), percentile_among((0.0, 1.0), None)
    (0.0, None)
    """
    if value is None or isinstance(value, str):
        return None
    last = len(quantiles) - 1
    first = int(np.searchsorted(quantiles, value, side="left"))
    after = int(np.searchsorted(quantiles, value, side="right"))
    if first < after:
        rank = (first + after - 1) / 2
    elif first == 0 or first > last:
        rank = float(min(first, last))
    else:
        low, high = quantiles[first - 1], quantiles[first]
        rank = first - 1 + (value - low) / (high - low)
    return 100 * rank / last


def place_of(model: SegmentationModel, values: Mapping[str, Value]) -> Place:
    """Return where the customer lies on the map; axes that the model lacks are 0."""
    matrix, _ = encode(model, {name: [value] for name, value in values.items()})
    found = [*project(model, matrix)[0].tolist(), 0.0, 0.0, 0.0]
    return found[0], found[1], found[2]
