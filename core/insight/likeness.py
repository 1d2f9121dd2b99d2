"""Which features say the same: rank correlation of numbers, association of categories."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy.cluster.hierarchy import leaves_list, linkage
from scipy.spatial.distance import squareform

from core.features.base import Feature
from core.insight.association import contingency, cramers_v
from core.insight.columns import (
    categorical_features,
    coded_column,
    midranks,
    numbers,
    numeric_features,
)
from core.sampling import sample_rows
from core.snapshot_facts import Associations, Measure

SAMPLE = 10_000  # customers: the standard error of a correlation is then below 0.01
FEWEST = 30  # customers with both values; fewer say little, and might be told apart

Matrix = NDArray[np.float64]
Places = NDArray[np.intp]


def associations(
    frame: pd.DataFrame, features: Sequence[Feature], *, seed: int = 0
) -> tuple[Associations, ...]:
    """Return how alike all numbers and how alike all categories are, like ones side by side.

    Numbers: Spearman's rank correlation over the customers who have both values, mid-ranks for
    ties. Categories: Cramér's V corrected for bias (Bergsma 2013) with ``Unknown`` as a level.
    Features are ordered by average-linkage clustering of 1 - |value| with optimal leaf ordering
    (Bar-Joseph, Gifford and Jaakkola 2001), so that blocks can be seen.

    Parameters
    ----------
    frame : (n, p) feature table; beyond `SAMPLE` rows a sample is measured.
    features : the catalogue; direct identifiers are passed over.
    seed : of the sample.

    Returns
    -------
    tuple of Associations
        Of numbers and of categories, each where there are at least two.

    Examples
    --------
    >>> from core.features.base import Kind, Side
    >>> a, b = (Feature(x, x, "", "f", Side.BEHAVIOURAL, Kind.NUMBER) for x in "ab")
    >>> rising = np.arange(40.0)
    >>> (found,) = associations(pd.DataFrame({"a": rising, "b": -(rising**3)}), [a, b])
    >>> float(found.matrix[0, 1])
    -1.0
    """
    rows = sample_rows(len(frame), SAMPLE, seed)
    sample = frame if len(rows) == len(frame) else frame.iloc[rows]
    found = []
    for measure, chosen, measured in (
        (Measure.SPEARMAN, numeric_features(features), _rank_correlations),
        (Measure.CRAMERS_V, categorical_features(features), _cramers),
    ):
        if len(chosen) > 1:
            matrix = measured(sample, chosen)
            order = likeness_order(matrix)
            found.append(
                Associations(
                    measure=measure,
                    features=tuple(chosen[at].name for at in order),
                    matrix=matrix[np.ix_(order, order)].astype(np.float32),
                    customers=len(sample),
                    sampled_from=len(frame),
                )
            )
    return tuple(found)


def likeness_order(matrix: Matrix) -> list[int]:
    """Return an order of rows in which like ones stand side by side; unknown is unlike.

    >>> order = likeness_order(np.array([[1, 0, 0.9], [0, 1, 0], [0.9, 0, 1]]))
    >>> abs(order.index(0) - order.index(2))
    1
    """
    if len(matrix) < 3:
        return list(range(len(matrix)))
    apart = 1 - np.minimum(np.abs(np.nan_to_num(matrix)), 1)
    apart = (apart + apart.T) / 2
    np.fill_diagonal(apart, 0)
    tree = linkage(squareform(apart, checks=False), "average", optimal_ordering=True)
    return [int(leaf) for leaf in leaves_list(tree)]


def _rank_correlations(sample: pd.DataFrame, features: Sequence[Feature]) -> Matrix:
    """Return Spearman's rho of every two features over the customers who have both."""
    columns = np.column_stack([numbers(sample, feature) for feature in features])
    groups = _alike_known(~np.isnan(columns))
    matrix = np.full((len(features), len(features)), np.nan)
    own = [_ranks(columns[np.ix_(np.flatnonzero(known), at)]) for known, at in groups]
    for i, (known, at) in enumerate(groups):
        for j, (others_known, others) in enumerate(groups[: i + 1]):
            both = known & others_known
            if np.count_nonzero(both) < FEWEST:
                continue
            rows = np.flatnonzero(both)
            mine = own[i] if len(rows) == len(own[i]) else _ranks(columns[np.ix_(rows, at)])
            theirs = own[j] if len(rows) == len(own[j]) else _ranks(columns[np.ix_(rows, others)])
            block = np.clip(mine.T @ theirs, -1, 1)
            matrix[np.ix_(at, others)] = block
            matrix[np.ix_(others, at)] = block.T
    defined = ~np.isnan(np.diagonal(matrix))
    matrix[defined, defined] = 1.0
    return matrix


def _alike_known(known: NDArray[np.bool_]) -> list[tuple[NDArray[np.bool_], Places]]:
    """Return the columns grouped by the rows in which they have a value."""
    groups: dict[bytes, tuple[NDArray[np.bool_], list[int]]] = {}
    for at in range(known.shape[1]):
        column = known[:, at]
        groups.setdefault(column.tobytes(), (column, []))[1].append(at)
    return [(column, np.array(at, dtype=np.intp)) for column, at in groups.values()]


def _ranks(columns: Matrix) -> Matrix:
    """Return mid-ranks as columns of mean 0 and length 1; a constant column is NaN."""
    if not len(columns):
        return columns
    ranks = np.column_stack([midranks(column) for column in columns.T])
    ranks -= ranks.mean(axis=0)
    length = np.sqrt((ranks**2).sum(axis=0))
    return np.asarray(ranks / np.where(length > 0, length, np.nan))


def _cramers(sample: pd.DataFrame, features: Sequence[Feature]) -> Matrix:
    coded = [coded_column(sample, feature) for feature in features]
    matrix = np.full((len(features), len(features)), np.nan)
    if len(sample) < FEWEST:
        return matrix
    for i, one in enumerate(coded):
        if len(one.levels) < 2:
            continue
        matrix[i, i] = 1.0
        for j, other in enumerate(coded[:i]):
            if len(other.levels) > 1:
                matrix[i, j] = matrix[j, i] = cramers_v(contingency(one.codes, other.codes))
    return matrix
