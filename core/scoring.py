"""Where a customer belongs, how surely and why: what the app and the batch use of a model.

numpy alone: no scikit-learn, no pandas. Whoever scores often keeps the compiled `Scorer`.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from core.cells import Values
from core.encoding import InputWarning, Problem
from core.explanation import (
    Contribution,
    Explanation,
    SmallestChange,
    explain_with,
    smallest_change_with,
)
from core.scorer import NO_SEGMENT, UNLIKE_ANYONE, Scorer, Scores, round_significant
from core.segmentation.model import SegmentationModel


@lru_cache(maxsize=64)
def scorer(model: SegmentationModel) -> Scorer:
    """Return the model's compiled scorer, kept for the next customer."""
    return Scorer(model)


def encode(
    model: SegmentationModel, columns: Mapping[str, Values]
) -> tuple[NDArray[np.float64], tuple[InputWarning, ...]]:
    """Return the matrix (n, d) in which the model measures distances, and warnings.

    It is float64 and has the precision of float32, in which the model was fitted.

    Parameters
    ----------
    model : the fitted segmentation
    columns : per feature the values of all customers; None, NaN and "" are missing

    Raises
    ------
    UsageError
        If a feature is absent, or a number cannot be read.
    """
    encoded = scorer(model).encode(columns)
    return encoded.matrix.astype(np.float64), encoded.warnings


def score(model: SegmentationModel, columns: Mapping[str, Values]) -> Scores:
    """Return segment, runner-up, distance, margin and typicality of every customer.

    A customer scored alone, in a batch or in any order gets the same answer, bit for bit: distances
    are summed in float64 in a fixed order and reported with six significant digits.

    Parameters
    ----------
    model : the fitted segmentation
    columns : per feature the values of all customers; None, NaN and "" are missing

    Raises
    ------
    UsageError
        If a feature is absent, or a number cannot be read.
    """
    return scorer(model).score(columns)


def project(model: SegmentationModel, matrix: NDArray[np.floating]) -> NDArray[np.float64]:
    """Return the coordinates of encoded customers on the model's principal components, (n, p)."""
    return scorer(model).project(matrix)


def explain(model: SegmentationModel, values: Mapping[str, float | str | None]) -> Explanation:
    """Return why a customer belongs to the nearest segment and not to the runner-up, exactly.

    Parameters
    ----------
    model : the fitted segmentation
    values : every feature of the lens; None where it is not known

    Raises
    ------
    UsageError
        If a feature is absent, or a number cannot be read.
    """
    return explain_with(scorer(model), values)


def smallest_change(
    model: SegmentationModel,
    values: Mapping[str, float | str | None],
    features: Collection[str],
) -> tuple[SmallestChange, ...]:
    """Return for each feature the smallest change of it alone that moves the customer.

    Parameters
    ----------
    model : the fitted segmentation
    values : every feature of the lens; None where it is not known
    features : those that may change; categories and unknown values are passed over

    Returns
    -------
    tuple of SmallestChange
        The least change first; only changes within the values the model was trained on, each
        checked by scoring the changed customer again. Empty if no single change is enough.
    """
    return smallest_change_with(scorer(model), values, features)


__all__ = [
    "NO_SEGMENT",
    "UNLIKE_ANYONE",
    "Contribution",
    "Explanation",
    "InputWarning",
    "Problem",
    "Scorer",
    "Scores",
    "SmallestChange",
    "encode",
    "explain",
    "project",
    "round_significant",
    "score",
    "scorer",
    "smallest_change",
]
