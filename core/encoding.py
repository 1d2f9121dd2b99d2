"""Customers' values to the matrix a model measures distances in: numpy alone, one row or a million.

Preparation and scoring both encode here, so a customer looks the same in training, alone and in a
batch: everything is computed in float64 element by element and then rounded to float32, the
precision that the fit saw.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

import numpy as np
from numpy.typing import NDArray

from core.cells import Values, as_numbers, as_texts, require
from core.errors import UsageError
from core.segmentation.model import (
    CategoryColumn,
    Column,
    FeatureReference,
    MissingFlag,
    NumericColumn,
    OrdinalColumn,
)

UNKNOWN = "Unknown"
OTHER = "Other"
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
    """``matrix`` is float64 (n, d) with float32 precision; ``raw`` the numeric inputs (n, m)."""

    matrix: NDArray[np.float64]
    raw: NDArray[np.float64]
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
        self._index = {column.feature: i for i, column in enumerate(self.numeric)}
        self._impute = np.array([c.impute for c in self.numeric])
        self._low = np.array([-np.inf if c.cap_low is None else c.cap_low for c in self.numeric])
        self._high = np.array([np.inf if c.cap_high is None else c.cap_high for c in self.numeric])
        self._log = np.array([c.log for c in self.numeric], dtype=bool)
        self._centre = np.array([c.centre for c in self.numeric])
        self._factor = np.array([c.factor for c in self.numeric])
        self._levels = {
            column.feature: _codes(column)
            for column in columns
            if isinstance(column, CategoryColumn | OrdinalColumn)
        }
        ranges = {r.feature: (r.quantiles[0], r.quantiles[-1]) for r in references}
        limits = [ranges.get(column.feature, (-np.inf, np.inf)) for column in self.numeric]
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
        warnings: list[InputWarning] = []
        raw = self.numbers(values)
        prepared = self.prepare(raw)
        self._warn_numeric(raw, warnings)
        parts: list[NDArray[np.float64]] = []
        for column in self.columns:
            if isinstance(column, NumericColumn):
                parts.append(prepared[:, self._index[column.feature], None])
            elif isinstance(column, MissingFlag):
                missing = np.isnan(raw[:, self._index[column.feature]])[:, None]
                parts.append((missing - column.centre) * column.factor)
            else:
                codes = self._coded(column, values[column.feature], warnings)
                parts.append(_coded_columns(column, codes))
        matrix = np.concatenate(parts, axis=1) if parts else np.empty((len(raw), 0))
        return Encoded(to_float32_precision(matrix), raw, tuple(warnings))

    def numbers(self, values: Mapping[str, Values]) -> NDArray[np.float64]:
        """Return the numeric inputs as a float64 matrix (n, m), NaN where missing."""
        n = len(values[self.features[0]])  # type: ignore[arg-type]
        raw = np.empty((n, len(self.numeric)), dtype=np.float64)
        for i, column in enumerate(self.numeric):
            raw[:, i] = as_numbers(column.feature, values[column.feature])
        return raw

    def prepare(self, raw: NDArray[np.float64]) -> NDArray[np.float64]:
        """Impute, cap, take logarithms, centre and weigh the numeric inputs (n, m)."""
        filled = np.where(np.isnan(raw), self._impute, raw)
        np.maximum(filled, self._low, out=filled)
        np.minimum(filled, self._high, out=filled)
        if self._log.any():
            filled = np.where(self._log, signed_log1p(filled), filled)
        filled -= self._centre
        filled *= self._factor
        return filled

    def position(self, feature: str) -> int:
        """Return the matrix column that holds a numeric feature's value."""
        at = 0
        for column in self.columns:
            if isinstance(column, NumericColumn) and column.feature == feature:
                return at
            at += width(column)
        raise UsageError(f"The model has no numeric feature {feature!r}.")

    def numeric_column(self, feature: str) -> NumericColumn | None:
        """Return how a numeric feature is prepared; None for other features."""
        at = self._index.get(feature)
        return None if at is None else self.numeric[at]

    def level_rows(
        self, column: CategoryColumn | OrdinalColumn
    ) -> dict[object, NDArray[np.float64]]:
        """Return what each known level of a column looks like in the matrix."""
        known = self._levels[column.feature]
        rows = _coded_columns(column, np.array(list(known.values()), dtype=np.int64))
        return dict(zip(known, rows, strict=True))

    def _warn_numeric(self, raw: NDArray[np.float64], warnings: list[InputWarning]) -> None:
        missing = np.isnan(raw)
        outside = (raw < self.range_low) | (raw > self.range_high)
        if not (missing.any() or outside.any()):
            return
        for i, column in enumerate(self.numeric):
            name = column.feature
            if missing[:, i].any():
                text = f"{name} is missing; the typical value {column.impute:,.6g} stands in."
                warnings.append(_warning(name, Problem.MISSING, missing[:, i], text))
            if outside[:, i].any():
                text = (
                    f"{name} lies outside the values the model was trained on "
                    f"({self.range_low[i]:,.6g} to {self.range_high[i]:,.6g})."
                )
                warnings.append(_warning(name, Problem.OUT_OF_RANGE, outside[:, i], text))

    def _coded(
        self, column: CategoryColumn | OrdinalColumn, values: Values, warnings: list[InputWarning]
    ) -> NDArray[np.int64]:
        """Return each row's level as a code, -1 for one never seen, with warnings."""
        name, known = column.feature, self._levels[column.feature]
        texts = as_texts(values)
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
        return codes


def width(column: Column) -> int:
    """Return how many columns of the matrix a model column makes."""
    return len(column.levels) if isinstance(column, CategoryColumn) else 1


def signed_log1p(values: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return sign(v) · log(1 + abs(v)): a logarithm that keeps the sign and zero.

    >>> signed_log1p(np.array([-1.0, 0.0, 1.0])).round(3).tolist()
    [-0.693, 0.0, 0.693]
    """
    return np.asarray(np.copysign(np.log1p(np.abs(values)), values), dtype=np.float64)


def to_float32_precision(values: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return float64 numbers rounded to the precision of the matrices that models are fitted on."""
    limited = np.minimum(np.maximum(values, -FLOAT32_LIMIT), FLOAT32_LIMIT)
    return np.asarray(limited.astype(np.float32), dtype=np.float64)


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
