"""One lens from customers to a model: who is clustered, how many segments, and what is stored."""

from __future__ import annotations

import re
from datetime import date
from functools import cache

import numpy as np
import pandas as pd
import pytest

from core.errors import DataError, UsageError
from core.features.base import Kind
from core.lens import InactiveRule, LensFeature
from core.scoring import encode, project
from core.segmentation.build import build_model
from core.segmentation.fit import LensFit, active_rows, segment_lens
from core.segmentation.model import MissingFlag, RuleSegment, SegmentationModel
from tests.core.segmentation.builders import (
    columns_of,
    feature,
    groups,
    lens,
    mixed_customers,
    mixed_lens,
    numbers,
)

AS_OF = date(1995, 12, 31)
NO_ACCOUNT = InactiveRule(name="No account", description="No account", zero=("accounts", "spend"))


def test_customers_with_nothing_or_nothing_known_are_inactive() -> None:
    frame = pd.DataFrame({"accounts": [0, 1, 0, 0], "spend": [0.0, 0.0, np.nan, -2.0]})
    spec = lens("spend", inactive=NO_ACCOUNT)
    assert active_rows(frame, spec).tolist() == [False, True, False, True]
    assert active_rows(frame, lens("spend")).tolist() == [True] * 4


def test_a_rule_on_a_feature_there_is_not_is_refused() -> None:
    with pytest.raises(UsageError, match="by 'accounts', which the data set does not have"):
        active_rows(pd.DataFrame({"spend": [1.0]}), lens("spend", inactive=NO_ACCOUNT))


def test_inactive_customers_are_outside_the_fit_and_their_segment_counts() -> None:
    frame, features = mixed_customers()
    fit = segment_lens(frame, features, mixed_lens(k=(3, 5)), seed=1)
    assert [score.k for score in fit.sweep.scores] == [2, 3, 4]
    assert 0 < fit.active.sum() < len(frame)
    assert len(fit.matrix) == len(fit.clustering.labels) == fit.active.sum()
    assert (fit.cluster[~fit.active] == -1).all()
    assert fit.cluster[fit.active].tolist() == fit.clustering.labels.tolist()
    assert f"which makes {fit.sweep.k + 1} segments." in fit.reason


def test_the_segment_by_rule_is_one_of_the_number_asked_for() -> None:
    frame, features = mixed_customers()
    fit = segment_lens(frame, features, mixed_lens(k=(3, 3)), seed=1)
    assert fit.clustering.k == 2
    assert fit.reason == (
        "3 segments were asked for; no other number was tried. "
        "“Not yet active” is one of them, by rule."
    )


def test_fewer_than_two_clusters_are_not_looked_for_beside_the_segment_by_rule() -> None:
    frame, features = mixed_customers()
    fit = segment_lens(frame, features, mixed_lens(k=(2, 2)), seed=1)
    assert fit.reason == (
        "2 segments were asked for; no other number was tried. "
        "“Not yet active” comes on top by rule, which makes 3 segments."
    )


def test_without_inactive_customers_every_segment_is_a_cluster() -> None:
    frame, features = mixed_customers()
    some = frame[active_rows(frame, mixed_lens())]
    fit = segment_lens(some, features, mixed_lens(k=(3, 3)), seed=1)
    assert fit.clustering.k == 3
    assert not fit.has_rule_segment
    assert fit.reason == "3 segments were asked for; no other number was tried."


@pytest.mark.parametrize(
    ("spend", "words"),
    [
        ([1.0, 2.0], "has 2 customers to cluster, fewer than the 3 segments asked for. Import"),
        ([1.0, 2.0, 2.0], "has 3 customers to cluster of whom only 2 differ, fewer than the 3"),
    ],
)
def test_too_few_customers_are_refused_with_their_number(spend: list[float], words: str) -> None:
    frame = pd.DataFrame({"spend": spend, "accounts": [1] * len(spend)})
    features = [feature("spend"), feature("accounts", Kind.COUNT)]
    with pytest.raises(DataError, match=re.escape(f"The lens 'behavioural' {words}")):
        segment_lens(frame, features, lens("spend", "accounts"), seed=1)


def test_only_inactive_customers_are_refused() -> None:
    frame = pd.DataFrame({"spend": [0.0, 0.0], "accounts": [0, 0]})
    features = [feature("spend"), feature("accounts", Kind.COUNT)]
    with pytest.raises(DataError, match=r"has 0 customers to cluster, .* besides 'No account'"):
        segment_lens(frame, features, lens("spend", inactive=NO_ACCOUNT), seed=1)


