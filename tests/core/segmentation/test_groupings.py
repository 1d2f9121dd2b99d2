"""Groups by rule and customers who are not eligible, from the fit to the stored model."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import numpy as np
import pandas as pd
import pytest

from core.errors import DataError, UsageError
from core.features.base import Feature, Kind, Side
from core.insight.rfm_groups import RFM_GROUPS
from core.lens import LensFeature, LensSpec
from core.pipeline.results import DatasetInfo, PublishedLens, SegmentationResult, StoredSnapshot
from core.pipeline.steps import fit_lens, score_lens
from core.pipeline.together import compare_lenses, find_actions
from core.readmodels import SnapshotId, VerdictLevel
from core.scoring import score, scorer
from core.scoring_one import SingleScorer
from core.segmentation.model import SegmentationModel

NAMES = ("recency_days", "frequency", "monetary_total")
FEATURES = tuple(
    Feature(
        name,
        name.replace("_", " ").capitalize(),
        f"The {name}.",
        "rfm",
        Side.BEHAVIOURAL,
        Kind.NUMBER,
        unit="things",
        low_words=f"low {name}",
        high_words=f"high {name}",
        missing_allowed=True,
    )
    for name in NAMES
)
OUTSIDE = 40
GROUPS = LensSpec(
    name="groups",
    label="Groups",
    side=Side.BEHAVIOURAL,
    question="Which?",
    grouping="rfm",
    requires=("recency_days",),
    lacking="have no valid order",
    value="monetary_total",
    features=tuple(LensFeature(name=name) for name in NAMES),
)
CLUSTERS = GROUPS.model_copy(update={"name": "clusters", "grouping": None, "k_min": 2, "k_max": 2})
EVERYBODY = CLUSTERS.model_copy(
    update={"name": "everybody", "requires": (), "features": CLUSTERS.features[1:]}
)


def snapshot(rows: int = 400) -> StoredSnapshot:
    random = np.random.default_rng(3)
    kind = np.arange(rows) % 2
    frame = pd.DataFrame(
        {
            "recency_days": np.where(kind, 20.0, 300.0) + random.integers(0, 60, rows),
            "frequency": np.where(kind, 6, 1) + random.integers(0, 3, rows),
            "monetary_total": np.where(kind, 900.0, 40.0) * random.uniform(0.8, 1.2, rows),
        },
        index=pd.Index([f"c{i:04d}" for i in range(rows)], name="customer_id"),
    )
    frame.iloc[:OUTSIDE] = [np.nan, 0, 0.0]
    return StoredSnapshot(
        SnapshotId(1), DatasetInfo("shop", "Shop", "BRL"), date(2018, 1, 1), FEATURES, (), frame
    )


@pytest.fixture(scope="module")
def groups() -> SegmentationResult:
    return fit_lens(snapshot(), GROUPS, None, seed=0)


@pytest.fixture(scope="module")
def clusters() -> SegmentationResult:
    return fit_lens(snapshot(), CLUSTERS, None, seed=0)


def columns(frame: pd.DataFrame) -> dict[str, np.ndarray]:
    return {name: frame[name].to_numpy() for name in NAMES}


def test_whoever_lacks_what_a_lens_requires_is_in_no_segment_and_in_no_fit(
    groups: SegmentationResult, clusters: SegmentationResult
) -> None:
    for found in (groups, clusters):
        assert found.ineligible == OUTSIDE
        assert (found.assignments.segment[:OUTSIDE] == -1).all()
        assert (found.assignments.segment[OUTSIDE:] >= 0).all()
        assert np.isnan(found.assignments.distance[:OUTSIDE]).all()
        assert found.model.trained_on == sum(s.size for s in found.segments) == 400 - OUTSIDE
        assert found.map_points.rows.min() >= OUTSIDE
        assert sum(s.share for s in found.segments) == pytest.approx(1.0)


def test_the_fit_is_that_of_the_eligible_customers_alone(clusters: SegmentationResult) -> None:
    whole = snapshot()
    alone = fit_lens(replace(whole, frame=whole.frame.iloc[OUTSIDE:]), CLUSTERS, None, seed=0)
    assert alone.model == clusters.model
    assert (alone.assignments.segment == clusters.assignments.segment[OUTSIDE:]).all()


def test_lenses_are_compared_on_the_customers_whom_both_look_at(
    clusters: SegmentationResult,
) -> None:
    everybody = fit_lens(snapshot(), EVERYBODY, None, seed=0)
    (comparison,) = compare_lenses(snapshot(), [clusters, everybody], seed=0)
    assert sum(cell.n for cell in comparison.cells) == 400 - OUTSIDE
    assert everybody.ineligible == 0


def test_actions_are_told_of_the_right_customers(clusters: SegmentationResult) -> None:
    for action in find_actions(snapshot(), [clusters]):
        assert clusters.assignments.segment[action.row] == action.segment


@pytest.mark.parametrize(("since", "moved"), [("2018-01-01", True), ("2017-12-01", False)])
def test_who_came_from_another_segment_this_very_day_is_told_so(
    clusters: SegmentationResult, since: str, moved: bool
) -> None:
    found, data = clusters.assignments, snapshot()
    rich = int(np.argmax(data.frame["monetary_total"].to_numpy()))
    other = next(one for one in clusters.segments if one.number != found.segment[rich])
    previous = np.full(400, None, dtype=object)
    previous[rich] = other.key
    placed = replace(found, since=np.full(400, np.datetime64(since)), previous=previous)
    told = {a.row: a.reason for a in find_actions(data, [replace(clusters, assignments=placed)])}
    assert told.get(rich, "").startswith(f"Just came from “{other.name}”, worth less") is moved


def test_a_lens_that_nobody_is_eligible_for_says_so() -> None:
    data = snapshot()
    data.frame["recency_days"] = np.nan
    with pytest.raises(DataError, match="No customer has what the lens 'groups' requires"):
        fit_lens(data, GROUPS, None, seed=0)


def test_a_requirement_that_the_data_lack_names_those_there_are() -> None:
    lens = GROUPS.model_copy(update={"requires": ("recency",)})
    with pytest.raises(UsageError, match="Unknown requirement 'recency'"):
        fit_lens(snapshot(), lens, None, seed=0)


def test_groups_have_their_names_and_keys_in_their_own_order(groups: SegmentationResult) -> None:
    assert [s.name for s in groups.segments] == list(RFM_GROUPS)
    assert groups.segments[0].key == "tier-champions"
    assert groups.k_scores == ()
    assert groups.trace is None


def test_the_verdict_on_a_rule_is_never_that_it_was_found(groups: SegmentationResult) -> None:
    assert groups.verdict.level is VerdictLevel.CARE
    assert groups.verdict.reason == (
        "Groups by rule: the borders are drawn at fifths of each feature, and say nothing about "
        "whether customers form groups by themselves."
    )
    assert [test.name for test in groups.verdict.tests] == [
        "Everybody in one group",
        "The same cut points in other draws",
        "Scores tell customers apart",
        "Sizes",
    ]


def test_a_score_that_nearly_all_have_is_told_in_the_verdict() -> None:
    data = snapshot()
    data.frame["frequency"] = 1
    found = fit_lens(data, GROUPS, None, seed=0)
    assert "; 100% of customers have one score of Frequency." in found.verdict.reason
    assert "Scores tell customers apart" in {t.name for t in found.verdict.tests if not t.passed}


def test_a_model_of_groups_survives_json_and_scores_by_the_same_cut_points(
    groups: SegmentationResult,
) -> None:
    again = SegmentationModel.from_json(groups.model.to_json(), groups.model.sha256)
    assert again == groups.model
    assert (score(again, columns(snapshot().frame)).segment == groups.assignments.segment).all()


def test_new_customers_are_grouped_by_the_old_cut_points_whoever_comes_with_them(
    groups: SegmentationResult,
) -> None:
    before = PublishedLens(
        groups.model, groups.segments, GROUPS, groups.reason, groups.verdict, (), GROUPS
    )
    late = snapshot()
    late.frame["recency_days"] += 1_000
    found = score_lens(late, before, seed=0)
    names = {s.number: s.name for s in found.segments}
    told = {names[n] for n in found.assignments.segment if n >= 0}
    assert told <= {"At risk", "Dormant"}
    assert [s.name for s in found.segments] == list(RFM_GROUPS)


def test_one_row_a_batch_and_the_full_file_give_identical_answers(
    groups: SegmentationResult, clusters: SegmentationResult
) -> None:
    frame = snapshot().frame
    for found in (groups, clusters):
        full = score(found.model, columns(frame))
        batch = score(found.model, columns(frame.iloc[30:60]))
        single = SingleScorer(scorer(found.model))
        assert batch.distance.tobytes() == full.distance[30:60].tobytes()
        for row in (0, 39, 40, 41, 399):
            one = single.score({name: float(frame[name].iloc[row]) for name in NAMES})
            expected = full.distance[row]
            assert one.segment == full.segment[row]
            assert one.distance == (None if np.isnan(expected) else expected)


def test_a_lens_of_other_than_three_numbers_is_refused() -> None:
    lens = GROUPS.model_copy(update={"features": GROUPS.features[:2]})
    with pytest.raises(UsageError, match="recency, frequency and monetary value, in this order"):
        fit_lens(snapshot(), lens, None, seed=0)


def test_an_unknown_grouping_names_those_there_are() -> None:
    with pytest.raises(UsageError, match=r"Unknown grouping 'abc'\. Choose one of: rfm, tiers"):
        fit_lens(snapshot(), GROUPS.model_copy(update={"grouping": "abc"}), None, seed=0)
