from __future__ import annotations

import itertools
from dataclasses import astuple, replace

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from core.errors import UsageError
from core.features.base import Kind, Sensitivity
from core.insight.binning import MAX_BINS, bin_edges
from core.insight.profiles import categories, histograms, statistics
from core.readmodels import CategoryCount, FeatureStatistic, Histogram
from tests.core.insight.builders import BUYS, DEBT, MARITAL, customers, feature, frame_of, numbered


def column(rows):
    values = [value for value, _ in rows]
    return frame_of(
        {"card_debt": pd.array(values, dtype="Float64").to_numpy(float, na_value=np.nan)}
    )


def by_segment(found):
    return {(s.segment, s.feature): s for s in found}


def test_statistics_of_a_segment_by_hand():
    frame = frame_of({"card_debt": [0.0, 10.0, 20.0, np.nan, 50.0]})
    found = by_segment(statistics(frame, [DEBT], numbered(1, 0, 0, 0, 1)))
    assert found[0, "card_debt"] == FeatureStatistic(
        segment=0,
        feature="card_debt",
        n=2,
        missing=1,
        mean=15.0,
        sd=pytest.approx(50**0.5),
        minimum=10.0,
        p05=10.5,
        p25=12.5,
        median=15.0,
        p75=17.5,
        p95=19.5,
        maximum=20.0,
        percentile=50.0,  # ranks 2 and 3 of 4
        nonzero_share=1.0,
    )
    assert found[1, "card_debt"].nonzero_share == 0.5


@given(customers)
def test_statistics_agree_with_pandas_and_scipy(rows):
    frame, segments = column(rows), numbered(*(segment for _, segment in rows))
    found = by_segment(statistics(frame, [DEBT], segments))
    values = frame["card_debt"]
    known = values.dropna()
    ranks = pd.Series(stats.rankdata(known), index=known.index)
    for segment in range(segments.max() + 1):
        members = values[segments == segment].dropna()
        mine = found[segment, "card_debt"]
        assert mine.n == len(members)
        assert mine.n + mine.missing == (segments == segment).sum()
        if len(members):
            assert mine.mean == pytest.approx(members.mean(), rel=1e-9, abs=1e-6)
            assert mine.p25 == pytest.approx(members.quantile(0.25), abs=1e-6)
            assert mine.p95 == pytest.approx(members.quantile(0.95), abs=1e-6)
            assert mine.percentile == pytest.approx(
                100 * ((ranks[members.index] - 0.5) / len(known)).mean()
            )


@given(customers)
def test_the_population_is_at_the_50th_percentile_whatever_its_ties(rows):
    found = by_segment(statistics(column(rows), [DEBT], numbered(*(s for _, s in rows))))
    everyone = found[None, "card_debt"]
    assert everyone.n == 0 or everyone.percentile == pytest.approx(50.0)


@given(customers, st.randoms(use_true_random=False))
def test_the_order_of_rows_changes_nothing(rows, random):
    shuffled = list(rows)
    random.shuffle(shuffled)
    for describe in (statistics, histograms):
        results = [
            describe(column(order), [DEBT], numbered(*(s for _, s in order)))
            for order in (rows, shuffled)
        ]
        assert results[0] == results[1]


@given(customers)
def test_renaming_segments_only_renames_the_results(rows):
    segments = numbered(*(segment for _, segment in rows))
    top = int(segments.max())
    plain = statistics(column(rows), [DEBT], segments)
    renamed = by_segment(statistics(column(rows), [DEBT], (top - segments).astype(np.int16)))
    for found in plain:
        other = None if found.segment is None else top - found.segment
        if (other, found.feature) in renamed:
            assert replace(renamed[other, found.feature], segment=found.segment) == found
        else:
            assert found.n + found.missing == 0


@given(customers)
def test_doubling_every_customer_leaves_shares_and_percentiles(rows):
    segments = [segment for _, segment in rows]
    once = statistics(column(rows), [DEBT], numbered(*segments))
    twice = statistics(column(rows + rows), [DEBT], numbered(*segments, *segments))
    for one, two in zip(once, twice, strict=True):
        assert (two.n, two.missing) == (2 * one.n, 2 * one.missing)
        for name in ("minimum", "maximum", "percentile", "nonzero_share"):
            assert getattr(two, name) == (None if one.n == 0 else pytest.approx(getattr(one, name)))


def test_a_segment_without_values_has_no_statistics_rather_than_zeros():
    frame = frame_of({"card_debt": [1.0, np.nan]})
    empty = by_segment(statistics(frame, [DEBT], numbered(0, 1)))[1, "card_debt"]
    assert astuple(empty)[2:] == (0, 1, *[None] * 11)


def test_a_segment_that_lost_all_its_members_is_still_described():
    frame = frame_of({"card_debt": [1.0, 2.0], "marital_status": ["Single", "Single"]})
    segments = numbered(0, 0)
    assert by_segment(statistics(frame, [DEBT], segments, count=2))[1, "card_debt"].n == 0
    assert histograms(frame, [DEBT], segments, count=2)[-1].counts == (0, 0)
    assert categories(frame, [MARITAL], segments, count=2)[-1] == CategoryCount(
        1, "marital_status", "Single", 0, 0.0
    )


