"""What an analyst may choose for a run: applied to the lenses, stored, refused in words."""

from __future__ import annotations

import pytest

from core.errors import UsageError
from core.lens import Impute, LensFeature, Scaler
from core.pipeline.options import Overrule, Purpose, SegmentOptions, checked_overrule
from core.pipeline.recipe import Recipe
from core.segmentation.fit import segment_lens
from tests.core.segmentation.builders import groups, lens

LENS = lens(
    LensFeature(name="income", log=True),
    LensFeature(name="debt", cap=None, weight=2),
    LensFeature(name="visits", cap_sd=5),
    outcomes=("churn", "spend"),
)


def uses(recipe: Recipe) -> dict[str, LensFeature]:
    return {use.name: use for use in recipe.applied_to(LENS).features}


def test_what_is_not_chosen_stays_as_the_lens_says() -> None:
    assert SegmentOptions().applied([LENS]) == [LENS]
    assert SegmentOptions().config() == {"lenses": "all"}


def test_caps_off_takes_every_cap_away_and_on_adds_the_usual_one_where_there_is_none() -> None:
    off, on = uses(Recipe(caps=False)), uses(Recipe(caps=True))
    assert {(use.cap, use.cap_sd) for use in off.values()} == {(None, None)}
    assert [(use.cap, use.cap_sd) for use in on.values()] == [
        (0.995, None),
        (0.995, None),
        (None, 5),
    ]


def test_logarithms_imputation_and_weights_are_those_chosen() -> None:
    recipe = Recipe(logs=False, impute=Impute.ZERO, weights=(("income", 3.0),))
    found = uses(recipe)
    assert [use.log for use in found.values()] == [False] * 3
    assert {use.impute for use in found.values()} == {Impute.ZERO}
    assert [use.weight for use in found.values()] == [3, 2, 1]


def test_inputs_are_left_out_and_added_and_an_added_one_is_no_outcome_any_more() -> None:
    (changed,) = SegmentOptions(recipe=Recipe(added=("churn",), left_out=("debt",))).applied([LENS])
    assert changed.feature_names == ("income", "visits", "churn")
    assert changed.outcomes == ("spend",)


def test_the_configuration_says_only_what_was_chosen_and_reads_back() -> None:
    options = SegmentOptions(
        lenses=("behavioural",),
        k=(3, 6),
        scaler=Scaler.ROBUST,
        algorithm="ward",
        seed=0,
        recipe=Recipe(impute=Impute.MEAN, caps=True, weights=(("income", 0.5),), added=("churn",)),
        overrule=Overrule(4, "Four campaigns", "ann"),
        purpose=Purpose.MARKETING,
    )
    stored = options.config()
    assert stored == {
        "lenses": ["behavioural"],
        "purpose": "marketing",
        "k": "3..6",
        "k_chosen": 4,
        "note": "Four campaigns",
        "algorithm": "ward",
        "scaler": "robust",
        "impute": "mean",
        "caps": "on",
        "weights": ["income=0.5"],
        "added": ["churn"],
    }
    asked = {**stored, "k_min": 3, "k_max": 6}
    assert SegmentOptions.from_config(asked, by="ann") == options


def test_segments_for_decisions_on_credit_are_refused() -> None:
    with pytest.raises(UsageError, match=r"not made for decisions on credit.*marketing, research"):
        SegmentOptions.from_config({"purpose": "credit"})


@pytest.mark.parametrize(
    ("recipe", "sentence"),
    [
        (Recipe(left_out=("age",)), "Unknown input of these views 'age'"),
        (Recipe(weights=(("age", 2.0),)), "Unknown input of these views 'age'"),
        (Recipe(left_out=("income", "debt", "visits")), "is left without inputs"),
        (Recipe(added=("debt",)), "looks at 'debt' already"),
    ],
)
def test_inputs_that_cannot_be_are_refused(recipe: Recipe, sentence: str) -> None:
    with pytest.raises(UsageError, match=sentence):
        SegmentOptions(recipe=recipe).applied([LENS])


def test_the_number_of_fixed_tiers_is_not_decided_anew() -> None:
    tiered = LENS.model_copy(update={"tiers": ("low", "mid", "vip")})
    options = SegmentOptions(overrule=checked_overrule(4, "more", "ann"))
    with pytest.raises(UsageError, match="has groups of fixed names"):
        options.applied([tiered])


def test_an_analyst_s_number_stands_with_the_note_and_what_the_rule_would_have_done() -> None:
    planted = groups(4, 6.0, k=4, n=400)
    plain = segment_lens(planted.frame, planted.features, planted.lens(k=(3, 4)), seed=1)
    decided = segment_lens(
        planted.frame,
        planted.features,
        planted.lens(k=(3, 4)),
        seed=1,
        overrule=Overrule(3, "Three campaigns", "ann"),
    )
    assert (plain.clustering.k, decided.clustering.k) == (4, 3)
    assert decided.reason.startswith("k = 3 chosen by ann instead of 4: Three campaigns. The rule:")
    assert plain.reason in decided.reason
    assert [score.k for score in decided.sweep.scores if score.chosen] == [3]


def test_a_number_outside_the_range_is_tried_too() -> None:
    planted = groups(4, 6.0, k=4, n=300)
    decided = segment_lens(
        planted.frame,
        planted.features,
        planted.lens(k=(3, 3)),
        seed=1,
        overrule=Overrule(2, "Two letters"),
    )
    assert decided.clustering.k == 2
    assert [score.k for score in decided.sweep.scores] == [2, 3]
    assert decided.reason.startswith("k = 2 chosen instead of 3: Two letters.")
