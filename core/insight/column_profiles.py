"""The values of every feature among all customers: what is missing, how the rest is spread."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from core.features.base import UNKNOWN, Feature, Sensitivity
from core.insight.binning import bin_edges
from core.insight.columns import ascending_quantile, coded_column, numbers
from core.snapshot_facts import FeatureProfile

_SHARES = (0.05, 0.25, 0.5, 0.75, 0.95)


def column_profiles(frame: pd.DataFrame, features: Sequence[Feature]) -> tuple[FeatureProfile, ...]:
    """Return a profile per feature, in their order; direct identifiers are never described.

    Quantiles are interpolated linearly (Hyndman and Fan 1996, type 7), ``sd`` is the sample
    standard deviation (None for a single value). Ranges of a histogram are closed on the left, the
    last on both sides. A category's customers of the level ``Unknown`` are missing. Nothing
    depends on the order of the rows.

    Parameters
    ----------
    frame : (n, p) feature table, one row per customer.
    features : the catalogue; numbers and categories are told apart by their kind.

    Raises
    ------
    UsageError
        If the table lacks the column of a feature.

    Examples
    --------
    >>> from core.features.base import Kind, Side
    >>> age = Feature("age", "Age", "", "demographics", Side.DEMOGRAPHIC, Kind.YEARS, "years")
    >>> (found,) = column_profiles(pd.DataFrame({"age": [20.0, 40.0, np.nan]}), [age])
    >>> found.n, found.missing, found.median
    (2, 1, 30.0)
    """
    return tuple(
        _of_numbers(feature, numbers(frame, feature))
        if feature.is_numeric
        else _of_levels(feature, frame)
        for feature in features
        if feature.sensitivity is not Sensitivity.DIRECT
    )


def _of_numbers(feature: Feature, column: NDArray[np.float64]) -> FeatureProfile:
    values = np.sort(column[~np.isnan(column)])
    n, missing = len(values), len(column) - len(values)
    if not n:
        return FeatureProfile(feature.name, 0, missing)
    edges = bin_edges(values, feature.kind)
    inner = np.searchsorted(values, np.array(edges[1:-1]), side="left")
    counts = np.diff(np.concatenate(([0], inner, [n])))
    p05, p25, median, p75, p95 = (ascending_quantile(values, share) for share in _SHARES)
    return FeatureProfile(
        feature=feature.name,
        n=n,
        missing=missing,
        mean=float(values.mean()),
        sd=float(values.std(ddof=1)) if n > 1 else None,
        minimum=float(values[0]),
        maximum=float(values[-1]),
        nonzero_share=float(np.count_nonzero(values) / n),
        edges=edges,
        counts=tuple(int(count) for count in counts),
        p05=p05,
        p25=p25,
        median=median,
        p75=p75,
        p95=p95,
    )


def _of_levels(feature: Feature, frame: pd.DataFrame) -> FeatureProfile:
    column = coded_column(frame, feature)
    counts = np.bincount(column.codes, minlength=len(column.levels)).tolist()
    known = [
        (level, count)
        for level, count in zip(column.levels, counts, strict=True)
        if level != UNKNOWN
    ]
    n = sum(count for _, count in known)
    return FeatureProfile(
        feature=feature.name,
        n=n,
        missing=len(frame) - n,
        levels=tuple(level for level, _ in known),
        level_counts=tuple(count for _, count in known),
    )
