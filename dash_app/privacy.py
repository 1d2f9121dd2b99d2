"""Groups too small to be shown: what is left out before anything is drawn or exported."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from itertools import groupby
from typing import TypeVar

from core.pooling import pooled_together
from core.readmodels import (
    CategoryCount,
    FeatureStatistic,
    Histogram,
    SegmentShare,
    SegmentSummary,
)

POOLED = "Small groups"
_FEWEST_BINS = 4
_TOLERATED = 0.10  # of a segment's customers that may stand in ranges left blank
_HOLES = 0.15  # of all customers' ranges that may be left blank

Member = TypeVar("Member", FeatureStatistic, Histogram, CategoryCount)


def is_shown(n: int, smallest: int) -> bool:
    """Whether a group has as many customers as it takes to be shown.

    >>> is_shown(10, smallest=10), is_shown(9, smallest=10)
    (True, False)
    """
    return n >= smallest


def shown_segments(segments: Sequence[SegmentSummary], smallest: int) -> tuple[SegmentSummary, ...]:
    """Return the segments whose figures may be shown."""
    return tuple(segment for segment in segments if is_shown(segment.size, smallest))


def of_shown(rows: Iterable[Member], segments: Sequence[SegmentSummary]) -> tuple[Member, ...]:
    """Return the rows of all customers and of the segments given."""
    numbers = {None, *(segment.number for segment in segments)}
    return tuple(row for row in rows if row.segment in numbers)


def shown_shares(shares: Iterable[SegmentShare], smallest: int) -> tuple[SegmentShare, ...]:
    """Return the shares, in this run and earlier ones, of segments that may be shown."""
    return tuple(row for row in shares if row.size is None or is_shown(row.size, smallest))


def shown_sentences(
    sentences: Iterable[str], segments: Sequence[SegmentSummary], smallest: int
) -> tuple[str, ...]:
    """Return the sentences that name, in quotes, no segment that must not be shown."""
    hidden = {f"“{s.name}”" for s in segments if not is_shown(s.size, smallest)}
    return tuple(line for line in sentences if not any(name in line for name in hidden))


def shown_statistics(
    statistics: Iterable[FeatureStatistic], smallest: int
) -> tuple[FeatureStatistic, ...]:
    """Return the statistics that stand on enough values."""
    return tuple(row for row in statistics if is_shown(row.n, smallest))


def pooled_levels(counts: Iterable[CategoryCount], smallest: int) -> tuple[CategoryCount, ...]:
    """Return counts in which every level of a segment has enough customers, or none.

    Levels under the minimum become one, which takes in the next smallest level while it is itself
    under the minimum: what is left out cannot be found by subtraction.
    """
    pooled: list[CategoryCount] = []
    ordered = sorted(counts, key=_place)
    for _, group in groupby(ordered, key=_place):
        pooled += _pooled(list(group), smallest)
    return tuple(pooled)


def coarse_histograms(histograms: Sequence[Histogram], smallest: int) -> tuple[Histogram, ...]:
    """Return histograms of one feature without ranges of too few customers.

    Neighbouring ranges are joined, the same ones for everybody, until no segment loses more than a
    tenth of its customers in ranges under the minimum, and hardly a range of all customers is under
    it; what is under it then counts as none.
    """
    given = tuple(histograms)
    coarsest = max((len(histogram.counts) for histogram in given), default=0) // _FEWEST_BINS
    for width in range(1, coarsest + 1):
        joined = tuple(_joined(histogram, width) for histogram in given)
        if all(_is_readable(histogram, smallest) for histogram in joined):
            break
    else:
        joined = tuple(_joined(histogram, max(coarsest, 1)) for histogram in given)
    return tuple(_blanked(histogram, smallest) for histogram in joined)


def _place(count_of: CategoryCount) -> tuple[str, int]:
    return count_of.feature, -1 if count_of.segment is None else count_of.segment


def _pooled(counts: list[CategoryCount], smallest: int) -> list[CategoryCount]:
    places = pooled_together([c.n for c in counts], smallest)
    if not places:
        return counts
    small = [c for place, c in enumerate(counts) if place in places]
    first = counts[0]
    pool = CategoryCount(
        first.segment,
        first.feature,
        POOLED,
        sum(c.n for c in small),
        sum(c.share for c in small),
    )
    return [c for place, c in enumerate(counts) if place not in places] + [pool]


def _joined(histogram: Histogram, width: int) -> Histogram:
    """Return the histogram with ``width`` neighbouring ranges as one; the last may hold fewer."""
    starts = range(0, len(histogram.counts), width)
    return replace(
        histogram,
        edges=(*(histogram.edges[start] for start in starts), histogram.edges[-1]),
        counts=tuple(sum(histogram.counts[start : start + width]) for start in starts),
    )


def _is_readable(histogram: Histogram, smallest: int) -> bool:
    blank = [n for n in histogram.counts if 0 < n < smallest]
    is_whole = histogram.segment is not None or len(blank) <= _HOLES * len(histogram.counts)
    return is_whole and _lost(histogram, smallest) <= _TOLERATED


def _lost(histogram: Histogram, smallest: int) -> float:
    total = sum(histogram.counts)
    return sum(n for n in histogram.counts if n < smallest) / total if total else 0.0


def _blanked(histogram: Histogram, smallest: int) -> Histogram:
    return replace(
        histogram, counts=tuple(n if is_shown(n, smallest) else 0 for n in histogram.counts)
    )
