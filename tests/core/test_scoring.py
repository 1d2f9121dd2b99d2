"""Scoring: one or a million, alone or in a batch, exactly explained, from JSON with numpy alone."""

from __future__ import annotations

import math
import subprocess
import sys
from dataclasses import replace
from datetime import date
from functools import cache

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from sklearn.metrics import pairwise_distances_argmin

from core.errors import UsageError
from core.preparation import fit_preparation
from core.scoring import Problem, Scorer, encode, explain, project, score, smallest_change
from core.scoring_one import SingleScorer
from core.segmentation.build import build_model
from core.segmentation.fit import LensFit, segment_lens
from core.segmentation.model import (
    CategoryColumn,
    FeatureReference,
    NumericColumn,
    RuleSegment,
    SegmentationModel,
)
from tests.core.segmentation.builders import columns_of, mixed_customers, mixed_lens

AS_OF = date(1995, 12, 31)


@cache
def fitted() -> tuple[pd.DataFrame, LensFit, SegmentationModel]:
    frame, features = mixed_customers()
    fit = segment_lens(frame, features, mixed_lens(), seed=3)
    numbers = range(1, fit.clustering.k + 1)
    return frame, fit, build_model(fit, tuple(numbers), 0, as_of=AS_OF)


def two_segments(*, rule: RuleSegment | None = None, log: bool = False) -> SegmentationModel:
    """Income decides between segment 5 (around 0) and segment 7 (around 4 after scaling)."""
    quantiles = tuple(float(q) for q in range(101))
    return SegmentationModel(
        lens="who",
        columns=(
            NumericColumn("income", 10.0, None, 80.0, log, centre=10.0, factor=0.1),
            CategoryColumn("town", ("Here", "There"), (), (0.5, 0.5), (1.0, 1.0)),
        ),
        centroids=((0.0, 0.5, -0.5), (4.0, -0.5, 0.5)),
        numbers=(5, 7),
        rule=rule,
        pca_mean=(1.0, 0.0, 0.0),
        pca_components=((1.0, 0.0, 0.0),),
        explained_variance=(1.0, 0.0, 0.0),
        distance_quantiles=(quantiles, tuple(q / 10 for q in quantiles)),
        references=(FeatureReference("income", quantiles),),
        trained_on=100,
        as_of="1995-12-31",
        seed=1,
        versions=(),
    )


def scored_rows(model: SegmentationModel, columns: dict[str, object]) -> list[tuple[object, ...]]:
    scores = score(model, columns)  # type: ignore[arg-type]
    arrays = (scores.segment, scores.runner_up, scores.distance, scores.margin, scores.typicality)
    return [tuple(row) for row in zip(*(array.tolist() for array in arrays), strict=True)]


def test_a_customer_is_scored_by_distance_to_the_centroids() -> None:
    rows = scored_rows(two_segments(), {"income": [10.0, 60.0], "town": ["Here", "There"]})
    far = round(1 - 1 / math.hypot(5, 1, 1), 6)
    assert rows == [(5, 7, 0.0, 1.0, 0.0), (7, 5, 1.0, far, 10.0)]


def test_half_way_the_margin_is_zero_and_the_first_segment_keeps_the_customer() -> None:
    ((segment, runner_up, _, margin, _),) = scored_rows(
        two_segments(), {"income": [30.0], "town": ["nowhere"]}
    )
    assert (segment, runner_up, margin) == (5, 7, 0.0)


def test_customers_without_anything_belong_to_the_segment_by_rule_before_all_else() -> None:
    model = two_segments(rule=RuleSegment(2, ("accounts", "income")))
    columns = {
        "income": [0.0, None, 0.0],
        "accounts": [None, 0, 1],
        "town": ["Here", "There", "Here"],
    }
    scores = score(model, columns)
    assert scores.segment.tolist() == [2, 2, 5]
    assert scores.runner_up.tolist() == [-1, -1, 7]
    for values in (scores.distance, scores.margin, scores.typicality):
        assert np.isnan(values).tolist() == [True, True, False]
    assert scores.warnings == ()  # nothing stood in for the missing income of an inactive customer


