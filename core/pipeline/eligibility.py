"""Customers whom a lens cannot look at: they stay customers, but are no part of its view."""

from __future__ import annotations

from dataclasses import replace
from typing import TypeVar

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from core.errors import DataError, UsageError, one_of
from core.lens import LensSpec
from core.pipeline.results import Assignments, MapPoints, SegmentationResult, StoredSnapshot
from core.scorer import NO_SEGMENT

Rows = NDArray[np.bool_]
_Value = TypeVar("_Value", bound=np.generic)


def eligible_rows(frame: pd.DataFrame, lens: LensSpec) -> Rows:
    """Return who has everything that the lens requires, (n,).

    Raises
    ------
    UsageError
        The lens requires a feature that the data set does not have.
    """
    eligible = np.ones(len(frame), dtype=bool)
    for name in lens.requires:
        if name not in frame:
            raise UsageError(f"The lens {lens.name!r}: {one_of('requirement', name, frame)}")
        eligible &= frame[name].notna().to_numpy()
    return eligible


def eligible_part(snapshot: StoredSnapshot, lens: LensSpec) -> tuple[StoredSnapshot, Rows]:
    """Return the snapshot with the lens's eligible customers alone, and which of all they are.

    Raises
    ------
    DataError
        Nobody is eligible.
    """
    eligible = eligible_rows(snapshot.frame, lens)
    if eligible.all():
        return snapshot, eligible
    if not eligible.any():
        raise DataError(
            f"No customer has what the lens {lens.name!r} requires ({', '.join(lens.requires)}). "
            "Import data that have it, or segment by another lens."
        )
    return replace(snapshot, frame=snapshot.frame[eligible]), eligible


def over_everyone(result: SegmentationResult, eligible: Rows) -> SegmentationResult:
    """Return a result for eligible customers as one for all: the others are in no segment."""
    if eligible.all():
        return result
    rows, found = np.flatnonzero(eligible), result.assignments
    spread = Assignments(
        segment=_among(found.segment, rows, len(eligible), NO_SEGMENT),
        runner_up=_among(found.runner_up, rows, len(eligible), NO_SEGMENT),
        distance=_among(found.distance, rows, len(eligible), np.nan),
        margin=_among(found.margin, rows, len(eligible), np.nan),
        typicality=_among(found.typicality, rows, len(eligible), np.nan),
    )
    points = MapPoints(rows[result.map_points.rows], result.map_points.xyz)
    return replace(
        result,
        assignments=spread,
        map_points=points,
        exemplars=tuple(replace(one, row=int(rows[one.row])) for one in result.exemplars),
        ineligible=int((~eligible).sum()),
    )


def _among(
    values: NDArray[_Value], rows: NDArray[np.int64], n: int, other: float
) -> NDArray[_Value]:
    spread = np.full(n, other, dtype=values.dtype)
    spread[rows] = values
    return spread
