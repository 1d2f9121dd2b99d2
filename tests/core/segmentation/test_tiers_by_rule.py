"""Value tiers by rule: stated shares of the customers, in order of one value."""

from __future__ import annotations

from datetime import date

import numpy as np
import pandas as pd
import pytest
from pydantic import ValidationError

from core.errors import UsageError
from core.features.base import Feature, Kind, Side
from core.lens import InactiveRule, LensFeature, LensSpec
from core.pipeline.results import DatasetInfo, PublishedLens, SegmentationResult, StoredSnapshot
from core.pipeline.steps import fit_lens, score_lens
from core.readmodels import SnapshotId, VerdictLevel
from core.scoring import score
from core.segmentation.grouping_rules import learn_groups

WORTH = Feature(
    "worth", "Worth", "", "measures", Side.BEHAVIOURAL, Kind.MONEY, low_words="a", high_words="b"
)
STATED = {
    "name": "tiers",
    "label": "Tiers",
    "side": Side.BEHAVIOURAL,
    "question": "What are they worth?",
    "grouping": "tiers",
    "tiers": ("VIP", "Plus", "Low"),
    "tier_shares": (0.1, 0.2, 0.7),
    "value": "worth",
    "features": (LensFeature(name="worth", log=True),),
}
LENS = LensSpec.model_validate(STATED)


def snapshot(worth: np.ndarray) -> StoredSnapshot:
    index = pd.Index([f"C{n:04d}" for n in range(len(worth))], name="customer_id", dtype="str")
    frame = pd.DataFrame({"worth": worth.astype(float)}, index=index)
    info = DatasetInfo("bank", "Bank", "USD")
    return StoredSnapshot(SnapshotId(1), info, date(2024, 12, 31), (WORTH,), (LENS,), frame)


def sizes(found: SegmentationResult) -> dict[str, int]:
    return {segment.name: segment.size for segment in found.segments}


def published(found: SegmentationResult) -> PublishedLens:
    return PublishedLens(
        found.model, found.segments, LENS, found.reason, found.verdict, (), described=LENS
    )


@pytest.fixture(scope="module")
def even() -> SegmentationResult:
    """Tiers of a thousand customers who are worth 1, 2, 3, …"""
    return fit_lens(snapshot(np.arange(1, 1_001)), LENS, None, seed=0)


def test_each_tier_has_its_stated_share_of_the_customers(even: SegmentationResult) -> None:
    assert sizes(even) == {"VIP": 100, "Plus": 200, "Low": 700}
    assert even.model.groups is not None
    assert even.model.groups.cuts == ((700.0, 900.0),)
    assert [segment.key for segment in even.segments] == ["tier-vip", "tier-plus", "tier-low"]
    assert [segment.sentence for segment in even.segments] == [
        "Worth over $900",
        "Worth over $700, up to $900",
        "Worth up to $700",
    ]


def test_no_number_of_tiers_is_searched_and_nothing_is_clustered(even: SegmentationResult) -> None:
    assert (even.k, even.k_scores, even.trace) == (3, (), None)
    assert even.reason == (
        "3 tiers by rule: in order of Worth, from the highest down, the stated shares of the "
        "customers are VIP 10%, Plus 20%, Low 70%; equal values stay together. No number was "
        "chosen."
    )
    assert even.verdict.level is VerdictLevel.CARE
    assert all(test.passed for test in even.verdict.tests)


def test_nobody_is_torn_from_those_of_the_same_value() -> None:
    worth = np.concatenate([np.zeros(850), np.arange(1, 151)])
    found = fit_lens(snapshot(worth), LENS, None, seed=0)
    assert sizes(found) == {"VIP": 100, "Plus": 50, "Low": 850}
    (failed,) = [test for test in found.verdict.tests if not test.passed]
    assert (failed.name, failed.figure) == ("Tiers as large as stated", "VIP 10%, Plus 5%, Low 85%")
    assert "plus has 5% of customers instead of 20%" in found.verdict.reason


def test_new_customers_are_placed_by_the_old_cut_points(even: SegmentationResult) -> None:
    richer = snapshot(np.arange(1, 1_001) + 500)
    assert sizes(score_lens(richer, published(even), seed=0)) == {
        "VIP": 600,
        "Plus": 200,
        "Low": 200,
    }
    alone = score(even.model, {"worth": np.array([900.0, 900.01])})
    assert alone.segment.tolist() == [1, 0]


def test_a_refit_moves_the_cut_points_and_keeps_names_keys_and_colours(
    even: SegmentationResult,
) -> None:
    again = fit_lens(snapshot(np.arange(1, 1_001) * 3), LENS, published(even), seed=5)
    assert sizes(again) == sizes(even)
    assert [(s.key, s.name, s.colour) for s in again.segments] == [
        (s.key, s.name, s.colour) for s in even.segments
    ]
    assert again.model.groups is not None
    assert again.model.groups.cuts == ((2_100.0, 2_700.0),)


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        ({"tier_shares": (0.1, 0.9)}, "3 tiers have 2 tier_shares; state one of each"),
        ({"tier_shares": (0.1, 0.2, 0.3)}, "tier_shares add up to 0.6"),
        ({"tier_shares": (-0.1, 0.4, 0.7)}, "let each be more than 0"),
        ({"tiers": ()}, "0 tiers have 3 tier_shares"),
        ({"value": "income"}, "tiers by rule look at the value alone: name 'income'"),
        ({"value": None}, "tiers need the value that they are ordered by"),
        ({"grouping": "rfm", "tier_shares": ()}, "groups by the rule 'rfm' have names"),
        ({"grouping": None, "k_min": 3, "k_max": 3}, 'tier_shares need grouping = "tiers"'),
        ({"components": 2}, "no inactive segment and no components"),
        ({"inactive": InactiveRule(description="None.", zero=("worth",))}, "no segment by rule"),
    ],
)
def test_tiers_that_cannot_be_made_are_refused_with_the_reason(
    changes: dict[str, object], told: str
) -> None:
    with pytest.raises(ValidationError) as refused:
        LensSpec.model_validate(STATED | changes)
    assert told in str(refused.value)


def test_tiers_of_another_feature_than_one_number_are_refused() -> None:
    lens = LENS.model_copy(update={"features": (*LENS.features, LensFeature(name="other"))})
    data = snapshot(np.arange(1, 101))
    data.frame["other"] = 1.0
    with pytest.raises(UsageError, match="Give it one numeric feature: the value"):
        learn_groups(data.frame, lens)
