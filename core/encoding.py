"""Customers' values to the matrix a model measures distances in: numpy alone, one row or a million.

Preparation and scoring both encode here, so a customer looks the same in training, alone and in a
batch: everything is computed in float64 element by element and then rounded to float32, the
precision that the fit saw.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

import numpy as np
from numpy.typing import NDArray

from core.cells import Values, as_numbers, as_texts, require
from core.features.base import UNKNOWN
from core.segmentation.model import (
    CategoryColumn,
    Column,
    FeatureReference,
    MissingFlag,
    NumericColumn,
    OrdinalColumn,
)

OTHER = "Other"
CHUNK_ROWS = 4_096
FLOAT32_LIMIT = 1e30  # its square still fits comfortably into float64, itself into float32


class Problem(StrEnum):
    """What was unusual about a value."""

    MISSING = "missing"
    OUT_OF_RANGE = "out of range"
    UNKNOWN_LEVEL = "unknown level"


@dataclass(frozen=True, slots=True, eq=False)
class InputWarning:
    """A feature whose values had to be treated specially, in how many rows, and how."""

    feature: str
    problem: Problem
    rows: NDArray[np.int64]
    text: str


@dataclass(frozen=True, slots=True, eq=False)
class Encoded:
    """``matrix`` is float32 (n, d), C-contiguous; ``numbers`` the numeric inputs as they came."""

    matrix: NDArray[np.float32]
    numbers: Mapping[str, NDArray[np.float64]]
    warnings: tuple[InputWarning, ...]


class Encoder:
    """A model's columns, compiled once into vector operations.

    Examples
    --------
    >>> column = NumericColumn(
    ...     "income", impute=10.0, cap_low=0.0, cap_high=100.0, log=False, centre=50.0, factor=0.1
    ... )
    >>> Encoder((column,)).encode({"income": [60.0, None, 1e9]}).matrix.tolist()
    [[1.0], [-4.0], [5.0]]
    """

    def __init__(
        self, columns: Sequence[Column], references: Sequence[FeatureReference] = ()
    ) -> None:
        self.columns = tuple(columns)
        self.numeric = tuple(c for c in columns if isinstance(c, NumericColumn))
        self.features = tuple(dict.fromkeys(column.feature for column in columns))
        self.column_features = tuple(
            column.feature for column in columns for _ in range(width(column))
        )
        widths = [width(column) for column in columns]
        self.starts = [sum(widths[:i]) for i in range(len(widths))]
        self.numeric_at = np.array(
            [
                at
                for column, at in zip(columns, self.starts, strict=True)
                if isinstance(column, NumericColumn)
            ],
            dtype=np.int64,
        )
        self._impute = np.array([c.impute for c in self.numeric])
        self._low = np.array([-np.inf if c.cap_low is None else c.cap_low for c in self.numeric])
        self._high = np.array([np.inf if c.cap_high is None else c.cap_high for c in self.numeric])
        self._log = np.array([c.log for c in self.numeric], dtype=bool)
        self._any_log = bool(self._log.any())
        self._centre = np.array([c.centre for c in self.numeric])
        self._factor = np.array([c.factor for c in self.numeric])
        self._levels = {
            column.feature: _codes(column)
            for column in columns
            if isinstance(column, CategoryColumn | OrdinalColumn)
        }
        self.ranges = {r.feature: (r.quantiles[0], r.quantiles[-1]) for r in references}
        limits = [self.ranges.get(column.feature, (-np.inf, np.inf)) for column in self.numeric]
        self.range_low = np.array([low for low, _ in limits])
        self.range_high = np.array([high for _, high in limits])

    def encode(self, values: Mapping[str, Values]) -> Encoded:
        """Return the matrix of all rows, with a warning for every feature treated specially.

        Parameters
        ----------
        values : per feature the values of all customers. None, NaN and "" are missing.

        Raises
        ------
        UsageError
            If a feature is absent altogether, or a number cannot be read as one.
        """
        require(self.features, values)
        numbers = {c.feature: as_numbers(c.feature, values[c.feature]) for c in self.numeric}
        warnings = [w for c in self.numeric for w in self._unusual(c, numbers[c.feature])]
        n = len(values[self.features[0]])  # type: ignore[arg-type]
        matrix = np.empty((n, len(self.column_features)), dtype=np.float32)
        if numbers:
            self._fill_numbers(matrix, numbers)
        for column, at in zip(self.columns, self.starts, strict=True):
            if isinstance(column, MissingFlag):
                missing = np.isnan(numbers[column.feature])
                matrix[:, at] = (missing - column.centre) * column.factor
            elif not isinstance(column, NumericColumn):
                codes, unusual = self._coded(column, values[column.feature])
                matrix[:, at : at + width(column)] = _coded_columns(column, codes)
                warnings.extend(unusual)
        return Encoded(matrix, numbers, tuple(warnings))

    def prepare(self, raw: NDArray[np.float64]) -> NDArray[np.float64]:
        """Impute, cap, take logarithms, centre and weigh the numeric inputs (n, m)."""
        filled = np.where(np.isnan(raw), self._impute, raw)
        np.maximum(filled, self._low, out=filled)
        np.minimum(filled, self._high, out=filled)
        if self._any_log:
            filled = np.where(self._log, signed_log1p(filled), filled)
        filled -= self._centre
        filled *= self._factor
        return filled

    def level_rows(
        self, column: CategoryColumn | OrdinalColumn
    ) -> dict[object, NDArray[np.float64]]:
        """Return what each known level of a column looks like in the matrix."""
        known = self._levels[column.feature]
        rows = _coded_columns(column, np.array(list(known.values()), dtype=np.int64))
        return dict(zip(known, rows, strict=True))

    def _fill_numbers(
        self, matrix: NDArray[np.float32], numbers: Mapping[str, NDArray[np.float64]]
    ) -> None:
        """Write the prepared numeric inputs into the matrix, a block of rows at a time."""
        for start in range(0, len(matrix), CHUNK_ROWS):
            part = slice(start, start + CHUNK_ROWS)
            raw = np.column_stack([values[part] for values in numbers.values()])
            matrix[part, self.numeric_at] = to_float32(self.prepare(raw))

    def _unusual(
        self, column: NumericColumn, values: NDArray[np.float64]
    ) -> Iterator[InputWarning]:
        """Yield warnings about missing values and values outside the training range."""
        name = column.feature
        missing = np.isnan(values)
        if missing.any():
            typical = "" if column.impute == 0 else "the typical value "
            text = f"{name} is missing; {typical}{column.impute:,.6g} stands in."
            yield _warning(name, Problem.MISSING, missing, text)
        low, high = self.ranges.get(name, (-np.inf, np.inf))
        outside = (values < low) | (values > high)
        if outside.any():
            text = (
                f"{name} lies outside the values the model was trained on "
                f"({low:,.6g} to {high:,.6g})."
            )
            yield _warning(name, Problem.OUT_OF_RANGE, outside, text)

    def _coded(
        self, column: CategoryColumn | OrdinalColumn, values: Values
    ) -> tuple[NDArray[np.int64], list[InputWarning]]:
        """Return each row's level as a code, -1 for one never seen, with warnings."""
        name, known = column.feature, self._levels[column.feature]
        warnings = []
        texts = as_texts(values)
        if isinstance(column, OrdinalColumn):
            texts = [None if text == UNKNOWN else text for text in texts]
        missing = np.fromiter((text is None for text in texts), dtype=bool, count=len(texts))
        stands_in = column.impute if isinstance(column, OrdinalColumn) else UNKNOWN
        codes = np.fromiter(
            (known.get(stands_in if text is None else text, -1) for text in texts),
            dtype=np.int64,
            count=len(texts),
        )
        if missing.any():
            treatment = f"{stands_in!r}" if stands_in in known else "the average customer"
            text = f"{name} is missing; it counts as {treatment}."
            warnings.append(_warning(name, Problem.MISSING, missing, text))
        unseen = (codes < 0) & ~missing
        if unseen.any():
            shown = sorted({str(texts[row]) for row in np.flatnonzero(unseen)[:1000]})[:3]
            treatment = (
                f"{column.impute!r} stands in"
                if isinstance(column, OrdinalColumn)
                else "it counts as the average customer"
            )
            text = (
                f"{name} has a level the model was not trained on "
                f"({', '.join(repr(level) for level in shown)}); {treatment}."
            )
            warnings.append(_warning(name, Problem.UNKNOWN_LEVEL, unseen, text))
        if isinstance(column, OrdinalColumn):
            codes[codes < 0] = known[column.impute]
        return codes, warnings


