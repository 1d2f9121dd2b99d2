"""Which features a lens may look at, and their columns in the table of features."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from core.errors import DataError, UsageError
from core.features.base import Feature, Sensitivity, Side
from core.lens import LensSpec


def lens_features(features: Sequence[Feature], lens: LensSpec) -> tuple[Feature, ...]:
    """Return the lens's features in its order; `UsageError` for those it must not use."""
    catalogue = {feature.name: feature for feature in features}
    unknown = [name for name in lens.feature_names if name not in catalogue]
    if unknown:
        raise UsageError(
            f"The lens {lens.name!r} asks for features that the data set does not have: "
            f"{', '.join(unknown)}. It has: {', '.join(sorted(catalogue))}."
        )
    twice = sorted({name for name in lens.feature_names if lens.feature_names.count(name) > 1})
    if twice:
        raise UsageError(f"The lens {lens.name!r} names {', '.join(twice)} more than once.")
    chosen = tuple(catalogue[name] for name in lens.feature_names)
    for feature in chosen:
        _refuse_forbidden(feature, lens)
    return chosen


def input_columns(
    frame: pd.DataFrame, features: Sequence[Feature]
) -> dict[str, NDArray[np.generic]]:
    """Return the frame's columns as arrays: float64 with NaN for numbers, text with None else."""
    columns: dict[str, NDArray[np.generic]] = {}
    for feature in features:
        if feature.name not in frame:
            raise DataError(
                f"The table of features has no column {feature.name!r}. Import the data again."
            )
        series = frame[feature.name]
        if feature.is_numeric:
            if not pd.api.types.is_numeric_dtype(series):
                raise DataError(
                    f"{feature.label} ({feature.name}) should hold numbers but holds "
                    f"{series.dtype}. Correct the source specification and import again."
                )
            # Added to 0, a negative zero is a plain one, as SQLite gives it back.
            numbers = series.to_numpy(dtype=np.float64, na_value=np.nan) + 0.0
            if np.isinf(numbers).any():
                raise DataError(
                    f"{feature.label} ({feature.name}) has {int(np.isinf(numbers).sum())} infinite "
                    "values. Correct the feature's definition and import again."
                )
            columns[feature.name] = numbers
        else:
            columns[feature.name] = series.astype(object).where(series.notna(), None).to_numpy()
    return columns


def _refuse_forbidden(feature: Feature, lens: LensSpec) -> None:
    if feature.sensitivity is Sensitivity.DIRECT:
        raise UsageError(
            f"The lens {lens.name!r} must not use {feature.label} ({feature.name}): it identifies "
            "a person. Take it out of the lens."
        )
    if feature.sensitivity is not Sensitivity.ORDINARY and lens.side is not Side.DEMOGRAPHIC:
        what = (
            "a sensitive attribute"
            if feature.sensitivity is Sensitivity.SENSITIVE
            else "a stand-in for a sensitive attribute"
        )
        raise UsageError(
            f"The lens {lens.name!r} must not use {feature.label} ({feature.name}): it is {what}, "
            "which only a demographic lens may look at. Take it out, or mark the lens as "
            "demographic."
        )
