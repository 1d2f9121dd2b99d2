"""What a profile shows first."""

from __future__ import annotations

from core.readmodels import CategoryCount
from dash_app.profiles.choices import (
    axes,
    categorical,
    chosen_feature,
    compared_segments,
    distribution_features,
    focus_segment,
    heat_features,
    most_telling,
)
from tests.dash_app.profiles.builders import (
    BEHAVIOURAL,
    difference,
    facts,
    feature,
    lens,
    segment,
    statistic,
)

SMALL, LARGE = segment(0, size=20), segment(1, size=90)
RULE = segment(2, size=500, is_rule=True)


def names(features: tuple[object, ...]) -> list[str]:
    return [found.name for found in features]  # type: ignore[attr-defined]


def test_the_largest_segment_that_is_no_rule_is_in_focus() -> None:
    assert focus_segment((SMALL, LARGE, RULE), ()) == LARGE


def test_the_first_known_key_of_the_url_is_in_focus() -> None:
    assert focus_segment((SMALL, LARGE), ("gone", "key-0", "key-1")) == SMALL


def test_nothing_is_in_focus_without_segments() -> None:
    assert focus_segment((), ("key-0",)) is None


def test_a_segment_by_rule_is_in_focus_where_there_is_no_other() -> None:
    assert focus_segment((RULE,), ()) == RULE


def test_at_most_three_segments_are_compared_and_what_was_asked_for_is_among_them() -> None:
    more = tuple(segment(number, size=100 + number) for number in range(3, 7))
    found = compared_segments((SMALL, LARGE, RULE, *more), SMALL, ("key-2",))
    assert [s.number for s in found] == [0, 2, 6]


def test_the_axes_are_those_of_the_lens_else_its_numeric_inputs() -> None:
    assert names(axes(BEHAVIOURAL, facts())) == ["savings_balance", "card_debt", "card_spend"]
    bare = lens("behavioural", radar=(), inputs=("card_debt", "region"))
    assert names(axes(bare, facts())) == ["card_debt"]


def test_axes_that_the_source_does_not_have_are_passed_over() -> None:
    assert names(axes(lens("behavioural", radar=("age", "card_debt")), facts())) == ["card_debt"]


def test_categories_of_the_side_come_inputs_first_and_not_those_with_too_many_levels() -> None:
    made = facts(
        features=(
            feature("town", "category"),
            feature("scheme", "ordinal"),
            feature("region", "category"),
            feature("gender", "category", "demographic"),
        ),
        categories=(
            *(CategoryCount(None, "town", f"town {n}", 9, 0.1) for n in range(13)),
            *(
                CategoryCount(None, name, level, 50, 0.5)
                for name in ("scheme", "region", "gender")
                for level in "ab"
            ),
        ),
    )
    assert names(categorical(BEHAVIOURAL, made)) == ["region", "scheme"]


def test_the_heat_map_adds_what_sets_segments_apart_on_the_same_side() -> None:
    made = facts(
        features=(*facts().features, feature("fees"), feature("age_years", side="demographic")),
        differentiators=(
            difference(0, "age_years", rank=1),
            difference(0, "fees", rank=2),
            difference(0, "region", rank=3, level="North"),
        ),
    )
    assert names(heat_features(BEHAVIOURAL, made)) == [
        "savings_balance",
        "card_debt",
        "card_spend",
        "fees",
    ]


def test_a_feature_that_echoes_a_stronger_one_is_not_added() -> None:
    made = facts(
        features=(*facts().features, feature("fees")),
        differentiators=(difference(0, "fees", echoes="card_debt"),),
    )
    assert "fees" not in names(heat_features(BEHAVIOURAL, made))


def test_only_features_with_a_histogram_can_be_chosen() -> None:
    assert names(distribution_features(BEHAVIOURAL, facts())) == ["savings_balance"]


def test_a_feature_is_chosen_only_if_it_is_offered() -> None:
    offered = (feature("a"), feature("b"))
    assert chosen_feature(offered, "b") == offered[1]
    assert chosen_feature(offered, "nonsense") is None


def test_without_a_choice_the_feature_that_tells_segments_apart_most_is_drawn() -> None:
    offered = (feature("a"), feature("b"))
    rows = [
        statistic(0, "a", 1.0, percentile=40.0),
        statistic(1, "a", 1.0, percentile=60.0),
        statistic(0, "b", 1.0, percentile=10.0),
        statistic(1, "b", 1.0, percentile=90.0),
        statistic(2, "a", 1.0, percentile=0.0),
    ]
    assert most_telling(offered, rows, (SMALL, LARGE, RULE)) == offered[1]
    assert most_telling(offered, (), (SMALL,)) == offered[0]
    assert most_telling((), rows, (SMALL,)) is None
