"""Influence, clustergram, dendrogram and medoids against scipy, by hand, and on planted groups."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray
from scipy.cluster.hierarchy import fcluster, linkage
from scipy.spatial.distance import cdist
from scipy.stats import f_oneway

from core.insight.clustergram import clustergram
from core.insight.dendrogram import cut, dendrogram, weighted_ward
from core.insight.influence import influences, shared_variance
from core.insight.typical import BORDERLINE, exemplar_rows, medoid
from core.quality import ExemplarKind
from core.segmentation.distances import nearest

CENTRES = np.array([[0.0, 0.0, 0.0], [6.0, 0.0, 0.0], [0.0, 3.0, 0.0]])


@pytest.fixture(scope="module")
def planted() -> tuple[NDArray[np.float64], NDArray[np.int64]]:
    """Three groups: the first feature matters most, the third is noise."""
    rng = np.random.default_rng(3)
    truth = np.repeat([0, 1, 2], 100)
    rows = CENTRES[truth] + rng.normal(0, 0.4, (300, 3))
    return rows, nearest(rows, CENTRES)


def test_eta_squared_is_that_of_the_analysis_of_variance(
    planted: tuple[NDArray[np.float64], NDArray[np.int64]],
) -> None:
    rows, labels = planted
    for column in rows.T:
        f = f_oneway(*(column[labels == label] for label in range(3))).statistic
        expected = f * 2 / (f * 2 + len(rows) - 3)
        assert shared_variance(column[:, None], labels) == pytest.approx(expected)


def test_the_planted_drivers_are_found_in_order_and_noise_decides_nothing(
    planted: tuple[NDArray[np.float64], NDArray[np.int64]],
) -> None:
    rows, labels = planted

    def relabel(i: int, order: NDArray[np.int64]) -> NDArray[np.int64]:
        dealt = rows.copy()
        dealt[:, i] = rows[order, i]
        return nearest(dealt, CENTRES)

    blocks = [slice(i, i + 1) for i in range(3)]
    found = influences(["noise", "weak", "strong"][::-1], blocks, rows, labels, relabel, seed=1)
    assert {one.feature for one in found[:2]} == {"strong", "weak"}
    assert (found[-1].feature, found[-1].changed) == ("noise", 0.0)
    # Dealt out anew, a third of customers get a value of the second group: by hand, of those in the
    # two others 1/3 move there, of those in the second 2/3 leave it: 4/9 in all.
    assert next(o.changed for o in found if o.feature == "strong") == pytest.approx(4 / 9, abs=0.06)
    assert found == influences(["strong", "weak", "noise"], blocks, rows, labels, relabel, seed=1)


def test_equal_weights_give_wards_tree_as_scipy_has_it() -> None:
    points = np.random.default_rng(2).normal(size=(25, 3))
    expected = linkage(points, "ward")
    joins = weighted_ward(points, np.ones(25))
    assert [join.height for join in joins] == pytest.approx(expected[:, 2])
    for branches in (2, 4, 7):
        theirs = fcluster(expected, branches, "maxclust")
        mine = cut(joins, 25, branches)
        assert len(set(zip(mine.tolist(), theirs.tolist(), strict=True))) == branches


def test_a_weight_counts_as_so_many_customers_at_one_place() -> None:
    rng = np.random.default_rng(4)
    points, weights = rng.normal(size=(12, 2)), rng.integers(1, 6, 12)
    heights = linkage(np.repeat(points, weights, axis=0), "ward")[:, 2]
    joins = weighted_ward(points, weights.astype(np.float64))
    assert [join.height for join in joins] == pytest.approx(heights[heights > 1e-9])


def test_the_tree_of_planted_groups_grows_back_into_them() -> None:
    rng = np.random.default_rng(6)
    segments = np.repeat([2, 0, 1], 6)
    tree = dendrogram(CENTRES[segments] * 4 + rng.normal(size=(18, 3)) / 9, np.ones(18), segments)
    assert tree.agreement == 1.0
    assert sorted(tree.order) == list(range(18))
    in_order = [tree.leaves[leaf].segment for leaf in tree.order]
    assert sum(a != b for a, b in pairwise(in_order)) == 2
    assert sum(leaf.share for leaf in tree.leaves) == pytest.approx(1.0)


def test_flows_of_a_clustergram_add_up_to_its_groups() -> None:
    rng = np.random.default_rng(8)
    places = rng.normal(size=500)
    labelings = [np.digitize(places, np.quantile(places, np.arange(1, k) / k)) for k in (2, 3, 5)]
    drawn = clustergram(places, labelings, chosen=3, numbers=(2, 0, 1), explained=0.4)
    assert {one.k: one.segment for one in drawn.groups if one.group == 0} == {
        2: None,
        3: 2,
        5: None,
    }
    for one in drawn.groups:
        out = [f.share for f in drawn.flows if (f.k, f.group) == (one.k, one.group)]
        labels = labelings[(2, 3, 5).index(one.k)]
        assert one.share == pytest.approx((labels == one.group).mean())
        assert one.place == pytest.approx(places[labels == one.group].mean())
        if one.k < 5:
            assert sum(out) == pytest.approx(one.share)


@given(st.integers(0, 10_000), st.integers(2, 40))
def test_the_medoid_has_the_least_sum_of_distances_in_any_order(seed: int, n: int) -> None:
    rng = np.random.default_rng(seed)
    rows = rng.normal(size=(n, 3))
    sums = cdist(rows, rows).sum(axis=1)
    assert sums[medoid(rows)] == pytest.approx(sums.min())
    order = rng.permutation(n)
    assert sums[order[medoid(rows[order])]] == pytest.approx(sums.min())


def test_borderline_customers_are_those_with_the_smallest_margin_of_their_segment() -> None:
    rng = np.random.default_rng(9)
    segment = np.array([0] * 20 + [1] * 3 + [2] * 5 + [-1] * 2)
    margin = rng.random(30)
    margin[23:] = np.nan  # by rule, or in no segment
    found = exemplar_rows(rng.normal(size=(30, 2)), segment, margin, seed=1)
    assert {one.segment for one in found} == {0, 1}
    border = [one.row for one in found if one.segment == 0 and one.kind is ExemplarKind.BORDERLINE]
    middle = next(one.row for one in found if one.segment == 0)
    others = [row for row in np.argsort(margin[:20]).tolist() if row != middle]
    assert border == others[:BORDERLINE]
    assert len([one for one in found if one.segment == 1]) == 3