def test_distances_are_reported_with_six_significant_digits() -> None:
    ((_, _, distance, _, _),) = scored_rows(two_segments(), {"income": [1 / 3], "town": ["Here"]})
    assert distance == 0.966667


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        ({"income": None}, (Problem.MISSING, "income is missing; the typical value 10 stands in.")),
        (
            {"income": 101.0},
            (
                Problem.OUT_OF_RANGE,
                "income lies outside the values the model was trained on (0 to 100).",
            ),
        ),
        (
            {"town": "Elsewhere"},
            (
                Problem.UNKNOWN_LEVEL,
                (
                    "town has a level the model was not trained on ('Elsewhere'); it counts as the "
                    "average customer."
                ),
            ),
        ),
        (
            {"town": None},
            (Problem.MISSING, "town is missing; it counts as the average customer."),
        ),
    ],
)
def test_what_is_unusual_is_said_with_the_name_of_the_feature(
    values: dict[str, object], expected: tuple[Problem, str]
) -> None:
    customer = {"income": 50.0, "town": "Here", **values}
    (warning,) = score(two_segments(), {name: [value] for name, value in customer.items()}).warnings
    assert (warning.problem, warning.text) == expected
    assert warning.feature in values
    assert warning.rows.tolist() == [0]


def test_an_unknown_category_shifts_towards_no_segment() -> None:
    matrix, _ = encode(two_segments(), {"income": [10.0], "town": ["Elsewhere"]})
    assert matrix.tolist() == [[0.0, 0.0, 0.0]]


def test_warnings_say_which_rows_they_are_about() -> None:
    columns = {"income": ["", "20", " 30 ", "nan"], "town": ["Here"] * 4}
    (warning,) = score(two_segments(), columns).warnings
    assert warning.rows.tolist() == [0, 3]


def test_an_absent_feature_is_an_error_that_names_it() -> None:
    with pytest.raises(UsageError, match="These features are absent: town"):
        score(two_segments(), {"income": [1.0]})
    model = two_segments(rule=RuleSegment(0, ("accounts",)))
    with pytest.raises(UsageError, match="These features are absent: accounts"):
        explain(model, {"income": 1.0, "town": "Here"})


def test_a_number_that_cannot_be_read_is_an_error_that_shows_it() -> None:
    with pytest.raises(UsageError, match="'a lot' is not a number for income"):
        score(two_segments(), {"income": ["a lot"], "town": ["Here"]})
    with pytest.raises(UsageError, match="income has an infinite value"):
        score(two_segments(), {"income": [math.inf], "town": ["Here"]})


def test_no_customers_get_no_scores() -> None:
    assert scored_rows(two_segments(), {"income": [], "town": []}) == []


def test_scoring_the_training_customers_gives_the_segments_of_the_fit() -> None:
    frame, fit, model = fitted()
    scores = score(model, columns_of(frame))
    assert scores.segment.tolist() == (fit.cluster + 1).tolist()
    typical = scores.typicality[fit.active]
    assert abs(np.median(typical) - 50) < 2


def test_scoring_from_json_agrees_with_scikit_learn_on_every_row() -> None:
    frame, fit, model = fitted()
    model = SegmentationModel.from_json(model.to_json(), model.sha256)
    new, _ = mixed_customers(seed=11, n=3000)
    for some in (frame, new):
        prepared = fit.preparation.pipeline.transform(some)
        expected = pairwise_distances_argmin(prepared, np.array(model.centroids)) + 1
        scores = score(model, columns_of(some))
        active = scores.runner_up >= 0
        np.testing.assert_array_equal(scores.segment[active], expected[active])