def width(column: Column) -> int:
    """Return how many columns of the matrix a model column makes."""
    return len(column.levels) if isinstance(column, CategoryColumn) else 1


def signed_log1p(values: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return sign(v) · log(1 + abs(v)): a logarithm that keeps the sign and zero.

    >>> signed_log1p(np.array([-1.0, 0.0, 1.0])).round(3).tolist()
    [-0.693, 0.0, 0.693]
    """
    return np.asarray(np.copysign(np.log1p(np.abs(values)), values), dtype=np.float64)


def to_float32(values: NDArray[np.float64]) -> NDArray[np.float32]:
    """Return numbers in the precision of the matrices that models are fitted on."""
    return np.minimum(np.maximum(values, -FLOAT32_LIMIT), FLOAT32_LIMIT).astype(np.float32)


def _codes(column: CategoryColumn | OrdinalColumn) -> dict[str, int]:
    codes = {level: code for code, level in enumerate(column.levels)}
    if isinstance(column, CategoryColumn):
        codes.update((level, codes[OTHER]) for level in column.pooled)
    return codes


def _coded_columns(
    column: CategoryColumn | OrdinalColumn, codes: NDArray[np.int64]
) -> NDArray[np.float64]:
    """Return the matrix columns of coded levels; a level never seen is the training average: 0."""
    if isinstance(column, OrdinalColumn):
        return np.asarray(((codes - column.centre) * column.factor)[:, None], dtype=np.float64)
    table = (np.eye(len(column.levels)) - np.array(column.centres)) * np.array(column.factors)
    table = np.vstack([table, np.zeros(len(column.levels))])
    return np.asarray(table[codes], dtype=np.float64)  # code -1 is the last row


def _warning(feature: str, problem: Problem, where: NDArray[np.bool_], text: str) -> InputWarning:
    return InputWarning(feature, problem, np.flatnonzero(where).astype(np.int64), text)
