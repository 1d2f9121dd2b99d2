"""What an analyst asks for becomes a job's configuration, or a sentence."""

from __future__ import annotations

from dataclasses import replace

import pytest

from core.errors import UsageError
from core.lens import Scaler
from core.pipeline.options import SegmentOptions
from dash_app.tabs.runs.asking import AS_IT_SAYS, Wish, job_config
from dash_app.tabs.runs.words import SCALER_LABELS, choices_in_words, duration, range_words
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
        ({"seed": "x"}, "a seed of 0 or more"),
    ],
)
def test_what_cannot_be_run_is_refused_in_words(change: dict[str, object], sentence: str) -> None:
    with pytest.raises(UsageError) as refusal:
        job_config(replace(WISH, **change), SPECS)
    assert sentence in str(refusal.value)


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


def test_every_scaler_has_words() -> None:
    assert set(SCALER_LABELS) == set(Scaler)


def test_durations_and_ranges_are_short() -> None:
    assert duration(BEGAN, BEGAN.replace(second=4)) == "4.0\xa0s"
    assert duration(BEGAN, BEGAN.replace(hour=8, minute=11)) == "2\xa0h 1\xa0min"
    assert duration(BEGAN, None) == ""
    assert range_words(SPECS[0]) == "3 to 5"
    assert range_words(SPECS[0].model_copy(update={"k_max": 3})) == "3, as asked"