customers = st.fixed_dictionaries(
    {
        "savings": st.none() | st.floats(-1e7, 1e7),
        "debt": st.none() | st.floats(-1e5, 1e5),
        "transactions": st.none() | st.integers(0, 10_000),
        "days_since": st.none() | st.floats(0, 1e4),
        "has_card": st.none() | st.sampled_from([0, 1]),
        "channel": st.none() | st.sampled_from(["branch", "phone", "web", "fax", "pigeon"]),
        "risk": st.none() | st.sampled_from(["low", "medium", "high", "Unknown", "extreme"]),
    }
)


@given(batch=st.lists(customers, min_size=1, max_size=40), data=st.data())
def test_alone_in_a_batch_or_in_another_order_a_customer_scores_identically(
    batch: list[dict[str, object]], data: st.DataObject
) -> None:
    _, _, model = fitted()
    one = SingleScorer(Scorer(model))
    whole = scored_rows(model, {name: [c[name] for c in batch] for name in batch[0]})
    order = data.draw(st.permutations(range(len(batch))))
    shuffled = scored_rows(model, {name: [batch[i][name] for i in order] for name in batch[0]})
    for place, i in enumerate(order):
        alone = scored_rows(model, {name: [value] for name, value in batch[i].items()})
        fast = one.score(batch[i])  # type: ignore[arg-type]
        assert repr(alone) == repr([whole[i]]) == repr([shuffled[place]])
        numbers = [fast.distance, fast.margin, fast.typicality]
        as_reported = [math.nan if number is None else number for number in numbers]
        assert repr((fast.segment, fast.runner_up, *as_reported)) == repr(whole[i])


@given(batch=st.lists(customers, min_size=1, max_size=10))
def test_scikit_learn_agrees_on_whatever_comes(batch: list[dict[str, object]]) -> None:
    _, fit, model = fitted()
    scores = score(model, {name: [c[name] for c in batch] for name in batch[0]})
    prepared = fit.preparation.pipeline.transform(pd.DataFrame(batch, dtype=object))
    distances = np.linalg.norm(prepared[:, None] - np.array(model.centroids), axis=2)
    for row, segment in enumerate(scores.segment):
        if scores.runner_up[row] >= 0:
            # Nearest, or as near as makes no difference: float32 rounds what scikit-learn has.
            assert distances[row, segment - 1] <= distances[row].min() * (1 + 1e-6) + 1e-9


@given(customer=customers)
def test_contributions_add_up_to_the_difference_of_squared_distances(
    customer: dict[str, float | str | None],
) -> None:
    _, _, model = fitted()
    found = explain(model, customer)
    if found.runner_up < 0:
        assert (found.total, found.contributions) == (None, ())
        return
    matrix, _ = encode(model, {name: [value] for name, value in customer.items()})
    squared = ((matrix[0] - np.array(model.centroids)) ** 2).sum(axis=1)
    difference = squared[found.runner_up - 1] - squared[found.segment - 1]
    assert sum(c.value for c in found.contributions) == pytest.approx(found.total, abs=1e-9)
    assert found.total == pytest.approx(difference, abs=1e-9)
    assert found.total >= 0
    assert {c.feature for c in found.contributions} == set(customer)


def test_contributions_name_original_features_strongest_first() -> None:
    found = explain(two_segments(), {"income": 60.0, "town": "Here"})
    assert [(c.feature, c.value) for c in found.contributions] == [("income", 24.0), ("town", -2.0)]
    assert (found.segment, found.runner_up, found.total) == (7, 5, 22.0)


