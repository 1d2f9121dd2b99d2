"""The elbow: by hand, as in the paper, never on a straight line, and as a sweep marks it."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.segmentation.elbow import elbow
from core.segmentation.kmeans import KMeans
from core.segmentation.selection import sweep
from tests.core.segmentation.builders import groups


def test_the_elbow_by_hand() -> None:
    # Of the whole fall of 2,640, that after each step: 0, 1100, 1900, 2250, 2480, 2640; of the way
    # 0, 1/5 … 1. Below the line by 0, .2167, .3197, .2523, .1394, 0: most at 4, and back by more
    # than the mean step of 1/5 (.3197 - .2 = .1197) at the end.
    assert elbow([2, 3, 4, 5, 6, 7], [5200.0, 4100.0, 3300.0, 2950.0, 2720.0, 2560.0]) == 4


def test_the_elbow_of_the_curve_in_the_paper() -> None:
    # Figure 2 of Satopää et al. (2011): y = -1/(x + 0.1) + 5 on ten points of 0..1 bends at 0.22.
    x = np.linspace(0.0, 1.0, 10)
    assert elbow(range(10), (1 / (x + 0.1)).tolist()) == 2
    assert round(float(x[2]), 2) == 0.22


def test_a_bend_that_the_curve_does_not_come_back_from_is_none() -> None:
    # Below the line by 0, .18, .16, .10, 0: the ends are not under .18 less the mean step of .25.
    assert elbow([2, 3, 4, 5, 6], [100.0, 57.0, 34.0, 15.0, 0.0]) is None


def test_of_two_bends_the_first_that_is_left_counts() -> None:
    # Below the line by .3 with three segments and by .2 with seven, else on it.
    curve = [1 - below - step / 8 for step, below in enumerate((0, 0.3, 0, 0, 0, 0.2, 0, 0, 0))]
    assert elbow(range(2, 11), curve) == 3


@given(fall=st.floats(0.0, 1e6), count=st.integers(1, 12))
def test_a_straight_line_has_none(fall: float, count: int) -> None:
    assert elbow(range(2, 2 + count), [fall * (count - i) for i in range(count)]) is None


@given(
    curve=st.lists(st.floats(0.01, 100.0), min_size=4, max_size=9),
    unit=st.sampled_from([0.001, 7.0, 1e6]),
)
def test_the_elbow_does_not_depend_on_units(curve: list[float], unit: float) -> None:
    falling = np.cumsum(sorted(curve))[::-1].round(6)
    numbers = range(2, 2 + len(curve))
    assert elbow(numbers, falling.tolist()) == elbow(numbers, (falling * unit).tolist())


@pytest.mark.parametrize("k", [3, 4])
def test_a_sweep_marks_the_planted_number_of_groups_far_apart(k: int) -> None:
    matrix = np.ascontiguousarray(groups(1, 8.0, k=k, n=300).frame, dtype=np.float32)
    found = sweep(matrix, 2, 7, seed=1, algorithm=KMeans())
    assert [score.k for score in found.scores if score.elbow] == [k]