def test_as_many_segments_are_tried_as_there_are_different_customers() -> None:
    planted = numbers(np.repeat([[0.0], [5.0], [9.0]], 40, axis=0))
    fit = segment_lens(planted.frame, planted.features, planted.lens(k=(3, 5)), seed=1)
    assert [score.k for score in fit.sweep.scores] == [3]
    assert fit.reason.endswith("More were not tried: there are no more different customers.")


def test_the_same_seed_gives_the_same_model_to_the_last_digit() -> None:
    frame, features = mixed_customers()
    first, second = (
        build_model(
            segment_lens(frame, features, mixed_lens(k=(3, 3)), seed=4), (1, 2), 0, as_of=AS_OF
        )
        for _ in range(2)
    )
    assert first.sha256 == second.sha256


def test_another_seed_keeps_separated_customers_together() -> None:
    planted = groups(3, 6.0)
    first, second = (
        segment_lens(
            planted.frame, planted.features, planted.lens(k=(4, 4)), seed=seed
        ).clustering.labels
        for seed in (1, 2)
    )
    assert (first == second).mean() >= 0.99


def test_progress_goes_from_nothing_to_all_and_never_back() -> None:
    planted = groups(1, 5.0, n=200)
    told: list[float] = []
    segment_lens(
        planted.frame,
        planted.features,
        planted.lens(k=(3, 4)),
        seed=1,
        progress=lambda fraction, step: told.append(fraction) if step else None,
    )
    assert told[0] == 0
    assert told[-1] == 1
    assert told == sorted(told)


def test_notes_of_the_preparation_are_kept() -> None:
    planted = groups(1, 5.0, n=200)
    frame = planted.frame.assign(branch=1.0)
    spec = lens(*planted.frame.columns, LensFeature(name="branch"), k=(3, 3))
    fit = segment_lens(frame, (*planted.features, feature("branch")), spec, seed=1)
    assert fit.preparation.notes == ("Branch was left out: it is the same for every customer.",)


@pytest.mark.parametrize("algorithm", ["gmm", "ward"])
def test_every_algorithm_can_segment_a_lens(algorithm: str) -> None:
    planted = groups(1, 6.0, n=200)
    spec = planted.lens(algorithm=algorithm, k=(3, 4))
    assert segment_lens(planted.frame, planted.features, spec, seed=1).clustering.k == 4


@cache
def two_clusters() -> LensFit:
    frame, features = mixed_customers()
    return segment_lens(frame, features, mixed_lens(k=(3, 3)), seed=1)


@cache
def model() -> SegmentationModel:
    frame, features = mixed_customers()
    fit = segment_lens(frame, features, mixed_lens(k=(4, 4)), seed=1)
    return build_model(fit, (2, 0, 1), 3, as_of=AS_OF)


def test_a_model_survives_json_and_says_when_it_was_changed() -> None:
    stored = model()
    assert any(isinstance(column, MissingFlag) for column in stored.columns)
    assert SegmentationModel.from_json(stored.to_json(), stored.sha256) == stored
    with pytest.raises(DataError, match="does not match its fingerprint"):
        SegmentationModel.from_json(stored.to_json().replace("savings", "debts"), stored.sha256)


def test_a_model_holds_what_scoring_needs() -> None:
    stored = model()
    assert (stored.lens, stored.numbers, stored.as_of) == ("behavioural", (2, 0, 1), "1995-12-31")
    assert stored.rule == RuleSegment(3, ("savings", "debt", "transactions"))
    assert len(stored.pca_components) == 3
    assert sum(stored.explained_variance) == pytest.approx(1)
    assert all(len(quantiles) == 101 for quantiles in stored.distance_quantiles)
    numeric = ["savings", "debt", "transactions", "days_since", "has_card"]
    assert [reference.feature for reference in stored.references] == numeric
    assert {"numpy", "scikit-learn", "python"} <= dict(stored.versions).keys()


def test_the_first_axis_spreads_customers_most() -> None:
    frame, fit = mixed_customers()[0], two_clusters()
    stored = build_model(fit, (0, 1), 2, as_of=AS_OF)
    matrix, _ = encode(stored, columns_of(frame[fit.active]))
    spread = project(stored, matrix).var(axis=0)
    assert (np.diff(spread) <= 0).all()
    np.testing.assert_allclose(
        spread / fit.matrix.var(axis=0).sum(), stored.explained_variance[:3], rtol=1e-4
    )
    for axis in stored.pca_components:
        assert max(axis, key=abs) > 0


@pytest.mark.parametrize(("given", "rule"), [((0, 1), None), ((0,), 1), ((0, 0), 1), ((0, 1), 1)])
def test_numbers_that_do_not_fit_the_clusters_are_refused(
    given: tuple[int, ...], rule: int | None
) -> None:
    with pytest.raises(UsageError):
        build_model(two_clusters(), given, rule, as_of=AS_OF)
