"""One customer in microseconds: the arithmetic of the batch, bit for bit, without its overhead."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from core.cells import is_missing
from core.encoding import InputWarning, to_float32
from core.scorer import NO_SEGMENT, Scorer, rounded
from core.segmentation.model import CategoryColumn, MissingFlag, OrdinalColumn

Values = Mapping[str, float | str | None]


@dataclass(frozen=True, slots=True, eq=False)
class Score:
    """One customer; the numbers are None in a segment by rule, and ``runner_up`` is -1."""

    segment: int
    runner_up: int
    distance: float | None
    margin: float | None
    typicality: float | None
    warnings: tuple[InputWarning, ...]


class SingleScorer:
    """A scorer for customers who come one at a time; it can be shared between threads.

    It answers exactly as `Scorer.score` does. Anything unusual (a missing value, one outside the
    training range, a level never seen, text for a number) is left to it, so warnings are the same.
    """

    def __init__(self, scorer: Scorer) -> None:
        self.scorer = scorer
        self._numeric = [column.feature for column in scorer.encoder.numeric]
        self._zero = scorer.model.rule.zero if scorer.model.rule else ()
        self._requires = scorer.model.requires
        self._template, self._levels = _layout(scorer)
        self._positions = scorer.encoder.numeric_at
        self._numbers = scorer.numbers.tolist()

    def score(self, values: Values) -> Score:
        """Return the score of one customer; `UsageError` if a feature is absent or unreadable."""
        raw = self._plain_numbers(values)
        if raw is None:
            return self._unusual(values)
        row = self._template.copy()
        row[self._positions] = self.scorer.encoder.prepare(raw)
        for feature, start, table in self._levels:
            level = table.get(values[feature])
            if level is None:
                return self._unusual(values)
            row[start : start + len(level)] = level
        return self._placed(to_float32(row).astype(np.float64))

    def _plain_numbers(self, values: Values) -> NDArray[np.float64] | None:
        """Return the numeric inputs, or None if anything about them is unusual."""
        try:
            cells = [values[feature] for feature in self._numeric]
            if any(type(cell) is str or type(cell) is bool for cell in cells):
                return None
            raw = np.array(cells, dtype=np.float64)
            if self.scorer.model.groups is not None or any(
                is_missing([values[feature]])[0] for feature in self._requires
            ):
                return None
            if self._zero and not any(_is_something(values[feature]) for feature in self._zero):
                return None
        except (KeyError, TypeError, ValueError):
            return None
        # NaN fails the comparison too.
        inside = (raw >= self.scorer.encoder.range_low) & (raw <= self.scorer.encoder.range_high)
        return raw if inside.all() and raw.ndim == 1 else None

    def _placed(self, row: NDArray[np.float64]) -> Score:
        scorer = self.scorer
        difference = scorer.place(row[None]) - scorer.places
        np.multiply(difference, difference, out=difference)
        squared = np.add.reduce(difference, axis=1).tolist()
        first = min(range(len(squared)), key=squared.__getitem__)
        nearest = squared[first]
        squared[first] = math.inf
        second = min(range(len(squared)), key=squared.__getitem__)
        distance, further = math.sqrt(nearest), math.sqrt(squared[second])
        return Score(
            segment=self._numbers[first],
            runner_up=self._numbers[second],
            distance=rounded(distance),
            margin=rounded(1 - distance / further) if further > 0 else 0.0,
            typicality=scorer.typicality_of(distance, first),
            warnings=(),
        )

    def _unusual(self, values: Values) -> Score:
        scores = self.scorer.score({name: [value] for name, value in values.items()})
        segment, runner_up = int(scores.segment[0]), int(scores.runner_up[0])
        if runner_up == NO_SEGMENT:
            return Score(segment, runner_up, None, None, None, scores.warnings)
        return Score(
            segment=segment,
            runner_up=runner_up,
            distance=float(scores.distance[0]),
            margin=float(scores.margin[0]),
            typicality=float(scores.typicality[0]),
            warnings=scores.warnings,
        )


def _is_something(value: float | str | None) -> bool:
    """Whether a value is surely a number other than 0."""
    return isinstance(value, int | float) and value == value and value != 0


def _layout(
    scorer: Scorer,
) -> tuple[
    NDArray[np.float64],
    list[tuple[str, int, dict[object, NDArray[np.float64]]]],
]:
    """Return a row without missing values, and how each level of a category looks in it."""
    encoder = scorer.encoder
    template = np.zeros(len(encoder.column_features))
    levels = []
    for column, at in zip(encoder.columns, encoder.starts, strict=True):
        if isinstance(column, MissingFlag):
            template[at] = (0.0 - column.centre) * column.factor
        elif isinstance(column, CategoryColumn | OrdinalColumn):
            levels.append((column.feature, at, encoder.level_rows(column)))
    return template, levels
