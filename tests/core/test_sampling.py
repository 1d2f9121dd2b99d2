"""Samples of customers in which every segment is represented."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from core.sampling import sample_rows, stratified_rows


@given(
    st.lists(st.integers(1, 400), min_size=1, max_size=6), st.integers(6, 500), st.integers(0, 9)
)
def test_every_segment_is_in_the_sample_and_the_sample_is_full(sizes, limit, seed):
    segments = np.repeat(np.arange(len(sizes)), sizes).astype(np.int16)
    rows = stratified_rows(segments, limit, seed)
    assert len(rows) == min(limit, len(segments))
    assert (np.diff(rows) > 0).all()
    counts = np.bincount(segments[rows], minlength=len(sizes))
    assert all(
        count >= min(size, 50, limit // len(sizes))
        for count, size in zip(counts, sizes, strict=True)
    )
    assert (rows == stratified_rows(segments, limit, seed)).all()


def test_large_segments_are_sampled_in_proportion():
    segments = np.repeat([0, 1], [60_000, 40_000]).astype(np.int16)
    rows = stratified_rows(segments, 10_000, seed=0)
    assert abs(np.bincount(segments[rows])[0] - 6_000) < 20


def test_another_seed_draws_other_customers():
    segments = np.zeros(1000, dtype=np.int16)
    assert (stratified_rows(segments, 100, 1) != stratified_rows(segments, 100, 2)).any()


def test_fewer_of_a_small_segment_may_be_asked_for():
    segments = np.repeat([0, 1, 2], [9000, 997, 3])
    rows = stratified_rows(segments, 1000, seed=1, at_least=2)
    assert np.bincount(segments[rows]).tolist() == [897, 101, 2]


def test_a_plain_sample_is_ascending_and_without_repetition():
    rows = sample_rows(1000, 100, seed=1)
    assert len(np.unique(rows)) == 100
    assert (np.diff(rows) > 0).all()
    assert sample_rows(5, 100, seed=1).tolist() == [0, 1, 2, 3, 4]
