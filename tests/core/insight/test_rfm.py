"""RFM: scores with ties, groups that leave nobody out, cells that other cut points divide."""

from __future__ import annotations

from collections import Counter

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.errors import UsageError
from core.insight.rfm_cells import rfm_overview
from core.insight.rfm_groups import RFM_GROUPS, rfm_cells, rfm_group
from core.insight.rfm_view import rfm_view
from core.rule_groups import RuleGroups, cut_points, groups_of, level_scores, triples

NAMES = ("recency_days", "frequency", "monetary_total")
customers = st.lists(
    st.tuples(st.integers(0, 400), st.integers(1, 6), st.integers(0, 90_000)),
    min_size=1,
    max_size=60,
)


def shop(rows: list[tuple[int, int, int]]) -> pd.DataFrame:
    return pd.DataFrame([(float(r), f, cents / 100) for r, f, cents in rows], columns=list(NAMES))


def rule(frame: pd.DataFrame) -> RuleGroups:
    cuts = tuple(cut_points(frame[name].to_numpy(dtype=float)) for name in NAMES)
    return RuleGroups(NAMES, cuts, (True, False, False), rfm_cells())


def columns(frame: pd.DataFrame) -> dict[str, np.ndarray]:
    return {name: frame[name].to_numpy() for name in NAMES}


def test_each_of_the_125_triples_has_exactly_one_group_and_every_group_a_triple() -> None:
    found = [rfm_group(*triple) for triple in triples()]
    assert len(found) == len(set(triples())) == 125
    assert set(found) == set(RFM_GROUPS)
    assert [RFM_GROUPS[at] for at in rfm_cells()] == found


def test_more_of_anything_never_leads_from_a_group_worth_more_to_dormant() -> None:
    for recency, frequency, monetary in triples():
        if rfm_group(recency, frequency, monetary) == "Champions" and frequency < 5:
            assert rfm_group(recency, frequency + 1, monetary) == "Champions"


def test_fifths_have_a_score_each_where_no_value_is_shared() -> None:
    values = np.arange(1.0, 101.0)
    scores = level_scores(values, cut_points(values), low_is_good=False)
    assert Counter(scores.tolist()) == dict.fromkeys(range(1, 6), 20)
    late = level_scores(values, cut_points(values), low_is_good=True)
    assert (scores + late == 6).all()


@given(st.lists(st.integers(0, 9), min_size=1, max_size=50))
@settings(max_examples=60, deadline=None)
def test_the_same_value_has_the_same_score_and_a_higher_one_no_lower(values: list[int]) -> None:
    array = np.array(values, dtype=float)
    scores = level_scores(array, cut_points(array), low_is_good=False)
    by_value = dict(zip(values, scores.tolist(), strict=True))
    assert [by_value[value] for value in values] == scores.tolist()
    in_order = [by_value[value] for value in sorted(by_value)]
    assert in_order == sorted(in_order)


def test_cells_with_the_rule_of_a_lens_count_its_groups_whoever_came_since() -> None:
    random = np.random.default_rng(4)
    then, now = (
        pd.DataFrame(
            {
                "recency_days": random.integers(0, 300, 500).astype(float) + late,
                "frequency": random.integers(1, 9, 500),
                "monetary_total": random.uniform(5, 900, 500).round(2) + late,
            }
        )
        for late in (0, 90)
    )
    learned = rule(then)
    overview = rfm_overview(now, learned)
    assert overview is not None
    assert overview.cuts == learned.cuts
    groups = Counter(RFM_GROUPS[at] for at in groups_of(learned, columns(now)))
    assert {g.name: g.customers for g in rfm_view(overview).groups if g.customers} == groups
    assert groups != Counter(RFM_GROUPS[at] for at in groups_of(rule(now), columns(now)))


@given(customers, st.randoms(use_true_random=False))
@settings(max_examples=40, deadline=None)
def test_the_order_of_rows_changes_nothing(rows: list[tuple[int, int, int]], draw: object) -> None:
    shuffled = list(rows)
    draw.shuffle(shuffled)  # type: ignore[attr-defined]
    assert rfm_overview(shop(rows)) == rfm_overview(shop(shuffled))
    assert rule(shop(rows)) == rule(shop(shuffled))


@given(customers)
@settings(max_examples=40, deadline=None)
def test_cells_give_the_groups_that_customers_have_one_by_one(
    rows: list[tuple[int, int, int]],
) -> None:
    frame = shop(rows)
    overview = rfm_overview(frame)
    assert overview is not None
    direct = Counter(RFM_GROUPS[g] for g in groups_of(rule(frame), columns(frame)))
    view = rfm_view(overview)
    assert {one.name: one.customers for one in view.groups if one.customers} == dict(direct)
    assert sum(cell.customers for cell in view.cells) == len(rows)
    assert sum(one.money for one in view.groups) == pytest.approx(frame["monetary_total"].sum())


def test_other_cut_points_divide_whole_cells_exactly() -> None:
    random = np.random.default_rng(0)
    frame = shop([(int(r), int(f), int(m)) for r, f, m in random.integers(1, 200, (500, 3))])
    overview = rfm_overview(frame)
    assert overview is not None
    cuts = tuple((e[0], e[3], e[9], e[-1]) for e in overview.edges)
    other = RuleGroups(NAMES, cuts, (True, False, False), rfm_cells())
    direct = Counter(RFM_GROUPS[g] for g in groups_of(other, columns(frame)))
    view = rfm_view(overview, cuts)
    assert {one.name: one.customers for one in view.groups if one.customers} == dict(direct)


def test_what_a_group_does_is_said_by_its_own_figures() -> None:
    much, little = (400, 1, 90_000), (1, 6, 100)
    overview = rfm_overview(shop([much] * 10 + [little] * 40))
    assert overview is not None
    cuts = tuple((e[0],) * 4 for e in overview.edges)
    told = {one.name: one.sentence for one in rfm_view(overview, cuts).groups if one.customers}
    assert told == {
        "Dormant": "Long ago, seldom, for 5.0 times the average",
        "Promising": "Lately, often, for under 0.1 times the average",
    }


def test_cut_points_that_fall_or_are_not_offered_are_refused() -> None:
    overview = rfm_overview(shop([(r, 1 + r % 3, 100 * r) for r in range(50)]))
    assert overview is not None
    first, *others = overview.cuts
    with pytest.raises(UsageError, match="put them in order"):
        rfm_view(overview, (first[::-1], *others))
    with pytest.raises(UsageError, match="not among those"):
        rfm_view(overview, ((0.5, *first[1:]), *others))
    with pytest.raises(UsageError, match="4 cut points"):
        rfm_view(overview, overview.cuts[:2])


def test_a_source_without_the_three_features_has_no_cells() -> None:
    assert rfm_overview(pd.DataFrame({"frequency": [1]})) is None


def test_a_banks_own_bookings_are_no_visit() -> None:
    frame = shop([(0, 1, 5), (0, 2, 6)]).rename(columns={"monetary_total": "monetary_value"})
    overview = rfm_overview(frame.assign(recency_own_days=[30.0, 90.0]))
    assert overview is not None
    assert overview.features == ("recency_own_days", "frequency", "monetary_value")
