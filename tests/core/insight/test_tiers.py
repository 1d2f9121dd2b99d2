"""Tiers are called by the order of value, so that names survive every refit."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import numpy as np
import pandas as pd
import pytest
from pydantic import ValidationError

from core.features.base import Feature, Kind, Side
from core.insight.identity import Match
from core.insight.naming import Draft
from core.insight.summaries import order_segments
from core.insight.tiers import tier_drafts, tier_keys, tier_matches
from core.lens import InactiveRule, LensFeature, LensSpec
from core.pipeline.options import SegmentOptions
from core.pipeline.results import (
    DatasetInfo,
    PublishedLens,
    SegmentationResult,
    StoredSnapshot,
)
from core.pipeline.steps import fit_lens, score_lens
from core.readmodels import SnapshotId
from tests.core.insight.builders import summary

TIERS = ("VIP", "Plus", "Low")
SPEND = Feature(
    "spend", "Spend", "", "measures", Side.BEHAVIOURAL, Kind.MONEY, low_words="a", high_words="b"
)
LENS = LensSpec(
    name="value",
    label="Value",
    side=Side.BEHAVIOURAL,
    question="What are they worth?",
    features=(LensFeature(name="spend", log=True),),
    k_min=3,
    k_max=3,
    value="spend",
    tiers=TIERS,
)


def snapshot(seed: int, customers: int = 300) -> StoredSnapshot:
    """Many who spend little, some who spend more, few who spend much."""
    random = np.random.default_rng(seed)
    level = np.resize([10.0] * 6 + [300.0] * 3 + [9_000.0], customers)
    ids = pd.Index([f"C{n:04d}" for n in range(customers)], name="customer_id", dtype="str")
    frame = pd.DataFrame({"spend": level * random.lognormal(0, 0.2, customers)}, index=ids)
    info = DatasetInfo("cards", "Cards", "USD")
    return StoredSnapshot(SnapshotId(1), info, date(2024, 12, 31), (SPEND,), (LENS,), frame)


@pytest.fixture(scope="module")
def first() -> SegmentationResult:
    return fit_lens(snapshot(1), LENS, None, seed=0)


def published(found: SegmentationResult) -> PublishedLens:
    return PublishedLens(found.model, found.segments, LENS, found.reason, found.verdict)


def names(found: SegmentationResult) -> dict[str, str]:
    return {one.key: one.name for one in found.segments}


def test_tiers_are_named_in_the_order_of_mean_value(first: SegmentationResult) -> None:
    assert names(first) == {"tier-vip": "VIP", "tier-plus": "Plus", "tier-low": "Low"}
    spend = snapshot(1).frame["spend"].to_numpy()
    means = [spend[first.assignments.segment == number].mean() for number in range(3)]
    assert means == sorted(means, reverse=True)
    assert first.reason == "The 3 tiers are VIP, Plus, Low; no other number was tried."


@pytest.mark.parametrize("seed", [1, 2])
def test_another_seed_gives_every_customer_the_same_tier(
    first: SegmentationResult, seed: int
) -> None:
    again = fit_lens(snapshot(1), LENS, None, seed=seed)
    assert names(again) == names(first)
    assert (again.assignments.segment == first.assignments.segment).mean() >= 0.99


def test_tiers_stay_when_everybody_spends_otherwise(first: SegmentationResult) -> None:
    """No tier shares half its members with the one before, yet each is what it was."""
    moved = snapshot(3)
    turned = replace(moved, frame=moved.frame.iloc[::-1].set_axis(moved.frame.index))
    again = fit_lens(turned, LENS, published(first), seed=0)
    assert names(again) == names(first)
    assert [s.colour for s in again.segments] == [s.colour for s in first.segments]
    stayed = again.assignments.segment == first.assignments.segment
    assert stayed.mean() < 0.6


def test_a_name_that_somebody_gave_a_tier_stays_with_it(first: SegmentationResult) -> None:
    renamed = tuple(
        replace(one, name="Private bank") if one.key == "tier-vip" else one
        for one in first.segments
    )
    again = fit_lens(snapshot(2), LENS, replace(published(first), segments=renamed), seed=0)
    assert names(again)["tier-vip"] == "Private bank"


def test_scoring_keeps_the_tiers(first: SegmentationResult) -> None:
    scored = score_lens(snapshot(2), published(first), seed=0)
    assert names(scored) == names(first)


def test_more_customers_do_not_make_a_tier_worth_more() -> None:
    labels, value = np.array([0, 1, 1, 1, 1]), np.array([90.0, 50.0, 50.0, 50.0, np.nan])
    assert order_segments(labels, value).tolist() == [1, 0]
    assert order_segments(labels, value, per_customer=True).tolist() == [0, 1]


def test_what_follows_the_tiers_keeps_its_own_name_and_match() -> None:
    rule = summary(1, is_rule=True)
    assert tier_drafts(["VIP"], [Draft("a", "b"), Draft("By rule", "c")])[1].name == "By rule"
    assert tier_matches(["VIP"], (), [None, Match(rule, 0.5)]) == (None, Match(rule, 0.5))


def test_a_tier_continues_the_one_of_its_key_and_no_other() -> None:
    old = replace(summary(2), key="tier-vip")
    found = tier_matches(("VIP", "Plus"), (summary(0), old), [Match(summary(0), 0.9), None])
    assert found == (Match(old, 1.0), None)
    assert tier_keys(("VIP", "Plus")) == ("tier-vip", "tier-plus")


def test_an_analysts_number_of_segments_leaves_tiers_as_they_are() -> None:
    assert SegmentOptions(k=(3, 8)).applied_to(LENS) == LENS
    assert SegmentOptions(k=(3, 8)).applied_to(LENS.model_copy(update={"tiers": ()})).k_max == 8


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"k_max": 4}, "3 tiers need k_min and k_max of 3"),
        ({"value": None}, "tiers need the value that they are ordered by"),
        ({"tiers": ("VIP", "vip", "Low")}, "two tiers have the same name"),
        (
            {"inactive": InactiveRule(description="None.", zero=("spend",))},
            "a lens with tiers has no segment by rule",
        ),
    ],
)
def test_a_lens_whose_tiers_cannot_be_is_refused(changes: dict[str, object], message: str) -> None:
    with pytest.raises(ValidationError, match=message):
        LensSpec.model_validate(LENS.model_dump() | changes)
