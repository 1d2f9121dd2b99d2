"""The answer about one customer: numbers, words and what is drawn."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from core.scoring import SmallestChange
from dash_app.tabs.score.answer import Answer, answer, place_of
from dash_app.tabs.score.details import Elsewhere, details_cards
from dash_app.tabs.score.entered import entered, texts_by_name
from dash_app.tabs.score.fields import Field
from dash_app.tabs.score.reading import Form, Ground
from dash_app.tabs.score.result import answer_card, mistakes_card, result_cards
from dash_app.tabs.score.sentences import (
    average_words,
    change_sentences,
    lead,
    place_words,
    typicality_words,
)
from dash_app.tabs.score.start import Start
from dash_app.tabs.score.view import whose_values
from dash_app.theme import LIGHT
from tests.dash_app.profiles.builders import DEMOGRAPHIC, feature, lens, parts_of, text_of
from tests.dash_app.tabs.map.builders import AXES, sample
from tests.dash_app.tabs.score.builders import (
    FEATURES,
    SEGMENTS,
    STATISTICS,
    fields,
    model,
    values,
)

BY_NAME = {field.name: field for field in fields()}
LENS = lens(inputs=("card_debt", "limit_used", "income", "town"))
FORM = Form(model(), fields(), FEATURES, STATISTICS, Start({}))
GROUND = Ground(sample(), AXES, SEGMENTS)


def found(**parts: Any) -> Answer:
    return answer(LENS, model(), SEGMENTS, fields(), values(**parts))


def graphs(component: object) -> list[str]:
    return [part.id for part in parts_of(component) if type(part).__name__ == "Graph"]


def test_segment_and_runner_up_are_named_and_contributions_add_up() -> None:
    one = found()
    assert (one.segment.name, one.runner_up and one.runner_up.name) == ("Savers", "Borrowers")
    total = sum(part.value for part in one.explanation.contributions)
    assert total == pytest.approx(one.explanation.total, abs=1e-9)


def test_percentiles_and_place_are_of_the_model() -> None:
    one = found()
    assert one.percentiles == {
        "card_debt": 12.0,
        "limit_used": pytest.approx(25.0),
        "income": 50.0,
    }
    assert one.place == (pytest.approx(0.2), pytest.approx(0.05), 0.0)
    assert place_of(model(), values(card_debt=None))[0] == 0.0


@pytest.mark.parametrize(
    ("debt", "words"),
    [
        (12.0, "Closer to **Savers** than to the runner-up **Borrowers** by a clear margin."),
        (28.0, "Closer to **Savers** than to the runner-up **Borrowers** by a narrow margin."),
        (30.5, "Sits between **Borrowers** and **Savers**, a hair closer to the first."),
    ],
)
def test_the_lead_says_how_clear_the_place_is(debt: float, words: str) -> None:
    assert lead(found(card_debt=debt)).startswith(words)


@pytest.mark.parametrize(
    ("percentile", "words"),
    [
        (59.0, "Typical of the segment: 41% of its customers are further from its centre."),
        (80.0, "Not quite typical of the segment: 20% of its customers"),
        (95.0, "At the edge of the segment: only 5% of its customers"),
        (99.5, "**Unlike any known customer** of the segment: fewer than 1% of its"),
    ],
)
def test_typicality_is_told_as_how_many_are_further_out(percentile: float, words: str) -> None:
    assert typicality_words(percentile).startswith(words)


def test_the_average_of_everybody_is_explained_only_where_hardly_anybody_is_like_it() -> None:
    one = found()
    inside, unlike = (
        replace(one, explanation=replace(one.explanation, typicality=place))
        for place in (90.0, 90.1)
    )
    assert average_words(inside) == average_words(found(accounts=0.0)) == ""
    assert average_words(unlike).startswith("Hardly anybody is in the middle of everything")
    page = text_of(result_cards(unlike, BY_NAME, None, LIGHT, "USD", hint=average_words(unlike)))
    assert "Load a customer, or change values." in page


def test_a_customer_in_a_segment_by_rule_has_no_figures_and_no_waterfall() -> None:
    one = found(accounts=0.0)
    assert one.runner_up is None
    assert lead(one) == "Belongs to **Idle** by rule, whatever the other values: no open account."
    assert "percentile" not in text_of(answer_card(one, BY_NAME, "USD"))
    assert graphs(result_cards(one, BY_NAME, GROUND, LIGHT, "USD")) == ["score-map-graph"]
    assert "score-map-graph" not in graphs(details_cards(one, FORM, GROUND, (), LIGHT, "USD"))
    assert change_sentences(one, BY_NAME, ("accounts",), "USD") == (
        (
            "As soon as **open accounts** is more than 0, the rule no longer decides and the "
            "customer goes to the nearest of the other segments."
        ),
    )


def test_what_would_change_it_names_value_and_segment_and_is_true() -> None:
    one = found()
    assert change_sentences(one, BY_NAME, (), "USD") == (
        "With **card debt of $31 or more** this customer would be in **Borrowers**.",
    )
    assert found(card_debt=31.0).segment.name == "Borrowers"
    back = change_sentences(found(card_debt=60.0), BY_NAME, (), "USD")
    assert back == ("With **card debt of $29 or less** this customer would be in **Savers**.",)
    assert found(card_debt=29.0).segment.name == "Savers"


def test_a_yes_or_no_is_changed_into_the_other_answer() -> None:
    cards, owns = (
        Field(feature("owns", "flag", label=label), 0.0) for label in ("Has a card", "Owner")
    )
    change = SmallestChange("owns", 0.0, 1.0, 7, 1.0)
    for field, after, said in (
        (cards, 1.0, "a card"),
        (cards, 0.0, "no card"),
        (owns, 1.0, "owner: yes"),
    ):
        asked = replace(change, before=1.0 - after, after=after)
        one = replace(found(), changes=(asked,), unmoved=())
        assert change_sentences(one, {"owns": field}, (), "USD") == (
            f"With **{said}** this customer would be in **Borrowers**.",
        )


def test_inputs_that_no_change_helps_are_named() -> None:
    flat = model(centroids=((0.0, 0.0, 0.0, 0.5, -0.5), (0.0, 0.0, 0.0, -0.5, 0.5)))
    one = answer(LENS, flat, SEGMENTS, fields(), values())
    assert change_sentences(one, BY_NAME, (), "USD") == (
        "No single change of card debt would change the segment.",
    )


def test_facts_about_a_person_cannot_be_changed() -> None:
    facts = {name: BY_NAME[name] for name in ("limit_used", "income", "town")}
    one = answer(LENS, model(), SEGMENTS, tuple(facts.values()), values())
    assert change_sentences(one, facts, (), "USD") == (
        "These are facts about a person: neither customer nor bank can change them.",
    )


def test_warnings_speak_of_labels_and_units() -> None:
    words = text_of(
        answer_card(found(card_debt=500.0, limit_used=None, town="Moon"), BY_NAME, "USD")
    )
    assert "Card debt lies outside what the model was trained on: $0 to $100." in words
    assert "Limit used is not known; the typical value stands in." in words
    assert "Town: the model was not trained on this one" in words


def test_the_answer_is_drawn_with_waterfall_radar_and_map() -> None:
    one = found()
    assert graphs(result_cards(one, BY_NAME, GROUND, LIGHT, "USD")) == ["score-waterfall-graph"]
    drawn = details_cards(one, FORM, GROUND, (), LIGHT, "USD")
    assert graphs(drawn) == ["score-radar-graph", "score-map-graph"]
    assert "Where this customer sits" in text_of(drawn)


def test_without_a_map_there_is_no_map() -> None:
    assert graphs(details_cards(found(), FORM, None, (), LIGHT, "USD")) == ["score-radar-graph"]


def test_the_other_view_is_told_in_a_line_or_asks_for_a_customer() -> None:
    unknown = Elsewhere(DEMOGRAPHIC, "/score?lens=demographic", None)
    known = Elsewhere(DEMOGRAPHIC, "/score?lens=demographic", found())
    words = text_of(details_cards(found(), FORM, None, (unknown, known), LIGHT, "USD"))
    assert "Demographic view Load a customer to see it." in words
    assert "Demographic view Savers clearly, margin 0.95 to Borrowers" in words
    assert place_words(None) == "by rule"


def test_untouched_fields_keep_their_value_at_full_precision() -> None:
    filled = values(card_debt=12.3456789)
    texts = {
        "card_debt": "12.35",
        "limit_used": "25",
        "income": "50",
        "town": "Here",
        "accounts": "3",
    }
    read = entered(fields(), filled, texts)
    assert read is not None
    assert read.values == values(card_debt=12.3456789, accounts=3.0)
    assert (read.changed, read.mistakes) == (1, {})


def test_mistakes_are_told_by_field() -> None:
    texts = {"card_debt": "much", "limit_used": "", "income": "", "town": None, "accounts": "2"}
    read = entered(fields(), values(), texts)
    assert read is not None
    assert list(read.mistakes) == ["card_debt"]
    assert read.values["limit_used"] is None
    assert "Card debt : “much” is not a number." in text_of(mistakes_card(read.mistakes, BY_NAME))


def test_texts_of_another_form_are_not_read() -> None:
    ids = [{"type": "score-field", "index": "age_years"}]
    assert entered(fields(), values(), texts_by_name(ids, ["3"])) is None


def test_it_is_said_whose_values_stand_in_the_form() -> None:
    assert whose_values(None, is_known=False) == "Middle values of all."
    like = whose_values(None, is_known=False, like="Savers")
    assert like == "Middle values of “Savers”, the largest segment."
    assert whose_values("C-A", is_known=True) == "Values of C-A."
    assert whose_values("C-A", is_known=False).startswith("C-A is not among these customers")
