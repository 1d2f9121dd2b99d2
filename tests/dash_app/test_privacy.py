"""Groups under the minimum never reach a drawing."""

from __future__ import annotations

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from core.readmodels import CategoryCount, Histogram, RunId, SegmentShare
from dash_app.privacy import (
    POOLED,
    coarse_histograms,
    of_shown,
    pooled_levels,
    shown_segments,
    shown_sentences,
    shown_shares,
)
from tests.dash_app.profiles.builders import segment, statistic

LEVELS = st.lists(st.integers(0, 60), min_size=1, max_size=8)


def counts(*numbers: int, segment: int | None = 0) -> list[CategoryCount]:
    total = sum(numbers) or 1
    return [
        CategoryCount(segment, "region", f"level {place}", n, n / total)
        for place, n in enumerate(numbers)
    ]


def sizes(found: tuple[CategoryCount, ...]) -> dict[str, int]:
    return {count.level: count.n for count in found}


def test_a_segment_under_the_minimum_is_not_shown() -> None:
    large, small = segment(0, size=10), segment(1, size=9)
    assert shown_segments((large, small), 10) == (large,)


def test_rows_of_segments_that_are_not_shown_are_left_out_and_those_of_everyone_kept() -> None:
    rows = [statistic(number, "age", 40.0) for number in (None, 0, 1)]
    assert of_shown(rows, [segment(1)]) == (rows[0], rows[2])


def test_small_levels_become_one() -> None:
    assert sizes(pooled_levels(counts(40, 6, 7), 10)) == {"level 0": 40, POOLED: 13}


def test_a_single_small_level_takes_the_next_smallest_with_it_so_that_nobody_can_subtract() -> None:
    assert sizes(pooled_levels(counts(40, 30, 3), 10)) == {"level 0": 40, POOLED: 33}


def test_levels_without_anybody_stay_as_they_are() -> None:
    assert sizes(pooled_levels(counts(40, 0), 10)) == {"level 0": 40, "level 1": 0}


def test_each_segment_is_pooled_by_itself() -> None:
    found = pooled_levels([*counts(40, 6, 7, segment=1), *counts(20, 30, segment=None)], 10)
    assert [(c.segment, c.level, c.n) for c in found] == [
        (None, "level 0", 20),
        (None, "level 1", 30),
        (1, "level 0", 40),
        (1, POOLED, 13),
    ]


@given(LEVELS)
def test_pooling_loses_nobody_and_leaves_no_small_level(numbers: list[int]) -> None:
    found = pooled_levels(counts(*numbers), 10)
    assert sum(c.n for c in found) == sum(numbers)
    small = [c.n for c in found if 0 < c.n < 10]
    assert not small or sum(numbers) < 10


def histogram(*numbers: int, segment: int | None = 0) -> Histogram:
    edges = tuple(float(edge) for edge in range(len(numbers) + 1))
    return Histogram(segment, "age", edges, numbers)


def test_ranges_that_are_large_enough_stay_as_they_are() -> None:
    given = (histogram(10, 20, 30, 10, 0, 15, 10, 10),)
    assert coarse_histograms(given, 10) == given


def test_neighbouring_ranges_are_joined_the_same_ones_for_all_segments() -> None:
    everyone, mine = histogram(50, 50, 50, 50, 50, 50, 50, 50, segment=None), histogram(*[6] * 8)
    found = coarse_histograms((everyone, mine), 10)
    assert [h.edges for h in found] == [(0.0, 2.0, 4.0, 6.0, 8.0)] * 2
    assert [h.counts for h in found] == [(100,) * 4, (12,) * 4]


def test_ranges_are_joined_where_all_customers_would_have_holes() -> None:
    spiky = histogram(90, 2, 90, 3, 90, 2, 90, 3, segment=None)
    assert coarse_histograms((spiky,), 10)[0].counts == (92, 93, 92, 93)


def test_what_is_small_even_then_counts_as_none() -> None:
    found = coarse_histograms((histogram(100, 100, 100, 100, 100, 100, 100, 3),), 10)
    assert found[0].counts[-1] == 0


def test_no_histograms_are_no_histograms() -> None:
    assert coarse_histograms((), 10) == ()


@given(st.lists(st.integers(0, 40), min_size=1, max_size=24))
def test_no_range_under_the_minimum_is_left(numbers: list[int]) -> None:
    found = coarse_histograms((histogram(*numbers),), 10)[0]
    assert all(n == 0 or n >= 10 for n in found.counts)
    assert (found.edges[0], found.edges[-1]) == (0.0, float(len(numbers)))
    assert len(found.edges) == len(found.counts) + 1


def test_shares_of_small_segments_are_left_out_in_every_run() -> None:
    rows = [
        SegmentShare(RunId(run), date(1995, 12, 31), "s-1", "Savers", size / 100, size)
        for run, size in ((1, 9), (2, 10))
    ]
    assert shown_shares(rows, 10) == (rows[1],)


def test_a_share_of_which_the_customers_are_not_known_is_kept() -> None:
    row = SegmentShare(RunId(1), date(1995, 12, 31), "s-1", "Savers", 0.5)
    assert shown_shares([row], 10) == (row,)


def test_sentences_about_small_segments_are_left_out() -> None:
    segments = (segment(0, "Savers", size=10), segment(1, "Tiny", size=9))
    told = ("“Savers” hold 78%.", "“Tiny” (9 customers): median age 40.", "Tiny steps count.")
    assert shown_sentences(told, segments, 10) == (told[0], told[2])