@given(customer=customers)
def test_the_smallest_change_moves_the_customer_and_anything_less_does_not(
    customer: dict[str, float | str | None],
) -> None:
    _, _, model = fitted()
    before = explain(model, customer).segment
    actionable = ("savings", "transactions", "days_since", "channel")
    changes = smallest_change(model, customer, actionable)
    assert [c.effort for c in changes] == sorted(c.effort for c in changes)
    for change in changes:
        assert change.feature in actionable
        assert change.before == customer[change.feature]
        after = {**customer, change.feature: change.after}
        assert explain(model, after).segment == change.segment != before
        (reference,) = [r for r in model.references if r.feature == change.feature]
        assert reference.quantiles[0] <= change.after <= reference.quantiles[-1]
        step = change.after - change.before
        almost = change.after - math.copysign(1.001, step)  # a whole number is the next one beyond
        starts_within = reference.quantiles[0] <= change.before <= reference.quantiles[-1]
        is_plain = change.feature == "days_since"  # neither capped nor in logarithms
        if abs(step) > 1.001 and is_plain and starts_within:
            assert explain(model, {**customer, change.feature: almost}).segment == before


def test_the_smallest_change_is_the_closed_form_border() -> None:
    fractions = FeatureReference("income", tuple(q + 0.5 for q in range(101)))
    model = replace(two_segments(), references=(fractions,))
    (change,) = smallest_change(model, {"income": 10.25, "town": "Here"}, ("income", "town"))
    # With x = (income - 10) / 10: x² = (x - 4)² + 2 at x = 18 / 8; the town pulls back by the 2.
    assert change.after == pytest.approx(32.5, rel=1e-5)
    assert (change.feature, change.before, change.segment) == ("income", 10.25, 7)
    assert change.effort == pytest.approx(2.225, rel=1e-6)


def test_the_smallest_change_of_whole_numbers_is_whole() -> None:
    model = two_segments()
    (change,) = smallest_change(model, {"income": 10.0, "town": "Here"}, ("income",))
    assert change.after == 33.0  # all training values are whole, and 32.5 is the border


def test_there_is_no_smallest_change_beyond_what_the_model_has_seen() -> None:
    model = two_segments()
    narrow = replace(model, references=(FeatureReference("income", tuple([0.0] * 100 + [30.0])),))
    assert smallest_change(narrow, {"income": 10.0, "town": "Here"}, ("income",)) == ()
    capped = replace(model, columns=(replace(model.columns[0], cap_high=32.0), model.columns[1]))
    assert smallest_change(capped, {"income": 10.0, "town": "Here"}, ("income",)) == ()


def test_only_the_features_asked_for_change_and_missing_ones_do_not() -> None:
    model = two_segments()
    assert smallest_change(model, {"income": 10.0, "town": "Here"}, ("town",)) == ()
    assert smallest_change(model, {"income": None, "town": "Here"}, ("income",)) == ()


def test_a_segment_by_rule_has_no_explanation_and_no_smallest_change() -> None:
    model = two_segments(rule=RuleSegment(0, ("income",)))
    customer: dict[str, float | str | None] = {"income": 0.0, "town": "Here"}
    found = explain(model, customer)
    assert (found.segment, found.runner_up, found.distance, found.total) == (0, -1, None, None)
    assert smallest_change(model, customer, ("income",)) == ()


def test_customers_are_projected_on_the_stored_axes() -> None:
    model = two_segments()
    matrix, _ = encode(model, {"income": [10.0, 50.0], "town": ["Here", "There"]})
    assert project(model, matrix).tolist() == [[-1.0], [3.0]]


def test_scoring_loads_neither_scikit_learn_nor_pandas() -> None:
    code = (
        "import sys, core.scoring, core.scoring_one; "
        "print([m for m in ('sklearn', 'scipy', 'pandas', 'pydantic') if m in sys.modules])"
    )
    found = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert found.stdout.strip() == "[]"


def test_an_attribute_outside_the_lens_changes_nothing() -> None:
    frame, features = mixed_customers()
    frame["age"] = np.arange(len(frame))
    shuffled = frame.assign(age=frame["age"].to_numpy()[::-1])
    first, second = (
        fit_preparation(some, features, mixed_lens()).transform(some) for some in (frame, shuffled)
    )
    np.testing.assert_array_equal(first, second)
