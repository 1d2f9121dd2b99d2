"""Columns of the feature table as the statistics need them: ordered numbers and coded levels."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike, NDArray

from core.encoding import OTHER
from core.errors import UsageError
from core.features.base import UNKNOWN, Feature, Sensitivity

MAX_LEVELS = 20

Segments = NDArray[np.int16]


@dataclass(frozen=True, slots=True, eq=False)
class OrderedColumn:
    """A numeric feature's values in ascending order, without the missing ones.

    ``segments`` and ``midranks`` are parallel to ``values``. Mid-ranks count from 1 and ties share
    their mean rank, so sums over them are exact and no result depends on the order of the rows.
    """

    values: NDArray[np.float64]
    segments: Segments
    midranks: NDArray[np.float64]
    missing: NDArray[np.int64]  # per segment number

    def of(self, segment: int) -> NDArray[np.float64]:
        """Return the ascending values of a segment's members."""
        return np.asarray(self.values[self.segments == segment], dtype=np.float64)

    def of_others(self, segment: int) -> NDArray[np.float64]:
        """Return the ascending values of everyone outside a segment."""
        return np.asarray(self.values[self.segments != segment], dtype=np.float64)


@dataclass(frozen=True, slots=True, eq=False)
class CodedColumn:
    """A categorical feature as codes of its levels; rare levels are pooled, none is missing."""

    codes: NDArray[np.int64]
    levels: tuple[str, ...]


def segment_count(frame: pd.DataFrame, segments: Segments, described: int | None = None) -> int:
    """Return the number of segments, m: ``described``, or one more than the largest number.

    Raises
    ------
    UsageError
        Unless there is a number 0..m-1 for every row.
    """
    if len(segments) != len(frame):
        raise UsageError(
            f"{len(segments)} segment numbers were given for {len(frame)} customers. "
            "Give one for every row of the feature table."
        )
    if not len(segments):
        raise UsageError("There are no customers to describe. Give at least one.")
    least, largest = int(segments.min()), int(segments.max())
    if least < 0 or (described is not None and largest >= described):
        wrong = least if least < 0 else largest
        raise UsageError(
            f"Segment number {wrong} was given. Numbers count from 0, every customer has one, "
            "and none is beyond the number of segments."
        )
    return largest + 1 if described is None else described


def numbers(frame: pd.DataFrame, feature: Feature) -> NDArray[np.float64]:
    """Return a numeric feature as float64 in the frame's order, NaN where missing."""
    return _column(frame, feature).to_numpy(dtype=np.float64, na_value=np.nan)


def ordered_column(
    frame: pd.DataFrame, feature: Feature, segments: Segments, m: int
) -> OrderedColumn:
    """Return a numeric feature's values in ascending order with segments and mid-ranks."""
    values = numbers(frame, feature)
    known = ~np.isnan(values)
    missing = np.bincount(segments[~known], minlength=m).astype(np.int64)
    values, members = values[known], segments[known]
    order = np.argsort(values)
    values = values[order]
    return OrderedColumn(values, members[order], _midranks(values), missing)


def coded_column(frame: pd.DataFrame, feature: Feature) -> CodedColumn:
    """Return a categorical feature's levels: declared order first, then most frequent first.

    Missing values are the level ``Unknown``; beyond `MAX_LEVELS` the rarest are pooled: ``Other``.
    """
    codes, uniques = pd.factorize(level_texts(frame, feature), sort=True)
    counts = np.bincount(codes, minlength=len(uniques))
    declared = {level: position for position, level in enumerate(feature.levels)}
    names = [str(level) for level in uniques]
    ranked = sorted(
        range(len(names)),
        key=lambda i: (declared.get(names[i], len(declared)), -int(counts[i]), names[i]),
    )
    kept = ranked if len(ranked) <= MAX_LEVELS else _most_frequent(ranked, counts)
    levels = [names[i] for i in kept if names[i] != OTHER]
    if len(kept) < len(ranked) or OTHER in names:
        levels.append(OTHER)
    position = {level: code for code, level in enumerate(levels)}
    recoded = np.array([position.get(name, len(levels) - 1) for name in names], dtype=np.int64)
    return CodedColumn(recoded[codes] if len(codes) else codes, tuple(levels))


def level_texts(frame: pd.DataFrame, feature: Feature) -> pd.Series:
    """Return a categorical feature as text in the frame's order, ``Unknown`` where missing."""
    texts = _column(frame, feature).astype("str").fillna(UNKNOWN)
    return texts.where(texts.str.strip() != "", UNKNOWN)


def ascending_quantile(values: NDArray[np.float64], share: float) -> float:
    """Return a quantile of ascending values, interpolated linearly (Hyndman and Fan 1996, type 7).

    >>> ascending_quantile(np.array([1.0, 2.0, 10.0]), 0.75)
    6.0
    """
    position = share * (len(values) - 1)
    low = int(position)
    high = min(low + 1, len(values) - 1)
    return float(values[low] + (position - low) * (values[high] - values[low]))


def numeric_features(features: Sequence[Feature]) -> list[Feature]:
    """Return the features whose values are numbers; direct identifiers are never described."""
    return [f for f in features if f.is_numeric and f.sensitivity is not Sensitivity.DIRECT]


def categorical_features(features: Sequence[Feature]) -> list[Feature]:
    """Return the features whose values are levels; direct identifiers are never described."""
    return [f for f in features if not f.is_numeric and f.sensitivity is not Sensitivity.DIRECT]


def midranks(values: ArrayLike) -> NDArray[np.float64]:
    """Return the mid-ranks (from 1) of numbers in their own order; NaN stays NaN.

    >>> midranks([3.0, 1.0, 3.0]).tolist()
    [2.5, 1.0, 2.5]
    """
    array = np.asarray(values, dtype=np.float64)
    ranks = np.full(len(array), np.nan)
    known = np.flatnonzero(~np.isnan(array))
    order = known[np.argsort(array[known])]
    ranks[order] = _midranks(array[order])
    return ranks


def _midranks(ascending: NDArray[np.float64]) -> NDArray[np.float64]:
    if not len(ascending):
        return np.empty(0)
    starts = np.flatnonzero(np.concatenate(([True], ascending[1:] != ascending[:-1])))
    sizes = np.diff(np.append(starts, len(ascending)))
    return np.repeat(starts + (sizes + 1) / 2, sizes)


def _most_frequent(ranked: list[int], counts: NDArray[np.int64]) -> list[int]:
    """Return the most frequent levels in the order given, leaving one place for the others."""
    by_count = sorted(range(len(ranked)), key=lambda at: (-int(counts[ranked[at]]), at))
    return [ranked[at] for at in sorted(by_count[: MAX_LEVELS - 1])]


def _column(frame: pd.DataFrame, feature: Feature) -> pd.Series:
    if feature.name not in frame.columns:
        raise UsageError(
            f"The feature table has no column {feature.name!r}. "
            "Give the features that the table was built from."
        )
    return frame[feature.name]