def test_identifiers_are_never_described():
    name = feature("name", Kind.CATEGORY, sensitivity=Sensitivity.DIRECT)
    frame = frame_of({"name": ["Ada", "Bob"]})
    assert categories(frame, [name], numbered(0, 0)) == ()


def test_segment_numbers_must_fit_the_customers():
    frame = frame_of({"card_debt": [1.0, 2.0]})
    with pytest.raises(UsageError, match="1 segment numbers were given for 2 customers"):
        statistics(frame, [DEBT], numbered(0))
    with pytest.raises(UsageError, match="Segment number -1"):
        statistics(frame, [DEBT], numbered(0, -1))
    with pytest.raises(UsageError, match="Segment number 3"):
        statistics(frame, [DEBT], numbered(0, 3), count=3)


def test_an_absent_column_is_named():
    with pytest.raises(UsageError, match="no column 'card_debt'"):
        statistics(frame_of({"x": [1.0]}), [DEBT], numbered(0))


def test_few_whole_numbers_get_a_bin_each():
    frame = frame_of({"card_purchases": [0, 1, 1, 3]})
    found = histograms(frame, [BUYS], numbered(0, 0, 1, 1))
    edges = (-0.5, 0.5, 1.5, 2.5, 3.5)
    assert found == (
        Histogram(None, "card_purchases", edges, (1, 2, 0, 1)),
        Histogram(0, "card_purchases", edges, (1, 1, 0, 0)),
        Histogram(1, "card_purchases", edges, (0, 1, 0, 1)),
    )


@given(
    st.lists(st.floats(-1e9, 1e9), min_size=1, max_size=200),
    st.sampled_from([Kind.MONEY, Kind.COUNT, Kind.NUMBER, Kind.YEARS, Kind.SHARE]),
)
def test_edges_ascend_and_bins_hold_every_value(values, kind):
    ascending = np.sort(np.array(values))
    edges = bin_edges(ascending, kind)
    assert 1 <= len(edges) - 1 <= MAX_BINS
    assert all(low < high for low, high in itertools.pairwise(edges))
    frame, described = frame_of({"x": values}), feature("x", kind)
    everyone, only = histograms(frame, [described], numbered(*[0] * len(values)))
    assert sum(everyone.counts) == sum(only.counts) == len(values)


def test_skewed_amounts_get_growing_steps_and_one_outlier_does_not_stretch_them():
    amounts = np.sort(np.r_[np.zeros(50), np.geomspace(1, 5000, 500), 1e7])
    edges = bin_edges(amounts, Kind.MONEY)
    assert (edges[0], edges[-1]) == (0.0, 1e7)
    assert {10.0, 20.0, 50.0, 100.0, 1000.0} <= set(edges)
    assert edges[-2] <= 5000


def test_ages_get_even_round_steps():
    edges = bin_edges(np.sort(np.random.default_rng(0).uniform(18, 90, 1000)), Kind.YEARS)
    steps = {round(high - low, 9) for low, high in itertools.pairwise(edges[1:-1])}
    assert steps == {5.0}


def test_levels_are_counted_for_everyone_and_each_segment_with_zeros():
    frame = frame_of({"marital_status": ["Single", "Married", "Married", None]})
    found = categories(frame, [MARITAL], numbered(0, 0, 1, 1))
    assert found == (
        CategoryCount(None, "marital_status", "Married", 2, 0.5),
        CategoryCount(None, "marital_status", "Single", 1, 0.25),
        CategoryCount(None, "marital_status", "Unknown", 1, 0.25),
        CategoryCount(0, "marital_status", "Married", 1, 0.5),
        CategoryCount(0, "marital_status", "Single", 1, 0.5),
        CategoryCount(0, "marital_status", "Unknown", 0, 0.0),
        CategoryCount(1, "marital_status", "Married", 1, 0.5),
        CategoryCount(1, "marital_status", "Single", 0, 0.0),
        CategoryCount(1, "marital_status", "Unknown", 1, 0.5),
    )


def test_ordered_levels_come_in_their_order():
    size = feature("size", Kind.ORDINAL, levels=("S", "M", "L"))
    frame = frame_of({"size": ["L", "L", "S", "M"]})
    found = categories(frame, [size], numbered(0, 0, 0, 0))
    assert [count.level for count in found if count.segment == 0] == ["S", "M", "L"]


def test_beyond_twenty_levels_the_rarest_are_pooled():
    cities = [f"City {i:02d}" for i in range(30) for _ in range(30 - i)]
    found = categories(
        frame_of({"city": cities}), [feature("city", Kind.CATEGORY)], numbered(*[0] * len(cities))
    )
    here = [count for count in found if count.segment == 0]
    assert (len(here), here[0].level, here[-1].level) == (20, "City 00", "Other")
    assert here[-1].n == sum(30 - i for i in range(19, 30))
    assert sum(count.n for count in here) == len(cities)


def test_more_segments_than_a_small_integer_could_multiply_are_counted_right():
    n = 4000
    frame = frame_of({"marital_status": ["Single", "Married"] * (n // 2)})
    found = categories(frame, [MARITAL], np.arange(n).astype(np.int16))
    assert sum(count.n for count in found if count.segment is not None) == n
