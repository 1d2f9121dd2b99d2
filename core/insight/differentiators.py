"""What makes a segment different from everyone else, strongest first."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from core.features.base import Feature, Kind
from core.insight.columns import (
    OrderedColumn,
    Segments,
    ascending_quantile,
    categorical_features,
    coded_column,
    midranks,
    numbers,
    numeric_features,
    ordered_column,
    segment_count,
)
from core.insight.ranking import Candidates, ranked, standardised
from core.readmodels import Differentiator

_RHO_ROWS = 100_000  # rows that correlations are estimated from, evenly spaced
_KNOWN_SHARE = 0.5  # of members with a value, below which a feature says little about a segment


def differentiators(
    frame: pd.DataFrame,
    features: Sequence[Feature],
    segments: Segments,
    *,
    preferred: Collection[str] = (),
) -> tuple[Differentiator, ...]:
    """Return how each segment differs from everyone outside it, ranked within the segment.

    ``effect`` is Cliff's delta (Cliff 1993; the rank-biserial correlation of the Mann–Whitney
    test): the chance that a member exceeds someone else minus the chance of the reverse, -1..1. It
    is unmoved by outliers and by any monotone change of scale, which makes it honest for skewed
    amounts, and for a flag or a level it *is* the difference of shares, so that all kinds of
    features share one ranking.

    ``here`` and ``elsewhere`` are what a reader can check, named by ``measure``: the share for
    flags and levels; else medians, or, where medians are equal or point against the effect (many
    zeros), the first of means and upper and lower quartiles that does not. A feature for which
    none fits, or that is missing for more than half of the members, does not differentiate.

    A feature that says nearly the same as a higher ranked one (absolute Spearman correlation above
    0.9 over all customers) is demoted behind all that do not, and names it in ``echoes``. Of such a
    pair a preferred feature is the one that stays, even where its own effect is slightly smaller.

    Parameters
    ----------
    frame : (n, p) feature table, one row per customer.
    features : the features to compare on; direct identifiers are passed over.
    segments : (n,) segment number per row, 0..m-1.
    preferred : names of features people know best, usually the inputs of the lens.

    Examples
    --------
    >>> from core.features.base import Side
    >>> debt = Feature("card_debt", "Card debt", "", "balances", Side.BEHAVIOURAL, Kind.MONEY)
    >>> frame = pd.DataFrame({"card_debt": [0.0, 10.0, 900.0, 700.0]})
    >>> first = differentiators(frame, [debt], np.array([1, 1, 0, 0], dtype=np.int16))[0]
    >>> first.here, first.elsewhere, first.difference, first.effect, first.rank
    (800.0, 5.0, 795.0, 1.0, 1)
    """
    m = segment_count(frame, segments)
    if m < 2:
        return ()
    candidates = Candidates([], [], [])
    rows = np.unique(np.linspace(0, len(frame) - 1, min(len(frame), _RHO_ROWS)).astype(np.int64))
    for feature in numeric_features(features):
        column = ordered_column(frame, feature, segments, m)
        candidates.found.extend(_of_numbers(feature, column, m))
        candidates.names.append((feature.name, ""))
        candidates.ranks.append(standardised(midranks(numbers(frame, feature)[rows])))
    for feature in categorical_features(features):
        coded = coded_column(frame, feature)
        table = _cross_table(coded.codes, len(coded.levels), segments, m)
        for code, level in enumerate(coded.levels):
            candidates.found.extend(_of_level(feature, level, table, code))
            candidates.names.append((feature.name, level))
            candidates.ranks.append(standardised((coded.codes[rows] == code).astype(np.float64)))
    return ranked(candidates, m, preferred)


def _of_numbers(feature: Feature, column: OrderedColumn, m: int) -> Iterator[Differentiator]:
    n = len(column.values)
    sizes = np.bincount(column.segments, minlength=m)
    rank_sums = np.bincount(column.segments, weights=column.midranks, minlength=m)
    for segment in range(m):
        here, others = int(sizes[segment]), n - int(sizes[segment])
        members = here + int(column.missing[segment])
        if not here or not others or here < _KNOWN_SHARE * members:
            continue
        wins = rank_sums[segment] - here * (here + 1) / 2
        effect = float(2 * wins / (here * others) - 1)
        measured = _measured(feature, column.of(segment), column.of_others(segment), effect)
        if measured:
            measure, inside, outside = measured
            yield Differentiator(
                segment,
                feature.name,
                "",
                inside,
                outside,
                inside - outside,
                effect,
                0,
                measure,
            )


def _measured(
    feature: Feature, here: NDArray[np.float64], others: NDArray[np.float64], effect: float
) -> tuple[str, float, float] | None:
    """Return the name of the first summary that agrees with the effect, and its two values."""
    if feature.kind is Kind.FLAG:
        return "share", float(here.mean()), float(others.mean())
    for measure, share in (("median", 0.5), ("mean", None), ("p75", 0.75), ("p25", 0.25)):
        inside, outside = (
            float(values.mean()) if share is None else ascending_quantile(values, share)
            for values in (here, others)
        )
        if np.sign(inside - outside) == np.sign(effect):
            return measure, inside, outside
    return None


def _cross_table(
    codes: NDArray[np.int64], levels: int, segments: Segments, m: int
) -> NDArray[np.int64]:
    cells = np.bincount(segments * np.int64(levels) + codes, minlength=m * levels)
    return np.asarray(cells.reshape(m, levels), dtype=np.int64)


def _of_level(
    feature: Feature, level: str, table: NDArray[np.int64], code: int
) -> Iterator[Differentiator]:
    sizes = table.sum(axis=1)
    for segment, counts in enumerate(table):
        others = int(sizes.sum() - sizes[segment])
        if not sizes[segment] or not others:
            continue
        here = float(counts[code] / sizes[segment])
        elsewhere = float((table[:, code].sum() - counts[code]) / others)
        difference = here - elsewhere
        yield Differentiator(
            segment,
            feature.name,
            level,
            here,
            elsewhere,
            difference,
            difference,
            0,
            "share",
        )
