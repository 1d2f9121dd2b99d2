"""Can I rely on it?"""

from __future__ import annotations

import pytest

from core.readmodels import Stability, VerdictLevel
from dash_app.profiles.reliability import (
    in_stable_segments,
    insight_only,
    reliability_card,
    uses,
)
from tests.dash_app.profiles.builders import BEHAVIOURAL, facts, feature, segment, text_of


@pytest.mark.parametrize("level", VerdictLevel)
def test_every_verdict_says_what_the_segments_are_good_for(level: VerdictLevel) -> None:
    assert uses(level).endswith(".")


def test_segments_by_rule_are_stable_by_definition_and_uncertain_ones_are_not() -> None:
    segments = (
        segment(0, size=50),
        segment(1, size=30, stability=Stability.UNCERTAIN),
        segment(2, size=20, stability=Stability.BY_RULE),
    )
    assert in_stable_segments(segments) == 70


def test_sensitive_attributes_call_for_a_caution() -> None:
    features = (
        feature("age", "years", sensitivity="sensitive"),
        feature("income"),
        feature("post_code", "category", sensitivity="proxy"),
    )
    assert insight_only(features) == (
        "Age and post code took part: for insight only, not for credit decisions."
    )
    assert insight_only((feature("income"),)) == ""


def test_the_card_gives_the_reason_for_the_number_and_the_remedy_of_a_failed_test() -> None:
    words = text_of(reliability_card(BEHAVIOURAL, facts().verdict, facts().choice_reason, ()))
    assert "Usable with care" in words
    assert "Why 2 segments Two is the largest number" in words
    assert "passed: Found again" in words
    assert "not passed: Clear borders : Look twice." in words


def test_the_card_stands_without_a_verdict_on_record() -> None:
    assert "Usable with care" in text_of(reliability_card(BEHAVIOURAL, None, "", ()))
