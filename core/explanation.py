"""Why a customer is in a segment, exactly, and the smallest change that would move them."""

from __future__ import annotations

import math
from collections.abc import Collection, Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from core.encoding import InputWarning
from core.scorer import NO_SEGMENT, Scorer
from core.segmentation.model import NumericColumn

_NUDGES = (1e-6, 1e-5, 1e-4, 1e-3)  # beyond the border, relative: what rounding may eat

Values = Mapping[str, float | str | None]


@dataclass(frozen=True, slots=True)
class Contribution:
    """What one feature adds to d²(runner-up) - d²(nearest): above 0 it speaks for the nearest."""

    feature: str
    value: float


@dataclass(frozen=True, slots=True, eq=False)
class Explanation:
    """Why the nearest segment and not the runner-up.

    ``total`` = d²(runner-up) - d²(nearest) is the sum of the contributions, strongest first. In a
    segment by rule there is no distance: ``runner_up`` is -1, numbers are None, no contribution.
    """

    segment: int
    runner_up: int
    distance: float | None
    margin: float | None
    typicality: float | None
    total: float | None
    contributions: tuple[Contribution, ...]
    warnings: tuple[InputWarning, ...]


@dataclass(frozen=True, slots=True)
class SmallestChange:
    """If ``feature`` alone went from ``before`` to ``after``, the customer would be in ``segment``.

    ``effort`` is the change in prepared units (usually standard deviations), to compare features.
    """

    feature: str
    before: float
    after: float
    segment: int
    effort: float


def explain_with(scorer: Scorer, values: Values) -> Explanation:
    """Return the exact explanation of one customer's segment; see `core.scoring.explain`."""
    columns = {name: [value] for name, value in values.items()}
    scores = scorer.score(columns)
    segment, runner_up = int(scores.segment[0]), int(scores.runner_up[0])
    if runner_up == NO_SEGMENT or scorer.model.groups is not None:
        runner_up = NO_SEGMENT  # a group by rule: distances decide nothing
        return Explanation(segment, runner_up, None, None, None, None, (), scores.warnings)
    row = scorer.encode(columns).matrix[0].astype(np.float64)
    nearest = scorer.centroids[scorer.cluster_of(segment)]
    other = scorer.centroids[scorer.cluster_of(runner_up)]
    # (x - other)² - (x - nearest)², written so that large x lose no digits.
    parts = (nearest - other) * (2 * row - nearest - other)
    sums: dict[str, list[float]] = {}
    for name, part in zip(scorer.encoder.column_features, parts.tolist(), strict=True):
        sums.setdefault(name, []).append(part)
    contributions = [Contribution(name, math.fsum(values)) for name, values in sums.items()]
    contributions.sort(key=lambda contribution: (-abs(contribution.value), contribution.feature))
    return Explanation(
        segment=segment,
        runner_up=runner_up,
        distance=float(scores.distance[0]),
        margin=float(scores.margin[0]),
        typicality=float(scores.typicality[0]),
        total=math.fsum(contribution.value for contribution in contributions),
        contributions=tuple(contributions),
        warnings=scores.warnings,
    )


def smallest_change_with(
    scorer: Scorer, values: Values, features: Collection[str]
) -> tuple[SmallestChange, ...]:
    """Return the smallest sufficient change of each feature; see `core.scoring.smallest_change`."""
    columns = {name: [value] for name, value in values.items()}
    encoded = scorer.encode(columns)
    if scorer.model.groups or scorer.by_rule(columns)[0] or scorer.ineligible(columns)[0]:
        return ()
    row = encoded.matrix[0].astype(np.float64)
    changes = []
    for column in scorer.encoder.numeric:
        before = float(encoded.numbers[column.feature][0])
        if column.feature in features and not math.isnan(before):
            change = _smallest(scorer, values, column, before, row)
            if change is not None:
                changes.append(change)
    return tuple(sorted(changes, key=lambda change: (change.effort, change.feature)))


def _smallest(
    scorer: Scorer,
    values: Values,
    column: NumericColumn,
    before: float,
    row: NDArray[np.float64],
) -> SmallestChange | None:
    """Return the least change of one feature that moves the customer, over all other segments."""
    at = scorer.encoder.column_features.index(column.feature)  # the value is before its flag
    for effort, border in _borders(scorer, row, at):
        upwards = border > row[at]
        for after in _beyond(scorer, column, border, upwards):
            segment = int(
                scorer.score(
                    {name: [value] for name, value in {**values, column.feature: after}.items()}
                ).segment[0]
            )
            if segment in scorer.numbers and segment != _segment(scorer, row):
                return SmallestChange(column.feature, before, after, segment, effort)
    return None


def _borders(scorer: Scorer, row: NDArray[np.float64], at: int) -> list[tuple[float, float]]:
    """Return where along one column each other segment becomes as near, nearest first.

    d²(other) - d²(own) is linear along a column, so each border is the root of one line.
    """
    squared = ((scorer.centroids - row) ** 2).sum(axis=1)
    own = int(squared.argmin())
    borders = []
    for other, centroid in enumerate(scorer.centroids):
        slope = 2 * (scorer.centroids[own, at] - centroid[at])
        if other == own or slope == 0:
            continue
        step = -(squared[other] - squared[own]) / slope
        borders.append((abs(float(step)), float(row[at] + step)))
    return sorted(borders)


def _beyond(scorer: Scorer, column: NumericColumn, border: float, upwards: bool) -> list[float]:
    """Return raw values just beyond a border, nearest first, within the training range."""
    direction = 1.0 if upwards else -1.0
    low, high, whole = scorer.training_range(column.feature)
    low = low if column.cap_low is None else max(low, column.cap_low)
    high = high if column.cap_high is None else min(high, column.cap_high)
    candidates = []
    for nudge in _NUDGES:
        prepared = border + direction * nudge * (1 + abs(border))
        raw = prepared / column.factor + column.centre
        if column.log:
            raw = math.copysign(math.expm1(min(abs(raw), 700.0)), raw)
        if whole:
            raw = float(math.ceil(raw) if upwards else math.floor(raw))
        if low <= raw <= high and raw not in candidates:
            candidates.append(raw)
    return candidates


def _segment(scorer: Scorer, row: NDArray[np.float64]) -> int:
    return int(scorer.score_matrix(row[None])[0][0])
