"""The card of fair treatment says in words what was shuffled and what segments tell."""

from __future__ import annotations

import json
from dataclasses import replace

import plotly.utils
import pytest

from core.fairness import Fairness, PermutationCheck, ProxyMeter, sensitivity_register
from core.readmodels import RunId
from dash_app.context import open_view
from dash_app.fairness.card import fairness_card, fairness_finding
from dash_app.fairness.section import fairness_section
from dash_app.services import Services
from tests.builders import features, lens_spec
from tests.dash_app.profiles.builders import BEHAVIOURAL
from tests.dash_app.tabs.pages import words

REGISTER = sensitivity_register(features(), [lens_spec("demographic")])
LABELS = {one.feature: one.label for one in REGISTER}
CHECK = PermutationCheck(("age_years", "marital_status"), 0, True, "a" * 64, "a" * 64)
AGE = ProxyMeter("age_years", 5, True, False, 0.05, 0.21, 0.2)
STATUS = ProxyMeter("marital_status", 4, False, False, 0.55, 0.6, 0.25)


def card_words(found: Fairness | None, purpose: str = "") -> str:
    card = fairness_card(BEHAVIOURAL, found, REGISTER, purpose)
    return words(json.loads(json.dumps(card, cls=plotly.utils.PlotlyJSONEncoder)))


def test_the_card_says_purpose_check_meters_and_register() -> None:
    text = card_words(Fairness(CHECK, (AGE, STATUS)), "marketing")
    assert "Made for marketing. Never for decisions on credit" in text
    assert "With age and marital status shuffled among customers, everyone stays" in text
    assert text.index("Marital status") < text.index("Age  (in fifths)")  # the strongest first
    assert "60.0" in text
    nothing = card_words(Fairness(CHECK, (replace(AGE, cramers_v=0.0), STATUS)))
    assert "hardly, 5 groups 0.00" in nothing  # as exact as the others
    assert "Demographic: groups customers" in text


def test_an_attribute_that_segments_tell_is_named_above() -> None:
    both = Fairness(CHECK, (AGE, STATUS))
    assert fairness_finding(BEHAVIOURAL, both, LABELS).endswith("tells marital status")
    used = Fairness(CHECK, (replace(STATUS, is_input=True),))
    assert fairness_finding(BEHAVIOURAL, used, LABELS).endswith(", which the view looks at")
    calm = Fairness(CHECK, (AGE,))
    assert "hardly tells a sensitive attribute" in fairness_finding(BEHAVIOURAL, calm, LABELS)


def test_a_check_that_failed_is_told_as_such() -> None:
    failed = Fairness(replace(CHECK, shuffled_sha256="b" * 64), ())
    assert "shuffled among customers the segments changed" in card_words(failed)


@pytest.mark.parametrize(
    ("found", "words_said"),
    [
        (None, "made by an older version, which did not check it"),
        (Fairness(replace(CHECK, columns=()), ()), "nothing was left to shuffle"),
    ],
)
def test_what_could_not_be_checked_is_told(found: Fairness | None, words_said: str) -> None:
    assert words_said in card_words(found)
    assert "No purpose was stated" in card_words(found)


def test_the_section_reads_the_lens_in_view(services: Services, published: RunId) -> None:
    view = open_view(services, "/quality", f"?run={published}")
    assert "Fair treatment" in repr(fairness_section(services, view))
