"""What the axes mean, in words."""

from dataclasses import replace

import pytest

from core.features.base import Kind
from core.readmodels import MapLoading
from dash_app.tabs.map.loadings import (
    axis_sentences,
    column_label,
    loadings_table,
    pull_words,
    strongest_first,
)
from tests.dash_app.tabs.map.builders import AXES, FEATURES

KNOWN = {feature.name: feature for feature in FEATURES}


def test_an_axis_is_told_by_the_inputs_at_its_two_ends() -> None:
    assert axis_sentences(AXES, KNOWN, 2) == (
        (
            "**Component 1** carries 50%. To the right: more card debt. "
            "To the left: higher age and age not known."
        ),
        "**Component 2** carries 30%. Upwards: region: North and higher age.",
    )


def test_the_third_axis_runs_to_the_front() -> None:
    assert axis_sentences(AXES, KNOWN, 3)[2] == (
        "**Component 3** carries 20%. To the front: region: North."
    )


def test_an_input_that_pulls_nowhere_is_said_to() -> None:
    assert [pull_words(one, 2) for one in AXES.loadings] == [
        "strongly to the right",
        "clearly to the left, clearly upwards",
        "strongly upwards",
        "clearly to the left",
    ]
    assert pull_words(AXES.loadings[0].__class__("x", "x", 0.1, 0.1, 0.9), 2) == "hardly at all"


def test_columns_are_named_as_people_name_them() -> None:
    assert [column_label(one, KNOWN) for one in AXES.loadings] == [
        "Card debt",
        "Age",
        "Region: North",
        "Age not known",
    ]


def test_the_strongest_come_first_and_depth_counts_only_in_space() -> None:
    assert [one.column for one in strongest_first(AXES.loadings, 2)][:2] == [
        "card_debt",
        "region = North",
    ]
    assert strongest_first(AXES.loadings, 3)[0].column == "region = North"


def test_the_file_has_every_loading_at_full_precision() -> None:
    assert loadings_table(AXES, FEATURES).rows[0] == ("Card debt", 0.9, -0.1, 0.0)


@pytest.mark.parametrize(
    ("label", "kind", "said"),
    [
        ("Number of purchases", Kind.COUNT, "more purchases"),
        ("Months paid in full", Kind.SHARE, "more months paid in full"),
        ("Share of fees", Kind.SHARE, "a higher share of fees"),
        ("Days since last order", Kind.DAYS, "more days since last order"),
        ("Payments", Kind.MONEY, "higher payments"),
        ("Has a credit card", Kind.FLAG, "has a credit card"),
    ],
)
def test_what_is_more_of_is_said_as_people_say_it(label: str, kind: Kind, said: str) -> None:
    feature = replace(FEATURES[0], name="x", label=label, kind=kind)
    axes = replace(AXES, loadings=(MapLoading("x", "x", 0.9, 0.0, 0.0),))
    assert axis_sentences(axes, {"x": feature}, 1)[0].endswith(f"To the right: {said}.")
