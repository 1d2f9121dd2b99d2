"""Distribution of every feature within each segment and among all customers."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from core.features.base import Feature
from core.insight.binning import bin_edges
from core.insight.columns import (
    OrderedColumn,
    Segments,
    ascending_quantile,
    categorical_features,
    coded_column,
    numeric_features,
    ordered_column,
    segment_count,
)
from core.readmodels import CategoryCount, FeatureStatistic, Histogram


def statistics(
    frame: pd.DataFrame,
    features: Sequence[Feature],
    segments: Segments,
    *,
    count: int | None = None,
) -> tuple[FeatureStatistic, ...]:
    """Return the statistics of every numeric feature: all customers first, then segment by segment.

    ``n`` counts values, ``missing`` the members without one; together they are all members.
    Quantiles are interpolated linearly (Hyndman and Fan 1996, type 7), ``sd`` is the sample
    standard deviation (None for a single value). ``percentile`` is the mean of the members'
    mid-rank percentiles among all customers, (mid-rank - 1/2) / n (Hazen 1914): 50 for all
    customers whatever the distribution and its ties. Nothing depends on the order of the rows.

    Parameters
    ----------
    frame : (n, p) feature table, one row per customer.
    features : the features to describe; categories and direct identifiers are passed over.
    segments : (n,) segment number per row, 0..m-1.
    count : m, where the last segments may have lost all their members.

    Examples
    --------
    >>> from core.features.base import Kind, Side
    >>> age = Feature("age", "Age", "", "demographics", Side.DEMOGRAPHIC, Kind.YEARS, "years")
    >>> frame = pd.DataFrame({"age": [20.0, 40.0, 60.0, 80.0]})
    >>> found = statistics(frame, [age], np.array([1, 1, 0, 0], dtype=np.int16))
    >>> [(s.segment, s.median, s.percentile) for s in found]
    [(None, 50.0, 50.0), (0, 70.0, 75.0), (1, 30.0, 25.0)]
    """
    m = segment_count(frame, segments, count)
    return tuple(
        statistic
        for feature in numeric_features(features)
        for statistic in _of_feature(feature, ordered_column(frame, feature, segments, m), m)
    )


def histograms(
    frame: pd.DataFrame,
    features: Sequence[Feature],
    segments: Segments,
    *,
    count: int | None = None,
) -> tuple[Histogram, ...]:
    """Return counts of every numeric feature over edges that all segments share.

    Bins are closed on the left, the last one on both sides; first and last bin reach to the
    smallest and largest value, so that the counts add up to the members with a value. See
    `core.insight.binning.bin_edges` for the edges. A feature without any value has no histogram.
    """
    m = segment_count(frame, segments, count)
    return tuple(
        histogram
        for feature in numeric_features(features)
        for histogram in _binned(feature, ordered_column(frame, feature, segments, m), m)
    )


def categories(
    frame: pd.DataFrame,
    features: Sequence[Feature],
    segments: Segments,
    *,
    count: int | None = None,
) -> tuple[CategoryCount, ...]:
    """Return counts and shares of every level: all customers first, then segment by segment.

    Every segment has a row for every level, also for none. Levels come in their declared order,
    else the most frequent first; beyond twenty the rarest are pooled as "Other".
    """
    m = segment_count(frame, segments, count)
    sizes = np.bincount(segments, minlength=m)
    found: list[CategoryCount] = []
    for feature in categorical_features(features):
        column = coded_column(frame, feature)
        width = len(column.levels)
        cells = np.bincount(segments * np.int64(width) + column.codes, minlength=m * width)
        table = cells.reshape(m, width)
        rows = [(None, table.sum(axis=0), len(frame)), *zip(range(m), table, sizes, strict=True)]
        for segment, counts, size in rows:
            found += [
                CategoryCount(
                    segment, feature.name, level, int(n), float(n / size) if size else 0.0
                )
                for level, n in zip(column.levels, counts, strict=True)
            ]
    return tuple(found)


def _of_feature(feature: Feature, column: OrderedColumn, m: int) -> Iterator[FeatureStatistic]:
    percentiles = 100 * (column.midranks - 0.5) / max(len(column.values), 1)
    yield _statistic(None, feature, column.values, int(column.missing.sum()), percentiles)
    for segment in range(m):
        members = column.segments == segment
        yield _statistic(
            segment,
            feature,
            column.values[members],
            int(column.missing[segment]),
            percentiles[members],
        )


def _statistic(
    segment: int | None,
    feature: Feature,
    values: NDArray[np.float64],
    missing: int,
    percentiles: NDArray[np.float64],
) -> FeatureStatistic:
    n = len(values)
    if n == 0:
        return FeatureStatistic(segment, feature.name, 0, missing, *[None] * 11)
    p05, p25, median, p75, p95 = (
        ascending_quantile(values, share) for share in (0.05, 0.25, 0.5, 0.75, 0.95)
    )
    return FeatureStatistic(
        segment=segment,
        feature=feature.name,
        n=n,
        missing=missing,
        mean=float(values.mean()),
        sd=float(values.std(ddof=1)) if n > 1 else None,
        minimum=float(values[0]),
        p05=p05,
        p25=p25,
        median=median,
        p75=p75,
        p95=p95,
        maximum=float(values[-1]),
        percentile=float(percentiles.mean()),
        nonzero_share=float(np.count_nonzero(values) / n),
    )


def _binned(feature: Feature, column: OrderedColumn, m: int) -> Iterator[Histogram]:
    if not len(column.values):
        return
    edges = bin_edges(column.values, feature.kind)
    # The first and the last bin take what lies at the outermost edges.
    bins = np.searchsorted(np.array(edges[1:-1]), column.values, side="right")
    width = len(edges) - 1
    table = np.bincount(column.segments * np.int64(width) + bins, minlength=m * width)
    table = table.reshape(m, width)
    for segment, counts in [(None, table.sum(axis=0)), *enumerate(table)]:
        yield Histogram(segment, feature.name, edges, tuple(int(n) for n in counts))
