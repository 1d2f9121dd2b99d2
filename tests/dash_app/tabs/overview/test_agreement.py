"""Whether the views agree, in words."""

from __future__ import annotations

import pytest

from core.readmodels import Comparison
from dash_app.tabs.overview.agreement import agreement, agreement_card
from tests.dash_app.profiles.builders import hrefs_of, lens, text_of, view

CARDS = lens("card_use", "behavioural", label="Card use")
TIERS = lens("tiers", "behavioural", label="Value tiers")
PEOPLE = lens("people", "demographic", label="People")


def compared(lens_a: str, lens_b: str, ami: float) -> Comparison:
    return Comparison(
        lens_a=lens_a,
        lens_b=lens_b,
        ami=ami,
        ami_chance_low=-0.01,
        ami_chance_high=0.01,
        ari=0.1,
        cramers_v=0.1,
        predict_b_from_a=None,
        predict_b_chance=None,
        cells=(),
        bake_off=(),
        answer="",
        sentence="",
    )


MADE = (
    compared("card_use", "tiers", 0.85),
    compared("people", "card_use", 0.003),
    compared("people", "tiers", 0.4),
)


def test_a_view_is_told_beside_each_of_the_others_and_leads_to_their_comparison() -> None:
    found = agreement_card(MADE, view(TIERS, PEOPLE, CARDS))
    said = text_of(found)
    assert "Value tiers Largely. Agreement 0.85" in said
    assert "People Hardly. Agreement 0.00" in said
    assert "0 as by chance, 1 the same; partly from 0.20, largely from 0.80" in said
    assert "Partly." not in said
    assert hrefs_of(found) == [
        "/compare?d=bank&a=card_use&b=tiers",
        "/compare?d=bank&a=people&b=card_use",
    ]


@pytest.mark.parametrize(
    ("ami", "said"),
    [
        (0.197, "Hardly. Agreement 0.197"),
        (0.797, "Partly. Agreement 0.797"),
        (0.8, "Largely. Agreement 0.80"),
        (-0.004, "Hardly. Agreement 0.00"),
        (-0.02, "Hardly. Agreement −0.02"),
    ],
)
def test_no_figure_is_rounded_onto_a_limit_that_it_misses(ami: float, said: str) -> None:
    made = (compared("card_use", "tiers", ami), compared("people", "card_use", 0.4))
    assert said in text_of(agreement_card(made, view(TIERS, PEOPLE, CARDS)))


def test_two_views_need_one_sentence() -> None:
    said = text_of(agreement_card(MADE, view(PEOPLE, CARDS)))
    assert said.startswith("Do the two views agree? Agreement 0.00: 0 as by chance")
    assert "Hardly. Knowing a customer’s segment in one says little" in said


def test_what_two_views_of_the_same_answer_mean_is_said_once() -> None:
    made = (compared("card_use", "tiers", 0.85), compared("people", "card_use", 0.95))
    said = text_of(agreement_card(made, view(TIERS, PEOPLE, CARDS)))
    assert said.count("One of the two is nearly enough.") == 1


def test_a_view_by_itself_has_nothing_to_agree_with() -> None:
    assert agreement_card(MADE, view(CARDS)) is None


def test_every_answer_has_words_for_business() -> None:
    said = {answer: agreement(answer) for answer in ("Hardly.", "Partly.", "Largely.")}
    assert len(set(said.values())) == 3
    assert not any("AMI" in sentence for sentence in said.values())
