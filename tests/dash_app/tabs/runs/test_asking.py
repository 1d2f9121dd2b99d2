"""What an analyst asks for becomes a job's configuration, or a sentence."""

from __future__ import annotations

from dataclasses import replace

import pytest

from core.errors import UsageError
from core.features.base import Sensitivity
from core.lens import Impute, Scaler
from core.pipeline.options import Overrule, Purpose, SegmentOptions
from core.pipeline.recipe import Recipe
from core.readmodels import FeatureInfo
from dash_app.tabs.runs.asking import AS_IT_SAYS, Wish, job_config
from dash_app.tabs.runs.inputs import input_options, ticked_inputs
from dash_app.tabs.runs.words import (
    IMPUTE_LABELS,
    PURPOSE_LABELS,
    SCALER_LABELS,
    choices_in_words,
    duration,
    range_words,
)
from tests.dash_app.tabs.runs.builders import BEGAN, SPECS

WISH = Wish(["demographic", "behavioural"], None, None, AS_IT_SAYS, AS_IT_SAYS, 0)


def test_nothing_chosen_leaves_everything_to_the_views() -> None:
    config = job_config(WISH, SPECS)
    assert SegmentOptions.from_config(config) == SegmentOptions()


def test_what_is_chosen_reaches_the_pipeline() -> None:
    wish = Wish(["behavioural"], 3, 6, "robust", "ward", 11)
    options = SegmentOptions.from_config(job_config(wish, SPECS))
    assert options == SegmentOptions(("behavioural",), (3, 6), Scaler.ROBUST, "ward", 11)


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"lenses": []}, "Choose at least one view"),
        ({"lenses": None}, "Choose at least one view"),
        ({"lenses": ["rfm"]}, "Unknown view 'rfm'. Choose one of: behavioural, demographic."),
        ({"k_min": 3}, "both the fewest and the most"),
        ({"k_min": 6, "k_max": 3}, "It goes from 2 to 20, the smaller number first"),
        ({"k_min": 2.5, "k_max": 3}, "It goes from 2 to 20"),
        ({"k_min": 2, "k_max": 21}, "It goes from 2 to 20"),
        ({"scaler": "cubic"}, "Unknown scaler 'cubic'"),
        ({"algorithm": "kmean"}, "Unknown algorithm 'kmean'. Choose one of: gmm, kmeans, ward."),
        ({"seed": -1}, "a seed of 0 or more"),
        ({"purpose": "credit"}, "not made for decisions on credit"),
        ({"purpose": "fun"}, "Unknown purpose 'fun'"),
        ({"impute": "guess"}, "Unknown imputation 'guess'"),
        ({"caps": "maybe"}, "Unknown choice of caps 'maybe'. Choose one of: off, on."),
        ({"weights": "a"}, "A weight is given as 'a'"),
        ({"weights": "z=2"}, "Unknown input of these views 'z'. Choose one of: a, b."),
        ({"inputs": ["a", "b", "c"]}, "Inputs are added to one view at a time"),
        ({"k_chosen": 4, "note": "x"}, "decided for one view at a time"),
        ({"lenses": ["behavioural"], "k_chosen": 4}, "says why"),
        ({"lenses": ["behavioural"], "note": "x"}, "no number of segments"),
        ({"lenses": ["behavioural"], "k_chosen": 1, "note": "x"}, "It goes from 2 to 20"),
        ({"seed": "x"}, "a seed of 0 or more"),
    ],
)
def test_what_cannot_be_run_is_refused_in_words(change: dict[str, object], sentence: str) -> None:
    with pytest.raises(UsageError) as refusal:
        job_config(replace(WISH, **change), SPECS)
    assert sentence in str(refusal.value)


def test_the_preparation_purpose_and_decision_reach_the_pipeline() -> None:
    wish = replace(
        WISH,
        lenses=["behavioural"],
        purpose="service",
        impute="zero",
        caps="off",
        logs="on",
        weights="a=2, c=0.5",
        inputs=["a", "c"],
        k_chosen=4,
        note="Four campaigns",
    )
    options = SegmentOptions.from_config(job_config(wish, SPECS), by="ann")
    assert options.recipe == Recipe(
        impute=Impute.ZERO,
        caps=False,
        logs=True,
        weights=(("a", 2.0), ("c", 0.5)),
        added=("c",),
        left_out=("b",),
    )
    assert (options.purpose, options.overrule) == (
        Purpose.SERVICE,
        Overrule(4, "Four campaigns", "ann"),
    )


def test_choices_are_told_in_words() -> None:
    config = (
        ("lenses", "behavioural"),
        ("k", "4..4"),
        ("algorithm", "gmm"),
        ("scored", "behavioural"),
    )
    assert choices_in_words(config, {"behavioural": "Behavioural"}) == (
        "Behavioural, 4 segments, Gaussian mixture, scored with the models published before"
    )


def test_the_preparation_of_a_run_is_told_in_words() -> None:
    config = (
        ("lenses", "all"),
        ("purpose", "service"),
        ("k_chosen", "4"),
        ("note", "Four campaigns"),
        ("impute", "zero"),
        ("caps", "off"),
        ("logs", "on"),
        ("weights", "a=2"),
        ("added", "c"),
        ("left_out", "b"),
    )
    assert choices_in_words(config, {}) == (
        "All views, for service, 4 segments decided: “Four campaigns”, missing numbers as zero, "
        "extreme values kept, logarithms of every number, weights a=2, with c, without b"
    )


def test_every_scaler_imputation_and_purpose_has_words() -> None:
    assert set(SCALER_LABELS) == set(Scaler)
    assert set(IMPUTE_LABELS) == set(Impute)
    assert set(PURPOSE_LABELS) == set(Purpose)


def test_one_view_is_offered_what_it_may_look_at_besides_its_inputs() -> None:
    features = [
        catalogued("c", "Debt"),
        catalogued("a", "Age"),
        catalogued("d", "Card"),
        catalogued("s", "Gender", Sensitivity.SENSITIVE),
        catalogued("n", "Name", Sensitivity.DIRECT),
    ]
    demographic, behavioural = SPECS
    assert names(input_options([behavioural], features)) == ["a", "b", "d", "c"]
    assert names(input_options([demographic], features)) == ["a", "b", "d", "c", "s"]
    assert names(input_options(SPECS, features)) == ["a", "b"]
    assert ticked_inputs(SPECS) == ["a", "b"]


def names(options: list[dict[str, str]]) -> list[str]:
    return [option["value"] for option in options]


def catalogued(
    name: str, label: str, sensitivity: Sensitivity = Sensitivity.ORDINARY
) -> FeatureInfo:
    return FeatureInfo(name, label, "", "test", "behavioural", "number", "", sensitivity, (), False)


def test_durations_and_ranges_are_short() -> None:
    assert duration(BEGAN, BEGAN.replace(second=4)) == "4.0\xa0s"
    assert duration(BEGAN, BEGAN.replace(hour=8, minute=11)) == "2\xa0h 1\xa0min"
    assert duration(BEGAN, None) == ""
    assert range_words(SPECS[0]) == "3 to 5"
    assert range_words(SPECS[0].model_copy(update={"k_max": 3})) == "3, as asked"
    assert range_words(SPECS[0].model_copy(update={"grouping": "rfm"})) == "by rule"
