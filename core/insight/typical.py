"""Whom to look at to understand a segment: the most central customer, and some at its border."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from core.quality import ExemplarKind
from core.sampling import sample_rows

ROWS = 1_000
BORDERLINE = 3


@dataclass(frozen=True, slots=True)
class ExemplarRow:
    """A row of the frame that is worth looking at; ``features``: its values, by name, if asked."""

    row: int
    segment: int
    kind: ExemplarKind
    features: tuple[tuple[str, float | str | None], ...] = ()


def exemplar_rows(
    matrix: NDArray[np.floating],
    segment: NDArray[np.integer],
    margin: NDArray[np.float64],
    *,
    seed: int,
) -> tuple[ExemplarRow, ...]:
    """Return per segment its medoid, then the three customers with the smallest margin.

    Customers without a margin (those in a segment by rule) have no border; their segment gets none.

    Parameters
    ----------
    matrix : (n, d), as distances are measured
    segment : (n,), -1 for customers in no segment
    margin : (n,), 0 at the border; NaN where there is none
    seed : of the sample that medoids of large segments are chosen from

    Examples
    --------
    >>> found = exemplar_rows(
    ...     np.array([[0.0], [1.0], [2.0], [8.0]]),
    ...     np.array([0, 0, 0, 1]),
    ...     np.array([0.9, 0.8, 0.1, 0.9]),
    ...     seed=1,
    ... )
    >>> [(one.row, one.segment, str(one.kind)) for one in found]
    [(1, 0, 'medoid'), (2, 0, 'borderline'), (0, 0, 'borderline'), (3, 1, 'medoid')]
    """
    found = []
    for number in np.unique(segment[(segment >= 0) & ~np.isnan(margin)]).tolist():
        rows = np.flatnonzero((segment == number) & ~np.isnan(margin))
        some = rows[sample_rows(len(rows), ROWS, seed)]
        centre = int(some[medoid(matrix[some])])
        found.append(ExemplarRow(centre, int(number), ExemplarKind.MEDOID))
        others = rows[rows != centre]
        nearest = others[np.argsort(margin[others], kind="stable")[:BORDERLINE]]
        found += [ExemplarRow(int(row), int(number), ExemplarKind.BORDERLINE) for row in nearest]
    return tuple(found)


def medoid(rows: NDArray[np.floating]) -> int:
    """Return which row has the least sum of distances to all others (Kaufman, Rousseeuw 1987).

    Unlike a mean, it is a customer whom there is. Of equally central rows it is the first.

    >>> medoid(np.array([[0.0], [1.0], [100.0]]))
    1
    """
    points = rows.astype(np.float64)
    sums = np.array([np.sqrt(((points - point) ** 2).sum(axis=1)).sum() for point in points])
    return int(np.argmin(np.round(sums, 9)))
