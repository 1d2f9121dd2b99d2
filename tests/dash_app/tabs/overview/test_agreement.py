"""Whether the views agree, in words."""

from __future__ import annotations

import pytest

from core.readmodels import Comparison
from dash_app.tabs.overview.agreement import agreement, agreement_card
from tests.dash_app.profiles.builders import hrefs_of, lens, text_of, view

CARDS = lens("card_use", "behavioural", label="Card use")
TIERS = lens("tiers", "behavioural", label="Value tiers")
PEOPLE = lens("people", "demographic", label="People")


def compared(lens_a: str, lens_b: str, answer: str) -> Comparison:
    return Comparison(
        lens_a=lens_a,
        lens_b=lens_b,
        ami=0.1,
        ami_chance_low=-0.01,
        ami_chance_high=0.01,
        ari=0.1,
        cramers_v=0.1,
        predict_b_from_a=None,
        predict_b_chance=None,
        cells=(),
        bake_off=(),
        answer=answer,
        sentence="",
    )


MADE = (
    compared("card_use", "tiers", "Largely."),
    compared("people", "card_use", "Hardly."),
    compared("people", "tiers", "Partly."),
)


def test_a_view_is_told_beside_each_of_the_others_and_leads_to_their_comparison() -> None:
    found = agreement_card(MADE, view(TIERS, PEOPLE, CARDS))
    said = text_of(found)
    assert "Value tiers Largely. One of the two is nearly enough." in said
    assert "People Hardly. Knowing who a customer is says almost nothing" in said
    assert "Partly." not in said
    assert hrefs_of(found) == [
        "/compare?d=bank&a=card_use&b=tiers",
        "/compare?d=bank&a=people&b=card_use",
    ]


def test_two_views_need_one_sentence() -> None:
    said = text_of(agreement_card(MADE, view(PEOPLE, CARDS)))
    assert said.startswith("Do the two views agree? Hardly. Knowing who")


def test_a_view_by_itself_has_nothing_to_agree_with() -> None:
    assert agreement_card(MADE, view(CARDS)) is None


@pytest.mark.parametrize("other", [TIERS, PEOPLE])
def test_every_answer_has_words_for_business(other) -> None:
    said = {
        answer: agreement(answer, CARDS, other) for answer in ("Hardly.", "Partly.", "Largely.")
    }
    assert len(set(said.values())) == 3
    assert not any("AMI" in sentence for sentence in said.values())
